"""Says what may have been meant where somebody has misspelt one of several names."""

from collections.abc import Collection
from difflib import get_close_matches

_LONGEST = 64
"""Characters of a name that are compared."""


def hint(name: str, known: Collection[str]) -> str:
    """Give the nearest of the known names, else all of them: `did you mean ...?` or `there are: ...`."""
    near = get_close_matches(name[:_LONGEST], known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"there are: {', '.join(known)}"
