"""Pages that are gone for programs are asked for once more as a browser asks, before they are called dead."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from linkcheck import config, pipeline
from linkcheck.fetch.as_browser import BROWSER
from linkcheck.model import LinkRow, ReasonCode, Verdict
from linkcheck.store import Journal
from tests.servers import http, serving

pytestmark = pytest.mark.anyio

PAGE = http(200, b"<title>The pier</title><h1>The pier</h1><p>The sea took eleven metres of the old pier at night.")
LOST = http(404, b"<title>Not found</title><h1>Not found</h1>")
Respond = Callable[[str], bytes]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=["httpx", "wreq"])
def engine(request: pytest.FixtureRequest) -> str:
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return request.param


@pytest.fixture
def journal() -> Iterator[Journal]:
    one = Journal(None)
    yield one
    one.close()


def is_browser(head: str) -> bool:
    return "firefox" in head.lower()


async def check(
    journal: Journal, folder: Path, engine: str, respond: Respond, **more: object
) -> tuple[LinkRow, list[str]]:
    """Check one link, and return it with the heads of all requests for it."""
    async with serving({"/page": respond}) as server:
        (folder / "x.md").write_text(f"[The pier](http://a.org:{server.port}/page)")
        settings = {"sources": ["x.md"], "archive": False, "retries": 0, "host-interval": 0, "engine": engine, **more}
        resolve = [f"a.org:{server.port}:127.0.0.1"]
        wanted = config.read({**settings, "resolve": resolve}, environ={}).config
        outcome = await pipeline.run(pipeline.Job(config=wanted, journal=journal, directory=folder))
        (link,) = outcome.report.links()
        return link, [head for head in server.requests if head.startswith("GET /page ")]


def word(link: LinkRow) -> tuple[Verdict, ReasonCode]:
    return link.verdict, link.reason.code


async def test_a_page_that_browsers_get_is_alive_with_a_note(journal: Journal, tmp_path: Path, engine: str) -> None:
    link, heads = await check(journal, tmp_path, engine, lambda head: PAGE if is_browser(head) else LOST)

    assert word(link) == (Verdict.ALIVE, ReasonCode.ANSWERED)
    assert [is_browser(head) for head in heads] == [False, True]
    assert link.check is not None
    assert link.check.to_programs == 404
    (note,) = [one for one in link.findings if one.rule == "not-for-programs"]
    assert note.message == "answers 404 to programs, and 200 to the headers of a browser"


async def test_a_page_that_is_gone_for_browsers_too_is_dead(journal: Journal, tmp_path: Path, engine: str) -> None:
    link, heads = await check(journal, tmp_path, engine, lambda _: LOST)

    assert word(link) == (Verdict.DEAD, ReasonCode.HTTP_NOT_FOUND)
    assert [is_browser(head) for head in heads] == [False, True]


async def test_both_engines_send_the_same_headers(journal: Journal, tmp_path: Path, engine: str) -> None:
    _, (_, head) = await check(journal, tmp_path, engine, lambda _: LOST)

    sent = [line.partition(": ") for line in head.split("\r\n")[1:] if line]
    pairs = {name.lower(): value for name, _, value in sent}
    assert {name: pairs.get(name) for name, _ in BROWSER} == dict(BROWSER)
    assert set(pairs) == {name for name, _ in BROWSER} | {"host", "accept-encoding", "connection"}


@pytest.mark.parametrize("status", [403, 429, 503])
async def test_a_wall_against_false_browsers_raises_no_doubt(
    journal: Journal, tmp_path: Path, engine: str, status: int
) -> None:
    """Our own headers are asked for once more, and what they get is believed."""
    wall = http(status, b"<title>Access denied</title>")

    link, heads = await check(journal, tmp_path, engine, lambda head: wall if is_browser(head) else LOST)

    assert word(link) == (Verdict.DEAD, ReasonCode.HTTP_NOT_FOUND)
    assert [is_browser(head) for head in heads] == [False, True, False]


async def test_a_page_that_tells_browsers_that_it_is_gone_is_judged_by_what_it_says(
    journal: Journal, tmp_path: Path, engine: str
) -> None:
    soft = http(200, b"<title>404 Page not found</title><h1>Page not found</h1><p>We could not find that page.")

    link, _ = await check(journal, tmp_path, engine, lambda head: soft if is_browser(head) else LOST)

    assert link.verdict is Verdict.SOFT_404


@pytest.mark.parametrize("more", [{"user-agent": "our-archive/1.0"}, {"robots": "obey"}])
async def test_nobody_pretends_who_says_who_asks(
    journal: Journal, tmp_path: Path, engine: str, more: dict[str, object]
) -> None:
    link, heads = await check(journal, tmp_path, engine, lambda head: PAGE if is_browser(head) else LOST, **more)

    assert link.verdict is Verdict.DEAD
    assert [is_browser(head) for head in heads] == [False, False]


@pytest.mark.parametrize("status", [403, 429, 500])
async def test_only_what_is_gone_is_asked_for_so(journal: Journal, tmp_path: Path, engine: str, status: int) -> None:
    _, heads = await check(journal, tmp_path, engine, lambda _: http(status), **{"host-patience": 1})

    assert not any(map(is_browser, heads))


async def test_a_404_that_is_closed_to_a_region_is_blocked(journal: Journal, tmp_path: Path, engine: str) -> None:
    closed = http(404, "<title>TV</title><h1>Dieses Video ist in Ihrem Land nicht verfügbar</h1>".encode())

    link, _ = await check(journal, tmp_path, engine, lambda _: closed)

    assert word(link) == (Verdict.BLOCKED, ReasonCode.WALL)
    assert "not in this region" in link.reason.text
