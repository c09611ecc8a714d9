"""`coe doctor`."""
