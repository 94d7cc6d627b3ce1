"""Walks redirects by hand, so that every hop is kept, guarded and polite."""

from msgspec import structs

from linkcheck import uri
from linkcheck.extract.refresh import Refresh, refresh_of
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, FailureKind, Hop, Request, Response

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that send on (RFC 9110 15.4); 300 and 304 are answers."""

_MAX_COOKIE = 4096
_MAX_COOKIES = 50
"""Bytes of one, and how many of one host (RFC 6265 6.1)."""

_HTML = "text/html"
_OF_ONE_ORIGIN = frozenset({"authorization", "proxy-authorization", "cookie"})


def redirecting(exchange: Exchange, *, limit: int = 10) -> Exchange:
    """Wrap an exchange so that redirects are followed, at most `limit` of them, where the request wants that.

    A page that sends its reader on within seconds is a redirect, too: a hop with status 200, whose location is where
    it leads. One that answers with an error stays what it is.

    Cookies live within one chain: many sites set one and send back to the same URL, for ever where none is kept.
    """

    async def walk(request: Request) -> Response | Failure:
        if not request.follow:
            return await exchange(request)
        chain: tuple[Hop, ...] = ()
        elapsed_ms, retries = 0.0, 0
        cookies: dict[str, dict[str, str]] = {}
        asked: set[tuple[str, str]] = set()
        step = request
        while True:
            answer = await exchange(step)
            chain += answer.hops
            elapsed_ms += answer.elapsed_ms
            retries += answer.attempts - 1
            refresh = _refresh_of(answer, request)
            if refresh:
                chain = (*chain[:-1], structs.replace(chain[-1], location=refresh.written))
            outcome = _sum_up(answer, chain, elapsed_ms, retries)
            if isinstance(outcome, Failure) or not (refresh or outcome.status in REDIRECTS):
                return outcome
            target = refresh.target if refresh else _target(outcome)
            if target is None:
                return _stop(FailureKind.BAD_REDIRECT, _why_bad(outcome), outcome)
            _keep_cookies(outcome, cookies)
            asked.add((step.url, _cookies_of(step)))
            step = _following(request, target, cookies)
            if (step.url, _cookies_of(step)) in asked:
                return _stop(FailureKind.REDIRECT_LOOP, f"redirects in a circle, back to {target}", outcome)
            if len(asked) > limit:
                return _stop(FailureKind.TOO_MANY_REDIRECTS, f"more than {limit} redirects", outcome)

    return walk


def _refresh_of(answer: Response | Failure, request: Request) -> Refresh | None:
    if isinstance(answer, Failure) or not (answer.hops and 200 <= answer.status < 300 and request.read.wants(_HTML)):
        return None
    return refresh_of(answer)


def _sum_up(answer: Response | Failure, chain: tuple[Hop, ...], elapsed_ms: float, retries: int) -> Response | Failure:
    return structs.replace(answer, hops=chain, elapsed_ms=elapsed_ms, attempts=retries + 1)


def _target(response: Response) -> str | None:
    """Resolve the Location header as WHATWG does, fragment dropped; None where it leads nowhere on the web."""
    location = response.header("location")
    parts = uri.parse(location, response.url) if location else None
    if parts is None or parts.scheme not in uri.WEB:
        return None
    return uri.without_fragment(parts.href)


def _why_bad(response: Response) -> str:
    location = response.header("location")
    return f"redirects to {location[:200]!r}, which is not on the web" if location else "redirects without saying where"


def _stop(kind: FailureKind, message: str, response: Response) -> Failure:
    return Failure(
        kind,
        message,
        hops=response.hops,
        url=response.url,
        elapsed_ms=response.elapsed_ms,
        attempts=response.attempts,
    )


def _following(first: Request, url: str, cookies: dict[str, dict[str, str]]) -> Request:
    """Make the next request of a chain; what identifies us stays with the origin that it was meant for."""
    is_same = uri.origin_of(url) == uri.origin_of(first.url)
    headers = tuple(pair for pair in first.headers if is_same or pair[0].lower() not in _OF_ONE_ORIGIN)
    if jar := cookies.get(uri.host_of(url)):
        headers += (("cookie", "; ".join(f"{name}={value}" for name, value in jar.items())),)
    return structs.replace(first, url=url, headers=headers)


def _keep_cookies(response: Response, cookies: dict[str, dict[str, str]]) -> None:
    """Remember what a host sets, for this host; attributes do not matter within one chain."""
    jar = cookies.setdefault(uri.host_of(response.url), {})
    for header, value in response.headers:
        if header != "set-cookie":
            continue
        name, mark, content = value.partition(";")[0].partition("=")
        if mark and name.strip() and len(name) + len(content) <= _MAX_COOKIE and len(jar) < _MAX_COOKIES:
            jar[name.strip()] = content.strip()


def _cookies_of(request: Request) -> str:
    return next((value for name, value in reversed(request.headers) if name == "cookie"), "")
