"""Stand-ins for what lies below the layer under test."""

from collections.abc import Callable, Mapping

from linkcheck.model import Failure, Hop, Request, Response


class FakeTime:
    """A stopwatch that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def stopwatch(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class FakeExchange:
    """Answers from a list, in order; its last answer for ever."""

    def __init__(self, *answers: Response | Failure) -> None:
        self.answers = list(answers)
        self.asked: list[Request] = []

    async def __call__(self, request: Request) -> Response | Failure:
        self.asked.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class FakeSite:
    """Answers by URL: a status, or headers that make a redirect; 404 for others."""

    def __init__(self, pages: Mapping[str, Callable[[Request], Response] | Response]) -> None:
        self.pages = pages
        self.asked: list[Request] = []

    async def __call__(self, request: Request) -> Response | Failure:
        self.asked.append(request)
        page = self.pages.get(request.url, answer(404))
        found = page(request) if callable(page) else page
        location = found.header("location")
        hop = Hop(request.url, found.status, location, 2.0, "192.0.2.1")
        return Response(request.url, found.status, found.headers, found.body, hops=(hop,), elapsed_ms=2.0)


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Response:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Response("http://a.test/", status, pairs, body)


def to(location: str, status: int = 302, **headers: str) -> Response:
    return answer(status, location=location, **headers)
