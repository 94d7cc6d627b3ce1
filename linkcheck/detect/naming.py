"""Tells whether a page is called what those who cite it call it. Pure.

Texts that name nothing ("here", "read more"), names of sites, and pages in another language or script cannot be
compared, and are never said to differ. Only where not one word is in common is another page seen.
"""

from collections.abc import Sequence
from enum import StrEnum

from linkcheck.model import PageFacts
from linkcheck.slug import content_words, is_alike, language_of, slugs_of, stems_of


class Naming(StrEnum):
    """What a comparison shows."""

    SAME = "same"
    OTHER = "other"
    SILENT = "silent"


def names_of(facts: PageFacts | None) -> tuple[str, ...]:
    """Give what a page calls itself."""
    if facts is None:
        return ()
    return tuple(dict.fromkeys(name for name in (facts.title, facts.h1, facts.og_title) if name))


def naming(said: str, names: Sequence[str], url: str, *, fewest: int = 4) -> Naming:
    """Compare a headline or cited title with the names of the page, and with its address."""
    words = content_words(said)
    if len(words) < fewest or not names:
        return Naming.SILENT
    if any(is_alike(said, name) for name in names):
        return Naming.SAME
    whole = " ".join(names)
    stems = stems_of(said)
    shared = stems & (stems_of(whole) | stems_of(" ".join(word for slug in slugs_of(url) for word in slug)))
    if shared:
        return Naming.SAME if len(shared) * 2 >= len(stems) else Naming.SILENT
    language = language_of(said)
    if len(content_words(whole)) < _FEWEST or language is None or language != language_of(whole):
        return Naming.SILENT
    return Naming.OTHER


_FEWEST = 3
"""Content words of a page's names: a site's name alone says nothing of the page."""
