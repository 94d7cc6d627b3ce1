"""linkcheck reads what an article cites and finds out, with evidence, what became of it."""

__version__ = "0.1.0"
