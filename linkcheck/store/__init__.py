"""The only SQL: what was seen, kept as values."""
