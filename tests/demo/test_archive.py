"""The dialect of the Wayback Machine, in raw questions and through our own way of asking it."""

import gzip
import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urlsplit

import pytest

from linkcheck.archives.wayback import look_up
from linkcheck.demo.archive import answer, surt
from linkcheck.demo.http import Answer, Question
from linkcheck.demo.table import Capture, Fault
from linkcheck.model import ArchiveAnswer, Failure, FailureKind, Lookup, Request, Response

URL = "http://a.example/story?x=1&y=2"
CAPTURES = (
    Capture("20150101000000", URL, body=b"<p>first"),
    Capture("20190529061500", URL, body=b"<p>before"),
    Capture("20190616110000", URL, None, b"<p>before", "warc/revisit"),
    Capture("20200101000000", URL, 302, location="http://a.example/"),
    Capture("20211104033000", URL, 404, b"<p>gone"),
    Capture("20190614000000", "http://b.example/", body=b"<p>b"),
)
ENDPOINTS = {
    "cdx": "http://wayback.example/cdx/search/cdx",
    "availability": "http://wayback.example/wayback/available",
    "timemap": "http://wayback.example/web/timemap/link",
    "replay": "http://wayback.example/web",
}
JUNE_2019 = datetime(2019, 6, 14, 23, 59, 59, tzinfo=UTC)


def asked(target: str, *faults: Fault, **headers: str) -> Answer:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return answer(CAPTURES, faults, Question(target=target, headers=(("host", "wayback.example"), *named)))


def index(*faults: Fault, **terms: str) -> list[list[str]]:
    query = urlencode({"url": URL, "output": "json", **{name.rstrip("_"): value for name, value in terms.items()}})
    rows: list[list[str]] = json.loads(asked(f"/cdx/search/cdx?{query}", *faults).body)
    return rows


def timestamps(**terms: str) -> list[str]:
    return [row[0] for row in index(fl="timestamp", **terms)[1:]]


def looked_up(url: str = URL, at: datetime | None = JUNE_2019, *faults: Fault) -> tuple[Lookup, int]:
    """Let our own conversation ask; give what it learned, and in how many questions."""
    conversation, requests = look_up(url, at, ENDPOINTS), 0
    try:
        request = next(conversation)
        while True:
            assert isinstance(request, Request)
            requests += 1
            parts = urlsplit(request.url)
            came = asked(f"{parts.path}?{parts.query}", *faults)
            late = Failure(FailureKind.TIMEOUT_READ, "no answer in time")
            response = late if came.delay else Response(request.url, came.status, came.headers, came.body)
            request = conversation.send(response)
    except StopIteration as end:
        return end.value, requests


# The index (https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.news.test/A?b=2&a=1", "test,news)/a?a=1&b=2"),
        ("http://www.nasa.gov:80/", "gov,nasa)/"),
        ("https://www2.example.com/x/", "com,example)/x"),
        ("http://example.com", "com,example)/"),
    ],
)
def test_the_index_ignores_scheme_case_www_port_and_order(url: str, key: str) -> None:
    assert surt(url) == key


def test_rows_come_under_a_header_and_none_is_an_empty_array() -> None:
    header, first, *rest = index()

    assert header == ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
    assert first[:5] == ["example,a)/story?x=1&y=2", "20150101000000", URL, "text/html", "200"]
    assert rest[1][3:5] == ["warc/revisit", "-"]
    assert rest[0][5] == rest[1][5], "a revisit has the digest of what it repeats"
    assert index(url="http://nobody.example/") == []


def test_plain_text_is_the_default() -> None:
    lines = asked(f"/cdx/search/cdx?{urlencode({'url': 'b.example', 'fl': 'timestamp,statuscode'})}").body

    assert lines == b"20190614000000 200\n"
    assert asked("/cdx/search/cdx?url=nobody.example").body == b""


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"limit": "2"}, ["20150101000000", "20190529061500"]),
        ({"limit": "-2"}, ["20200101000000", "20211104033000"]),
        ({"sort": "reverse", "limit": "1"}, ["20211104033000"]),
        ({"sort": "closest", "closest": "20190614", "limit": "2"}, ["20190616110000", "20190529061500"]),
        ({"closest": "20190614", "limit": "1"}, ["20150101000000"]),
        ({"from_": "2019", "to": "2020"}, ["20190529061500", "20190616110000", "20200101000000"]),
        ({"filter": "statuscode:2"}, []),
        ({"filter": "statuscode:2.."}, ["20150101000000", "20190529061500"]),
        ({"filter": "!statuscode:[2-]..|-"}, ["20200101000000", "20211104033000"]),
        ({"collapse": "timestamp:4"}, ["20150101000000", "20190529061500", "20200101000000", "20211104033000"]),
        ({"collapse": "digest", "to": "2019"}, ["20150101000000", "20190529061500"]),
    ],
)
def test_the_index_selects_as_the_real_one_does(terms: dict[str, str], expected: list[str]) -> None:
    assert timestamps(**terms) == expected


@pytest.mark.parametrize(
    "query", ["filter=status:200", "filter=statuscode:(", "limit=many", "matchType=prefix", "collapse=colour"]
)
def test_what_the_index_does_not_understand_is_400(query: str) -> None:
    assert asked(f"/cdx/search/cdx?url=b.example&{query}").status == 400


# Availability (https://archive.org/help/wayback_api.php)


def test_availability_gives_the_nearest_page_with_its_status_in_quotes() -> None:
    said = json.loads(asked(f"/wayback/available?{urlencode({'url': URL, 'timestamp': '20190614'})}").body)

    assert said == {
        "url": URL,
        "timestamp": "20190614",
        "archived_snapshots": {
            "closest": {
                "status": "200",
                "available": True,
                "url": f"http://web.archive.org/web/20190529061500/{URL}",
                "timestamp": "20190529061500",
            }
        },
    }


def test_availability_of_what_is_not_archived_is_empty() -> None:
    assert json.loads(asked("/wayback/available?url=nobody.example").body)["archived_snapshots"] == {}


# Memento (RFC 7089)


def test_a_memento_says_when_it_was_captured_and_what_there_is_besides() -> None:
    memento = asked(f"/web/20190529061500id_/{URL}")

    assert (memento.status, memento.body) == (200, b"<p>before")
    assert memento.header("memento-datetime") == "Wed, 29 May 2019 06:15:00 GMT"
    assert memento.header("x-archive-orig-content-type") == "text/html; charset=utf-8"
    link = memento.header("link") or ""
    escaped = URL.replace("&", "&amp;")
    assert f'<{escaped}>; rel="original"' in link
    assert f'<http://wayback.example/web/timemap/link/{escaped}>; rel="timemap"' in link
    assert f'<http://wayback.example/web/20150101000000/{escaped}>; rel="first prev memento"' in link
    assert f'<http://wayback.example/web/20190616110000/{escaped}>; rel="next memento"' in link
    assert 'rel="last memento"; datetime="Thu, 04 Nov 2021 03:30:00 GMT"' in link


def test_an_archived_status_is_the_mementos_own() -> None:
    gone = asked(f"/web/20211104033000id_/{URL}")

    assert (gone.status, gone.body) == (404, b"<p>gone")
    assert gone.header("memento-datetime")


def test_a_captured_redirect_is_walked_raw_and_only_told_of_to_viewers() -> None:
    raw, viewed = asked(f"/web/20200101000000id_/{URL}"), asked(f"/web/20200101000000/{URL}")

    assert (raw.status, raw.header("location")) == (
        302,
        "http://wayback.example/web/20200101000000id_/http://a.example/",
    )
    assert raw.header("x-archive-orig-location") == "http://a.example/"
    assert (viewed.status, viewed.header("memento-datetime")) == (200, None)
    assert b"Got an HTTP 302 response at crawl time" in viewed.body


def test_a_viewer_gets_a_banner_and_a_revisit_the_page_that_it_repeats() -> None:
    assert asked(f"/web/20190616110000id_/{URL}").body == b"<p>before"
    assert b"WAYBACK TOOLBAR" in asked(f"/web/20190616110000/{URL}").body


@pytest.mark.parametrize(
    ("target", "location"),
    [
        (f"/web/20190601000000id_/{URL}", f"/web/20190529061500id_/{URL}"),
        (f"/web/2019/{URL}", f"/web/20190529061500/{URL}"),
        (f"/web/{URL}", f"/web/20211104033000/{URL}"),
        ("/web/20190101000000/http%3A%2F%2Fb.example%2F", "/web/20190614000000/http://b.example/"),
    ],
)
def test_another_instant_redirects_to_the_nearest_capture(target: str, location: str) -> None:
    redirect = asked(target)

    assert redirect.status == 302
    assert redirect.header("location") == f"http://wayback.example{location}"
    assert redirect.header("memento-datetime") is None
    assert redirect.header("x-archive-redirect-reason") == f"found capture at {location.split('/')[2][:14]}"


def test_the_timegate_negotiates_by_accept_datetime() -> None:
    redirect = asked(f"/web/{URL}", accept_datetime="Fri, 01 Jan 2016 00:00:00 GMT")

    assert redirect.header("location") == f"http://wayback.example/web/20150101000000/{URL}"
    assert redirect.header("vary") == "accept-datetime"


@pytest.mark.parametrize("target", ["/web/20190101000000/http://nobody.example/", "/web/http://nobody.example/"])
def test_what_was_never_archived_is_404_without_memento_datetime(target: str) -> None:
    page = asked(target)

    assert page.status == 404
    assert page.header("memento-datetime") is None
    assert b"has not archived that URL" in page.body


@pytest.mark.parametrize("target", [f"/web/20191399000000/{URL}", "/wayback/available?url=b.example&timestamp=soon"])
def test_an_instant_that_is_none_is_400(target: str) -> None:
    assert asked(target).status == 400


def test_a_timemap_lists_every_capture_once_in_order() -> None:
    timemap = asked(f"/web/timemap/link/{URL}")
    lines = timemap.body.decode().split(",\n")

    assert timemap.header("content-type") == "application/link-format"
    assert lines[0] == f'<{URL}>; rel="original"'
    assert 'from="Thu, 01 Jan 2015 00:00:00 GMT"; until="Thu, 04 Nov 2021 03:30:00 GMT"' in lines[1]
    mementos = [line for line in lines if "memento" in line]
    assert 'rel="first memento"' in mementos[0]
    assert 'rel="last memento"' in mementos[-1]
    instants = [parsedate_to_datetime(line.split('datetime="')[1].rstrip('"')) for line in mementos]
    assert instants == sorted(instants)
    assert len(instants) == 5
    assert asked("/web/timemap/link/http://nobody.example/").status == 404


# Faults, as our own way of asking takes them


def test_the_capture_before_the_date_is_found_in_one_question() -> None:
    found, requests = looked_up()

    assert requests == 1
    assert found.mementos[0].uri_m == f"http://wayback.example/web/20190529061500/{URL}"
    assert looked_up("http://nobody.example/")[0].answer is ArchiveAnswer.NONE


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.RATE_LIMIT, ArchiveAnswer.NOT_ASKED),
        (Fault.EXCLUDED, ArchiveAnswer.FAILED),
        (Fault.PAGE, ArchiveAnswer.FOUND),
        (Fault.ERROR, ArchiveAnswer.FAILED),
        (Fault.EMPTY, ArchiveAnswer.NONE),
        (Fault.NO_INDEX, ArchiveAnswer.FOUND),
        (Fault.NO_AVAILABILITY, ArchiveAnswer.FOUND),
        (Fault.GZIP, ArchiveAnswer.FOUND),
        (Fault.SILENCE, ArchiveAnswer.FAILED),
    ],
)
def test_every_fault_has_its_answer(fault: Fault, expected: ArchiveAnswer) -> None:
    assert looked_up(URL, JUNE_2019, fault)[0].answer is expected


def test_faults_look_as_the_real_ones_do() -> None:
    replay = f"/web/20190529061500id_/{URL}"
    limited, excluded, page = asked(replay, Fault.RATE_LIMIT), asked(replay, Fault.EXCLUDED), asked(replay, Fault.PAGE)
    squeezed = asked(replay, Fault.GZIP)

    assert (limited.status, limited.header("retry-after"), limited.header("memento-datetime")) == (429, None, None)
    assert "AdministrativeAccessControlException" in (excluded.header("x-archive-wayback-runtime-error") or "")
    assert (page.status, page.header("memento-datetime")) == (200, None)
    assert squeezed.header("content-encoding") is None
    assert gzip.decompress(squeezed.body) == b"<p>before"
