"""Any archive that speaks Memento (RFC 7089): pywb, a national archive, MemGator. Its endpoints stand in the config.

    [linkcheck.archives.ours]
    timemap = "https://archive.example.org/all/timemap/link"
    timegate = "https://archive.example.org/all"
    replay = "https://archive.example.org/all"
    cdx = "https://archive.example.org/all/cdx"
    requests-per-minute = "24"

One of `cdx` (pywb's), `timemap` and `timegate` is enough; the first of them that answers is believed. An index says
what was captured with which status; a TimeMap only when, so that more of its captures must be looked at; a TimeGate
knows one capture and its neighbours. `replay` is a base, or a template with `{timestamp}` and `{url}`; without it the
addresses are those that the TimeMap gives. It is asked as fast as it answers, one request at a time, unless
`requests-per-minute` says otherwise.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.archives import cdx
from linkcheck.archives.answers import INDEX, Asked, Trouble, trouble_of
from linkcheck.archives.api import Archive, Endpoints, Manners, configured
from linkcheck.archives.cdx import Capture
from linkcheck.archives.choose import choose
from linkcheck.archives.identity import is_same_site, variants
from linkcheck.archives.index import look_up_index
from linkcheck.archives.index import siblings as index_siblings
from linkcheck.archives.link_format import Target, targets
from linkcheck.archives.replay import place_of, raw_of, shown_at
from linkcheck.archives.unwrap import ARCHIVES, is_copy, is_of_low_trust, unwrap
from linkcheck.errors import ConfigError
from linkcheck.inflate import unfolded
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

ENDPOINTS = ("cdx", "timemap", "timegate")
"""In the order of asking."""
RATE = "requests-per-minute"
"""The setting of an archive of one's own that limits how often its indexes are asked."""


def manners_of(rate: int | None) -> dict[str, Manners]:
    """Return how an archive of one's own is asked: one request at a time, and no more in a minute than it says."""
    index = Manners(requests=rate, seconds=60) if rate else Manners(requests=1, seconds=0)
    return {"cdx": index, "timemap": index, "timegate": index, "replay": Manners(requests=1, seconds=0)}


def archive_of(name: str, endpoints: Endpoints) -> Archive:
    """Make an archive of what a config says; ConfigError where that is not enough to ask it."""
    manners = manners_of(_rate(name, endpoints))
    endpoints = {endpoint: url for endpoint, url in endpoints.items() if endpoint != RATE}
    made = Archive(
        name=name,
        title=name,
        endpoints={},
        optional=frozenset(manners),
        manners=manners,
        look_up=partial(look_up, name),
        siblings=siblings,
    )
    if not any(endpoint in endpoints for endpoint in ENDPOINTS):
        raise ConfigError(f"archives: there is no archive `{name}`; one of your own needs timemap, timegate or cdx")
    if "cdx" in endpoints and "replay" not in endpoints:
        raise ConfigError(f"archives: `{name}` has an index, and needs `replay` to show what is in it")
    return configured(made, endpoints)


def _rate(name: str, endpoints: Endpoints) -> int | None:
    said = endpoints.get(RATE)
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and 1 <= len(said) <= _DIGITS and int(said)):
        raise ConfigError(f"archives: `{name}.{RATE}` must be a whole number from 1 to 99999, not {said[:40]!r}")
    return int(said)


def look_up(
    name: str,
    url: str,
    at: datetime | None,
    endpoints: Endpoints,
    *,
    trust: Trust = Trust.HIGH,
    tries_variants: bool = True,
) -> Conversation[Lookup]:
    """Find the captures of a URL nearest an instant, best first; variants of it where there is none of itself."""
    asked = Asked(archive=name, url=url, at=at, replay=endpoints.get("replay", ""), trust=trust)
    if copy := unwrap(url):
        asked = Asked(archive=name, url=copy.original, at=copy.at or at, replay=asked.replay, trust=trust)
    elif is_copy(url):
        why = "this is an archived copy, and its address does not say of what"
        return asked.answered(ArchiveAnswer.NOT_ASKED, why)
    elif uri.scheme_of(url) not in uri.WEB:
        return asked.answered(ArchiveAnswer.NOT_ASKED, "only web pages are archived")
    found = asked.none()
    for candidate in (asked.url, *(variants(asked.url) if tries_variants and "cdx" not in endpoints else ())):
        found = yield from _look_up(asked, candidate, endpoints)
        if found.answer is not ArchiveAnswer.NONE:
            break
    return found


def siblings(url: str, at: datetime, endpoints: Endpoints) -> Conversation[tuple[str, ...]]:
    """Give redirects that were captured beside one, where there is an index."""
    if "cdx" not in endpoints:
        return ()
    return (yield from index_siblings(url, at, endpoints))


def _look_up(asked: Asked, url: str, endpoints: Endpoints) -> Conversation[Lookup]:
    trouble: Lookup | None = None
    for endpoint in ENDPOINTS:
        if endpoint not in endpoints:
            continue
        match endpoint:
            case "cdx":
                found = yield from look_up_index(asked, endpoints["cdx"])
            case "timemap":
                found = yield from look_up_timemap(asked, url, endpoints["timemap"])
            case _:
                found = yield from _look_up_timegate(asked, url, endpoints["timegate"])
        if found.answer in {ArchiveAnswer.FOUND, ArchiveAnswer.NONE}:
            return found
        trouble = trouble or found
        if found.answer is ArchiveAnswer.NOT_ASKED:
            break
    return trouble or asked.none()


class _Map(Struct, frozen=True):
    """What a TimeMap says."""

    mementos: Sequence[Target]
    pages: Sequence[Target]
    """TimeMaps that hold the rest."""


def look_up_timemap(asked: Asked, url: str, endpoint: str) -> Conversation[Lookup]:
    """Look a URL up in the archive's list of its captures (RFC 7089 5), in several parts where it is long."""
    held: list[Target] = []
    address, seen = f"{endpoint}/{url}", set[str]()
    while len(seen) < _PAGES:
        seen.add(address)
        read = _timemap((yield from ask(Request(address, headers=_ACCEPT, read=INDEX))))
        if isinstance(read, Trouble):
            if held:
                break
            return asked.failed(read)
        held += read.mementos
        further = [page for page in read.pages if page.url not in seen and _is_of(page.url, endpoint)]
        if not further:
            break
        address = min(further, key=lambda page: _distance(page, asked.at)).url
    return _found(asked, held, "its TimeMap")


def _timemap(answer: Response | Failure) -> _Map | Trouble:
    if trouble := trouble_of(answer):
        return trouble
    assert isinstance(answer, Response)
    body, _ = unfolded(answer.body, INDEX.limit)
    if answer.status == 404:
        return _Map((), ())
    text = body.decode("utf-8", "replace")
    links = tuple(targets(text))
    if not links and body.strip():
        what = "a page" if body.lstrip()[:1] == b"<" else "something else"
        return Trouble(ArchiveAnswer.FAILED, f"the archive sent {what} instead of its TimeMap")
    return _Map(
        tuple(link for link in links if "memento" in link.relations and link.at),
        tuple(link for link in links if "timemap" in link.relations and "self" not in link.relations),
    )


def _look_up_timegate(asked: Asked, url: str, endpoint: str) -> Conversation[Lookup]:
    """Ask for the capture nearest the instant (RFC 7089 4); its neighbours stand in the Link header."""
    headers = (("accept-datetime", format_datetime(asked.at, usegmt=True)),) if asked.at else ()
    answer = yield from ask(Request(f"{endpoint}/{url}", headers=headers, read=INDEX, follow=False))
    if isinstance(answer, Failure) or answer.status not in _GATE:
        trouble = trouble_of(answer)
        return asked.failed(trouble) if trouble else asked.none()
    links = [link for name, value in answer.headers if name == "link" for link in targets(value)]
    held = [link for link in links if "memento" in link.relations and link.at]
    for named in (answer.header("location"), answer.header("content-location")):
        address = uri.resolve(named, answer.url) if named else None
        place = place_of(address) if address else None
        if address and place and (instant := cdx.instant(place.timestamp)):
            held.append(Target(url=address, relations=_MEMENTO, at=instant))
    if not held:
        return asked.failed(Trouble(ArchiveAnswer.FAILED, "the archive's TimeGate named no capture"))
    return _found(asked, held, "its TimeGate")


def _found(asked: Asked, held: Sequence[Target], what: str) -> Lookup:
    """Choose from what a TimeMap lists. It says no statuses, so that captures from all over the years are proposed."""
    addresses: dict[Capture, str] = {}
    for link in held:
        place = place_of(link.url)
        original = uri.resolve(place.url, None) if place else asked.url
        if link.at and original and is_same_site(asked.url, original) and uri.scheme_of(link.url) in uri.WEB:
            addresses.setdefault(Capture(at=link.at, original=original), link.url)
    ordered = choose(addresses, asked.at, len(addresses), is_silent=True)
    if not ordered:
        foreign = Trouble(ArchiveAnswer.FAILED, f"{what} lists only captures of other sites")
        return asked.failed(foreign) if held else asked.none()
    mementos = tuple(_memento(asked, capture, addresses[capture]) for capture in _spread(ordered))
    return asked.answered(ArchiveAnswer.FOUND, f"{len(ordered):,} captures in {what}", mementos)


def _memento(asked: Asked, capture: Capture, address: str) -> Memento:
    secure = f"https{address[4:]}" if address.startswith("http:") and _is_secure(address) else address
    raw = shown_at(asked.replay, capture.at, capture.original, is_raw=True) if asked.replay else raw_of(secure)
    made = asked.memento(capture, secure, raw)
    return structs.replace(made, trust=Trust.LOW) if is_of_low_trust(secure) else made


def _spread(ordered: Sequence[Capture]) -> tuple[Capture, ...]:
    """Give five of them: the two best, and others ever farther away, since pages die and their errors are captured."""
    count = len(ordered)
    places = range(count) if count <= _MOST else (0, 1, round(count**0.5), round(count**0.75), count - 1)
    return tuple(ordered[place] for place in sorted(set(places)))


def _distance(page: Target, at: datetime | None) -> float:
    """Give how far a TimeMap is from an instant, in seconds; without one the latest is the nearest."""
    if at is None:
        return -(page.until or page.since or _NEVER).timestamp()
    if page.since and page.until and page.since <= at <= page.until:
        return 0.0
    return min((abs((end - at).total_seconds()) for end in (page.since, page.until) if end), default=float("inf"))


def _is_of(address: str, endpoint: str) -> bool:
    """Tell another page of the same TimeMap from an address that leads elsewhere."""
    return uri.origin_of(address) == uri.origin_of(endpoint)


def _is_secure(address: str) -> bool:
    """Tell archives that are known to answer over TLS, whatever they write."""
    return uri.is_within(uri.host_of(address), ARCHIVES)


_GATE = frozenset({200, 203, 206, 301, 302, 303, 307, 308})
_MEMENTO = frozenset({"memento"})
_MOST = 5
_DIGITS = 5
_PAGES = 3
"""TimeMaps of one URL that are read, at most."""
_NEVER = datetime(1990, 1, 1, tzinfo=UTC)
_ACCEPT = (("accept", "application/link-format, */*;q=0.1"),)
