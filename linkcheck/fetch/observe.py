"""Asks one link and writes down what was seen."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.clock import Clock, iso
from linkcheck.detect.api import Element, Page
from linkcheck.evidence.step import masked_hop
from linkcheck.extract.outline import outline
from linkcheck.extract.page import Reading, read
from linkcheck.extract.tags import scan
from linkcheck.fetch.abreast import abreast
from linkcheck.fetch.as_browser import BROWSER
from linkcheck.fetch.wire import Exchange
from linkcheck.model import PAGE, Check, Failure, FragmentAnswer, Hop, Link, Outline, Read, Request, Response, Trouble

_ON_ITS_OWN_CONNECTION = (("connection", "close"),)


class Observation(Struct, frozen=True):
    """What was seen of a link, and the page itself, which lives until it has been judged."""

    check: Check
    page: Page | None = None
    """None when no response came."""
    look: str = ""
    """Who asked, as a tape names it."""


def observing(
    exchange: Exchange, clock: Clock, read_of: Callable[[Link], Read] = lambda _: PAGE
) -> Callable[..., Awaitable[Observation]]:
    """Make `observe(link, *, is_fresh=False, known=None, as_browser=False) -> Observation`.

    Fresh means on a connection of its own; `read_of` says how much of a link's body is wanted.

    A `known` check with validators makes the request conditional (RFC 9110 13): if the page is as it was, what was seen
    then is what is seen now. Where the link leads another way than then, a 304 is another page's, which is asked for.
    """

    async def observe(
        link: Link, *, is_fresh: bool = False, known: Check | None = None, as_browser: bool = False
    ) -> Observation:
        at = iso(clock.now())
        own = (*(BROWSER if as_browser else ()), *(_ON_ITS_OWN_CONNECTION if is_fresh else ()))
        conditions = tuple(_conditions(known)) if known else ()
        answer = await exchange(Request(link.url, headers=(*own, *conditions), read=read_of(link)))
        if known and isinstance(answer, Response) and answer.status == _UNCHANGED and not _is_same_way(known, answer):
            answer = await exchange(Request(link.url, headers=own, read=read_of(link)))
        await abreast()
        match answer:
            case Response(status=304) if known and conditions and _is_same_way(known, answer):
                return Observation(_as_it_was(known, answer, at))
            case Response():
                return seen(link, answer, at)
            case Failure():
                return Observation(_missed(link, answer, at))

    return observe


def _conditions(known: Check) -> Iterator[tuple[str, str]]:
    """Give the headers that ask only for what has changed."""
    if known.facts and known.facts.etag:
        yield "if-none-match", known.facts.etag
    if known.facts and known.facts.last_modified:
        yield "if-modified-since", known.facts.last_modified


def _is_same_way(known: Check, response: Response) -> bool:
    """Tell whether the redirects are those of then, so that the answer is the same page's."""
    then, now = known.hops, _discreet(response.hops)
    steps = [[(hop.url, hop.status) for hop in hops[:-1]] for hops in (then, now)]
    return steps[0] == steps[1] and [hop.url for hop in then[-1:]] == [hop.url for hop in now[-1:]]


def _as_it_was(known: Check, response: Response, at: str) -> Check:
    return structs.replace(
        known,
        at=at,
        hops=response.hops,
        elapsed_ms=response.elapsed_ms,
        attempts=response.attempts,
        inferred=False,
        confirmed=False,
        unchanged=True,
    )


def seen(link: Link, response: Response, at: str) -> Observation:
    """Make of a response what was seen of a link at that time."""
    reading = read(response, link.fragments)
    check = Check(
        at=at,
        hops=_discreet(response.hops),
        status=response.status,
        final_url=uri.masked(response.url),
        media_type=response.media_type or None,
        title=reading.facts.title,
        bytes=len(response.body),
        elapsed_ms=response.elapsed_ms,
        attempts=response.attempts,
        inferred=response.attempts == 0,
        fragments=reading.answers,
        facts=reading.facts,
    )
    return Observation(check, _page(response, reading))


def page_of(response: Response) -> Page:
    """Read a response that is looked at beside another: a sibling, a capture."""
    return _page(response, read(response))


def _page(response: Response, reading: Reading) -> Page:
    return Page(
        response.url,
        response.status,
        response.headers,
        response.body,
        reading.text,
        reading.is_free,
        facts=reading.facts,
        headings=reading.headings,
        is_noindex=reading.is_noindex,
        is_script=reading.is_script,
        is_dated=reading.is_dated,
        is_whole=not response.truncated,
        outline=_Taken(reading.shown, response.url).apart,
        elements=partial(_elements, response.body),
    )


def _elements(body: bytes, names: frozenset[str]) -> Iterator[Element]:
    """Yield the start tags of these names in the first bytes of a page."""
    for tag in scan(body[:_MOST_MARKUP].decode("utf-8", "replace")):
        if tag.name in names and not tag.is_end:
            yield Element(tag.name, {one.name: one.value for one in tag.attributes})


class _Taken:
    """A page that is taken apart at the first call: for most pages nobody asks."""

    __slots__ = ("_outline", "_shown", "_url")

    def __init__(self, shown: str, url: str) -> None:
        self._shown = shown
        self._url = url
        self._outline: Outline | None = None

    def apart(self) -> Outline:
        if self._outline is None:
            self._outline = outline(self._shown, self._url)
        return self._outline


def _missed(link: Link, failure: Failure, at: str) -> Check:
    return Check(
        at=at,
        hops=_discreet(failure.hops),
        failure=Trouble(failure.kind, failure.message, failure.reason),
        final_url=failure.url and uri.masked(failure.url),
        elapsed_ms=failure.elapsed_ms,
        attempts=failure.attempts,
        inferred=failure.attempts == 0 and not failure.hops,
        fragments=dict.fromkeys(link.fragments, _DID_NOT_COME),
    )


def _discreet(hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """Hide passwords that a redirect gives away."""
    if not any("@" in hop.url or "@" in (hop.location or "") for hop in hops):
        return hops
    return tuple(map(masked_hop, hops))


_UNCHANGED = 304
_MOST_MARKUP = 1 << 18
"""Bytes of markup whose elements are looked at."""
_DID_NOT_COME = FragmentAnswer(found=None, note="the page did not come")
