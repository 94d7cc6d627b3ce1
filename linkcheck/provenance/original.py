"""Where the article first stood: what its own text says, else what its metadata says."""

from collections.abc import Iterator, Sequence

from linkcheck import uri
from linkcheck.model import Claim, Reference, Role


def claims(claims: Sequence[Claim], references: Sequence[tuple[Reference, str]]) -> tuple[Claim, ...]:
    """Give what is said of the original's URL, strongest first: a labelled link, a stated original, a canonical URL.

    `references` come with their destinations, escapes decoded. Values are absolute http(s) URLs, WHATWG-serialised.
    """
    return (
        *_linked(references, Role.ORIGINAL, "original link"),
        *_declared(claims, "original"),
        *_declared(claims, "canonical"),
        *_linked(references, Role.CANONICAL, "canonical link"),
    )


ROLES = frozenset({Role.ORIGINAL, Role.CANONICAL})
"""References that say where the article first stood."""
STATED = frozenset({"original link", "front matter"})
"""Who says of a document that it was copied from elsewhere; a canonical URL may be where it is to be published."""


def _linked(references: Sequence[tuple[Reference, str]], role: Role, said_by: str) -> Iterator[Claim]:
    for reference, destination in references:
        if reference.role is role and (url := _web_url(destination)):
            yield Claim("original", url, said_by, reference.span.line)


def _declared(claims: Sequence[Claim], field: str) -> Iterator[Claim]:
    for claim in claims:
        if claim.field == field and (url := _web_url(claim.value)):
            yield Claim("original", url, claim.said_by, claim.line)


def _web_url(text: str) -> str | None:
    parts = uri.parse(text)
    return parts.href if parts and parts.scheme in uri.WEB else None
