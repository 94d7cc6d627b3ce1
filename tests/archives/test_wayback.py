import json
from datetime import UTC, datetime
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest

from linkcheck.archives.index import WHOLE
from linkcheck.archives.wayback import PLUGIN, look_up
from linkcheck.model import ArchiveAnswer, Failure, FailureKind, Life, Lookup, Request, Response
from tests.archive_server import BLOCKED, Archive, Capture, Fault, serving
from tests.play import play

URL = "https://www.a.test/2017/02/14/story"
FEBRUARY = datetime(2017, 2, 14, 12, tzinfo=UTC)
FIELDS = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def index(*rows: tuple[str, str] | tuple[str, str, str]) -> Response:
    """Answer as the CDX server does: rows of timestamp, status and, where it is another one, URL."""
    table = [[at, *(url or [URL]), "text/html", status, f"D{status}", "9"] for at, status, *url in rows]
    return answer(json.dumps([FIELDS, *table] if table else []))


def answer(body: str, status: int = 200, *, truncated: bool = False) -> Response:
    return Response(URL, status, body=body.encode(), truncated=truncated)


def available(closest: dict[str, object] | None) -> Response:
    return answer(json.dumps({"url": URL, "archived_snapshots": {"closest": closest} if closest else {}}))


def looked_up(*answers: Response | Failure, url: str = URL, at: datetime | None = FEBRUARY) -> Lookup:
    return play(look_up(url, at, PLUGIN.endpoints), answers)


def asked_for(*answers: Response | Failure, url: str = URL, at: datetime | None = FEBRUARY) -> list[str]:
    asked: list[Request] = []
    play(look_up(url, at, PLUGIN.endpoints), answers, asked=asked)
    return [request.url for request in asked]


def terms(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def full(*rows: tuple[str, str] | tuple[str, str, str]) -> Response:
    """Answer with so many captures that there may be more."""
    return index(*rows, *((f"{1996 + n // 300}0101{n % 24:02}{n % 60:02}{n % 59:02}", "404") for n in range(WHOLE)))


def test_the_whole_history_is_asked_of_the_index_at_once() -> None:
    (url,) = asked_for(index(("20170214021100", "200")))

    assert url.startswith("https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fwww.a.test%2F2017")
    assert terms(url) == {
        "url": URL,
        "matchType": "exact",
        "output": "json",
        "fl": "timestamp,original,mimetype,statuscode,digest,length",
        "resolveRevisits": "true",
        "limit": str(WHOLE),
    }


def test_of_what_was_captured_very_often_the_nearest_are_asked_for() -> None:
    _, url = asked_for(full(), index(("20170214021100", "200")))

    assert {"closest": "20170214120000", "sort": "closest", "limit": "20"}.items() <= terms(url).items()


def test_of_what_was_captured_very_often_without_an_instant_the_last_are_asked_for() -> None:
    _, url = asked_for(full(), index(("20170214021100", "200")), at=None)

    assert {"limit": "-20"}.items() <= terms(url).items()
    assert not {"closest", "sort", "to"} & terms(url).keys()


def test_a_url_that_ends_in_a_star_does_not_ask_for_all_that_begin_like_it() -> None:
    (url,) = asked_for(index(), url="https://a.test/*&limit=100000")

    assert terms(url)["url"] == "https://a.test/*&limit=100000"
    assert (terms(url)["matchType"], terms(url)["limit"]) == ("exact", str(WHOLE))


def test_the_best_capture_comes_first_with_all_that_a_report_needs() -> None:
    found = looked_up(index(("20170301000000", "200"), ("20170213120000", "200")))

    assert found.answer is ArchiveAnswer.FOUND
    best = found.mementos[0]
    assert best.archive == "wayback"
    assert best.uri_m == f"https://web.archive.org/web/20170213120000/{URL}"
    assert best.datetime == "2017-02-13T12:00:00Z"
    assert best.target == "2017-02-14T12:00:00Z"
    assert best.distance_days == -1.0
    assert (best.status, best.validated, best.note) == (200, None, None)
    assert [memento.datetime[:10] for memento in found.mementos] == ["2017-02-13", "2017-03-01"]


def test_without_an_instant_there_is_no_distance() -> None:
    (memento,) = looked_up(index(("20170301000000", "200")), at=None).mementos

    assert (memento.target, memento.distance_days) == (None, None)


def test_an_empty_index_means_none_and_nothing_else_is_asked() -> None:
    found = looked_up(index())

    assert (found.answer, found.mementos) == (ArchiveAnswer.NONE, ())


def test_when_the_nearest_show_no_page_others_are_asked_for() -> None:
    asked: list[Request] = []
    nearest = index(("20230101000000", "404"), ("20220101000000", "301"))
    answers = [full(), nearest, index(("20170101000000", "200"))]
    found = play(look_up(URL, FEBRUARY, PLUGIN.endpoints), answers, asked=asked)

    assert [(memento.datetime[:4], memento.status) for memento in found.mementos] == [("2017", 200), ("2022", 301)]
    assert terms(asked[2].url)["filter"] == "statuscode:20[036]"


def test_what_was_captured_only_as_a_redirect_is_worth_a_look() -> None:
    found = looked_up(index(("20230101000000", "404"), ("20220101000000", "301")))

    assert [memento.status for memento in found.mementos] == [301]
    assert found.mementos[0].note == "a redirect was captured (301)"
    assert found.reason == "it was captured, but never as a page: 301 (1), 404 (1)"


def test_when_it_was_never_captured_as_a_page_the_answer_is_none_and_says_so() -> None:
    found = looked_up(index(("20230101000000", "404"), ("20220101000000", "503")))

    assert (found.answer, found.mementos) == (ArchiveAnswer.NONE, ())
    assert found.reason == "it was captured, but never as a page: 404 (1), 503 (1)"
    failing = ("2022-01-01T00:00:00Z", "2023-01-01T00:00:00Z")
    assert found.life == Life(first=failing[0], first_bad=failing[1], captures=2, failing=failing)


def test_what_failed_after_the_last_page_is_told_first_last_and_between() -> None:
    rows = [(f"{year}0101000000", "404") for year in range(1998, 2020)]
    life = looked_up(index(("19980601000000", "200"), *rows, ("20200101000000", "403"))).life

    assert life
    assert (len(life.failing), life.failing[0][:4], life.failing[-1][:4]) == (16, "1999", "2019")
    assert list(life.failing) == sorted(set(life.failing))


def test_the_life_of_a_link_is_told_by_its_captures() -> None:
    rows = [("20160101000000", "200"), ("20190302000000", "200"), ("20190611000000", "404"), ("20200101000000", "404")]
    life = looked_up(index(*rows, ("20190501000000", "503"))).life

    assert life is not None
    assert (life.first, life.first_good) == ("2016-01-01T00:00:00Z", "2016-01-01T00:00:00Z")
    assert (life.last_good, life.first_bad) == ("2019-03-02T00:00:00Z", "2019-06-11T00:00:00Z")
    assert life.captures == 5


def test_tracking_parameters_are_left_out_where_nothing_was_captured_with_them() -> None:
    asked: list[Request] = []
    answers = [index(), index(("20170214000000", "200", URL))]
    found = play(look_up(f"{URL}?utm_source=x&fbclid=y", FEBRUARY, PLUGIN.endpoints), answers, asked=asked)

    assert [terms(request.url)["url"] for request in asked] == [f"{URL}?utm_source=x&fbclid=y", URL]
    assert found.mementos[0].note == f"captured as {URL}"


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (answer("", 429), ArchiveAnswer.NOT_ASKED),
        (answer("", 503), ArchiveAnswer.FAILED),
        (Failure(FailureKind.BUDGET, "no time"), ArchiveAnswer.NOT_ASKED),
    ],
)
def test_when_the_others_cannot_be_asked_for_the_answer_is_not_none(
    second: Response | Failure, expected: ArchiveAnswer
) -> None:
    found = looked_up(full(), index(("20230101000000", "404")), second)

    assert found.answer is expected
    assert "404 (1)" in found.reason


@pytest.mark.parametrize(
    "url", ["http://a.test/2017/02/14/story", f"{URL}/", URL.replace("www.a.test", "www2.a.test:443")]
)
def test_a_capture_of_a_variant_is_named(url: str) -> None:
    (memento,) = looked_up(index(("20170214000000", "200", url))).mementos

    assert memento.note is not None
    assert memento.note.startswith("captured as http")
    assert "another page" not in memento.note


def test_a_capture_that_differs_in_case_gives_way_to_one_that_does_not() -> None:
    video, other = "https://v.test/watch?v=abC", "https://v.test/watch?v=ABc"
    found = looked_up(index(("20170214000000", "200", other), ("20110101000000", "200", video)), url=video)

    assert [memento.uri_m.partition("/web/")[2] for memento in found.mementos] == [f"20110101000000/{video}"]


def test_a_capture_that_differs_in_case_is_proposed_only_with_a_warning() -> None:
    video, other = "https://v.test/watch?v=abC", "https://v.test/watch?v=ABc"
    (memento,) = looked_up(index(("20170214000000", "200", other)), url=video).mementos

    assert memento.note is not None
    assert "another page" in memento.note


def test_captures_of_another_site_are_not_believed() -> None:
    found = looked_up(index(("20170214000000", "200", "https://evil.test/")))

    assert (found.answer, found.mementos) == (ArchiveAnswer.FAILED, ())


@pytest.mark.parametrize("status", [200, 403])
def test_an_excluded_site_has_failed_and_is_not_asked_for_again(status: int) -> None:
    found = looked_up(answer(BLOCKED, status))

    assert found.answer is ArchiveAnswer.FAILED
    assert found.reason == "the archive does not serve this URL (excluded)"


def test_a_rate_limit_is_not_asked_and_asks_for_nothing_more() -> None:
    found = looked_up(answer("<html>Too Many Requests</html>", 429))

    assert (found.answer, found.reason) == (ArchiveAnswer.NOT_ASKED, "the archive asked us to wait (429)")


def test_a_budget_that_ended_is_not_asked_in_the_words_of_who_keeps_it() -> None:
    found = looked_up(Failure(FailureKind.BUDGET, "archives may take 60 s in all"))

    assert (found.answer, found.reason) == (ArchiveAnswer.NOT_ASKED, "archives may take 60 s in all")


TROUBLE = [
    Failure(FailureKind.TIMEOUT_READ, "no answer in 30 s"),
    Failure(FailureKind.NETWORK, "there is no network"),
    answer("", 404),
    answer("down", 503),
    answer("<html>Wayback Machine</html>"),
    answer("[[", 200),
    answer("[]", 200, truncated=True),
]


@pytest.mark.parametrize("trouble", TROUBLE)
@pytest.mark.parametrize(
    "second",
    [
        available(None),
        answer("", 429),
        answer("{"),
        answer('{"archived_snapshots": {"closest": {"url": 1}}}'),
        Failure(FailureKind.BUDGET, "no time"),
        available({"status": "301", "available": True, "timestamp": "20170101000000", "url": f"http://web.archive.org/web/20170101000000/{URL}"}),
        available({"status": "200", "available": False, "timestamp": "20170101000000", "url": f"http://web.archive.org/web/20170101000000/{URL}"}),
        available({"status": "200", "available": True, "timestamp": "2017", "url": f"http://web.archive.org/web/20170101000000/{URL}"}),
        available({"status": "200", "available": True, "timestamp": "20170101000000", "url": "http://web.archive.org/web/20170101000000/http://evil.test/"}),
        available({"status": "200", "available": True, "timestamp": "20170101000000", "url": URL}),
    ],
)  # fmt: skip
def test_an_archive_that_cannot_answer_never_means_none(
    trouble: Response | Failure, second: Response | Failure
) -> None:
    is_down = isinstance(trouble, Failure)
    found = looked_up(trouble, second, *(() if is_down else (answer("down", 503),)))

    assert (found.answer, found.mementos) == (ArchiveAnswer.FAILED, ())
    assert found.reason


def test_where_index_and_availability_fail_the_time_map_helps() -> None:
    asked: list[Request] = []
    copy = f"https://web.archive.org/web/20170301000000/{URL}"
    listed = answer(f'<{copy}>; rel="memento"; datetime="Wed, 01 Mar 2017 00:00:00 GMT"')
    found = play(look_up(URL, FEBRUARY, PLUGIN.endpoints), [answer("", 503), available(None), listed], asked=asked)

    assert asked[2].url == f"https://web.archive.org/web/timemap/link/{URL}"
    assert found.answer is ArchiveAnswer.FOUND
    assert found.mementos[0].uri_raw == f"https://web.archive.org/web/20170301000000id_/{URL}"


@pytest.mark.parametrize("trouble", TROUBLE)
def test_the_availability_api_helps_where_the_index_failed(trouble: Response | Failure) -> None:
    asked: list[Request] = []
    # As answered for latimes.com in 2020: the status in quotes, the address without TLS.
    closest = {
        "status": "200",
        "available": True,
        "url": f"http://web.archive.org/web/20170301000000/{URL}",
        "timestamp": "20170301000000",
    }
    found = play(look_up(URL, FEBRUARY, PLUGIN.endpoints), [trouble, available(closest)], asked=asked)

    assert asked[1].url.startswith("https://archive.org/wayback/available?url=https%3A%2F%2Fwww.a.test")
    assert terms(asked[1].url)["timestamp"] == "20170214120000"
    assert found.answer is ArchiveAnswer.FOUND
    assert found.mementos[0].uri_m == f"https://web.archive.org/web/20170301000000/{URL}"
    assert "Availability API" in found.reason


def test_an_archived_copy_is_looked_through_and_its_own_instant_is_the_target() -> None:
    copy = f"https://web.archive.org/web/20150101000000/{URL}"
    asked: list[Request] = []
    found = play(look_up(copy, FEBRUARY, PLUGIN.endpoints), [index(("20150101000000", "200"))], asked=asked)

    assert terms(asked[0].url)["url"] == URL
    assert found.mementos[0].target == "2015-01-01T00:00:00Z"
    assert found.mementos[0].target_basis == "the instant of the archived copy that is cited"


@pytest.mark.parametrize("url", ["https://perma.cc/85LS-BXV7", "mailto:a@a.test", "file:///docs/a.md", "#"])
def test_what_cannot_be_archived_is_not_asked(url: str) -> None:
    assert looked_up(url=url).answer is ArchiveAnswer.NOT_ASKED


def driven(archive: Archive, url: str = URL, at: datetime | None = FEBRUARY) -> Lookup:
    """Answer the conversation with what the archive really sends."""
    conversation = look_up(url, at, archive.endpoints)
    try:
        request = next(conversation)
        while True:
            assert isinstance(request, Request)
            parts = urlsplit(request.url)
            connection = HTTPConnection(parts.netloc, timeout=60)
            connection.request("GET", f"{parts.path}?{parts.query}", headers=dict(request.headers))
            came = connection.getresponse()
            response = Response(request.url, came.status, tuple(came.getheaders()), came.read())
            connection.close()
            request = conversation.send(response)
    except StopIteration as end:
        found: Lookup = end.value
        return found


HISTORY = [
    *(Capture(f"2022{month:02}01000000", URL, 404, b"gone") for month in range(1, 13)),
    *(Capture(f"2023{month:02}01000000", URL, 404, b"gone") for month in range(1, 13)),
    Capture("20160101000000", "http://a.test/2017/02/14/Story", body=b"another page"),
    Capture("20170301000000", URL, body=b"the page"),
    Capture("20170214021100", URL, None, b"the page", "warc/revisit"),
]


def test_a_page_that_died_long_ago_is_found_on_a_real_server() -> None:
    with serving(HISTORY) as archive:
        found = driven(archive, at=datetime(2024, 1, 1, tzinfo=UTC))

        assert [memento.datetime[:10] for memento in found.mementos] == ["2017-03-01", "2017-02-14"]
        assert found.mementos[0].uri_m == f"{archive.base}/web/20170301000000/{URL}"
        assert len(archive.asked) == 1


def test_a_revisit_is_found_by_its_digest_on_a_real_server() -> None:
    with serving(HISTORY) as archive:
        assert driven(archive).mementos[0].datetime == "2017-02-14T02:11:00Z"


@pytest.mark.parametrize(
    ("fault", "expected", "requests"),
    [
        (Fault.RATE_LIMIT, ArchiveAnswer.NOT_ASKED, 1),
        (Fault.EXCLUDED, ArchiveAnswer.FAILED, 1),
        (Fault.EMPTY, ArchiveAnswer.NONE, 1),
        (Fault.PAGE, ArchiveAnswer.FOUND, 2),
        (Fault.NO_INDEX, ArchiveAnswer.FOUND, 2),
        (Fault.ERROR, ArchiveAnswer.FAILED, 3),
        (Fault.NO_AVAILABILITY, ArchiveAnswer.FOUND, 1),
    ],
)
def test_every_fault_of_a_real_server_has_its_own_answer(fault: Fault, expected: ArchiveAnswer, requests: int) -> None:
    with serving(HISTORY, fault) as archive:
        assert driven(archive).answer is expected
        assert len(archive.asked) == requests
