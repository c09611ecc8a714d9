"""`coe add`."""
