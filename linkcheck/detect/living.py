"""Tells pages that are meant to change: home pages, lists of stories, tickers. Their updates are no drift. Pure."""

import re
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.detect.api import Page


def is_living(url: str, page: Page) -> bool:
    """Look at the address, and at how much of the page is links."""
    parts = uri.parse(url)
    if parts is None:
        return False
    segments = [unquote(one).casefold().partition(".")[0] for one in parts.path.split("/") if one]
    if not segments or (len(segments) == 1 and segments[0] in _HOME | _LISTS | _LANGUAGES):
        return True
    if segments[-1] in _LISTS or any(segment in _HOLDS_LISTS for segment in segments[:-1]) or _PAGE.search(parts.path):
        return True
    return page.facts.words > 0 and page.outline().words_linked > _LINKED * page.facts.words


_LINKED = 0.6
_HOME = frozenset({"index", "home", "default", "main", "start", "welcome"})
_LANGUAGES = frozenset("de en es fr it ja ko nl pl pt ru sv tr uk zh ar fa he".split())
_LISTS = frozenset(
    """archive archives author authors blog categories category feed forum index issues latest list live liveblog news
    newest posts releases search series sitemap stats status tag tags ticker timeline today topic topics trending
    updates wiki weather""".split()
)
_HOLDS_LISTS = frozenset("tag tags category categories author authors topic topics label labels search live".split())
_PAGE = re.compile(r"/page/\d+/?\Z")
