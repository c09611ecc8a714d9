"""`coe rules`."""
