"""Finds the true address behind an href: relative, of an archive's replay, wrapped in a redirect, or tracked."""

import re
from collections.abc import Callable, Collection
from urllib.parse import parse_qsl

from linkcheck import uri
from linkcheck.later import later


def target_of(href: str, base: str, unwrap: Callable[[str], str | None], stamps: Collection[str] = ()) -> str | None:
    """Return the web address that a page's href leads a reader to; None where it leads nowhere on the web.

    `base` is the page's own address, `unwrap` returns the original of an archived copy's address, and `stamps` are the
    timestamps of replay addresses that an archive has put in the place of links. A copy with another timestamp is what
    the page cites, and stays. Tracking parameters are left out; the fragment is kept.
    """
    found = uri.resolve(_REPLAYED.sub("", href.strip()), base)
    for _ in range(_DEPTH):
        if found is None:
            return None
        stamp = timestamp_of(found)
        if stamp and stamp not in stamps:
            break
        inner = unwrap(found) or _replayed(found) or _wrapped(found)
        if inner is None:
            break
        found = uri.resolve(inner, None)
    if found is None or uri.scheme_of(found) not in uri.WEB:
        return None
    return uri.without_credentials(without_tracking(found))


def timestamp_of(url: str) -> str | None:
    """Return the timestamp in a replay address of any archive, with or without the archive's host; None without one."""
    found = _DATED.match(url[:_LONGEST])
    return found[1] if found else None


def without_tracking(url: str) -> str:
    """Leave out the parameters that say where a reader came from, and nothing else."""
    before, mark, rest = url.partition("?")
    if not mark:
        return url
    query, number_sign, fragment = rest.partition("#")
    terms = [term for term in query.split("&") if not _TRACKING.match(term)]
    if len(terms) == query.count("&") + 1:
        return url
    return before + (f"?{'&'.join(terms)}" if terms else "") + number_sign + fragment


def is_same_page(a: str, b: str) -> bool:
    """Tell whether two addresses are one page's: scheme, `www.`, a last slash, fragment and tracking set aside."""
    return page_of(a) == page_of(b)


def within(url: str) -> str:
    """Give the whole address that stands in the path of another; where none does, the address itself.

    In pages that were archived that is what a proxy, or an archive of its own ways, has put there. On the live web it
    may be meant so, as is an archived copy with its timestamp everywhere.
    """
    outer = None if timestamp_of(url) else _WITHIN.match(url[:_LONGEST])
    return url[outer.end() :] if outer else url


def page_of(url: str) -> str:
    """Give what is equal for addresses of one page."""
    parts = uri.parse(without_tracking(uri.key(url) or url))
    if parts is None:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.host.removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _replayed(url: str) -> str | None:
    """Give the original of an address that any archive might have: digits or a star, and an address behind them."""
    inner = _REPLAY.match(url[:_LONGEST])
    return url[inner.end() :] if inner else None


def _wrapped(url: str) -> str | None:
    """Look through a redirector: another site's address that holds the whole target in a parameter."""
    parts = uri.parse(url)
    if parts is None or not parts.query:
        return None
    is_known = uri.is_within(parts.host, _REDIRECTORS)
    if not (is_known or _REDIRECTS.search(parts.path)):
        return None
    for name, value in parse_qsl(parts.query[:_LONGEST]):
        if name.lower() in _PARAMETERS and _ADDRESS.match(value) and uri.host_of(value) != parts.host:
            return value
    return None


_DATED = later(
    r"^(?:(?:https?:)?//[^/?#]{1,255})?/(?:[a-z][\w-]{0,30}/){0,4}"
    r"([0-9]{4,14}|[0-9]{4}\.[0-9]{2}\.[0-9]{2}-[0-9]{6})(?:[a-z]{2}_)?/(?=https?:/)",
    re.IGNORECASE,
)
_AT = r"(?:[a-z][\w-]{0,30}/){0,2}(?:[0-9]{14}(?:[a-z]{2}_)?|[0-9]{0,14}\*)/(?=https?:/)"
"""An instant, or all of a stretch of time, which archives list."""
_REPLAYED = later(rf"^/{_AT}", re.IGNORECASE)
"""An archive's replay address without the archive's host, as rewritten pages have it."""
_REPLAY = later(rf"^https?://[^/?#]{{1,255}}/{_AT}", re.IGNORECASE)
_WITHIN = later(r"^https?://[^/?#]{1,255}/[^?#]{0,200}?(?=https?://[^/])", re.IGNORECASE)
_DEPTH = 4
_LONGEST = 8192
_ADDRESS = later(r"https?://[^/]", re.IGNORECASE)
_PARAMETERS = frozenset(
    {"url", "u", "q", "to", "target", "dest", "destination", "redirect", "redirect_url", "goto", "z"}
)
_REDIRECTORS = frozenset(
    {
        "l.facebook.com", "lm.facebook.com", "l.instagram.com", "t.umblr.com", "out.reddit.com", "href.li", "vk.com",
        "slack-redir.net", "steamcommunity.com", "anonym.to", "nullrefer.com", "go.skimresources.com",
        "redirect.viglink.com", "safelinks.protection.outlook.com", "news.url.google.com",
    }
)  # fmt: skip
_REDIRECTS = later(
    r"^/(?:url|l\.php|away\.php|redirect|redir|out|go|exit|leave|linkout|clickthru|r)(?:\.php|\.aspx?)?/?$",
    re.IGNORECASE,
)
_TRACKING = later(
    r"(?:utm_[a-z]+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_hs(?:enc|mi)|wt\.mc_id|ocid|cmpid|xtor"
    r"|ns_(?:campaign|mchannel|source|linkname)|smid|smprod)(?:=|$)",
    re.IGNORECASE,
)
