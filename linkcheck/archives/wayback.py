"""The Wayback Machine of the Internet Archive: its CDX index, and the Availability API where the index fails.

Sources: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server and
https://archive.org/help/wayback_api.php. An empty answer of the Availability API proves nothing, and neither does a
failure: only the index can say that there is no capture.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlencode

import msgspec
from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.archives import by_words, cdx
from linkcheck.archives.api import Archive, Manners
from linkcheck.archives.cdx import Capture, Refusal, Rows
from linkcheck.archives.choose import PAGES, choose, in_words
from linkcheck.archives.unwrap import is_copy, unwrap
from linkcheck.clock import iso
from linkcheck.model import (
    ANYTHING,
    ArchiveAnswer,
    Conversation,
    Failure,
    FailureKind,
    Lookup,
    Memento,
    Request,
    Response,
    ask,
)

NAME = "wayback"


def look_up(url: str, at: datetime | None, endpoints: Mapping[str, str]) -> Conversation[Lookup]:
    """Find the captures of a URL nearest an instant, best first; without one, the latest.

    The address of an archived copy is looked through to its original, and the instant that it names is the target.
    """
    if copy := unwrap(url):
        lookup = yield from _look_up(copy.original, copy.at or at, endpoints)
        return _resting_on_the_copy(lookup) if copy.at else lookup
    if is_copy(url):
        return _answered(ArchiveAnswer.NOT_ASKED, "this is an archived copy, and its address does not say of what")
    if uri.scheme_of(url) not in uri.WEB:
        return _answered(ArchiveAnswer.NOT_ASKED, "only web pages are archived")
    return (yield from _look_up(url, at, endpoints))


def _look_up(url: str, at: datetime | None, endpoints: Mapping[str, str]) -> Conversation[Lookup]:
    rows = _rows(url, (yield from ask(_query(url, at, endpoints["cdx"]))))
    if isinstance(rows, _Trouble):
        return (yield from _fall_back(url, at, endpoints, rows))
    captures = rows.captures
    wider: Rows | _Trouble | None = None
    if captures and not choose(_same(url, captures), at):
        # The nearest captures show no page. Others may, and their digests may tell what the revisits are.
        wider = _rows(url, (yield from ask(_query(url, at, endpoints["cdx"], only_pages=True))))
        if isinstance(wider, Rows):
            captures = tuple(dict.fromkeys(captures + wider.captures))
    if mementos := _mementos(url, at, captures, endpoints["replay"]):
        return _answered(ArchiveAnswer.FOUND, _skipped(rows), mementos)
    if isinstance(wider, _Trouble):
        return _answered(wider.answer, f"the nearest captures show no page: {in_words(captures)}; {wider.reason}")
    if captures:
        return _answered(ArchiveAnswer.NONE, f"it was captured, but never as a page: {in_words(captures)}")
    if rows.skipped:
        return _answered(ArchiveAnswer.FAILED, f"the archive sent nothing else: {_skipped(rows)}")
    return _answered(ArchiveAnswer.NONE, "the archive has no capture of this URL")


class _Trouble(Struct, frozen=True):
    """Why the index did not answer."""

    answer: ArchiveAnswer
    reason: str
    is_final: bool = False
    """Asking the archive in another way would not help, or not be polite."""


def _query(url: str, at: datetime | None, endpoint: str, *, only_pages: bool = False) -> Request:
    """Ask for the 20 captures nearest an instant, or the latest.

    `sort=closest` with the present instant does not give the newest, and `to` with a negative limit gives wrong ones:
    the latest are the last of the index (`fastLatest` promises at least one; it would hide what a filter looks for).
    """
    terms = {
        "url": url,
        "matchType": "exact",  # a URL that ends in `*` would ask for all that begin with it
        "output": "json",
        "fl": "timestamp,original,mimetype,statuscode,digest,length",
        "resolveRevisits": "true",
    }
    if at:
        terms |= {"closest": cdx.timestamp(at), "sort": "closest", "limit": "20"}
    else:
        terms |= {"limit": "-20"} if only_pages else {"limit": "-20", "fastLatest": "true"}
    if only_pages:
        terms["filter"] = "statuscode:20[036]"
    accept = ("accept", "application/json, text/plain;q=0.9, */*;q=0.1")
    return Request(f"{endpoint}?{urlencode(terms)}", headers=(accept,), read=ANYTHING)


def _rows(url: str, answer: Response | Failure) -> Rows | _Trouble:
    """Tell an answer of the index, an empty one included, from everything that is none."""
    if isinstance(answer, Failure):
        if answer.kind is FailureKind.BUDGET:
            return _Trouble(ArchiveAnswer.NOT_ASKED, answer.message, is_final=True)
        return _Trouble(ArchiveAnswer.FAILED, f"the archive could not be reached: {answer.message}")
    if answer.status == 429:
        return _Trouble(ArchiveAnswer.NOT_ASKED, "the archive asked us to wait (429)", is_final=True)
    found = cdx.read(answer.body)
    if isinstance(found, Refusal) and found.is_exclusion:
        return _Trouble(ArchiveAnswer.FAILED, f"the archive {found.reason}", is_final=True)
    if answer.status != 200:
        return _Trouble(ArchiveAnswer.FAILED, f"the archive answered with status {answer.status}")
    if answer.truncated:
        return _Trouble(ArchiveAnswer.FAILED, "the archive's answer was too long, or cut off")
    if isinstance(found, Refusal):
        return _Trouble(ArchiveAnswer.FAILED, f"the archive {found.reason}")
    own = tuple(capture for capture in found.captures if _is_at_host_of(url, capture))
    return structs.replace(found, captures=own, skipped=found.skipped + len(found.captures) - len(own))


def _skipped(rows: Rows) -> str:
    return f"{rows.skipped} rows of its index mean nothing, or another site" if rows.skipped else ""


class _Closest(Struct):
    timestamp: str
    url: str
    status: str = ""
    available: bool = False


class _Snapshots(Struct):
    closest: _Closest | None = None


class _Availability(Struct):
    archived_snapshots: _Snapshots


def _fall_back(url: str, at: datetime | None, endpoints: Mapping[str, str], trouble: _Trouble) -> Conversation[Lookup]:
    """Ask the Availability API. It can only help: its empty answers are often wrong."""
    if trouble.is_final:
        return _answered(trouble.answer, trouble.reason)
    terms = {"url": url} | ({"timestamp": cdx.timestamp(at)} if at else {})
    request = Request(f"{endpoints['availability']}?{urlencode(terms)}", read=ANYTHING)
    capture = _available((yield from ask(request)))
    known = (capture,) if capture and _is_at_host_of(url, capture) else ()
    if mementos := _mementos(url, at, known, endpoints["replay"]):
        return _answered(ArchiveAnswer.FOUND, f"from the Availability API alone: {trouble.reason}", mementos)
    return _answered(trouble.answer, f"{trouble.reason}; its Availability API did not help either")


def _available(answer: Response | Failure) -> Capture | None:
    if isinstance(answer, Failure) or answer.status != 200:
        return None
    try:
        closest = msgspec.json.decode(answer.body, type=_Availability).archived_snapshots.closest
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    copy = unwrap(closest.url) if closest and closest.available else None
    if closest is None or copy is None or (instant := cdx.instant(closest.timestamp)) is None:
        return None
    status = int(closest.status) if closest.status in {str(code) for code in PAGES} else None
    return Capture(at=instant, original=copy.original, status=status)


def _same(url: str, captures: Iterable[Capture]) -> tuple[Capture, ...]:
    return tuple(capture for capture in captures if _identity(capture.original) == _identity(url))


def _mementos(url: str, at: datetime | None, captures: tuple[Capture, ...], replay: str) -> tuple[Memento, ...]:
    """Propose the best captures: of this URL if there are any, else of those that the index takes for it."""
    chosen = choose(_same(url, captures), at) or choose(captures, at)
    return tuple(_memento(capture, url, at, replay) for capture in chosen)


def _memento(capture: Capture, url: str, at: datetime | None, replay: str) -> Memento:
    note = None
    if _identity(capture.original) != _identity(url):
        note = f"captured as {capture.original}, which may be another page: the index ignores case and order"
    elif uri.key(capture.original) != uri.key(url):
        note = f"captured as {capture.original}"
    return Memento(
        archive=NAME,
        uri_m=f"{replay}/{cdx.timestamp(capture.at)}/{capture.original}",
        uri_raw=f"{replay}/{cdx.timestamp(capture.at)}id_/{capture.original}",
        datetime=iso(capture.at),
        status=capture.status,
        target=iso(at) if at else None,
        distance_days=round((capture.at - at).total_seconds() / 86_400, 3) if at else None,
        note=note,
    )


def _is_at_host_of(url: str, capture: Capture) -> bool:
    return _bare_host(capture.original) == _bare_host(url)


def _bare_host(url: str) -> str:
    """Give the host as the index does: without `www.`, `www2.` ..."""
    return _WWW.sub("", uri.host_of(url))


def _identity(url: str) -> str:
    """Give what two addresses of one page have in common: all but scheme, `www`, default port and a last slash."""
    parts = uri.parse(uri.key(url) or url)
    if parts is None:
        return url
    port = "" if parts.port in {80, 443} else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{_bare_host(url)}{port}{parts.path.rstrip('/')}{query}"


def _resting_on_the_copy(lookup: Lookup) -> Lookup:
    basis = "the instant of the archived copy that is cited"
    mementos = tuple(structs.replace(memento, target_basis=basis) for memento in lookup.mementos)
    return structs.replace(lookup, mementos=mementos)


def _answered(answer: ArchiveAnswer, reason: str, mementos: tuple[Memento, ...] = ()) -> Lookup:
    return Lookup(archive=NAME, answer=answer, reason=reason, mementos=mementos)


_WWW = re.compile(r"^www\d*\.")

PLUGIN = Archive(
    name=NAME,
    title="Wayback Machine",
    endpoints={
        "cdx": "https://web.archive.org/cdx/search/cdx",
        "availability": "https://archive.org/wayback/available",
        "replay": "https://web.archive.org/web",
    },
    # CDX and TimeMaps: hard limit 30 a minute, four fifths of it for polite clients; replay: 600 a minute. The limit of
    # the Availability API is unknown and low.
    manners={
        "cdx": Manners(requests=24, seconds=60),
        "availability": Manners(requests=12, seconds=60),
        "replay": Manners(requests=8, seconds=1),
    },
    look_up=look_up,
    search=by_words.search,
)
