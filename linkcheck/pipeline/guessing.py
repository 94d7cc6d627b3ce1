"""Looks for the original of an article that does not state it, where links of it have lost their target."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linkcheck import uri
from linkcheck.events import Consulting
from linkcheck.fetch.converse import converse
from linkcheck.model import DocumentRow, PlacedFinding
from linkcheck.pipeline.elsewhere import context
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.lost import is_placeholder
from linkcheck.provenance import unstated
from linkcheck.provenance.against import is_written
from linkcheck.provenance.api import Address, Article
from linkcheck.provenance.guess import Guessed, guess, is_stated
from linkcheck.provenance.recover import Consulted, titles_of
from linkcheck.sources import formats
from linkcheck.store import Met

MOST = 500
"""References of one document that are looked at for its headline."""


def is_wanting(row: DocumentRow, article: Article, mets: Sequence[Met], consulted: Consulted) -> bool:
    """Tell whether an original would help, and none is stated; a home page that shows the article is one.

    One that the person does not want to have asked is stated all the same.
    """
    if is_stated(row.claims) or consulted.sources or not is_written(article):
        return False
    return any(is_placeholder(met.planned) for met in mets)


async def guessed(
    line: Line, row: DocumentRow, article: Article, mets: Sequence[Met], handlers: Mapping[type, Any]
) -> PlacedFinding:
    """Search within bounds, and say what was found; a guess is never used as if it were stated."""
    if line.time_left == 0:
        return unstated.finding(Guessed(was_heard=False), is_page=row.media_type == formats.HTML)
    line.emit(Consulting("where the article first stood", article.first("title") or "", 0, 1))
    found = await converse(guess(article, list(_addresses(line, mets)), context(line)), handlers)
    return unstated.finding(found, is_page=row.media_type == formats.HTML)


def _addresses(line: Line, mets: Sequence[Met]) -> Iterator[Address]:
    """Give the pages of the web that the article links to, with what they were called when they were checked."""
    for met in mets[:MOST]:
        reference, url = met.planned.reference, met.planned.plan.link
        if url and met.link is not None and uri.scheme_of(url) in uri.WEB:
            check = line.journal.origins.seen(met.link)[0]
            titles = titles_of(check) if check else ()
            yield Address(url=url, text=reference.text, role=reference.role, titles=titles)
