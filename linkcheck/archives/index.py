"""Asks the index of an archive (CDX) what it holds of a URL, and chooses from it.

One question brings the whole history of nearly every page that an article cites; only of what was captured thousands of
times the nearest are asked for. The Wayback Machine and pywb agree about the terms, but for the filters.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.archives import cdx
from linkcheck.archives.answers import INDEX, Asked, Trouble, trouble_of
from linkcheck.archives.api import Endpoints
from linkcheck.archives.cdx import Capture, Refusal, Rows
from linkcheck.archives.choose import choose, in_words, redirects
from linkcheck.archives.identity import identity, is_same_site, without_tracking
from linkcheck.archives.life import life_of
from linkcheck.archives.replay import shown_at
from linkcheck.model import ArchiveAnswer, Conversation, Failure, Lookup, Request, Response, ask

WHOLE = 2000
"""Captures that are asked for at once; a history with fewer is known whole."""
NEAREST = 20


class Dialect(Struct, frozen=True, kw_only=True):
    """How an index wants to be asked."""

    terms: dict[str, str] = {}
    """In every question."""
    latest: dict[str, str]
    """For the last captures."""
    pages: str
    """The filter for 200, 203 and 206."""
    redirects: str


PYWB = Dialect(
    latest={"sort": "reverse", "limit": str(NEAREST)}, pages="~status:20[036]", redirects="~status:30[12378]"
)


class Held(Struct, frozen=True, kw_only=True):
    """What an index says of a URL."""

    captures: tuple[Capture, ...] = ()
    skipped: int = 0
    is_whole: bool = False
    """All that there is, and not only what is near the instant."""
    cut: Trouble | None = None
    """Why those that show a page could not be asked for, where the nearest do not."""


def look_up_index(asked: Asked, endpoint: str, dialect: Dialect = PYWB) -> Conversation[Lookup]:
    """Look a URL up; without what only says where its reader came from, where there is nothing of the whole."""
    held = yield from ask_index(asked, endpoint, dialect)
    return asked.failed(held) if isinstance(held, Trouble) else proposed(asked, held)


def ask_index(asked: Asked, endpoint: str, dialect: Dialect = PYWB) -> Conversation[Held | Trouble]:
    """Ask for a URL and, where there is nothing of it, for the same without tracking parameters."""
    held = yield from _ask(asked, endpoint, dialect)
    bare = without_tracking(asked.url)
    if bare and isinstance(held, Held) and not held.captures:
        again = yield from _ask(structs.replace(asked, url=bare), endpoint, dialect)
        return again if isinstance(again, Held) and again.captures else held
    return held


def proposed(asked: Asked, held: Held) -> Lookup:
    """Answer with the best of what an index holds: pages, else redirects, which must then be looked at."""
    own = same(asked.url, held.captures)
    life = life_of(own) if held.is_whole else None
    chosen = choose(own, asked.at) or choose(held.captures, asked.at)
    if chosen:
        return asked.found((*chosen, *redirects(own, asked.at)), _skipped(held), life=life)
    if held.cut:
        why = f"the nearest captures show no page: {in_words(held.captures)}; {held.cut.reason}"
        return asked.failed(Trouble(held.cut.answer, why))
    if led := redirects(own, asked.at):
        return asked.found(led, f"it was captured, but never as a page: {in_words(held.captures)}", life=life)
    if held.captures:
        return asked.none(f"it was captured, but never as a page: {in_words(held.captures)}", life=life)
    if held.skipped:
        return asked.failed(Trouble(ArchiveAnswer.FAILED, f"the archive sent nothing else: {_skipped(held)}"))
    return asked.none()


def siblings(url: str, at: datetime, endpoints: Endpoints, dialect: Dialect = PYWB) -> Conversation[tuple[str, ...]]:
    """Give the raw addresses of redirects that were captured in the same folder within 90 days, at most six.

    After IMC 2022: a redirect that other pages share leads to a home or error page and not to what was cited.
    """
    folder = url.partition("?")[0].rpartition("/")[0] + "/"
    if uri.parse(folder) is None or folder.count("/") < _OF_A_HOST:
        return ()
    terms = {
        "url": folder,
        "matchType": "prefix",
        "output": "json",
        "from": cdx.timestamp(at - _BESIDE),
        "to": cdx.timestamp(at + _BESIDE),
        "limit": "60",
        "filter": dialect.redirects,
    } | dialect.terms
    held = _read((yield from ask(_request(endpoints["cdx"], terms))), url)
    if isinstance(held, Trouble):
        return ()
    others = {identity(one.original): one for one in held.captures if identity(one.original) != identity(url)}
    return tuple(
        shown_at(endpoints["replay"], one.at, one.original, is_raw=True) for one in list(others.values())[:_FEW]
    )


def same(url: str, captures: Iterable[Capture]) -> tuple[Capture, ...]:
    """Keep the captures of this page; the index finds those that differ in case or order of terms, too."""
    wanted = {identity(url), identity(without_tracking(url) or url)}
    return tuple(capture for capture in captures if identity(capture.original) in wanted)


def _ask(asked: Asked, endpoint: str, dialect: Dialect) -> Conversation[Held | Trouble]:
    base = {"url": asked.url, "matchType": "exact", "output": "json"} | dialect.terms  # `*` would ask for a prefix
    held = _read((yield from ask(_request(endpoint, base | {"limit": str(WHOLE)}))), asked.url)
    if isinstance(held, Trouble) or held.is_whole:
        return held
    near = base | (
        {"closest": cdx.timestamp(asked.at), "sort": "closest", "limit": str(NEAREST)} if asked.at else dialect.latest
    )
    nearest = _read((yield from ask(_request(endpoint, near))), asked.url)
    if isinstance(nearest, Trouble):
        return structs.replace(held, cut=None if choose(same(asked.url, held.captures), asked.at) else nearest)
    if not choose(same(asked.url, nearest.captures), asked.at):
        # The nearest show no page. Others may, and their digests may tell what the revisits are.
        pages = _read((yield from ask(_request(endpoint, near | {"filter": dialect.pages}))), asked.url)
        if isinstance(pages, Trouble):
            return structs.replace(nearest, cut=pages)
        nearest = _together(nearest, pages)
    return _together(nearest, held)


def _together(one: Held, other: Held) -> Held:
    return Held(captures=tuple(dict.fromkeys(one.captures + other.captures)), skipped=one.skipped + other.skipped)


def _request(endpoint: str, terms: Mapping[str, str]) -> Request:
    accept = ("accept", "application/json, text/plain;q=0.9, */*;q=0.1")
    return Request(f"{endpoint}?{urlencode(terms)}", headers=(accept,), read=INDEX)


def _read(answer: Response | Failure, url: str) -> Held | Trouble:
    """Tell an answer of the index, an empty one included, from everything that is none."""
    trouble = trouble_of(answer)
    if isinstance(answer, Failure) or (trouble and trouble.is_final):
        assert trouble
        return trouble
    found = cdx.read(answer.body)
    if isinstance(found, Refusal) and found.is_exclusion:
        return Trouble(ArchiveAnswer.FAILED, f"the archive {found.reason}", is_final=True)
    if trouble:
        return trouble
    if answer.status == 404 and not (isinstance(found, Rows) and answer.body.lstrip()[:1] == b"{"):
        return Trouble(ArchiveAnswer.FAILED, "the archive answered with status 404")
    if isinstance(found, Refusal):
        return Trouble(ArchiveAnswer.FAILED, f"the archive {found.reason}")
    if answer.truncated and not found.captures:
        return Trouble(ArchiveAnswer.FAILED, "the archive's answer was too long, or cut off")
    own = tuple(capture for capture in found.captures if is_same_site(url, capture.original))
    total = len(found.captures) + found.skipped + found.folded
    return Held(
        captures=own,
        skipped=found.skipped + len(found.captures) - len(own),
        is_whole=total < WHOLE and not answer.truncated,
    )


def _skipped(held: Held) -> str:
    return f"{held.skipped} rows of its index mean nothing, or another site" if held.skipped else ""


_BESIDE = timedelta(days=90)
_FEW = 6
_OF_A_HOST = 3
