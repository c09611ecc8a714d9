"""`coe build`."""
