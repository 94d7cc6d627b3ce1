"""Common Crawl: its index proves that a page was there, and what it answered; nobody can open its records as pages.

Source: https://index.commoncrawl.org/ and https://commoncrawl.org/get-started. Every crawl has an index of its own, of
which only those nearest the instant are asked.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from linkcheck import uri
from linkcheck.archives.answers import INDEX, Asked, Trouble, trouble_of
from linkcheck.archives.api import Archive, Endpoints, Manners
from linkcheck.archives.cdx import Capture
from linkcheck.archives.index import Dialect, Held, ask_index, proposed
from linkcheck.archives.unwrap import is_copy, unwrap
from linkcheck.model import (
    ArchiveAnswer,
    Conversation,
    Failure,
    Lookup,
    Memento,
    Request,
    Response,
    Trust,
    ask,
)

NAME = "common-crawl"
CRAWLS = 3
"""That are asked about one URL, at most."""


class Crawl(Struct, frozen=True):
    """One crawl, as the list of crawls has it."""

    id: str
    since: datetime
    until: datetime


def look_up(url: str, at: datetime | None, endpoints: Endpoints) -> Conversation[Lookup]:
    """Find records of a URL in the crawls nearest an instant, or the newest."""
    copy = unwrap(url)
    asked = Asked(
        archive=NAME,
        url=copy.original if copy else url,
        at=(copy.at if copy else None) or at,
        replay=endpoints["data"],
        trust=Trust.PROOF,
    )
    if (is_copy(url) and not copy) or uri.scheme_of(asked.url) not in uri.WEB:
        return asked.answered(ArchiveAnswer.NOT_ASKED, "only web pages are archived")
    crawls = _crawls((yield from ask(Request(f"{endpoints['index']}/collinfo.json", read=INDEX))))
    if isinstance(crawls, Trouble):
        return asked.failed(crawls)
    for crawl in _nearest(crawls, asked.at):
        held = yield from ask_index(asked, f"{endpoints['index']}/{crawl.id}-index", _DIALECT)
        if isinstance(held, Trouble):
            return asked.failed(held)
        if held.captures:
            return _with_records(proposed(asked, held), asked, held, endpoints)
    return asked.none(f"none of the {min(len(crawls), CRAWLS)} crawls nearest the date has it")


class _Told(Struct):
    id: str
    since: str = msgspec.field(name="from", default="")
    until: str = msgspec.field(name="to", default="")


def _crawls(answer: Response | Failure) -> Sequence[Crawl] | Trouble:
    if trouble := trouble_of(answer):
        return trouble
    assert isinstance(answer, Response)
    try:
        told = msgspec.json.decode(answer.body, type=list[_Told])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Trouble(ArchiveAnswer.FAILED, "the archive sent something else instead of its list of crawls")
    found = []
    for one in told:
        since, until = _instant(one.since), _instant(one.until)
        if since and until and one.id.replace("-", "").isalnum() and one.id.isascii():
            found.append(Crawl(one.id, since, until))
    return found or Trouble(ArchiveAnswer.FAILED, "the archive's list of crawls is empty")


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC)


def _nearest(crawls: Sequence[Crawl], at: datetime | None) -> Sequence[Crawl]:
    if at is None:
        return sorted(crawls, key=lambda crawl: crawl.until, reverse=True)[:CRAWLS]
    return sorted(crawls, key=lambda crawl: _distance(crawl, at))[:CRAWLS]


def _distance(crawl: Crawl, at: datetime) -> float:
    """Give the seconds between a crawl and an instant; 0 within it."""
    return max((crawl.since - at).total_seconds(), (at - crawl.until).total_seconds(), 0.0)


def _with_records(lookup: Lookup, asked: Asked, held: Held, endpoints: Endpoints) -> Lookup:
    """Name the records that prove it: file and place in it, instead of an address that a reader could open."""
    places = {asked.memento(one).uri_m: one for one in held.captures}
    mementos = tuple(_record(one, places[one.uri_m], endpoints) for one in lookup.mementos if one.uri_m in places)
    return msgspec.structs.replace(lookup, mementos=mementos, life=None)


def _record(memento: Memento, capture: Capture, endpoints: Endpoints) -> Memento:
    file, _, offset = (capture.place or "").partition(" ")
    note = f"a record in a file of the crawl, from byte {offset} on: proof, and no page to open"
    return msgspec.structs.replace(memento, uri_m=f"{endpoints['data']}/{file}", uri_raw=None, note=note)


_DIALECT = Dialect(
    latest={"limit": "20"},
    pages="~status:20[036]",
    redirects="~status:30[12378]",
)

PLUGIN = Archive(
    name=NAME,
    title="Common Crawl",
    endpoints={"index": "https://index.commoncrawl.org", "data": "https://data.commoncrawl.org"},
    manners={"index": Manners(requests=1, seconds=1), "data": Manners(requests=1, seconds=1)},
    trust=Trust.PROOF,
    look_up=look_up,
)
