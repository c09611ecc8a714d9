"""What is said of the impact and of the response to it: figures that agree, and who heard what when."""
