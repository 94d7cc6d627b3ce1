"""The way out of a run that is repeated: it leads nowhere, and answers as the world did."""

from collections.abc import Awaitable, Callable, Iterator
from hashlib import sha256

import anyio.lowlevel
from msgspec import Struct, structs

from linkcheck.errors import EvidenceError
from linkcheck.evidence.replayer import Replayer
from linkcheck.evidence.step import Step
from linkcheck.fetch.breaker import Breaker
from linkcheck.fetch.decompress import decompressed
from linkcheck.fetch.observe import Observation
from linkcheck.fetch.onion import Traffic, Web
from linkcheck.fetch.redirects import redirecting
from linkcheck.fetch.resolve import Resolver
from linkcheck.fetch.schedule import Deliver, Outcome
from linkcheck.model import Failure, FailureKind, Link, Request, Response


class Delivery(Struct, frozen=True, kw_only=True):
    """One look at a link that counted, as the schedule delivered it."""

    url: str
    look: str
    """Who asked: see `linkcheck.evidence.tape`."""
    is_final: bool
    confirmed: bool
    inferred: bool


def delivery_of(link: Link, observation: Observation, *, is_final: bool) -> Delivery:
    """Give what the tape needs to know of a look that counts."""
    check = observation.check
    return Delivery(
        url=link.url, look=observation.look, is_final=is_final, confirmed=check.confirmed, inferred=check.inferred
    )


def delivered(number: int) -> str:
    """Give the kind of tape entry with what was delivered when the web was gone through for the nth time."""
    return f"delivery {number}"


def crawled(number: int) -> str:
    """Give the kind of tape entry with how far that came."""
    return f"crawled {number}"


def replayed_web(tape: Replayer) -> Web:
    """Wire the onion to a tape: redirects are walked anew, over answers that were given."""

    async def step(request: Request) -> Response | Failure:
        await anyio.lowlevel.checkpoint()
        step = tape.step(request)
        if step is None and tape.is_interrupted:
            await tape.break_off()
        return _answer(tape, request, step)

    async def unknown(host: str) -> tuple[str, ...] | Failure:
        return Failure(FailureKind.NETWORK, f"{host} is not looked up: this is a replay")

    async def close() -> None:
        pass

    exchange = redirecting(step)
    return Web(
        exchange=exchange,
        crawling=exchange,
        breaker=Breaker(),
        resolver=Resolver(unknown),
        traffic=Traffic(),
        wishes={},
        pace_at=lambda _: None,
        aclose=close,
    )


async def recrawl(
    tape: Replayer,
    number: int,
    find: Callable[[str], Link | None],
    look: Callable[..., Awaitable[Observation]],
    deliver: Deliver,
) -> Outcome:
    """Look at links as the schedule did, and deliver what it delivered; the order of asking was its decision."""
    deliveries: Iterator[Delivery] = tape.each(delivered(number), tuple, Delivery)
    for delivery in deliveries:
        link = find(delivery.url)
        if link is None:
            raise EvidenceError(f"{tape.recording.path}: {delivery.url} is in none of its documents; it was changed")
        observation = await look(link, name=delivery.look)
        check = structs.replace(observation.check, confirmed=delivery.confirmed, inferred=delivery.inferred)
        await deliver(link, structs.replace(observation, check=check), is_final=delivery.is_final)
    if tape.is_interrupted and not tape.has(crawled(number)):
        await tape.break_off()
    outcome: Outcome = tape.told(crawled(number), Outcome)
    return outcome


def _answer(tape: Replayer, request: Request, step: Step | None) -> Response | Failure:
    match step:
        case Step(failure=Failure() as failure):
            return failure
        case Step(response=Response() as response, record=""):
            return _checked(response, step, tape)
        case Step(response=Response() as response):
            headers, body = tape.recording.response(step.record)
            whole = structs.replace(response, headers=response.headers if step.has_headers else headers, body=body)
            read = decompressed(whole, request.read.limit)
            return _checked(structs.replace(read, truncated=response.truncated), step, tape)
        case _:
            return Failure(FailureKind.POLICY, "the recording has no answer to this", url=request.url)


def _checked(response: Response, step: Step, tape: Replayer) -> Response:
    """Believe a body only if it is the one that was seen."""
    if sha256(response.body).hexdigest() != step.sha256:
        raise EvidenceError(f"{tape.recording.path}: the answer of {response.url} is not the one that was seen")
    return response
