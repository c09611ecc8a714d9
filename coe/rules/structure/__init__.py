"""What the fields of one document say about each other."""
