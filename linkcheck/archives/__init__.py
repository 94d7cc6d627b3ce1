"""Who holds mementos and how to ask, one file an archive."""
