"""Why it could happen: causes, whys and lessons that lead somewhere."""
