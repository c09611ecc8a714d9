"""Document → Analysis: the typed nouns of an incident analysis, one file per noun."""
