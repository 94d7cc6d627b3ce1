"""What a world is made of: pages, captures, faults, and the truth about every reference of its article."""

from base64 import b32encode
from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha1
from urllib.parse import urlsplit

from msgspec import Struct

from linkcheck.model import Verdict

HTML = "text/html; charset=utf-8"


class Page(Struct, frozen=True, kw_only=True):
    """What one address answers."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("content-type", HTML),)
    body: bytes = b""
    delay: float = 0.0
    """Seconds before it answers."""


class Capture(Struct, frozen=True):
    """One capture, as the archive's index lists it and its replay shows it."""

    timestamp: str
    """14 digits, UTC."""
    url: str
    status: int | None = 200
    """None where the index does not say, as for a revisit."""
    body: bytes = b""
    """A revisit has that of the capture whose payload it repeats."""
    media_type: str = "text/html"
    """As the index has it: `warc/revisit` for a revisit."""
    location: str | None = None
    """Where a captured redirect led."""

    @property
    def digest(self) -> str:
        """Give the digest as indexes write it: base32 of SHA-1."""
        return b32encode(sha1(self.body, usedforsecurity=False).digest()).decode()


class Fault(StrEnum):
    """What goes wrong with the archive."""

    RATE_LIMIT = "429, without Retry-After"
    EXCLUDED = "403, the block of a site that does not want to be archived"
    PAGE = "200, but a page where the index or a memento should be"
    ERROR = "503"
    EMPTY = "the index says that there is nothing"
    NO_INDEX = "503 from the index alone"
    NO_AVAILABILITY = "the Availability API says that there is nothing"
    GZIP = "bodies are compressed, and nothing says so"
    SILENCE = "no answer ever comes"


class Truth(Struct, frozen=True, kw_only=True):
    """What is staged for one reference of the article, and what a run must say of it."""

    text: str
    """The anchor text; the alternative text of an image, the address of an autolink."""
    about: str
    """What is staged, in a few words."""
    verdict: Verdict
    rules: tuple[str, ...] = ()
    """Those of its findings, besides the verdict's own."""
    memento: str | None = None
    """Timestamp of the capture that must be proposed first."""
    was: str | None = None
    """The target that the reference had before the article was copied, where it has lost it."""


class World(Struct, frozen=True, kw_only=True):
    """A small web, the archive beside it, and the article that cites it."""

    article: str
    """Markdown."""
    truths: tuple[Truth, ...]
    """One for each reference of the article, in its order."""
    pages: Mapping[str, Page]
    """By address; `http://HOST/*` answers for every path of a host that has no page of its own."""
    refusing: frozenset[str] = frozenset()
    """Hosts that refuse connections."""
    archive: str = "wayback.example"
    """The archive's host."""
    captures: tuple[Capture, ...] = ()
    faults: frozenset[Fault] = frozenset()

    @property
    def hosts(self) -> tuple[str, ...]:
        """Give the hosts that answer, the archive's last."""
        return *dict.fromkeys(urlsplit(url).netloc for url in self.pages), self.archive
