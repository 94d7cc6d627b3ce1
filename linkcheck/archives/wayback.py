"""The Wayback Machine of the Internet Archive: its CDX index, and where that fails Availability and TimeMap.

Sources: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server and
https://archive.org/help/wayback_api.php. An empty answer of the Availability API proves nothing, and neither does a
failure: only the index, or a TimeMap, can say that there is no capture.
"""

from datetime import datetime
from functools import partial
from urllib.parse import urlencode

import msgspec
from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.archives import cdx, memento
from linkcheck.archives.answers import Asked, Trouble
from linkcheck.archives.api import Archive, Endpoints, Manners
from linkcheck.archives.cdx import Capture
from linkcheck.archives.choose import PAGES, choose
from linkcheck.archives.identity import is_same_site
from linkcheck.archives.index import NEAREST, Dialect, ask_index, proposed, siblings
from linkcheck.archives.unwrap import is_copy, unwrap
from linkcheck.model import (
    ANYTHING,
    ArchiveAnswer,
    Conversation,
    Failure,
    Lookup,
    Request,
    Response,
    ask,
)

NAME = "wayback"
DIALECT = Dialect(
    terms={"fl": "timestamp,original,mimetype,statuscode,digest,length", "resolveRevisits": "true"},
    # `sort=closest` with the present instant does not give the newest, and `to` with a negative limit gives wrong ones.
    latest={"limit": f"-{NEAREST}"},
    pages="statuscode:20[036]",
    redirects="statuscode:30[12378]",
)


def look_up(url: str, at: datetime | None, endpoints: Endpoints) -> Conversation[Lookup]:
    """Find the captures of a URL nearest an instant, best first; without one, the latest.

    The address of an archived copy is looked through to its original, and the instant that it names is the target.
    """
    asked = Asked(archive=NAME, url=url, at=at, replay=endpoints["replay"])
    if copy := unwrap(url):
        lookup = yield from _look_up(structs.replace(asked, url=copy.original, at=copy.at or at), endpoints)
        return _resting_on_the_copy(lookup) if copy.at else lookup
    if is_copy(url):
        why = "this is an archived copy, and its address does not say of what"
        return asked.answered(ArchiveAnswer.NOT_ASKED, why)
    if uri.scheme_of(url) not in uri.WEB:
        return asked.answered(ArchiveAnswer.NOT_ASKED, "only web pages are archived")
    return (yield from _look_up(asked, endpoints))


def _look_up(asked: Asked, endpoints: Endpoints) -> Conversation[Lookup]:
    held = yield from ask_index(asked, endpoints["cdx"], DIALECT)
    if isinstance(held, Trouble):
        return asked.failed(held) if held.is_final else (yield from _fall_back(asked, endpoints, held))
    return proposed(asked, held)


class _Closest(Struct):
    timestamp: str
    url: str
    status: str = ""
    available: bool = False


class _Snapshots(Struct):
    closest: _Closest | None = None


class _Availability(Struct):
    archived_snapshots: _Snapshots


def _fall_back(asked: Asked, endpoints: Endpoints, trouble: Trouble) -> Conversation[Lookup]:
    """Ask the Availability API, then the TimeMap. The former can only help: its empty answers are often wrong."""
    terms = {"url": asked.url} | ({"timestamp": cdx.timestamp(asked.at)} if asked.at else {})
    request = Request(f"{endpoints['availability']}?{urlencode(terms)}", read=ANYTHING)
    capture = _available((yield from ask(request)))
    known = (capture,) if capture and is_same_site(asked.url, capture.original) else ()
    if chosen := choose(known, asked.at):
        return asked.found(chosen, f"from the Availability API alone: {trouble.reason}")
    if trouble.is_down:
        return asked.failed(
            structs.replace(trouble, reason=f"{trouble.reason}; its Availability API did not help either")
        )
    mapped = yield from memento.look_up_timemap(asked, asked.url, endpoints["timemap"])
    if mapped.answer in {ArchiveAnswer.FOUND, ArchiveAnswer.NONE}:
        reason = "; ".join(part for part in (mapped.reason, trouble.reason) if part)
        return structs.replace(mapped, reason=reason)
    return asked.failed(structs.replace(trouble, reason=f"{trouble.reason}; Availability API and TimeMap did not help"))


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


def _resting_on_the_copy(lookup: Lookup) -> Lookup:
    basis = "the instant of the archived copy that is cited"
    mementos = tuple(structs.replace(memento, target_basis=basis) for memento in lookup.mementos)
    return structs.replace(lookup, mementos=mementos)


PLUGIN = Archive(
    name=NAME,
    title="Wayback Machine",
    endpoints={
        "cdx": "https://web.archive.org/cdx/search/cdx",
        "availability": "https://archive.org/wayback/available",
        "timemap": "https://web.archive.org/web/timemap/link",
        "replay": "https://web.archive.org/web",
    },
    # CDX and TimeMaps share a hard limit of 30 a minute, of which the polite use four fifths; that of replay is 600.
    # The limit of the Availability API is unknown and low.
    manners={
        "cdx": Manners(requests=24, seconds=60),
        "availability": Manners(requests=12, seconds=60),
        "timemap": Manners(requests=6, seconds=60),
        "replay": Manners(requests=8, seconds=1),
    },
    look_up=look_up,
    siblings=partial(siblings, dialect=DIALECT),
)
