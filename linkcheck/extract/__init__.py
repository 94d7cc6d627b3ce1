"""Formats into references, one file a format."""
