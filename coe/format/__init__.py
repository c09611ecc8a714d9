"""Front matter written anew: its canonical form, and edits that leave every other byte alone."""
