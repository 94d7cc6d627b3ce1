"""What archives send instead of a capture, and what captures show instead of what was cited."""

import gzip
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from msgspec import structs

from linkcheck.archives.api import Shown
from linkcheck.archives.resemble import Sought
from linkcheck.archives.validate import TRIED, validate
from linkcheck.extract.page import read
from linkcheck.model import (
    ArchiveAnswer,
    Conversation,
    Failure,
    FailureKind,
    Lookup,
    Memento,
    Request,
    Response,
    Trust,
    ask,
)
from tests.play import play

URL = "https://a.test/2017/02/14/advisor-resigns-over-secret-talks"
TITLE = "Advisor resigns over secret talks"
EXCLUDED = "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
BASE = "https://web.archive.org/web"
PAGE = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>{'The advisor said so himself in a letter. ' * 5}".encode()
OTHER = b"<title>Weather</title><h1>Sun and clouds everywhere today</h1><p>" + b"Rain comes later in the week. " * 9


def memento(timestamp: str = "20170214021100", url: str = URL, **more: object) -> Memento:
    at = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said: dict[str, object] = {
        "archive": "wayback",
        "uri_m": f"{BASE}/{timestamp}/{url}",
        "uri_raw": f"{BASE}/{timestamp}id_/{url}",
        "datetime": at,
        "status": 200,
    }
    return Memento(**said | more)  # type: ignore[arg-type]  # test shorthand


def shown(
    body: bytes = PAGE, status: int = 200, timestamp: str | None = "20170214021100", url: str = URL, **headers: str
) -> Response:
    """Answer as a replay does; without a timestamp it is a page of the archive itself."""
    pairs = [("content-type", "text/html")] if "content_type" not in headers else []
    if timestamp:
        at = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        pairs += [("memento-datetime", format_datetime(at, usegmt=True))]
        pairs += [("link", f'<{url}>; rel="original", <{BASE}/{url}>; rel="timegate"'.replace("&", "&amp;"))]
    pairs += [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Response(f"{BASE}/{timestamp}id_/{url}", status, headers=tuple(pairs), body=body)


def evaluate(url: str, response: Response) -> Shown:
    """Read it as the pipeline does, with one rule: a page that says so is a wall."""
    reading = read(response)
    is_home = len(response.hops) > 1 and response.url.endswith("a.test/") and url != response.url
    trouble = "a wall" if "checking your browser" in reading.text else "the home page" if is_home else None
    return Shown(facts=reading.facts, text=reading.text, trouble=trouble)


def looked_at(*answers: object, mementos: tuple[Memento, ...] | None = None, **more: object) -> Lookup:
    asked = more.pop("asked", None)
    sought = more.pop("sought", Sought(url=URL))
    found = Lookup(archive="wayback", answer=ArchiveAnswer.FOUND, mementos=mementos or (memento(),))
    looking = validate(found, sought, evaluate, **more)  # type: ignore[arg-type]  # test shorthand
    return play(looking, answers, asked=asked)  # type: ignore[arg-type]  # likewise


def word(*answers: object, **more: object) -> tuple[bool | None, str]:
    found = looked_at(*answers, **more)
    best = found.mementos[0]
    return best.validated, best.note or ""


def test_a_capture_that_shows_the_page_is_believed() -> None:
    asked: list[Request] = []
    is_it, why = word(shown(), asked=asked)

    assert (is_it, why) == (True, f'shows "{TITLE}", as its URL says')
    assert [request.url for request in asked] == [f"{BASE}/20170214021100id_/{URL}"]
    assert not asked[0].follow


@pytest.mark.parametrize(
    ("answer", "expected", "words"),
    [
        (shown(timestamp=None), None, "without Memento-Datetime"),
        (shown(b"<p>This URL has been excluded from the Wayback Machine.</p>", timestamp=None), None, "excluded"),
        (shown(b"", 403, None, x_archive_wayback_runtime_error=EXCLUDED), None, "excluded"),
        (shown(b"", 404, None, x_archive_wayback_runtime_error="ResourceNotAvailable"), None, "failed to show it"),
        (shown(EXCLUDED.encode(), 403, None), None, "excluded"),
        (shown(b"<p>Got an HTTP 302 response at crawl time</p>", timestamp=None), None, "page about a redirect"),
        (shown(b"<p>Got a HTTP 301 response at crawl time</p>", timestamp=None), None, "page about a redirect"),
        (shown(b"not archived", 404, None), False, "does not show it (404)"),
        (shown(b"down", 503, None), None, "status 503"),
        (shown(b"slow", 429, None), None, "asked us to wait"),
        (shown(b"slow down", 429), False, "status 429 was archived"),
        (shown(b"gone", 404), False, "status 404 was archived"),
        (shown(b"", 503), False, "status 503 was archived"),
        (shown(b""), False, "is empty"),
        (shown(timestamp="20190101000000"), False, "the archive shows the capture of 2019-01-01"),
        (shown(url="https://a.test/other"), False, "shows a capture of https://a.test/other"),
        (shown(b"<p>checking your browser before you go on, it takes five seconds"), False, "is a wall"),
        (shown(b"<title>x</title><p>Enter"), False, "hardly a word"),
        (shown(memento_datetime="yesterday", timestamp=None), None, "without Memento-Datetime"),
        (Failure(FailureKind.TIMEOUT_READ, "no answer in 30 s"), None, "could not be looked at: no answer"),
        (Failure(FailureKind.BUDGET, "an archive may take 60 s"), None, "not looked at: an archive may take 60 s"),
    ],
)
def test_everything_else_is_not_believed_and_said_in_words(answer: object, expected: bool | None, words: str) -> None:
    is_it, why = word(answer)

    assert is_it is expected
    assert words in why


@pytest.mark.parametrize("seconds", ["20170214031100", "20170213031100"])
def test_a_capture_of_the_same_day_is_as_good(seconds: str) -> None:
    assert word(shown(timestamp=seconds))[0] is True


def test_the_original_is_read_past_the_escapes_of_the_wayback_machine() -> None:
    url = "https://a.test/advisor-resigns-over-secret-talks?x=1&y=2"
    is_it, _ = word(shown(url=url), mementos=(memento(url=url),), sought=Sought(url=url))

    assert is_it is True


def test_scheme_www_and_slash_do_not_make_another_page() -> None:
    assert word(shown(url=f"{URL.replace('https://', 'http://www.')}/"))[0] is True


def test_a_body_that_is_compressed_and_does_not_say_so_is_unfolded() -> None:
    assert word(shown(gzip.compress(PAGE)))[0] is True


def test_the_next_best_is_tried_and_the_proven_one_comes_first() -> None:
    mementos = (memento(), memento("20170301000000"), memento("20170401000000"))
    found = looked_at(shown(b"", 404), shown(timestamp="20170301000000"), mementos=mementos)

    assert [(one.datetime[:10], one.validated) for one in found.mementos] == [
        ("2017-03-01", True),
        ("2017-04-01", None),
        ("2017-02-14", False),
    ]


def test_no_more_than_five_are_tried() -> None:
    months = [f"2017{month:02}01000000" for month in range(1, 9)]
    answers = [shown(b"gone", 404, month) for month in months[:TRIED]]
    found = looked_at(*answers, mementos=tuple(memento(month) for month in months))

    assert [one.validated for one in found.mementos] == [None] * 3 + [False] * 5


@pytest.mark.parametrize("answer", [shown(b"", 429, None), Failure(FailureKind.BUDGET, "the time is up")])
def test_an_archive_that_wants_silence_is_asked_for_nothing_more(answer: object) -> None:
    found = looked_at(answer, mementos=(memento(), memento("20170301000000")))

    assert [one.validated for one in found.mementos] == [None, None]


def test_when_none_shows_it_the_answer_says_so() -> None:
    found = looked_at(shown(b"gone", 404))

    assert found.answer is ArchiveAnswer.FOUND
    assert found.reason == "of 1 captures none shows what was cited: the best shows an error: status 404 was archived"


# The archive's own redirects, and captured ones


def to(location: str, timestamp: str | None = "20170214021100", status: int = 302, url: str = URL) -> Response:
    return shown(b"", status, timestamp, url, location=location)


def test_the_archive_may_lead_to_the_exact_capture() -> None:
    asked: list[Request] = []
    exact = f"{BASE}/20170214031500id_/{URL}"
    is_it, _ = word(to(exact, None), shown(timestamp="20170214031500"), asked=asked)

    assert is_it is True
    assert asked[1].url == exact


def test_the_archive_may_not_lead_to_another_year() -> None:
    is_it, why = word(to(f"{BASE}/20210214031500id_/{URL}", None), shown(timestamp="20210214031500"))

    assert (is_it, why) == (False, "the archive shows the capture of 2021-02-14")


def test_the_archive_may_not_lead_elsewhere() -> None:
    assert word(to("https://evil.test/", None)) == (None, "the archive sends elsewhere")


def test_an_archive_that_leads_in_circles_is_left() -> None:
    is_it, why = word(to(f"{BASE}/20170214021100id_/{URL}", None))

    assert (is_it, why) == (False, "leads back to itself")


def test_captured_redirects_in_circles_end() -> None:
    # As idp.springer.com sends readers to log in and back (recorded by EDGI).
    there, back = to("/login", status=303), to(URL, url="https://a.test/login", status=302)
    is_it, why = word(there, back)

    assert (is_it, why) == (False, "leads back to itself")


@pytest.mark.parametrize(
    "location",
    ["/2017/advisor-resigns", "//a.test/2017/advisor-resigns", f"{BASE}/20170214021100id_/https://a.test/2017/advisor-resigns"],
)  # fmt: skip
def test_a_captured_redirect_is_walked_within_the_archive(location: str) -> None:
    asked: list[Request] = []
    target = "https://a.test/2017/advisor-resigns"
    is_it, why = word(to(location, status=301), shown(url=target), siblings=alone, asked=asked)

    assert is_it is True
    assert why.endswith(f"it was redirected to {target}")
    assert asked[1].url == f"{BASE}/20170214021100id_/{target}"


def test_a_captured_redirect_from_http_to_https_is_no_other_page() -> None:
    url = URL.replace("https:", "http:")
    is_it, why = word(to(URL, url=url), shown(), mementos=(memento(url=url),))

    assert is_it is True
    assert "redirected" not in why


def test_what_a_redirect_leads_to_must_be_captured_about_that_time() -> None:
    found = looked_at(
        to("/new-place"),
        shown(timestamp="20190101000000", url="https://a.test/new-place"),
        mementos=(memento(status=301),),
        siblings=alone,
    )

    assert found.answer is ArchiveAnswer.NONE
    assert "what the redirect leads to was captured on 2019-01-01" in found.reason


@pytest.mark.parametrize("location", ["mailto:a@a.test", "https://", ""])
def test_a_captured_redirect_that_leads_nowhere_is_worth_nothing(location: str) -> None:
    found = looked_at(to(location, status=301), mementos=(memento(status=301),))

    assert found.answer is ArchiveAnswer.NONE


def alone(url: str, at: datetime) -> Conversation[tuple[str, ...]]:
    yield from ()
    assert (url, at.year) == (URL, 2017)
    return ()


BESIDE = f"{BASE}/20170215000000id_/https://a.test/2017/02/14/another-story"


def beside(url: str, at: datetime) -> Conversation[tuple[str, ...]]:
    assert (url, at.year) == (URL, 2017)
    yield from ask(Request("https://index.test/"))
    return (BESIDE,)


def sibling(location: str) -> Response:
    url = "https://a.test/2017/02/14/another-story"
    return Response(BESIDE, 301, headers=to(location, url=url).headers)


def test_a_redirect_that_pages_beside_it_share_is_worth_nothing() -> None:
    answers = [to("/moved"), shown(url="https://a.test/moved"), Response("", 200), (sibling("/moved"),)]
    is_it, why = word(*answers, siblings=beside)

    assert (is_it, why) == (False, "was redirected to https://a.test/moved, as other pages of the site were")


@pytest.mark.parametrize(
    "other", [sibling("/another-place"), Response(BESIDE, 404), Failure(FailureKind.TIMEOUT_READ, "slow")]
)
def test_a_redirect_of_its_own_is_worth_what_it_leads_to(other: object) -> None:
    answers = [to("/moved"), shown(url="https://a.test/moved"), Response("", 200), (other,)]

    assert word(*answers, siblings=beside)[0] is True


def test_a_redirect_to_the_home_page_is_worth_nothing() -> None:
    is_it, why = word(to("/"), shown(url="https://a.test/"))

    assert (is_it, why) == (False, "is the home page")


# What is never fetched, and files


def test_archives_of_low_trust_are_listed_and_never_fetched() -> None:
    copy = "https://archive.ph/20170214021100/https://a.test/"
    low = memento(uri_m=copy, uri_raw=copy, trust=Trust.LOW)
    hidden = memento(uri_m=copy, uri_raw=copy)
    found = looked_at(mementos=(low, hidden))

    assert [(one.validated, one.trust) for one in found.mementos] == [(None, Trust.LOW)] * 2
    assert (found.mementos[0].note or "").startswith("listed only")


@pytest.mark.parametrize(
    ("body", "kind", "expected", "words"),
    [
        (b"%PDF-1.4 " + b"x" * 99, "application/pdf", True, "is a file (application/pdf, 108 bytes)"),
        (b"\x89PNG\r\n\x1a\n", "image/png", True, "is a file (image/png"),
        (PAGE, "application/pdf", False, "is a page in the place of a file"),
        (b"\x00\x01", "application/x-odd", None, "not read"),
    ],
)
def test_a_file_is_told_by_its_first_bytes(body: bytes, kind: str, expected: bool | None, words: str) -> None:
    is_it, why = word(shown(body, content_type=kind))

    assert is_it is expected
    assert words in why


def test_a_page_about_something_else_is_not_believed() -> None:
    is_it, why = word(shown(OTHER), sought=Sought(url=URL, titles=("Seven whales seen beyond northern sandbank",)))

    assert is_it is False
    assert why == 'shows "Sun and clouds everywhere today", not "Seven whales seen beyond northern sandbank"'


def test_a_doubt_is_outweighed_by_the_right_title_alone() -> None:
    def doubting(url: str, response: Response) -> Shown:
        return structs.replace(evaluate(url, response), doubt="most likely an error page")

    found = Lookup(archive="wayback", answer=ArchiveAnswer.FOUND, mementos=(memento(),))
    right = play(validate(found, Sought(url=URL), doubting), [shown()])
    wrong = play(validate(found, Sought(url=URL), doubting), [shown(OTHER)])

    assert [one.mementos[0].validated for one in (right, wrong)] == [True, False]
    assert wrong.mementos[0].note == "is most likely an error page"
