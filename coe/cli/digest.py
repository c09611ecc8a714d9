"""`coe digest`."""
