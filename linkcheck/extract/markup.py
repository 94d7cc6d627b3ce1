"""Finds what all markup languages share: URLs without markup, and HTML that stands in the text."""

from collections.abc import Iterator

from linkcheck.extract import tags
from linkcheck.extract.attributes import destinations, role_by_element
from linkcheck.extract.doi import with_dois
from linkcheck.extract.plain import urls
from linkcheck.extract.prose import Found

OF_HTML = frozenset(
    """a area audio blockquote body button del embed form frame iframe img input ins meta object q script
    source track video""".split()
)
"""Elements whose destinations are attributes."""


def bare_within(text: str, start: int, end: int, *, element: str = "bare") -> Iterator[Found]:
    """Give the http(s) URLs and DOIs that stand between two characters."""
    part = text[start:end]
    for begin, stop in with_dois(urls(part), part):
        yield Found(start + begin, start + stop, start + begin, start + stop, element, part[begin:stop])


def html_within(text: str, start: int, end: int) -> Iterator[Found]:
    """Give the URLs in the attributes of the tags between two characters."""
    opened: list[tuple[Found, int]] = []
    for tag in tags.scan(text, start, end):
        if tag.is_end and tag.name == "a" and opened:
            one, begin = opened.pop()
            yield one._replace(text=tags.without_markup(text[begin : min(tag.start, begin + _LONGEST)]))
        for found in destinations(tag, text):
            role = role_by_element(tag, found.attribute)
            text_of = tag.get("alt") or tag.get("title") or ""
            one = Found(tag.start, tag.end, found.start, found.end, found.element, text_of, role)
            if tag.name == "a" and len(opened) < _DEEPEST:
                opened.append((one, tag.end))
            else:
                yield one
    for one, _ in opened:
        yield one


def decoded(raw: str, element: str) -> str:
    """Say what a destination means: an attribute's value in HTML, itself elsewhere."""
    return tags.decoded(raw) if element in OF_HTML else raw


_LONGEST = 1000
_DEEPEST = 16
