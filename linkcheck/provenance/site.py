"""On which sites an article that does not say where it first stood may be looked for, and what speaks for each. Pure.

Nothing that is found there counts before it has been read: see `guess`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from linkcheck import uri
from linkcheck.domains import registrable
from linkcheck.later import later
from linkcheck.model import Role
from linkcheck.provenance.api import Address, Article
from linkcheck.provenance.publisher import Names

MOST = 2
"""Sites that are searched for one article."""


class Site(Struct, frozen=True):
    """A host, and why the article may have stood there."""

    url: str
    """An address on it."""
    basis: str

    @property
    def host(self) -> str:
        """Name it as people do."""
        return uri.host_of(self.url).removeprefix("www.")


def sites_of(article: Article, addresses: Sequence[Address], unwrap: Callable[[str], str | None]) -> tuple[Site, ...]:
    """Give the likeliest sites first: the one that the article names, its publisher's, that of its related stories.

    `unwrap` gives the original of an archived copy's address. The site on which a copy was read is none of them.
    """
    archived = unwrap(article.url) if article.url else None
    own = registrable(uri.host_of(article.url)) if article.url else None
    found: dict[str, Site] = {}
    for site in chain(
        (Site(url, "the article names that site") for url in article.originals),
        (Site(archived, "the article was read from an archived copy of it"),) if archived else (),
        _publishers(article),
        _in_words(article, unwrap),
        _named(article, addresses),
        _related(addresses),
    ):
        host = uri.host_of(site.url)
        if "." in host and not uri.is_address(host) and registrable(host) != own:
            found.setdefault(site.host, site)
    return tuple(found.values())[:MOST]


def is_home(url: str) -> bool:
    """Tell a site's own address from that of a page on it."""
    parts = uri.parse(url)
    return parts is not None and not parts.path.strip("/") and not parts.query


def _publishers(article: Article) -> Iterator[Site]:
    for claim in article.claims:
        if claim.field == "publisher" and (found := _DOMAIN.fullmatch(claim.value.strip().casefold())):
            yield Site(f"http://{found['host']}/", f"the publisher is called so ({claim.said_by})")


def _in_words(article: Article, unwrap: Callable[[str], str | None]) -> Iterator[Site]:
    """Read what a sentence before or behind the text names as where it stood first, and addresses for mail there."""
    for passage in (*article.passages[:_EDGE], *article.passages[-_EDGE:]):
        text = passage.text
        if len(text) > _SHORT:
            continue
        for anchor in passage.anchors[:_LOOKED_AT]:
            if uri.scheme_of(anchor.href) in uri.WEB and _BEFORE.search(text[: anchor.start]):
                yield Site(unwrap(anchor.href) or anchor.href, "the article says that it stood there first")
        if found := _FIRST.search(text):
            yield Site(f"http://{found['host'].casefold()}/", "the article says that it stood there first")
        elif (mail := _MAIL.search(text)) and registrable(mail["host"].casefold()) not in _EVERYBODYS:
            yield Site(f"http://{mail['host'].casefold()}/", "the author's address for mail is there")


def _named(article: Article, addresses: Sequence[Address]) -> Iterator[Site]:
    """Find cited hosts that are called as the publication is: by what names it, or by the credit of a photo."""
    names = [claim.value for claim in article.claims if claim.field == "publisher"]
    names += [claim.value.split("/")[-1] for claim in article.claims if claim.field == "photo" and "/" in claim.value]
    for name in dict.fromkeys(one.strip() for one in names):
        for url in _often(addresses):
            names_of_host = Names((), [url])
            if len(name) >= _SHORTEST and (names_of_host.has(name) or names_of_host.has(f"the {name}")):
                yield Site(url, f'the article cites it, and it is called as "{name}"')


def _related(addresses: Sequence[Address]) -> Iterator[Site]:
    for url in _often([one for one in addresses if one.role is Role.RELATED]):
        yield Site(url, "related stories stand there")


def _often(addresses: Sequence[Address]) -> list[str]:
    """Give one address for each site, the most cited first."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for one in addresses:
        site = registrable(uri.host_of(one.url))
        counts[site] += 1
        first.setdefault(site, one.url)
    return [first[site] for site, _ in counts.most_common(_LOOKED_AT)]


_EDGE, _SHORT, _SHORTEST, _LOOKED_AT = 6, 300, 4, 20
_EVERYBODYS = frozenset(
    "gmail.com googlemail.com yahoo.com outlook.com hotmail.com live.com icloud.com aol.com proton.me protonmail.com"
    " gmx.de gmx.net web.de t-online.de mail.ru yandex.ru ukr.net orange.fr libero.it".split()
)
"""Where anybody can have an address for mail."""
_HOST = r"(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,24})"
_DOMAIN = later(rf"(?:https?://)?{_HOST}/?")
_MAIL = later(rf"(?<![\w.])[\w.+-]{{1,64}}@{_HOST}", re.IGNORECASE)
_WORDS = (
    r"\b(?:originally|first|republished|reprinted|reposted|syndicated|ursprünglich|zuerst|erstmals|initialement|d'abord"
    r"|originalmente|originariamente|inicialmente|inizialmente|впервые|первоначально|вперше|спочатку)\b"
)
_FIRST = later(rf"{_WORDS}[^.!?]{{0,80}}?\s(?:https?://)?{_HOST}\b", re.IGNORECASE)
_BEFORE = later(
    rf"(?:{_WORDS}[^.!?]{{0,80}}|\A(?:source|quelle|fuente|fonte|источник|джерело|via)\b[\s:]{{1,4}})\Z", re.IGNORECASE
)
