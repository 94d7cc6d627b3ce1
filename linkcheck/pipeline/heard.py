"""What sources of the web have answered: it is their check as links, too, so that each is asked once."""

from collections.abc import Awaitable, Callable

from msgspec import structs

from linkcheck import uri
from linkcheck.clock import Clock, iso
from linkcheck.fetch.observe import Observation, seen
from linkcheck.fetch.wire import Exchange
from linkcheck.inflate import unfolded
from linkcheck.model import Failure, Link, Request, Response

_MOST = 64 << 20
"""Bytes of pages that are kept; what is beyond is asked again."""


class Heard:
    """Answers by the canonical URL that was asked."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nothing."""
        self._clock = clock
        self._answers: dict[str, tuple[str, Response]] = {}
        self._bytes = 0

    def listening(self, exchange: Exchange) -> Callable[[Request], Awaitable[Response | Failure]]:
        """Wrap an exchange so that good answers are kept, and files that are folded up (`sitemap.xml.gz`) unfolded."""

        async def asked(request: Request) -> Response | Failure:
            at = iso(self._clock.now())
            answer = await exchange(request)
            if not isinstance(answer, Response) or answer.status != 200:
                return answer
            body, is_whole = unfolded(answer.body, request.read.limit)
            answer = structs.replace(answer, body=body, truncated=answer.truncated or not is_whole)
            key = uri.key(request.url)
            if key and not answer.truncated and self._bytes + len(body) <= _MOST:
                self._answers[key] = at, answer
                self._bytes += len(body)
            return answer

        return asked

    def __contains__(self, url: str) -> bool:
        """Tell whether a link has had its answer."""
        return url in self._answers

    def take(self, link: Link) -> Observation | None:
        """Give what was seen of a link, and forget the page."""
        if link.url not in self._answers:
            return None
        at, answer = self._answers[link.url]
        self._answers[link.url] = at, structs.replace(answer, body=b"")
        return seen(link, answer, at)

    def urls(self) -> tuple[str, ...]:
        """Give the links that have had their answer."""
        return tuple(self._answers)
