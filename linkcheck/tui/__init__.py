"""The Textual app: one client of the pipeline's events and commands, which knows nothing of HTTP or SQL."""
