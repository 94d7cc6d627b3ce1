"""Knows the characters that nobody sees, and that come along when text is copied: a name with one is another name."""

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Soft hyphen, zero width spaces and joiners, marks of direction, BOM."""
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Spaces that look like others."""
_MOST = 3


def without(text: str) -> str:
    """Leave out what nobody sees, and at the ends what only looks like a space."""
    return _UNSEEN.sub("", text).strip()


def said(text: str) -> str:
    """Name what nobody sees in a text, as the end of a sentence about it; empty where there is nothing."""
    found = dict.fromkeys((*_UNSEEN.findall(text), *_SPACES.findall(text)))
    names = [f"U+{ord(sign):04X} {unicodedata.name(sign, 'CONTROL')}" for sign in list(found)[:_MOST]]
    return f" (it holds an invisible {' and '.join(names)})" if names else ""
