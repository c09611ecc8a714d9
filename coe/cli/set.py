"""`coe set`."""
