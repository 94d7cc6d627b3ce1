"""A web archive that answers as the Wayback Machine does: its index, availability, TimeMap, TimeGate and replay. Pure.

Sources: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server, RFC 7089, and answers recorded by
https://github.com/edgi-govdata-archiving/wayback. The captures are few, so every question looks at all of them.
"""

import gzip
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from itertools import groupby
from typing import NamedTuple
from urllib.parse import parse_qs, unquote

from linkcheck.archives import cdx
from linkcheck.demo.http import Answer, Question
from linkcheck.demo.table import HTML, Capture, Fault

BLOCKED = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error\n"
)


def answer(captures: Collection[Capture], faults: Collection[Fault], question: Question) -> Answer:
    """Answer one question, or fail in the way of the faults."""
    if Fault.SILENCE in faults:
        return Answer(delay=_FOR_EVER)
    if Fault.RATE_LIMIT in faults:
        return _page(429, "<h1>429 Too Many Requests</h1><p>You have sent too many requests in a given time.</p>")
    if Fault.ERROR in faults:
        return _page(503, "<h1>503 Service Temporarily Unavailable</h1>")
    known = sorted(captures, key=lambda one: (surt(one.url), one.timestamp))
    try:
        given = _faulty(faults, question.path) or _routed(known, faults, question)
    except (ValueError, OverflowError, re.error) as error:
        return Answer(status=400, headers=_PLAIN, body=f"{error}\n".encode())
    if Fault.WRONG_DATE in faults:
        given = _misdated(given)
    return _compressed(given) if Fault.GZIP in faults else given


def surt(url: str) -> str:
    """Give what the index finds a URL under: `org,a)/story?a=1&b=2`, without scheme, case, `www` and default port."""
    bare = _PREFIX.sub("", url.lower()).partition("#")[0]
    host, slash, rest = bare.partition("/")
    path, mark, query = rest.rstrip("/").partition("?")
    name = ",".join(reversed(_DEFAULT_PORT.sub("", host).split(".")))
    return f"{name})/{path if slash else ''}{mark}{'&'.join(sorted(query.split('&')))}"


def nearest(captures: Iterable[Capture], timestamp: str) -> list[Capture]:
    """Order captures by their distance to an instant of 2 to 14 digits."""
    target = _seconds(timestamp)
    return sorted(captures, key=lambda one: abs(_seconds(one.timestamp) - target))


class _Asked(NamedTuple):
    """What an address below `/web/` asks for."""

    timestamp: str
    modifier: str
    url: str


def _routed(known: Sequence[Capture], faults: Collection[Fault], question: Question) -> Answer:
    path, terms = question.path, parse_qs(question.query, keep_blank_values=True)
    if path in {"/cdx/search/cdx", "/web/timemap/cdx"}:
        return _index([] if Fault.EMPTY in faults else known, terms)
    if path == "/wayback/available":
        return _availability([] if Fault.NO_AVAILABILITY in faults else known, terms)
    if path.startswith(_TIMEMAP):
        return _timemap(known, question.target.removeprefix(_TIMEMAP), question)
    if asked := _ADDRESS.fullmatch(question.target):
        url = unquote(asked["url"]) if _ESCAPED.match(asked["url"]) else asked["url"]
        return _replay(known, _Asked(asked["timestamp"] or "", asked["modifier"] or "", url), question)
    return _page(404, "<p>There is nothing here.</p>")


def _faulty(faults: Collection[Fault], path: str) -> Answer | None:
    is_index, is_replay = path.startswith("/cdx/"), path.startswith("/web/")
    if is_index and Fault.NO_INDEX in faults:
        return _page(503, "<h1>503 Service Temporarily Unavailable</h1>")
    if (is_index or is_replay) and Fault.EXCLUDED in faults:
        headers = (("content-type", "text/plain"), ("x-archive-wayback-runtime-error", BLOCKED.strip()))
        return Answer(status=403, headers=headers, body=BLOCKED.encode())
    if (is_index or is_replay) and Fault.PAGE in faults:
        return _page(200, "<p>This URL has been excluded from the Wayback Machine.</p>")
    return None


# The index


def _index(known: Sequence[Capture], terms: Mapping[str, list[str]]) -> Answer:
    """Answer as a CDX server: rows under a header in JSON, `[]` where there are none; or plain lines."""
    fields = _last(terms, "fl", ",".join(cdx.FIELDS)).split(",")
    rows = [[_row(one).get(field, "-") for field in fields] for one in _found(known, terms)]
    if _last(terms, "output") == "json":
        return _json([fields, *rows] if rows else [])
    return Answer(headers=_PLAIN, body="".join(f"{' '.join(row)}\n" for row in rows).encode())


def _found(known: Sequence[Capture], terms: Mapping[str, list[str]]) -> Sequence[Capture]:
    """Select as the index does; ValueError for what it does not understand, or what is not staged."""
    match _last(terms, "matchType", "exact"):
        case "exact":
            found = _of(known, _last(terms, "url"))
        case "host":
            host = surt(_last(terms, "url")).partition(")")[0]
            found = [one for one in known if surt(one.url).partition(")")[0] == host]
        case _:
            raise ValueError("only matchType=exact and matchType=host are staged")
    since, until = _last(terms, "from"), _last(terms, "to").ljust(14, "9")
    found = [one for one in found if since <= one.timestamp <= until]
    for condition in terms.get("filter", ()):
        found = [one for one in found if _passes(one, condition)]
    for field in terms.get("collapse", ()):
        found = list(_collapsed(found, field))
    if _last(terms, "sort") == "closest":
        found = nearest(found, _last(terms, "closest"))
    elif _last(terms, "sort") == "reverse":
        found = found[::-1]
    limit = int(_last(terms, "limit", "0"))
    return found[limit:] if limit < 0 else found[: limit or None]


def _passes(capture: Capture, condition: str) -> bool:
    """Read `[!]field:regex`; the expression must match the whole field."""
    field, _, wanted = condition.removeprefix("!").partition(":")
    if field not in cdx.FIELDS:
        raise ValueError(f"there is no field {field}")
    return bool(re.fullmatch(wanted, _row(capture)[field])) is not condition.startswith("!")


def _collapsed(found: Iterable[Capture], term: str) -> Iterator[Capture]:
    """Keep the first of neighbours whose field, or its first so many characters (`timestamp:8`), is the same."""
    field, _, digits = term.partition(":")
    if field not in cdx.FIELDS:
        raise ValueError(f"there is no field {field}")
    length = int(digits) if digits else None
    return (next(group) for _, group in groupby(found, key=lambda one: _row(one)[field][:length]))


def _row(capture: Capture) -> dict[str, str]:
    status = str(capture.status) if capture.status else "-"
    length = str(len(capture.body))
    cells = (
        surt(capture.url), capture.timestamp, capture.url, capture.media_type, status, capture.digest, length,
    )  # fmt: skip
    return dict(zip(cdx.FIELDS, cells, strict=True))


# Availability


def _availability(known: Sequence[Capture], terms: Mapping[str, list[str]]) -> Answer:
    """Answer with the capture nearest an instant, or the latest; the status in quotes, the address without TLS."""
    url, timestamp = _last(terms, "url"), _last(terms, "timestamp")
    pages = [one for one in _of(known, url) if one.status in {200, 203, 206}]
    snapshots: dict[str, object] = {}
    if pages:
        best = nearest(pages, timestamp or "2099")[0]
        address = f"http://web.archive.org/web/{best.timestamp}/{best.url}"
        closest = {"status": str(best.status), "available": True, "url": address, "timestamp": best.timestamp}
        snapshots = {"closest": closest}
    said = {"url": url, "archived_snapshots": snapshots} | ({"timestamp": timestamp} if timestamp else {})
    return _json(said)


# TimeMap, TimeGate and replay (RFC 7089)


def _timemap(known: Sequence[Capture], url: str, question: Question) -> Answer:
    own = _of(known, url)
    if not own:
        return Answer(status=404, headers=(("content-type", "application/link-format"),))
    base = _base(question)
    period = f'from="{_http_date(own[0])}"; until="{_http_date(own[-1])}"'
    lines = [
        f'<{url}>; rel="original"',
        f'<{base}{_TIMEMAP}{url}>; rel="self"; type="application/link-format"; {period}',
        f'<{base}/web/{url}>; rel="timegate"',
        *_memento_links(own, own, base),
    ]
    return Answer(headers=(("content-type", "application/link-format"),), body=",\n".join(lines).encode())


def _replay(known: Sequence[Capture], asked: _Asked, question: Question) -> Answer:
    """Show the capture of exactly that instant; every other instant, and a TimeGate, redirects to the nearest."""
    own = _of(known, asked.url)
    if not own:
        return _page(404, "<p>The Wayback Machine has not archived that URL.</p>")
    target = asked.timestamp or _accepted(question) or own[-1].timestamp
    best = nearest(own, target)[0]
    base = _base(question)
    if best.timestamp != asked.timestamp:
        headers = (
            ("location", f"{base}/web/{best.timestamp}{asked.modifier}/{best.url}"),
            ("x-archive-redirect-reason", f"found capture at {best.timestamp}"),
            ("vary", "accept-datetime"),
            ("link", f'<{best.url}>; rel="original"'),
        )
        return Answer(status=302, headers=headers)
    is_raw = asked.modifier == "id_"
    if best.location and not is_raw:
        # A viewer gets a page instead of the redirect, and no Memento-Datetime.
        return _page(200, f"<p>Got an HTTP {best.status} response at crawl time</p>")
    return Answer(
        status=best.status or 200,
        headers=tuple(_memento_headers(best, own, asked, base)),
        body=best.body if is_raw or best.media_type not in _PAGES else _BANNER + best.body,
    )


def _memento_headers(capture: Capture, own: Sequence[Capture], asked: _Asked, base: str) -> Iterator[tuple[str, str]]:
    media_type = HTML if capture.media_type in _PAGES else capture.media_type
    yield "content-type", media_type
    yield "memento-datetime", _http_date(capture)
    yield "x-archive-src", f"demo-{capture.timestamp[:8]}.warc.gz"
    yield "x-archive-orig-content-type", media_type
    if capture.location:
        yield "location", f"{base}/web/{capture.timestamp}{asked.modifier}/{capture.location}"
        yield "x-archive-orig-location", capture.location
    at = own.index(capture)
    shown = sorted({0, max(at - 1, 0), at, min(at + 1, len(own) - 1), len(own) - 1})
    links = [
        f'<{capture.url}>; rel="original"',
        f'<{base}{_TIMEMAP}{capture.url}>; rel="timemap"; type="application/link-format"',
        f'<{base}/web/{capture.url}>; rel="timegate"',
        *_memento_links([own[position] for position in shown], own, base, at),
    ]
    yield "link", ", ".join(links).replace("&", "&amp;")  # as if it were HTML: so the real one writes this header


def _memento_links(shown: Iterable[Capture], own: Sequence[Capture], base: str, at: int | None = None) -> Iterator[str]:
    """Give the links to captures; `first`, `last`, and seen from the one at a position `prev` and `next`."""
    for one in shown:
        position = own.index(one)
        kinds = [kind for kind, is_it in (("first", not position), ("last", position == len(own) - 1)) if is_it]
        if at is not None and abs(position - at) == 1:
            kinds.append("prev" if position < at else "next")
        rel = " ".join([*kinds, "memento"])
        yield f'<{base}/web/{one.timestamp}/{one.url}>; rel="{rel}"; datetime="{_http_date(one)}"'


def _accepted(question: Question) -> str | None:
    """Read Accept-Datetime; None where it is missing or no date."""
    try:
        return cdx.timestamp(parsedate_to_datetime(question.header("accept-datetime") or ""))
    except (ValueError, OverflowError):
        return None


# What all of them need


def _of(known: Iterable[Capture], url: str) -> list[Capture]:
    key = surt(url)
    return [one for one in known if surt(one.url) == key]


def _last(terms: Mapping[str, list[str]], name: str, default: str = "") -> str:
    return terms.get(name, [default])[-1]


def _base(question: Question) -> str:
    return f"http://{question.authority}"


def _http_date(capture: Capture) -> str:
    return format_datetime(_instant(capture.timestamp), usegmt=True)


def _seconds(timestamp: str) -> float:
    return _instant(timestamp).timestamp()


def _instant(timestamp: str) -> datetime:
    """Read 2 to 14 digits, the missing ones as early as they can be; ValueError for what is no instant."""
    whole = timestamp[: len(timestamp) // 2 * 2]
    return datetime.strptime(whole + "00000101000000"[len(whole) :], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _misdated(answer: Answer) -> Answer:
    """Let a memento have been captured three years before."""
    headers = []
    for name, value in answer.headers:
        if name == "memento-datetime":
            at = parsedate_to_datetime(value)
            headers.append((name, format_datetime(at - timedelta(days=3 * 365), usegmt=True)))
        else:
            headers.append((name, value))
    return Answer(status=answer.status, headers=tuple(headers), body=answer.body)


def _compressed(answer: Answer) -> Answer:
    return Answer(status=answer.status, headers=answer.headers, body=gzip.compress(answer.body, mtime=0))


def _json(value: object) -> Answer:
    return Answer(headers=(("content-type", "application/json"),), body=json.dumps(value).encode())


def _page(status: int, words: str) -> Answer:
    body = f"<!doctype html><html><head><title>Wayback Machine</title></head><body>{words}</body></html>"
    return Answer(status=status, headers=(("content-type", HTML),), body=body.encode())


_FOR_EVER = 3600.0
"""Seconds: longer than anybody waits."""
_TIMEMAP = "/web/timemap/link/"
_PAGES = frozenset({"text/html", "warc/revisit"})
_PLAIN = (("content-type", "text/plain; charset=utf-8"),)
_PREFIX = re.compile(r"^(?:https?://)?(?:www\d*\.)?")
_DEFAULT_PORT = re.compile(r":(?:80|443)$")
_ESCAPED = re.compile(r"https?%3a", re.IGNORECASE)
_ADDRESS = re.compile(
    r"/web/(?:(?P<timestamp>[0-9]{4,14})(?P<modifier>[a-z]{2}_)?/)?(?P<url>https?(?::|%3a).+)", re.IGNORECASE
)
_BANNER = b"<!-- BEGIN WAYBACK TOOLBAR INSERT --><div>Wayback Machine</div><!-- END WAYBACK TOOLBAR INSERT -->\n"
