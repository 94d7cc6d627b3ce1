"""Tells whether a redirect has led to the same page, as far as addresses and titles can say. Pure."""

from enum import StrEnum
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.detect.api import Context
from linkcheck.later import later
from linkcheck.model import Check
from linkcheck.slug import content_words


class Sameness(StrEnum):
    """What the addresses and titles show."""

    SAME = "same"
    OPEN = "open"
    LOST = "lost"
    """Nothing of the address has come through, and it leads further up."""


def sameness(start: str, end: str, titles: tuple[str | None, ...]) -> Sameness:
    """Compare where a link starts with where it ends, and with what the page there is called."""
    a, b = uri.parse(start), uri.parse(end)
    if a is None or b is None:
        return Sameness.OPEN
    first, last = _segments(a.path), _segments(b.path)
    if not first or first == last or (first[-1:] == last[-1:] and len(first[-1]) > _SHORT):
        return Sameness.SAME
    if not a.query and not b.query and first == last:
        return Sameness.SAME
    name = first[-1]
    if _numbers(a.path, a.query) & _numbers(b.path, b.query):
        return Sameness.SAME
    words = set(content_words(_JOINT.sub(" ", name)))
    if words:
        said = " ".join(title for title in titles if title) + " " + _JOINT.sub(" ", unquote(b.path))
        if len(words & set(content_words(said))) * 2 >= len(words):
            return Sameness.SAME
    if len(last) < len(first) or not last:
        return Sameness.LOST
    return Sameness.OPEN


def is_lost_on_the_way(check: Check, context: Context) -> bool:
    """Tell a link that was redirected to where nothing reminds of its address."""
    if len(check.hops) < 2 or not check.final_url or context.page is None:
        return False
    facts = context.page.facts
    return sameness(context.url, check.final_url, (facts.title, facts.h1, facts.og_title)) is Sameness.LOST


def _segments(path: str) -> list[str]:
    """Give what tells pages apart: no endings, no index files, no case."""
    kept = [_ENDING.sub("", unquote(segment).casefold()) for segment in path.split("/") if segment]
    return [segment for segment in kept if segment not in _INDEX]


def _numbers(path: str, query: str) -> set[str]:
    """Give the ids in an address; years and days are none."""
    return set(_ID.findall(f"{path}?{query}"))


_SHORT = 3
_INDEX = frozenset({"index", "default", "home"})
_ENDING = later(r"\.(?:html?|php|aspx?|jsp|shtml|cfm)\Z")
_JOINT = later(r"[-_+.,\s]+")
_ID = later(r"(?<!\d)\d{5,}(?!\d)")
