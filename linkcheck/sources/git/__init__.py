"""Reads commits of the repository that a folder lies in, and runs nothing that the repository asks for.

A repository's own config can name programs (filters, fsmonitor, hooks, textconv, ssh), its `info/` can rewrite
history (grafts, attributes), and a folder of a checkout can look like a bare repository. None of it is shown to git: we
find the nearest `.git`, resolve references ourselves, and run git's plumbing with a GIT_DIR of our own making that
shares nothing with the repository but its objects (`process`).
"""

from linkcheck.sources.git.repository import Entry, Repository

__all__ = ["Entry", "Repository"]
