"""Rules that have an opinion about a check, one file a rule."""
