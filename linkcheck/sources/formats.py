"""Which format a document is in: by its name, by what it says it is, or by its looks."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import PurePath

from linkcheck import registry
from linkcheck.extract.api import Extractor

MARKDOWN, HTML, PLAIN = "text/markdown", "text/html", "text/plain"
BOOKMARKS = "application/x-netscape-bookmarks"
SITEMAP, FEED = "application/x-sitemap+xml", "application/rss+xml"
LISTS = frozenset({SITEMAP, FEED, "application/atom+xml"})
"""Formats that name pages to read."""


@cache
def extractors() -> dict[str, Extractor]:
    """Give all extractors by name; imports them."""
    return dict(registry.load_all("extract"))


def extractor_of(media_type: str) -> Extractor | None:
    """Give who reads a media type."""
    usual = _usual(media_type)
    return usual or next((each for each in extractors().values() if media_type in each.media_types), None)


@cache
def suffixes(*, in_folders: bool) -> frozenset[str]:
    """Give the file name endings (with the dot, lower case) that extractors claim, or only those taken in folders."""
    claimed = (each for each in extractors().values() if each.in_folders or not in_folders)
    return frozenset(suffix for each in claimed for suffix in each.suffixes)


def named(read_as: str) -> str:
    """Give the media type that `--as` asks for; UsageError when there is no such format."""
    media_type: str = registry.load("extract", read_as).media_types[0]
    return media_type


def by_suffix(path: PurePath) -> str | None:
    """Give the media type that a file's name speaks for."""
    suffix = path.suffix.lower()
    if usual := _usual(suffix):
        return usual.media_types[0]
    return next((each.media_types[0] for each in extractors().values() if suffix in each.suffixes), None)


def binary_of(media_type: str | None, source: bytes) -> Extractor | None:
    """Give who reads these bytes, where the format is no text and they begin as it does."""
    if media_type:
        given = extractor_of(media_type)
        return given if given and given.signature and given.signature in source[:_START] else None
    begun = (each for each in extractors().values() if each.signature and source.startswith(each.signature))
    return next((each for each in begun if not source.startswith(_ZIP) or _WORD in source), None)


def missing(extractor: Extractor) -> str | None:
    """Give the extra that has to be installed before a format can be read; None where all is there."""
    return extractor.extra if extractor.needs and find_spec(extractor.needs) is None else None


def by_looks(text: str) -> str:
    """Give the media type that a text looks like."""
    if _BOOKMARKS.match(text[:_HEAD]):
        return BOOKMARKS
    if _HTML.match(text[:_HEAD]):
        return HTML
    if root := _XML.match(text[:_HEAD]):
        return SITEMAP if root[1] in {"urlset", "sitemapindex"} else FEED
    return MARKDOWN if _is_markdown(text) else PLAIN


def suited(media_type: str | None, text: str) -> str:
    """Settle a media type: an unknown one goes by looks, and plain text may be Markdown."""
    if media_type == HTML and _BOOKMARKS.match(text[:_HEAD]):
        return BOOKMARKS
    if media_type == PLAIN:
        return MARKDOWN if _is_markdown(text) else PLAIN
    return media_type or by_looks(text)


def _is_markdown(text: str) -> bool:
    from linkcheck.extract.plain import looks_like_markdown  # noqa: PLC0415 - costs 10 ms; most names say what it is

    return looks_like_markdown(text)


def _usual(name: str) -> Extractor | None:
    """Give who reads an ending or a media type that is met daily, without loading the others; None for all else."""
    extractor = USUAL.get(name)
    if extractor is None or registry.has_foreign("extract"):
        return None
    found: Extractor = registry.load("extract", extractor)
    return found


USUAL = {
    ".md": "markdown",
    ".markdown": "markdown",
    MARKDOWN: "markdown",
    ".html": "html",
    ".htm": "html",
    HTML: "html",
    ".txt": "plain",
    PLAIN: "plain",
}
"""Endings and media types whose extractor is known beforehand: to load them all costs 30 ms."""


_HEAD = 4096
_START = 1024
_ZIP, _WORD = b"PK", b"word/document.xml"
"""Many things are ZIPs; only one that names this part is a document."""
_BOOKMARKS = re.compile(r"\s*<!DOCTYPE\s+NETSCAPE-Bookmark-file-1>", re.IGNORECASE)
_HTML = re.compile(
    r"\s*+(?:(?:<\?xml[^>]*+>|<!--(?:(?!-->).)*+-->)\s*+){0,3}+<(?:!doctype\s++html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
"""Each comment ends at its first `-->`, and is not tried anew: a page may be made of nothing else."""
_XML = re.compile(
    r"\s*+(?:(?:<\?[^>]*+>|<!--(?:(?!-->).)*+-->|<!DOCTYPE[^>\[]*+>)\s*+){0,9}+"
    r"<(?:[\w-]{1,20}:)?(urlset|sitemapindex|rss|feed|RDF)[\s>]",
    re.DOTALL,
)
"""The root of a list of pages (https://www.sitemaps.org/protocol.html, RSS, RFC 4287)."""
