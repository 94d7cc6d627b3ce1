"""Reads what an HTML page says of itself: meta elements, JSON-LD, microdata, `<time>`, bylines, the headline.

It goes from needle to needle and never builds a tree, so that a page costs about a millisecond; every step is linear.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from linkcheck.dates import find_date, is_day_first
from linkcheck.extract import linked_data
from linkcheck.extract.bylines import Around, end_of_article, of_names
from linkcheck.extract.datelines import of_dates, of_far_dates, of_far_times, of_times, of_updates
from linkcheck.extract.headline import Headline, headline_of
from linkcheck.extract.heads import Statement, body_of, of_head
from linkcheck.extract.scripted import of_properties, of_scripts
from linkcheck.extract.snippets import BLOCK, LONGEST, UNSEEN, attributes, blank, folded, inner, line
from linkcheck.extract.tags import decoded_text

__all__ = ["STRENGTH", "Statement", "opening", "read", "survey"]


class Survey(NamedTuple):
    """What a page says, and where."""

    statements: tuple[Statement, ...]
    """Strongest first, in the page's order among equals."""
    headline: Headline
    body: int
    """The character where the head ends."""


def read(text: str) -> tuple[Statement, ...]:
    """Give what a page says, strongest first within a field, in its order among equals. Never raises."""
    return survey(text).statements


def survey(text: str, *, host: str = "") -> Survey:
    """Read a page once. `host` is where it stands, which may tell how it writes dates. Never raises."""
    body = body_of(text)
    found = [*of_head(text, body), *_of_json(text)]
    names = [one.value for one in found if one.field == "publisher"][:_TITLES]
    titles = [one.value for one in found if one.field == "title"][:_TITLES]
    headline = headline_of(text, body, titles, names)
    language = next((one.value for one in found if one.field == "language"), "")
    around = Around(
        body,
        headline.start,
        end_of_article(text, headline.start),
        bool(headline.text) or headline.start > body,
        is_day_first(language, host),
    )
    if headline.text:
        found.append(Statement("title", headline.text, f"H{headline.level}", headline.start))
    found.extend(_of_items(text, around))
    found.extend(of_times(text, around))
    if not any(one.field == "author" and " " in one.value.strip() for one in found):
        found.extend(of_names(text, around))
    if not _has_day(found, around):
        found.extend(of_properties(text))
        for look in _LOOKS:
            if look is of_far_dates and any(one.field == "modified" for one in found):
                break  # the day of an update is nearer to the truth than any day on the page
            if not _has_day(found, around):
                found.extend(look(text, around))
    told = [one if value == one.value else one._replace(value=value) for one in found if (value := folded(one.value))]
    return Survey(tuple(sorted(told, key=_rank)), headline, body)


def opening(text: str, known: Survey | None = None) -> tuple[tuple[int, str], ...]:
    """Give the first lines of text around the headline: where bylines and dates stand; the character, and the text."""
    known = known or survey(text)
    start = known.headline.start
    begin = max(known.body, start - _BEFORE)
    begin = text.find("<", begin, start) if begin < start else -1
    before = _lines(reversed([*_between_blocks(text, begin, start)])) if begin >= 0 else ()
    after = _lines(_between_blocks(text, start, start + _AFTER))
    return (*reversed([*islice(before, _LINES_BEFORE)]), *islice(after, _LINES))


def _between_blocks(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    """Give the pieces of markup in which no block begins or ends, and the character of each."""
    window = UNSEEN.sub(blank, text[begin:end])
    last = 0
    for found in BLOCK.finditer(window):
        if last < found.start():
            yield begin + last, window[last : found.start()]
        last = found.end()


def _lines(pieces: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    return ((at, words) for at, piece in pieces if not piece.isspace() and (words := line(piece)))


def _has_day(found: list[Statement], around: Around) -> bool:
    return any(
        one.field == "published"
        and one.said_by != "<time> elsewhere"
        and (_ISO.match(one.value) or find_date(one.value[:_DATE], is_day_first=around.is_day_first))
        for one in found
    )


def _likely(text: str, _: Around) -> Iterator[Statement]:
    return of_scripts(text)


def _rank(one: Statement) -> int:
    return STRENGTH.get(one.said_by, len(STRENGTH))


def _json_scripts(text: str) -> Iterator[int]:
    """Find JSON-LD: the characters after its tags, as far as there are no more than 50."""
    at, count = 0, 0
    while (at := text.find(_JSON, at)) >= 0 and count < _SCRIPTS:
        begin, end = text.rfind("<", max(0, at - _TAG), at), text.find(">", at, at + _TAG)
        at += len(_JSON)
        if begin >= 0 and end >= 0 and text[begin + 1 : begin + 7].lower() == "script":
            count += 1
            yield end + 1


def _of_json(text: str) -> Iterator[Statement]:
    for start in _json_scripts(text):
        end = text.find("</script", start)
        end = end if end >= 0 else len(text)
        block = text[start:end]
        if not any(name in block for name in _TELLING) or not any(kind in block for kind in _KINDS):
            continue
        is_escaped = '"' not in block  # a template has escaped the quotation marks, too
        said = linked_data.read(decoded_text(block)) if is_escaped else linked_data.read(text, start, end)
        for field, value, place in said.statements:
            yield Statement(field, decoded_text(value), "JSON-LD", start if is_escaped else place)


def _of_items(text: str, around: Around, needle: str = "itemprop", said_by: str = "microdata") -> Iterator[Statement]:
    """Read microdata: a value in an attribute, else the text of the element."""
    at, count = around.body, 0
    while (at := text.find(needle, at, around.end)) >= 0 and count < _ITEMS:
        named = _ITEM.match(text, at)
        field = _ITEM_FIELDS.get(named[1].lower()) if named else None
        if field:
            count += 1
            start = text.rfind("<", max(0, at - LONGEST), at)
            end = text.find(">", at, at + LONGEST)
            said = attributes(text[start : end + 1]) if start >= 0 <= end else {}
            value = said.get("content") or said.get("datetime")
            if value is None and field in {"published", "modified"}:
                value = said.get("title")  # <abbr class="published" title="2017-02-14T...">, as Blogger writes
            if value is None and field in {"title", "author", "published"} and end >= 0:
                value = inner(text, end + 1)
            if value:
                yield Statement(field, value, said_by, start)
        at += 8


def _of_rdfa(text: str, around: Around) -> Iterator[Statement]:
    """Read RDFa Lite (https://www.w3.org/TR/rdfa-lite/), whose prefixes nobody declares otherwise than everybody."""
    return _of_items(text, around, "property", "RDFa")


_JSON = "application/ld+json"
_SCRIPTS, _TAG, _TITLES = 50, 300, 20
_LOOKS = (_of_rdfa, of_dates, of_far_times, _likely, of_updates, of_far_dates)
"""Where a day is looked for, when the page does not declare one."""
_BEFORE, _AFTER = 1500, 4000
_LINES_BEFORE, _LINES, _ITEMS, _DATE = 4, 12, 40, 60
_ISO = re.compile(r"\s*(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_ITEM = re.compile(r"""(?:itemprop|property)\s*=\s*["']?\s*(?:(?:schema|dc|dcterms|dct):)?([A-Za-z]+)""")
_KINDS = ("Article", "BlogPosting", "Report", "SocialMediaPosting")
"""What is in the name of every type of article."""
_TELLING = ("datePublished", "headline", "author", "publisher", "dateModified")
"""Names without one of which a piece of JSON-LD says nothing of an article."""
_ITEM_FIELDS = {
    "headline": "title",
    "author": "author",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "created": "published",
    "issued": "published",
}
STRENGTH = {
    said_by: rank
    for rank, said_by in enumerate(
        (
            *("JSON-LD", "og:title", "H1", "<title>", "meta title", "H2", "H3"),
            *("meta author", "article:author", "twitter:data1"),
            *("article:published_time", "microdata", "RDFa", "meta date", "<time>", "script", "date line"),
            *("<time> elsewhere", "date elsewhere"),
            *("meta modified", "update line", "byline"),
            *("rel=syndication-source", "rel=original-source", "meta source", "rel=canonical", "rel=cite-as", "og:url"),
            *("og:site_name", "citation_journal_title", "application-name", "meta publisher"),
            *("<html lang>", "meta language"),
        )
    )
}
"""Who is believed first about the same field."""
