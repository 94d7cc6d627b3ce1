"""Reads the original: as it is on the live web, as archives kept it near the article's date, and as it names itself.

A page counts only where it shows the article; a wall, a PDF, another story under the same address say nothing.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from linkcheck import uri
from linkcheck.model import (
    Captures,
    Conversation,
    Failure,
    FailureKind,
    Lookup,
    Memento,
    Observe,
    Read,
    Request,
    Response,
    ask,
)
from linkcheck.provenance.api import Article, Context, Source, Text
from linkcheck.provenance.identity import share_of, shingles, shows
from linkcheck.provenance.target import is_same_page

CAPTURES = 5
"""Captures of one original that are read at most."""
PAGE = Read(media_types=("text/html", "application/xhtml+xml", "text/plain", ""), limit=4 << 20)


LITTLE_TEXT = 100
"""Runs of four words below which a page shows nobody's article: a wall, or a page that needs a browser."""
_GONE = frozenset({"dns-nxdomain", "policy", "network", "budget"})
"""Failures of which no browser knows more, or which say nothing of the page."""


class Look(Struct, frozen=True):
    """What became of asking for one page."""

    url: str
    source: Source | None = None
    """None when it does not show the article."""
    text: Text | None = None
    """What is shown instead; None when no page came."""
    why: str = ""
    """Why it does not help, in words."""
    is_shut: bool = False
    """The page may be there for people: a wall, or a server in trouble, and not one that says that it is gone."""
    is_left: bool = False
    """It was not asked for, since the time for archives had ended."""


def live(article: Article, url: str, context: Context) -> Conversation[Look]:
    """Read a page on the live web, unless it is known not to be there."""
    check = yield from ask(Observe(uri.without_fragment(url)))
    if check.failure is not None:
        return Look(url, why=check.failure.message, is_shut=check.failure.kind not in _GONE)
    if check.status is None:
        return Look(url, why="it was not asked")
    if not 200 <= check.status < 300:
        return Look(url, why=f"it answered with status {check.status}", is_shut=check.status not in {404, 410})
    answer = yield from ask(Request(uri.without_fragment(url), read=PAGE))
    return _look(article, url, answer, context)


def captures(article: Article, url: str) -> Conversation[tuple[Lookup, ...]]:
    """Ask what the archives hold of a page near the article's date."""
    return (yield from ask(Captures(uri.without_fragment(url), article.at)))


def usable(article: Article, lookups: Iterable[Lookup]) -> tuple[Memento, ...]:
    """Give the captures that can be read without an archive's rewriting, nearest to the article's date first.

    What nobody found to show something else comes first; without a date the order is the archives'.
    """
    found = [
        memento
        for lookup in lookups
        for memento in lookup.mementos
        if memento.uri_raw and memento.validated is not False
    ]
    if article.at:
        found.sort(key=lambda memento: abs(memento.distance_days) if memento.distance_days is not None else 1e9)
    return tuple({memento.uri_raw: memento for memento in found}.values())[:CAPTURES]


def capture(article: Article, url: str, memento: Memento, context: Context) -> Conversation[Look]:
    """Read a capture as it was archived."""
    answer = yield from ask(Request(memento.uri_raw or memento.uri_m, read=PAGE))
    return _look(article, url, answer, context, memento)


def named_by(look: Look, article: Article) -> Iterator[str]:
    """Give where a page says that it stands, or was taken from, if that is neither itself nor known already."""
    known = [look.url, *article.originals]
    for claim in look.text.claims if look.text else ():
        if claim.field in {"canonical", "original"}:
            url = uri.key(claim.value)
            parts = uri.parse(url) if url else None
            is_page = parts is not None and parts.scheme in uri.WEB and bool(parts.path.strip("/"))
            if parts and is_page and not any(is_same_page(parts.href, one) for one in known):
                known.append(parts.href)
                yield parts.href


def _look(
    article: Article, url: str, answer: Response | Failure, context: Context, memento: Memento | None = None
) -> Look:
    if isinstance(answer, Failure):
        return Look(url, why=answer.message, is_left=answer.kind is FailureKind.BUDGET)
    if not 200 <= answer.status < 300:
        return Look(url, why=f"it answered with status {answer.status}")
    text = context.read(answer)
    if text is None:
        kind = answer.media_type or "of no known type"
        return Look(url, why=f"it is {kind}, not a page", is_shut=memento is None)
    share = share_of(article.passages, text.passages)
    titles = [claim.value for claim in article.claims if claim.field == "title"]
    others = [claim.value for claim in text.claims if claim.field == "title"]
    if not shows(share, titles, others):
        is_bare = len(shingles(text.passages)) < LITTLE_TEXT
        why = "it shows hardly any text" if is_bare else "it does not show this article"
        return Look(url, text=text, why=why, is_shut=is_bare and memento is None)
    return Look(url, Source(url=url, text=text, memento=memento, share=share), text)
