"""`coe init`."""
