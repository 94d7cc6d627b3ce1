"""Gives conversations about provenance what they need of other families: readers of pages, searches in archives."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from linkcheck import uri
from linkcheck.archives.api import Searching
from linkcheck.archives.replay import original_of, place_of
from linkcheck.archives.unwrap import unwrap
from linkcheck.errors import SourceError
from linkcheck.extract import metadata
from linkcheck.extract.api import Wanted
from linkcheck.extract.decode import decode
from linkcheck.extract.passages import paragraphs
from linkcheck.model import Claim, Conversation, Response, Role
from linkcheck.pipeline.line import Line
from linkcheck.provenance.api import Context, Found, Search, Text
from linkcheck.provenance.origin import provenance_of
from linkcheck.provenance.target import timestamp_of
from linkcheck.sources import api as sources_api
from linkcheck.sources import formats
from linkcheck.sources.beside import claims_beside
from linkcheck.sources.read import document


def context(line: Line) -> Context:
    """Give what conversations about provenance need of other families."""
    searches = tuple(
        _searching(archive.search, archive.endpoints, archive.title) for archive in line.archives if archive.search
    )
    return Context(read=read_page, claims=read_claims, unwrap=_original_of, searches=searches)


def _original_of(url: str) -> str | None:
    copy = unwrap(url)
    return copy.original if copy else None


def _searching(search: Searching, endpoints: Mapping[str, str], title: str) -> Search:
    def ask_index(host: str, at: datetime | None, words: Sequence[str]) -> Conversation[tuple[Found, ...] | None]:
        listed = yield from search(host, at, words, endpoints)
        if listed is None:
            return None
        return tuple(Found(one.url, at=one.at, by=f"the index of the {title}") for one in listed)

    return ask_index


def read_page(response: Response) -> Text | None:
    """Read a page as a document of its own; None for what is no page."""
    base = _base_of(response)
    if response.media_type not in _PAGES:
        return None
    try:
        page = document(
            response.body,
            sources_api.Found(name=base, url=base),
            media_type=response.media_type or None,
            charset=_charset(response),
        )
    except SourceError:
        return None
    extractor = formats.extractor_of(page.media_type)
    if extractor is None:
        return None
    said = extractor.extract(page, Wanted(passages=True))
    references = [(one, extractor.decoded(one.raw, one.element)) for one in said.references]
    claims = (*said.claims, *claims_beside(response))
    provenance = provenance_of(claims, said.opening, references, address=base)
    stated = next((one.base for one in said.references if one.base), None)
    rewritten = place_of(stated) if stated else None
    hrefs = [one.raw for one in said.references if one.role is not Role.IMAGE]
    return Text(
        passages=said.passages or paragraphs(page.text),
        base=(rewritten.url if rewritten else stated) or base,
        stamps=_stamps(response, hrefs),
        claims=provenance.claims,
        feeds=tuple(_feeds(page.text, base)),
        is_cut=response.truncated,
    )


def read_claims(response: Response) -> tuple[Claim, ...]:
    """Read what a page says of itself; of HTML nothing else of it, which is many times as fast as reading all."""
    if response.media_type not in _MARKUP:
        page = read_page(response)
        return page.claims if page else ()
    base = _base_of(response)
    text = decode(response.body, media_type=formats.HTML, declared=_charset(response)).text
    known = metadata.survey(text, host=uri.host_of(base))
    said = [*(Claim(one.field, one.value, one.said_by) for one in known.statements), *claims_beside(response)]
    return provenance_of(said, metadata.opening(text, known), (), address=base).claims


def _base_of(response: Response) -> str:
    """Return the address that a page's relative links start from: a capture's start from its original."""
    return original_of(response) or response.url


def _stamps(response: Response, hrefs: Sequence[str]) -> frozenset[str]:
    """Return the timestamps under which an archive has rewritten the links of a page.

    That is the capture's own, and one that most of the links have: the page was saved from an archive. Any other
    timestamp was on the page when it was captured, and belongs to what it cites.
    """
    place = place_of(response.url)
    counted = Counter(stamp for href in hrefs if (stamp := timestamp_of(href)))
    often = {stamp for stamp, count in counted.most_common(1) if count >= _SEVERAL and count * 2 > len(hrefs)}
    return frozenset(often | ({place.timestamp} if place else set()))


def _charset(response: Response) -> str | None:
    found = _CHARSET.search(response.header("content-type") or "")
    return found[1] if found else None


def _feeds(text: str, base: str) -> Iterator[str]:
    for found in _FEED.finditer(text, 0, _HEAD):
        if (href := _HREF.search(found[0])) and (url := uri.resolve(href[1], base)):
            yield url


_CHARSET = re.compile(r"""charset\s*+=\s*+["']?([^\s"';,]+)""", re.IGNORECASE)
_FEED = re.compile(r"<link\b[^>]{0,300}application/(?:rss|atom)\+xml[^>]{0,300}>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref=["']?([^"'\s>]{1,500})""", re.IGNORECASE)
_HEAD = 200_000
_SEVERAL = 3
"""Links with one timestamp that make a page a rewritten one."""
_MARKUP = frozenset({formats.HTML, "application/xhtml+xml"})
_PAGES = frozenset({*_MARKUP, formats.PLAIN, formats.MARKDOWN, ""})
