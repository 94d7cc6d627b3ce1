"""What a site lets programs follow: its robots.txt, asked once a site, read as RFC 9309 says.

Protego reads the rules: wildcards, the longest match wins, the usual misspellings. A site that says 4xx has no rules;
one that does not answer, or answers 5xx, lets nothing be followed (RFC 9309 2.3.1). `Crawl-delay` and `Request-rate`
are no part of the standard, but what many sites mean to say.
"""

import re
from typing import Protocol

from linkcheck import uri
from linkcheck.model import Conversation, Failure, Read, Request, Response, ask

READ = Read(media_types=("*/*",), limit=512 << 10)
"""What is read of a robots.txt; RFC 9309 2.5 wants at least 500 KiB."""


class _Rules(Protocol):
    """What Protego makes of a file."""

    def can_fetch(self, url: str, user_agent: str) -> bool: ...

    def crawl_delay(self, user_agent: str) -> float | None: ...

    def request_rate(self, user_agent: str) -> "_Rate | None": ...


class _Rate(Protocol):
    """So many requests in so many seconds."""

    @property
    def requests(self) -> int: ...

    @property
    def seconds(self) -> int: ...


class Robots:
    """The rules of one site for one program."""

    def __init__(self, agent: str, rules: _Rules | None = None, *, why: str = "") -> None:
        self._agent = agent
        self._rules = rules
        self.why = why
        """Why nothing may be followed, where that is not the site's own word; empty otherwise."""
        self.url = ""
        """Where the file was found."""
        self.source = b""
        self.is_cut = False
        """Whether the file went on behind what was read."""

    @property
    def sitemaps(self) -> tuple[tuple[int, int], ...]:
        """Place the sitemaps that it names, in bytes of the source (https://www.sitemaps.org/protocol.html)."""
        return tuple(found.span(1) for found in _SITEMAP.finditer(self.source))

    @property
    def delay(self) -> float:
        """Give how many seconds it wants between the starts of two requests; 0 where it does not say."""
        if self._rules is None:
            return 0.0
        rate = self._rules.request_rate(self._agent)
        said = (self._rules.crawl_delay(self._agent) or 0.0, rate.seconds / rate.requests if rate else 0.0)
        return max((one for one in said if one == one), default=0.0)  # noqa: PLR0124 - not a number is not itself

    def allows(self, url: str) -> bool:
        """Tell whether a WHATWG-serialised address may be followed."""
        if self.why:
            return False
        return self._rules is None or self._rules.can_fetch(url, self._agent)


def ask_robots(url: str, user_agent: str) -> Conversation[Robots]:
    """Ask the site of an address for its rules."""
    agent = product_of(user_agent)
    origin = uri.resolve("/robots.txt", url)
    assert origin, "the path of an absolute address can be replaced"
    answer = yield from ask(Request(origin, read=READ))
    match answer:
        case Failure():
            return Robots(agent, why=f"it could not be asked for: {answer.message}")
        case Response(status=status) if 200 <= status < 300:
            robots = read(answer.body, agent)
            robots.url, robots.is_cut = answer.url, answer.truncated
            return robots
        case Response(status=status) if 400 <= status < 500 and status != 429:
            return Robots(agent)
        case _:
            return Robots(agent, why=f"it was answered with status {answer.status}")


def read(source: bytes, agent: str) -> Robots:
    """Read the bytes of a file."""
    from protego import Protego  # noqa: PLC0415 - costs 20 ms; most runs follow nothing

    text = _BOM.sub(b"", source[: READ.limit], count=1).decode("utf-8", "replace")
    lines = [line[:_LONGEST] for line in _LINE_END.split(text.replace("\0", ""))]
    robots = Robots(agent, Protego.parse("\n".join(lines)))
    robots.source = source[: READ.limit]
    return robots


def product_of(user_agent: str) -> str:
    """Give the token by which robots.txt names a program (RFC 9309 2.2.1): what comes before the version."""
    found = _PRODUCT.match(user_agent)
    return found[0] if found else "linkcheck"


_LONGEST = 4096
"""Characters of a line that mean anything."""
_BOM = re.compile(rb"\A\xef(?:\xbb\xbf?)?")
"""Whole, or what editors have left of it."""
_LINE_END = re.compile(r"\r\n?|\n")
_SITEMAP = re.compile(rb"^[ \t]*site-?maps?[ \t]*:[ \t]*([^\s#]{1,2000})", re.IGNORECASE | re.MULTILINE)
_PRODUCT = re.compile(r"[A-Za-z_-]+")
