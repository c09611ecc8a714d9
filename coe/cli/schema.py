"""`coe schema`."""
