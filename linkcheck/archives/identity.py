"""Tells whether two addresses are one page to an archive, and which other addresses a page may be held under."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from linkcheck import uri


def identity(url: str) -> str:
    """Give what the addresses of one page have in common: all but scheme, `www`, default port and a last slash."""
    parts = uri.parse(uri.key(url) or url)
    if parts is None:
        return url
    port = "" if parts.port in {80, 443} else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{bare_host(url)}{port}{parts.path.rstrip('/')}{query}"


def bare_host(url: str) -> str:
    """Give the host as indexes do: without `www.`, `www2.` ..."""
    return _WWW.sub("", uri.host_of(url))


def is_same_site(url: str, other: str) -> bool:
    """Tell whether two addresses have one host, `www` left out."""
    return bare_host(url) == bare_host(other)


def without_tracking(url: str) -> str | None:
    """Give the address without what only says where its reader came from; None where there is nothing of it."""
    parts = uri.parse(url)
    if parts is None or not parts.query:
        return None
    terms = parts.query.split("&")
    kept = [term for term in terms if not _TRACKING.fullmatch(unquote_plus(term.partition("=")[0]))]
    if len(kept) == len(terms):
        return None
    bare = uri.without_fragment(parts.href).partition("?")[0]
    return f"{bare}?{'&'.join(kept)}" if kept else bare


def variants(url: str) -> Iterator[str]:
    """Give other addresses of the same page, the likeliest first: scheme, `www`, last slash, tracking left out.

    For archives that look for the very address; indexes keyed by SURT see through all but the tracking.
    """
    parts = uri.parse(url)
    if parts is None or parts.scheme not in uri.WEB:
        return
    start = without_tracking(url) or url
    other = {"http": "https", "https": "http"}[parts.scheme]
    seen = {url}
    for candidate in (start, _with_scheme(start, other), _other_slash(start), _other_www(start)):
        if candidate and candidate not in seen:
            seen.add(candidate)
            yield candidate


def _with_scheme(url: str, scheme: str) -> str | None:
    parts = uri.parse(url)
    if parts is None or parts.port not in {80, 443}:
        return None
    return f"{scheme}:{parts.href.partition(':')[2]}"


def _other_slash(url: str) -> str | None:
    bare, mark, query = url.partition("?")
    if uri.parse(bare) is None or bare.count("/") <= 3:
        return None
    return f"{bare[:-1] if bare.endswith('/') else f'{bare}/'}{mark}{query}"


def _other_www(url: str) -> str | None:
    scheme, _, rest = url.partition("://")
    host = uri.host_of(url)
    if uri.is_address(host) or "." not in host:
        return None
    other = rest.removeprefix("www.") if rest.startswith("www.") else f"www.{rest}"
    return f"{scheme}://{other}"


_WWW = re.compile(r"^www\d*\.")
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|mc_[ce]id|yclid|igshid|_hs(?:enc|mi)|cmpid|ocid|ito|mkt_tok"
    r"|spm|ref_src|ref_url|smid|s_cid|wt[._](?:mc|zmc)(?:_\w+)?|at_(?:medium|campaign|custom\w*)",
    re.IGNORECASE,
)
