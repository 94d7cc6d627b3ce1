"""Redirectors that carry the real address in their own, and how to take it out. Pure.

What they answer says nothing of the page (a mail filter answers 200 for years), so what is checked is the inner one.
"""

import re
from urllib.parse import parse_qsl, unquote

from linkcheck import uri


def inner_of(url: str) -> str | None:
    """Give the address that a redirector's URL carries, through several of them; None for everything else."""
    found = None
    for _ in range(_MOST):
        inner = _inner(url)
        if inner is None:
            break
        found = url = inner
    return found


def _inner(url: str) -> str | None:
    parts = uri.parse(url) if len(url) <= _LONGEST else None
    if parts is None or parts.scheme not in uri.WEB or (not parts.query and parts.host not in _IN_PATH):
        return None
    carried = _IN_PATH[parts.host](parts) if parts.host in _IN_PATH else _in_query(parts)
    if carried is None:
        return None
    inner = uri.parse(carried)
    return inner.href if inner and inner.scheme in uri.WEB and "." in inner.host and inner.host != parts.host else None


def _in_query(parts: uri.Parts) -> str | None:
    for wrapper, path, names in _IN_QUERY:
        if wrapper.fullmatch(parts.host) and path.match(parts.path):
            asked = dict(parse_qsl(parts.query))
            return next((asked[name] for name in names if name in asked), None)
    return None


def _proofpoint(parts: uri.Parts) -> str | None:
    """Read the addresses of urldefense (v2 in the query, v3 in the path)."""
    if found := _V3.search(f"{parts.path}?{parts.query}"):
        return f"{found[1]}://{found[2]}"
    coded = dict(parse_qsl(parts.query)).get("u")
    return unquote(coded.replace("-", "%").replace("_", "/")) if coded else None


def _after_path(parts: uri.Parts) -> str | None:
    carried = parts.path.lstrip("/")
    return unquote(carried) + (f"?{parts.query}" if parts.query else "") if carried.startswith("http") else None


_MOST = 3
_LONGEST = 8_192
_V3 = re.compile(r"/v3/__(https?):/{1,2}([^/].{0,4000}?)__;")
_GOOGLE = re.compile(r"(?:www\.)?google\.(?:com|co|[a-z]{2})(?:\.[a-z]{2})?")
_IN_QUERY = tuple(
    (host if isinstance(host, re.Pattern) else re.compile(host), re.compile(path), names)
    for host, path, names in (
        (_GOOGLE, r"/url\Z", ("q", "url")),
        (r".*\.safelinks\.protection\.outlook\.com", r"/", ("url",)),
        (r"lm?\.(?:facebook|instagram|messenger|workplace)\.com", r"/", ("u",)),
        (r"(?:www\.)?facebook\.com", r"/l\.php|/flx/warn", ("u",)),
        (r"(?:www\.)?youtube\.com", r"/redirect\Z", ("q",)),
        (r"(?:www\.)?linkedin\.com", r"/redir/redirect|/safety/go", ("url",)),
        (r"steamcommunity\.com", r"/linkfilter", ("url", "u")),
        (r"out\.reddit\.com", r"/", ("url",)),
        (r"(?:www\.)?vk\.com", r"/away\.php", ("to",)),
        (r"(?:www\.)?tumblr\.com|t\.umblr\.com|href\.li", r"/", ("z",)),
        (r"slack-redir\.net", r"/link", ("url",)),
        (r"(?:www\.)?duckduckgo\.com", r"/l/", ("uddg",)),
        (r"consent\.(?:youtube\.com|google\.(?:com|co|[a-z]{2})(?:\.[a-z]{2})?)", r"/", ("continue",)),
        (r"guce\.[a-z]+\.com", r"/", ("done",)),
        (r"(?:www|old)\.reddit\.com", r"/over18", ("dest",)),
        (r"(?:www\.)?linkedin\.com", r"/authwall", ("sessionRedirect",)),
        (_GOOGLE, r"/sorry/", ("continue",)),
        (r"(?:www\.)?bing\.com", r"/news/apiclick", ("url",)),
        (r"exit\.sc", r"/", ("url",)),
        (r"link\.zhihu\.com", r"/", ("target",)),
        (r"link\.juejin\.cn", r"/", ("target",)),
        (r"(?:www\.)?jianshu\.com", r"/go-wild", ("url",)),
        (r"clk\.tradedoubler\.com", r"/click", ("url",)),
        (r"(?:www\.)?awin1\.com", r"/cread|/awclick", ("ued", "p")),
        (r"go\.skimresources\.com", r"/", ("url",)),
        (r"(?:www\.)?dpbolvw\.net|(?:www\.)?anrdoezrs\.net|(?:www\.)?jdoqocy\.com", r"/", ("url",)),
    )
)
_IN_PATH = {
    "urldefense.proofpoint.com": _proofpoint,
    "urldefense.com": _proofpoint,
    "href.li": lambda parts: parts.query if parts.query.startswith("http") else None,
    "anonym.to": lambda parts: parts.query if parts.query.startswith("http") else None,
    "nullrefer.com": lambda parts: parts.query if parts.query.startswith("http") else None,
    "outline.com": _after_path,
    "12ft.io": _after_path,
}
"""Hosts that carry it in their path, or as their whole query."""
