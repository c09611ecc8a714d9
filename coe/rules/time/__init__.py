"""When things happened, and what the moments of one COE say about each other."""
