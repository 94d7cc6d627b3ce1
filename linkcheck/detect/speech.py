"""Hears once what a page speaks of at all: of most nothing is heard, and no rule need look closely. Pure."""

from collections.abc import Collection
from functools import lru_cache

from msgspec import Struct

from linkcheck.detect.api import Page
from linkcheck.detect.saying import Topic, fold, topics
from linkcheck.later import later


class Speech(Struct, frozen=True):
    """What is heard anywhere in a page's title, its headings and, where it is short, the beginning of its text."""

    topics: Collection[Topic]
    has_status: bool
    """Whether there is a number that may be a status of HTTP, 400 to 599."""

    def is_of(self, file: str, *kinds: str) -> bool:
        """Tell whether it speaks of one of these kinds, of a file of words; of any kind of it where none is named."""
        return any(topic[0] == file and (not kinds or topic[1] in kinds) for topic in self.topics)


@lru_cache(maxsize=2)  # many rules look at one page, one after another
def speech_of(page: Page) -> Speech:
    """Hear what a page says: whoever looks closely hears no more than this."""
    text = page.text[:_LOOKED_AT] if page.facts.words <= _SHORT else ""
    folded = fold(" / ".join((page.facts.title or "", *page.headings, text)))
    return Speech(topics(folded), bool(_STATUS.search(folded)))


_SHORT = 300
"""Words of a page whose text is listened to; no rule listens to longer ones."""
_LOOKED_AT = 2_000
_STATUS = later(r"(?<!\d)[45]\d\d(?!\d)")
