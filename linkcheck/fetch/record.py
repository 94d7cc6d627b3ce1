"""Layers of the onion that keep what passes through them, for `--evidence`."""

from contextvars import ContextVar

from linkcheck.evidence.tape import Tape
from linkcheck.fetch.resolve import LookUp
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, Request, Response

_record: ContextVar[list[str]] = ContextVar("record")
"""The record with the last answer that came on the wire to the step of this task."""


def keeping_exchanges(exchange: Exchange, tape: Tape) -> Exchange:
    """Wrap the wire so that every exchange is kept as it was, retries and all."""
    if not tape.is_recording:
        return exchange

    async def kept(request: Request) -> Response | Failure:
        answer = await exchange(request)
        name = tape.exchanged(request, answer)
        if box := _record.get(None):
            box[0] = name
        return answer

    return kept


def keeping_steps(exchange: Exchange, tape: Tape) -> Exchange:
    """Wrap what walks no redirects so that each of its answers can be given again; it belongs right within them."""
    if not tape.is_recording:
        return exchange

    async def kept(request: Request) -> Response | Failure:
        box = [""]
        token = _record.set(box)
        try:
            answer = await exchange(request)
        finally:
            _record.reset(token)
        tape.stepped(request, answer, box[0])
        return answer

    return kept


def keeping_names(look_up: LookUp, tape: Tape) -> LookUp:
    """Wrap a look-up so that what name servers say is kept."""
    if not tape.is_recording:
        return look_up

    async def kept(host: str) -> tuple[str, ...] | Failure:
        answer = await look_up(host)
        tape.named(host, answer)
        return answer

    return kept
