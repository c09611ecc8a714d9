"""Document → Prose: sentences and clauses with who they speak of; what the language rules share."""
