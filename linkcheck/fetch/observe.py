"""Asks one link and writes down what was seen."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from linkcheck import uri
from linkcheck.clock import Clock, iso
from linkcheck.detect.api import Page
from linkcheck.evidence.step import masked_hop
from linkcheck.extract.page import read
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Check, Failure, FragmentAnswer, Hop, Link, Request, Response, Trouble

_ON_ITS_OWN_CONNECTION = (("connection", "close"),)


class Observation(Struct, frozen=True):
    """What was seen of a link, and the page itself, which lives until it has been judged."""

    check: Check
    page: Page | None = None
    """None when no response came."""
    look: str = ""
    """Who asked, as a tape names it."""


def observing(exchange: Exchange, clock: Clock) -> Callable[..., Awaitable[Observation]]:
    """Make `observe(link, *, is_fresh=False) -> Observation`; fresh means on a connection of its own."""

    async def observe(link: Link, *, is_fresh: bool = False) -> Observation:
        at = iso(clock.now())
        answer = await exchange(Request(link.url, headers=_ON_ITS_OWN_CONNECTION if is_fresh else ()))
        match answer:
            case Response():
                return _seen(link, answer, at)
            case Failure():
                return Observation(_missed(link, answer, at))

    return observe


def _seen(link: Link, response: Response, at: str) -> Observation:
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
    page = Page(response.url, response.status, response.headers, response.body, reading.text, reading.is_free)
    return Observation(check, page)


def _missed(link: Link, failure: Failure, at: str) -> Check:
    return Check(
        at=at,
        hops=_discreet(failure.hops),
        failure=Trouble(failure.kind, failure.message),
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


_DID_NOT_COME = FragmentAnswer(found=None, note="the page did not come")
