"""What is said of the impact and of the response to it: figures that agree, and who heard what when.

Source: docs/explanation/what-a-coe-is.md, what the impact is for; "Creating a correction of errors document" (AWS Cloud
Operations blog).
"""
