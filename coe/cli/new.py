"""`coe new`."""
