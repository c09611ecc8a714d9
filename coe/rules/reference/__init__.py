"""What documents of a repository say about each other."""
