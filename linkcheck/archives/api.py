"""What an archive is: somebody who holds mementos, and how to ask."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import TypeAlias

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.errors import ConfigError
from linkcheck.model import Conversation, Lookup, PageFacts, Response, Trust


class Manners(Struct, frozen=True, kw_only=True):
    """How often one endpoint lets itself be asked; never two requests at once."""

    requests: int
    """At most so many requests ..."""
    seconds: float
    """... start in any stretch of so many seconds."""
    pause: float = 60.0
    """Seconds of silence towards the whole archive after a 429; longer if it asks for longer."""


class Listed(Struct, frozen=True, kw_only=True):
    """One page that an archive's index lists for a search."""

    url: str
    """WHATWG-serialised."""
    at: str
    """When it was first captured in the stretch of time that was asked for: UTC, ISO 8601."""


Searching: TypeAlias = Callable[
    [str, datetime | None, Sequence[str], Mapping[str, str]], Conversation[tuple[Listed, ...] | None]
]
Endpoints: TypeAlias = Mapping[str, str]
"""Base URLs by name, without trailing slash; one with `{timestamp}` and `{url}` is a template."""


class Archive(Struct, frozen=True, kw_only=True):
    """A plug-in of this family."""

    name: str
    title: str
    """As people call it."""
    endpoints: Endpoints
    """The config may say otherwise."""
    optional: frozenset[str] = frozenset()
    """Names of endpoints that it can have and does not need."""
    manners: Mapping[str, Manners]
    """By endpoint name."""
    trust: Trust = Trust.HIGH
    """Captures of an archive of lower trust are listed, and never fetched."""
    look_up: Callable[[str, datetime | None, Endpoints], Conversation[Lookup]]
    """(URI-R, target instant with time zone, endpoints by name) -> what it answered, best memento first.

    It never raises about the world. It does not know the time and not why the target is the target: `at`, and
    `target_basis` where it is None, are left to whoever asks. Nothing is validated yet.
    """
    search: Searching | None = None
    """(host, about when, words of a headline, endpoints by name) -> pages of the host whose address has such words.

    Bounded, in no order, empty where nothing is found, None where nobody answers. Not every archive can search.
    """
    siblings: Callable[[str, datetime, Endpoints], Conversation[tuple[str, ...]]] | None = None
    """(URI-R of a captured redirect, its instant, endpoints) -> raw addresses of redirects captured beside it."""


class Shown(Struct, frozen=True, kw_only=True):
    """What an archived page shows, once somebody has read it."""

    facts: PageFacts
    text: str = ""
    """The visible text, white space folded."""
    told: int | None = None
    """Words in paragraphs that are longer than captions and buttons; None where nobody has counted."""
    is_notice: bool = False
    """It speaks as walls, gates and error pages do, which proves nothing by itself."""
    trouble: str | None = None
    """Why it is not what was cited, to follow "is" in a sentence: `an error page: ...`; None where nothing is wrong."""
    doubt: str | None = None
    """What it looks like without proof, likewise; only a title that is the right one outweighs it."""


Evaluate: TypeAlias = Callable[[str, Response], Shown]
"""Reads an archived page, as if it had come from the web: (URL that was asked, the response with its hops).

What a page is can be told by other families; whoever knows them gives this to `validate`.
"""


def configured(archive: Archive, endpoints: Endpoints) -> Archive:
    """Point an archive elsewhere; ConfigError for an endpoint that it does not have, or that is no web address."""
    known = [*archive.endpoints, *sorted(archive.optional)]
    for name, url in endpoints.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"it has: {', '.join(known)}"
            raise ConfigError(f"archives: `{archive.name}` has no endpoint `{name}`; {hint}")
        parts = uri.parse(url)
        if parts is None or parts.scheme not in uri.WEB or parts.query or parts.fragment:
            raise ConfigError(f"archives: `{archive.name}.{name}` must be an http(s) URL without query, not {url!r}")
    given = {name: url.rstrip("/") for name, url in endpoints.items()}
    return structs.replace(archive, endpoints={**archive.endpoints, **given})
