"""HTTP as plain values: what is asked, what came, or why nothing came."""

from enum import StrEnum

from msgspec import Struct

from linkcheck.model.verdict import ReasonCode


class FailureKind(StrEnum):
    """Why no response came: the closed list."""

    DNS_NXDOMAIN = "dns-nxdomain"
    """No such name, says the zone that would hold it."""
    DNS_UNPROVEN = "dns-unproven"
    """No such name, says somebody who is not known to be responsible for it."""
    DNS_TEMPORARY = "dns-temporary"
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT_CONNECT = "timeout-connect"
    TIMEOUT_READ = "timeout-read"
    TLS_EXPIRED = "tls-expired"
    TLS_HOSTNAME = "tls-hostname"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_OTHER = "tls-other"
    PROTOCOL = "protocol"
    BAD_REDIRECT = "bad-redirect"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    TOO_LARGE = "too-large"
    PROXY = "proxy"
    POLICY = "policy"
    BUDGET = "budget"
    NETWORK = "network"


class Hop(Struct, frozen=True):
    """One step of a redirect chain."""

    url: str
    status: int
    location: str | None = None
    """The Location header as sent, before resolution."""
    elapsed_ms: float = 0.0
    address: str | None = None
    """The IP address that answered; None where something stands between (a proxy, a test)."""


class Read(Struct, frozen=True):
    """How much of a body is wanted: which media types, and how far."""

    media_types: tuple[str, ...]
    """Essences such as `text/html`, or `text/*`; a body of another type is not read."""
    limit: int
    """Bytes after decompression; what is longer comes back `truncated`."""
    brief: tuple[str, ...] = ()
    """Essences of which only the first 4 kB are read: enough for an error, and little of a file of data."""

    def wants(self, media_type: str) -> bool:
        """Tell whether a body of this media type should be read."""
        return self.limit_of(media_type) > 0

    def limit_of(self, media_type: str) -> int:
        """Return how many bytes of a body of this media type should be read."""
        kind = media_type.partition("/")[0]
        if media_type in self.media_types or f"{kind}/*" in self.media_types or "*/*" in self.media_types:
            return self.limit
        return min(self.limit, _BRIEF) if media_type in self.brief else 0


_BRIEF = 4096


PAGE = Read(
    media_types=("text/html", "application/xhtml+xml", "text/*", "application/xml", ""),
    limit=1 << 20,
    brief=("application/json", "application/problem+json", "application/vnd.api+json"),
)
"""A page as a reader would see it; an undeclared type is read, since it is mostly HTML."""

ANYTHING = Read(media_types=("*/*",), limit=8 << 20)


class Request(Struct, frozen=True):
    """One question to the web. Redirects are walked for whoever asks."""

    url: str
    """Absolute, WHATWG-serialised, without fragment."""
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    read: Read = PAGE
    follow: bool = True
    """Walk redirects; otherwise a 3xx is itself the answer."""
    addresses: tuple[str, ...] = ()
    """The checked IP addresses to connect to, set by the policy layer; empty where a proxy resolves.

    `--resolve` may give one with a port of its own, `127.0.0.1:8080` or `[::1]:8080`.
    """
    content: bytes = b""
    """What is sent; for POST alone."""


class Response(Struct, frozen=True):
    """What came: the last hop's answer, and the way to it."""

    url: str
    """Where the answer came from, after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    """Raw pairs, in order, names in lower case."""
    body: bytes = b""
    """Decompressed, as far as it was read."""
    truncated: bool = False
    hops: tuple[Hop, ...] = ()
    """Every step with the last one; never empty once fetch has answered."""
    elapsed_ms: float = 0.0
    attempts: int = 1
    certificate_end: str | None = None
    """When the certificate of whoever answered ends: UTC, ISO 8601; None without TLS."""

    def header(self, name: str) -> str | None:
        """Give the first header of that (lower-case) name."""
        for key, value in self.headers:
            if key == name:
                return value
        return None

    @property
    def media_type(self) -> str:
        """The essence of Content-Type, in lower case; empty where there is none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()


class Failure(Struct, frozen=True):
    """Why no response came."""

    kind: FailureKind
    message: str
    hops: tuple[Hop, ...] = ()
    """The redirects that were walked before it failed."""
    url: str | None = None
    """What was being asked when it failed."""
    elapsed_ms: float = 0.0
    attempts: int = 1
    reason: ReasonCode | None = None
    """Which of several a `policy` or `network` one is: a private address, what a site forbids, a busy machine."""
