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
        self.failure: Failure | None = None
        """What came instead of an answer, where none came."""
        self.url = ""
        """Where the file was found."""
        self.source = b""
        self._against: list[tuple[str, _Rules]] | None = None
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

    def rule_against(self, url: str) -> str:
        """Quote the rule that forbids an address, the longest one where there are several; empty if none is found."""
        if self._against is None:
            values = sorted(_forbidden(self.source, self._agent), key=len, reverse=True)[:_MOST_QUOTED]
            self._against = [(value, _parsed(f"User-agent: *\nDisallow: {value}")) for value in values]
        found = (value for value, rules in self._against if not rules.can_fetch(url, self._agent))
        return next((f"Disallow: {value}" for value in found), "")


def ask_robots(url: str, user_agent: str) -> Conversation[Robots]:
    """Ask the site of an address for its rules."""
    agent = product_of(user_agent)
    origin = uri.resolve("/robots.txt", url)
    assert origin, "the path of an absolute address can be replaced"
    answer = yield from ask(Request(origin, read=READ))
    match answer:
        case Failure():
            robots = Robots(agent, why=f"it could not be asked for: {answer.message}")
            robots.failure = answer
            return robots
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
    robots = Robots(agent, _parsed("\n".join(_lines(source))))
    robots.source = source[: READ.limit]
    return robots


def _lines(source: bytes) -> list[str]:
    text = _BOM.sub(b"", source[: READ.limit], count=1).decode("utf-8", "replace")
    return [line[:_LONGEST] for line in _LINE_END.split(text.replace("\0", ""))]


def _parsed(text: str) -> _Rules:
    from protego import Protego  # noqa: PLC0415 - costs 20 ms; most runs follow nothing

    rules: _Rules = Protego.parse(text)
    return rules


def _forbidden(source: bytes, agent: str) -> set[str]:
    """Give what the group for a program forbids, to be quoted; without one of its own it is the group for all."""
    groups: dict[str, set[str]] = {}
    named: list[str] = []
    is_open = False
    for line in _lines(source):
        name, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        match name.lower():
            case "user-agent":
                named = [*(named if is_open else ()), value.lower()]
                is_open = True
            case "disallow" if value:
                is_open = False
                for one in named:
                    groups.setdefault(one, set()).add(value[:_LONGEST_QUOTED])
            case "allow" | "disallow":
                is_open = False
                for one in named:
                    groups.setdefault(one, set())
            case _:
                pass
    return groups.get(agent.lower(), groups.get("*", set()))


def product_of(user_agent: str) -> str:
    """Give the token by which robots.txt names a program (RFC 9309 2.2.1): what comes before the version."""
    found = _PRODUCT.match(user_agent)
    return found[0] if found else "linkcheck"


_MOST_QUOTED = 100
"""Rules that are looked through for the one to be quoted."""
_LONGEST_QUOTED = 200
_LONGEST = 4096
"""Characters of a line that mean anything."""
_BOM = re.compile(rb"\A\xef(?:\xbb\xbf?)?")
"""Whole, or what editors have left of it."""
_LINE_END = re.compile(r"\r\n?|\n")
_SITEMAP = re.compile(rb"^[ \t]*site-?maps?[ \t]*:[ \t]*([^\s#]{1,2000})", re.IGNORECASE | re.MULTILINE)
_PRODUCT = re.compile(r"[A-Za-z_-]+")
