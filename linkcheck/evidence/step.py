"""One step of a chain as the tape has it: what the onion answered, however often it had to try."""

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.model import Failure, Hop, Request, Response

Headers: TypeAlias = Sequence[tuple[str, str]]


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer. The body of one that came over the wire lies in its `response` record, and is not said twice."""

    response: Response | None = None
    failure: Failure | None = None
    record: str = ""
    """The record's id; empty where nothing came over the wire."""
    has_headers: bool = False
    """Whether the headers are said here, since a record cannot hold them as they are."""
    sha256: str = ""
    """Of the decompressed body as far as it was read."""


def step_of(request: Request) -> str:
    """Give the kind of tape entry that answers a request."""
    return f"step {request.method} {uri.masked(request.url)}"


def masked_hop(hop: Hop) -> Hop:
    """Hide passwords in a hop's addresses."""
    return structs.replace(hop, url=uri.masked(hop.url), location=hop.location and uri.masked(hop.location))


def as_kept(headers: Headers) -> list[tuple[str, str]]:
    """Give headers for a record whose body has no transfer coding any more; readers would undo it again."""
    return [(_UNDONE if name == _CODING else name, value) for name, value in headers]


def as_sent(headers: Headers) -> tuple[tuple[str, str], ...]:
    """Undo `as_kept`."""
    return tuple((_CODING if name == _UNDONE else name, value) for name, value in headers)


_CODING, _UNDONE = "transfer-encoding", "x-linkcheck-transfer-encoding"
