"""Looks for a story by the words of its headline: in archives' indexes of its host, in the host's sitemap and feeds.

Nothing found here counts before a title has been read: see `recover`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from types import MappingProxyType

from msgspec import Struct

from linkcheck import uri
from linkcheck.later import later
from linkcheck.model import ANYTHING, Conversation, Failure, Read, Request, ask
from linkcheck.provenance.api import Article, Context, Found, Lost
from linkcheck.provenance.naming import is_headline
from linkcheck.provenance.target import is_same_page, page_of
from linkcheck.slug import Agreement, compare, content_words, is_alike

HOSTS = 2
"""Hosts that are searched: those of the originals."""
SITEMAPS = 3
"""Parts of one sitemap that are read."""
KEPT = 4
"""Candidates for one headline that are worth a look at their titles."""


class Searched(Struct, frozen=True):
    """What a search for headlines gave."""

    found: Mapping[int, tuple[Found, ...]] = MappingProxyType({})
    """By reference, the likest first."""
    was_heard: bool = True
    """Whether everybody who was asked has answered; else what was not found says little."""


def search(
    article: Article,
    lost: Sequence[Lost],
    feeds: Sequence[str],
    context: Context,
    *,
    sites: Sequence[str] | None = None,
) -> Conversation[Searched]:
    """Find pages whose slug, or whose title in a feed, agrees with a lost headline.

    `sites` are addresses on the hosts that are searched: those of the originals, where nothing else is said.
    """
    sites = article.originals if sites is None else sites
    wanted = [one for one in lost if is_headline(one.text, one.role)]
    found: dict[int, tuple[Found, ...]] = {}
    was_heard = True
    hosts = list(dict.fromkeys(map(uri.host_of, sites)))[:HOSTS]
    for one in wanted:
        pages: list[Found] = []
        for host in hosts:
            for ask_index in context.searches:
                listed = yield from ask_index(host, article.at, content_words(one.text)[:_WORDS])
                was_heard = was_heard and listed is not None
                pages.extend(listed or ())
        if likely := ranked(one, pages, article):
            found[one.reference] = likely
    left = [one for one in wanted if one.reference not in found]
    if left:
        own = yield from _listed(article, sites, feeds)
        was_heard = was_heard and own is not None
        for one in left:
            if likely := ranked(one, own or (), article):
                found[one.reference] = likely
    return Searched(found, was_heard)


def ranked(lost: Lost, pages: Iterable[Found], article: Article) -> tuple[Found, ...]:
    """Keep what agrees with the headline; each page once, the likest first, and of equals the nearest in time."""
    own = (*article.originals, *((article.url,) if article.url else ()))
    kept: dict[str, tuple[float, Found]] = {}
    words = set(content_words(lost.text))
    for page in pages:
        compared = compare(lost.text, page.url)
        by_title = bool(page.title) and is_alike(lost.text, page.title or "")
        if not (compared.agreement is Agreement.AGREES or by_title) or any(is_same_page(page.url, one) for one in own):
            continue
        score = len(compared.shared) / max(len(words), 1) - 0.05 * len(compared.only_slug) + by_title
        known = kept.get(page_of(page.url))
        if known is None or score > known[0]:
            kept[page_of(page.url)] = score, page
    return tuple(page for _, page in sorted(kept.values(), key=lambda pair: (-pair[0], pair[1].url))[:KEPT])


def _listed(article: Article, sites: Sequence[str], feeds: Sequence[str]) -> Conversation[list[Found] | None]:
    """Read what the sites list themselves: their sitemaps, as far as the date matters, and their feeds.

    None where no site could be reached.
    """
    found: list[Found] = []
    was_heard = False
    for origin in dict.fromkeys(_origin(url) for url in sites[:HOSTS]):
        listed = yield from _sitemap(f"{origin}/sitemap.xml", article)
        was_heard = was_heard or listed is not None
        found.extend(listed or ())
    found.extend((yield from in_feeds(feeds)))
    return found if was_heard or found else None


def in_feeds(feeds: Sequence[str]) -> Conversation[list[Found]]:
    """Read what feeds list: the newest stories of their sites."""
    found: list[Found] = []
    for feed in list(dict.fromkeys(feeds))[:HOSTS]:
        body = yield from _body(feed)
        found.extend(_entries(body or ""))
    return found


def _sitemap(url: str, article: Article) -> Conversation[list[Found] | None]:
    body = yield from _body(url)
    if body is None:
        return None
    if "<sitemapindex" not in body[:_HEAD]:
        return list(_locations(body))
    day = article.first("published") or ""
    parts = [page.url for page in _locations(body)]
    # News sites part their sitemaps by year or month; a part that names neither may hold anything.
    stamps = (day[:7], day[:7].replace("-", "/"), day[:7].replace("-", ""), day[:4])
    named = [part for stamp in stamps if stamp for part in parts if stamp in part]
    found: list[Found] = []
    for part in list(dict.fromkeys(named or parts))[:SITEMAPS]:
        if _bare(part) == _bare(url):
            found.extend(_locations((yield from _body(part)) or ""))
    return found


def _body(url: str) -> Conversation[str | None]:
    """Give a text, empty where the site says that there is none; None where it says nothing."""
    answer = yield from ask(Request(url, read=_READ))
    if isinstance(answer, Failure):
        return None
    if answer.status != 200:
        return "" if answer.status in {404, 410} else None
    return answer.body.decode("utf-8", "replace")


def _locations(body: str) -> Iterator[Found]:
    for found in _LOCATION.finditer(body):
        if url := uri.key(unescape(found[1].strip())):
            yield Found(url, by="the site's sitemap")


def _entries(body: str) -> Iterator[Found]:
    for entry in _ENTRY.finditer(body):
        title, link = _TITLE.search(entry[0]), _LINK.search(entry[0])
        if link and (url := uri.key(unescape((link[1] or link[2]).strip()))):
            said = " ".join(unescape(_CDATA.sub(r"\1", title[1])).split()) if title else None
            yield Found(url, title=said, by="the site's feed")


def _bare(url: str) -> str:
    return uri.host_of(url).removeprefix("www.")


def _origin(url: str) -> str:
    parts = uri.parse(url)
    if parts is None:
        return url
    port = "" if parts.port in {80, 443} else f":{parts.port}"
    return f"{parts.scheme}://{parts.host}{port}"


_WORDS = 8
_HEAD = 2000
_READ = Read(media_types=ANYTHING.media_types, limit=4 << 20)
_LOCATION = later(r"<loc>\s*([^<]{1,2000})</loc>")
_ENTRY = later(r"<(?:item|entry)\b(?:(?!</(?:item|entry)>).){0,20000}", re.DOTALL)
_TITLE = later(r"<title[^>]{0,100}>(.{0,1000}?)</title>", re.DOTALL)
_LINK = later(r"""<link[^>]{0,200}?href=["']([^"']{1,2000})|<link>\s*([^<]{1,2000})</link>""")
_CDATA = later(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
