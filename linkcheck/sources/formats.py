"""Which format a document is in: by its name, by what it says it is, or by its looks."""

import re
from functools import cache
from pathlib import PurePath

from linkcheck import registry
from linkcheck.extract.api import Extractor
from linkcheck.extract.plain import looks_like_markdown

MARKDOWN, HTML, PLAIN = "text/markdown", "text/html", "text/plain"
SITEMAP, FEED = "application/x-sitemap+xml", "application/rss+xml"
LISTS = frozenset({SITEMAP, FEED, "application/atom+xml"})
"""Formats that name pages to read."""


@cache
def extractors() -> dict[str, Extractor]:
    """Give all extractors by name; imports them."""
    return dict(registry.load_all("extract"))


def extractor_of(media_type: str) -> Extractor | None:
    """Give who reads a media type."""
    return next((each for each in extractors().values() if media_type in each.media_types), None)


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
    return next((each.media_types[0] for each in extractors().values() if suffix in each.suffixes), None)


def by_looks(text: str) -> str:
    """Give the media type that a text looks like."""
    if _HTML.match(text[:_HEAD]):
        return HTML
    if root := _XML.match(text[:_HEAD]):
        return SITEMAP if root[1] in {"urlset", "sitemapindex"} else FEED
    return MARKDOWN if looks_like_markdown(text) else PLAIN


def suited(media_type: str | None, text: str) -> str:
    """Settle a media type: an unknown one goes by looks, and plain text may be Markdown."""
    if media_type == PLAIN:
        return MARKDOWN if looks_like_markdown(text) else PLAIN
    return media_type or by_looks(text)


_HEAD = 4096
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*){0,3}<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(
    r"\s*(?:(?:<\?[^>]*>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^>\[]*>)\s*){0,9}"
    r"<(?:[\w-]{1,20}:)?(urlset|sitemapindex|rss|feed|RDF)[\s>]",
    re.DOTALL,
)
"""The root of a list of pages (https://www.sitemaps.org/protocol.html, RSS, RFC 4287)."""
