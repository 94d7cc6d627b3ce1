"""What an archive is: somebody who holds mementos, and how to ask."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from linkcheck.model import Conversation, Lookup


class Manners(Struct, frozen=True):
    """How often an archive lets itself be asked."""

    per_minute: float
    """Requests a minute, at most."""
    pause: float = 60.0
    """Seconds of silence after a 429 that names no time."""


class Archive(Struct, frozen=True, kw_only=True):
    """A plug-in of this family."""

    name: str
    title: str
    """As people call it."""
    manners: Manners
    look_up: Callable[[str, datetime | None, dict[str, str]], Conversation[Lookup]]
    """(URI-R, target instant, endpoints by name) -> what it answered, best memento first."""
    endpoints: dict[str, str]
    """Default base URLs by name, without trailing slash; the config may say otherwise."""
