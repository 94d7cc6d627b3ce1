"""What belongs to the site that is followed, and which of its addresses have no end. Pure.

A *territory* says where pages are read; the *shape* of an address is what it has in common with others of the same
template; its *identity* is the address without what only says who is looking.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct, structs

from linkcheck import uri


class Territory(Struct, frozen=True, kw_only=True):
    """Where pages are read: on these hosts, on these domains and below, at these addresses and below."""

    hosts: frozenset[str] = frozenset()
    """Without `www.`, which is taken for the same site."""
    domains: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    is_fixed: bool = False
    """Whether the person has drawn the border; otherwise it goes around the hosts of the sources."""

    def holds(self, url: str) -> bool:
        """Tell whether an address lies within."""
        parts = uri.parse(url)
        if parts is None or parts.scheme not in uri.WEB:
            return False
        if parts.host.removeprefix("www.") in self.hosts or uri.is_within(parts.host, self.domains):
            return True
        return any(_is_below(parts.href, prefix) for prefix in self.prefixes)

    def around(self, url: str) -> "Territory":
        """Take in the host of a source, unless the border is fixed."""
        host = uri.host_of(url).removeprefix("www.")
        return self if self.is_fixed or not host else structs.replace(self, hosts=self.hosts | {host})


def territory_of(borders: Sequence[str]) -> Territory:
    """Read borders, each a host or the beginning of an address; ValueError holds the one that is neither."""
    domains, prefixes = set(), []
    for border in borders:
        is_address = uri.scheme_of(border) in uri.WEB
        known = uri.key(border if is_address else f"https://{border}/")
        if known is None or (not is_address and not _HOST.fullmatch(border)):
            raise ValueError(border)
        if is_address:
            prefixes.append(known)
        else:
            domains.add(uri.host_of(known))
    return Territory(domains=frozenset(domains), prefixes=tuple(prefixes), is_fixed=bool(borders))


class Stop(StrEnum):
    """Why a page is asked for, as a link, but not followed."""

    OUTSIDE = "outside"
    DEPTH = "depth"
    LONG = "long"
    REPEATING = "repeating"


def why_not(url: str, territory: Territory, *, depth: int, limit: int | None) -> Stop | None:
    """Say why a page so many links away from its source is not followed, by its address alone; None where it may be."""
    if not territory.holds(url):
        return Stop.OUTSIDE
    if limit is not None and depth > limit:
        return Stop.DEPTH
    if len(url) > _LONGEST:
        return Stop.LONG
    return Stop.REPEATING if is_repeating(url) else None


def is_repeating(url: str) -> bool:
    """Tell an address whose folders go round in circles (`/a/b/a/b/a/b/`), as wrong relative links make them."""
    parts = uri.parse(url)
    steps = [step for step in parts.path.split("/") if step] if parts else []
    if len(steps) > _MOST_STEPS:
        return True
    for length in range(1, len(steps) // _ROUNDS + 1):
        for start in range(len(steps) - length * _ROUNDS + 1):
            circle = steps[start : start + length]
            if steps[start : start + length * _ROUNDS] == circle * _ROUNDS and not all(map(str.isdigit, circle)):
                return True
    return False


@lru_cache(maxsize=4096)
def shape(url: str) -> str:
    """Give what the addresses of one template have in common: numbers, dates, tokens and values are left out.

    `/2017/03/` and `/2018/11/` have one shape, and so have `?page=2` and `?page=3`, `/s/8f3ac19b02dd/a` and
    `/s/77ab01ff93ce/a`; `/about` and `/contact` have two.
    """
    parts = uri.parse(url)
    if parts is None:
        return url
    names = sorted({_generic(pair.partition("=")[0]) for pair in re.split("[&;]", parts.query) if pair})
    path = "/".join(_generic(step) for step in parts.path.split("/"))
    return f"{parts.host}:{parts.port}{path}" + (f"?{'&'.join(names)}" if names else "")


@lru_cache(maxsize=4096)
def identity(url: str) -> str:
    """Give an address without session ids and marks of where a reader came from, its query sorted.

    That an address is another one's does not mean that both are checked as one: only that one is enough to follow.
    """
    parts = uri.parse(url)
    if parts is None or not ("?" in url or ";" in parts.path or "(" in parts.path):
        return url
    path = _SESSION_IN_PATH.sub("", parts.path)
    pairs = sorted(pair for pair in parts.query.split("&") if pair and not _IS_NOISE.match(pair))
    start = parts.href[: parts.href.index(parts.path, len(parts.scheme) + 3)]
    return start + path + (f"?{'&'.join(pairs)}" if pairs else "")


def _is_below(url: str, prefix: str) -> bool:
    """Tell whether an address is another one or lies below it: `/docs` holds `/docs/a`, not `/docs-old`."""
    rest = url.removeprefix(prefix)
    return url.startswith(prefix) and (not rest or prefix[-1] in "/?&=" or rest[0] in "/?#")


def _generic(step: str) -> str:
    """Leave out what differs from one page of a template to the next."""
    step = _PARAMETER.sub(";*", step)
    if _TOKEN.fullmatch(step):
        return "*"
    return _NUMBER.sub("#", _MONTH.sub("#", step))


_LONGEST = 2000
"""Characters of an address; browsers and servers agree on no more."""
_HOST = re.compile(r"[^\s/?#@:\\\[\]]+|\[[0-9A-Fa-f:.]+\]")
_MOST_STEPS = 40
_ROUNDS = 3

_NUMBER = re.compile(r"[0-9]+(?:[-_.,:T][0-9]+)*")
_MONTH = re.compile(
    r"(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?![a-z])",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"""(?:\([A-Za-z]\()?(?:
        (?=[^0-9]*[0-9])(?=[0-9]*[a-fA-F])[0-9a-fA-F]{10,}                 # 8f3ac19b02dd
      | [0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}               # a UUID
      | (?=[^0-9]*[0-9][^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9_]{16,} # letters and digits, mixed
    )(?:\)\))?""",
    re.VERBOSE,
)
"""What a machine has made up: it holds digits, and is as long as no word with a number."""
_PARAMETER = re.compile(r";.*", re.DOTALL)
_SESSION_IN_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sid|sessionid)=[^/;]*|/\((?:[A-Za-z]\([^()/]{10,60}\))+\)", re.IGNORECASE
)
"""`;jsessionid=...` of Java servers (Servlet 7.1.3), `/(S(...))` of ASP.NET without cookies."""
_IS_NOISE = re.compile(
    r"(?:jsessionid|phpsessid|sessionid|session_id|aspsessionid\w*|cfid|cftoken|zenid|oscsid"
    r"|utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id)=|(?:s|sid|session)=(?=[^&]*[0-9])[0-9a-zA-Z]{12,}(?:&|\Z)",
    re.IGNORECASE,
)
