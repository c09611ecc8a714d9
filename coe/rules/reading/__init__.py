"""Where two readers of one file would see two things."""
