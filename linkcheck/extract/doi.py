"""Finds DOIs as bibliographies write them in running text: `doi:10.1000/182`.

Of one without the four letters nobody knows what it is. Not for texts whose lines were broken by a program, as those of
a PDF: a DOI has no end of its own, and the half of one leads nowhere.
"""

import re
from collections.abc import Iterable, Iterator
from heapq import merge


def with_dois(urls: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Give the places of URLs, which are in order, and of the DOIs between them."""
    if _DOI.search(text) is None:
        yield from urls
        return
    at = 0
    for start, end in merge(urls, _dois(text)):
        if start >= at:  # else it is a part of a URL
            yield start, end
            at = end


def _dois(text: str) -> Iterator[tuple[int, int]]:
    for found in _DOI.finditer(text):
        name = found[1].rstrip(_PUNCTUATION)
        while name.endswith(")") and name.count(")") > name.count("("):
            name = name[:-1].rstrip(_PUNCTUATION)
        if name:
            yield found.start(), found.start(1) + len(name)


_DOI = re.compile(r"(?<![^\W_])(?i:doi):[ \xa0]?10\.[0-9]{4,9}/([-._;()/:A-Za-z0-9]{1,255})")
"""The usual form (https://www.crossref.org/blog/dois-and-matching-regular-expressions/), as the plan reads it."""
_PUNCTUATION = ".,;:/_-"
"""What no DOI is known to end with, and sentences and markup do."""
