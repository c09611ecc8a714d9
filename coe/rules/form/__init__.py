"""What is wrong with the form of a document: encoding, YAML, and the types of its fields."""
