"""Any archive that speaks RFC 7089, by what it may answer."""

from datetime import UTC, datetime

import pytest

from linkcheck.archives.memento import archive_of, look_up
from linkcheck.errors import ConfigError
from linkcheck.model import ArchiveAnswer, Failure, FailureKind, Lookup, Request, Response, Trust
from tests.play import play

URL = "https://a.test/story"
BASE = "https://arc.test/all"
MAP, GATE = {"timemap": f"{BASE}/timemap/link"}, {"timegate": BASE}
AT = datetime(2017, 2, 14, 12, tzinfo=UTC)
DAYS = {
    "20160503080000": "Tue, 03 May 2016 08:00:00 GMT",
    "20170213000000": "Mon, 13 Feb 2017 00:00:00 GMT",
    "20170301000000": "Wed, 01 Mar 2017 00:00:00 GMT",
}
NOTHING = Response("", 404)


def listed(*timestamps: str, url: str = URL, base: str = BASE) -> Response:
    lines = [f'<{url}>; rel="original"', f'<{base}/timemap/link/{url}>; rel="self"; type="application/link-format"']
    lines += [f'<{base}/{one}mp_/{url}>; rel="memento"; datetime="{DAYS[one]}"' for one in timestamps]
    return Response("", 200, body=",\n".join(lines).encode())


def looked_up(
    *answers: object, endpoints: dict[str, str] = MAP, asked: list[Request] | None = None, **more: object
) -> Lookup:
    looking = look_up("ours", URL, more.pop("at", AT), endpoints, tries_variants=False, **more)  # type: ignore[arg-type]  # test shorthand
    return play(looking, answers, asked=asked)


def test_a_time_map_gives_the_nearest_first() -> None:
    asked: list[Request] = []
    found = looked_up(listed(*DAYS), asked=asked)

    assert asked[0].url == f"{BASE}/timemap/link/{URL}"
    assert [one.datetime[:10] for one in found.mementos] == ["2017-02-13", "2017-03-01", "2016-05-03"]
    assert found.mementos[0].uri_m == f"{BASE}/20170213000000mp_/{URL}"
    assert found.mementos[0].uri_raw == f"{BASE}/20170213000000id_/{URL}"
    assert (found.mementos[0].status, found.mementos[0].validated) == (None, None)


def test_without_an_instant_the_latest_is_the_best() -> None:
    assert looked_up(listed(*DAYS), at=None).mementos[0].datetime[:10] == "2017-03-01"


def test_a_template_says_where_captures_are_shown() -> None:
    endpoints = MAP | {"replay": "https://arc.test/show/{timestamp}/{url}"}
    found = looked_up(listed("20170213000000"), endpoints=endpoints)

    assert found.mementos[0].uri_raw == f"https://arc.test/show/20170213000000/{URL}"


def test_a_long_time_map_is_read_where_the_instant_lies() -> None:
    thirteen, seventeen = "Tue, 01 Jan 2013 00:00:00 GMT", "Sun, 01 Jan 2017 00:00:00 GMT"
    eighteen = "Mon, 01 Jan 2018 00:00:00 GMT"
    pages = [
        f'<{BASE}/timemap/link/2013/{URL}>; rel="timemap"; from="{thirteen}"; until="{seventeen}"',
        f'<{BASE}/timemap/link/2017/{URL}>; rel="timemap"; from="{seventeen}"; until="{eighteen}"',
        f'<https://evil.test/{URL}>; rel="timemap"; from="{seventeen}"; until="{eighteen}"',
    ]
    asked: list[Request] = []
    first = Response("", 200, body=",\n".join(pages).encode())
    looked_up(first, listed("20170213000000"), asked=asked)

    assert [request.url for request in asked[1:]] == [f"{BASE}/timemap/link/2017/{URL}"]


def test_of_very_many_captures_some_are_taken_from_all_over_the_years() -> None:
    lines = [
        f'<{BASE}/20{18 + n // 300:02}0101{n % 24:02}{n // 24 % 60:02}00/{URL}>; rel="memento"; '
        f'datetime="Mon, 01 Jan 20{18 + n // 300:02} {n % 24:02}:{n // 24 % 60:02}:00 GMT"'
        for n in range(1200)
    ]
    early = f'<{BASE}/20160503080000/{URL}>; rel="memento"; datetime="{DAYS["20160503080000"]}"'
    found = looked_up(Response("", 200, body=",\n".join([*lines, early]).encode()), at=datetime(2024, 1, 1, tzinfo=UTC))

    assert len(found.mementos) == 5
    assert found.mementos[-1].datetime[:10] == "2016-05-03"


def test_an_aggregator_may_name_archives_that_are_never_fetched() -> None:
    found = looked_up(listed("20170213000000", base="http://archive.ph"))

    assert (found.mementos[0].uri_m, found.mementos[0].trust) == (
        f"https://archive.ph/20170213000000mp_/{URL}",
        Trust.LOW,
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (NOTHING, ArchiveAnswer.NONE),
        (Response("", 200, body=b""), ArchiveAnswer.NONE),
        (listed(), ArchiveAnswer.NONE),
        (Response("", 429), ArchiveAnswer.NOT_ASKED),
        (Failure(FailureKind.BUDGET, "the time is up"), ArchiveAnswer.NOT_ASKED),
        (Response("", 503), ArchiveAnswer.FAILED),
        (Response("", 302), ArchiveAnswer.FAILED),
        (Failure(FailureKind.REFUSED, "refused"), ArchiveAnswer.FAILED),
        (Response("", 200, body=b"<!doctype html><p>Please wait"), ArchiveAnswer.FAILED),
        (Response("", 200, body=b'{"error": 1}'), ArchiveAnswer.FAILED),
        (listed("20170213000000", url="https://evil.test/"), ArchiveAnswer.FAILED),
    ],
)
def test_four_answers_are_four_different_things(answer: object, expected: ArchiveAnswer) -> None:
    found = looked_up(answer)

    assert (found.answer, found.mementos) == (expected, ())


@pytest.mark.parametrize("status", [302, 307, 200])
def test_a_time_gate_gives_the_nearest_and_its_neighbours(status: int) -> None:
    asked: list[Request] = []
    name = "content-location" if status == 200 else "location"
    first = f'<{BASE}/20160503080000/{URL}>; rel="first memento"; datetime="{DAYS["20160503080000"]}"'
    link = f'{first}, <{URL}>; rel="original"'
    answer = Response(BASE, status, headers=((name, f"/all/20170213000000id_/{URL}"), ("link", link)))
    found = looked_up(answer, endpoints=GATE, asked=asked)

    assert asked[0].url == f"{BASE}/{URL}"
    assert asked[0].headers == (("accept-datetime", "Tue, 14 Feb 2017 12:00:00 GMT"),)
    assert not asked[0].follow
    assert [one.datetime[:10] for one in found.mementos] == ["2017-02-13", "2016-05-03"]


def test_a_time_gate_that_names_nothing_has_failed() -> None:
    assert looked_up(Response(BASE, 200, body=b"<p>frame"), endpoints=GATE).answer is ArchiveAnswer.FAILED


def test_where_the_time_map_fails_the_time_gate_is_asked() -> None:
    answer = Response(BASE, 302, headers=(("location", f"{BASE}/20170213000000/{URL}"),))
    found = looked_up(Response("", 503), answer, endpoints=MAP | GATE)

    assert found.answer is ArchiveAnswer.FOUND


def test_variants_are_tried_where_the_very_address_has_nothing() -> None:
    asked: list[Request] = []
    url = f"{URL}/?utm_source=x"
    answers = [NOTHING, NOTHING, NOTHING, listed("20170213000000")]
    found = play(look_up("ours", url, AT, MAP), answers, asked=asked)

    assert [request.url.removeprefix(f"{MAP['timemap']}/") for request in asked] == [
        url,
        f"{URL}/",
        f"http://{URL.removeprefix('https://')}/",
        URL,
    ]
    assert found.answer is ArchiveAnswer.FOUND


@pytest.mark.parametrize(
    ("endpoints", "words"),
    [
        ({}, "there is no archive `ours`"),
        ({"replay": BASE}, "needs timemap, timegate or cdx"),
        ({"cdx": f"{BASE}/cdx"}, "needs `replay`"),
        ({"timemapp": BASE, "timegate": BASE}, "did you mean `timemap`"),
        ({"timemap": "ftp://arc.test/"}, "must be an http"),
    ],
)
def test_a_table_that_does_not_say_enough_is_named(endpoints: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        archive_of("ours", endpoints)


@pytest.mark.parametrize(("said", "manners"), [({}, (1, 0)), ({"requests-per-minute": "24"}, (24, 60))])
def test_an_archive_of_ones_own_is_as_fast_as_it_says(said: dict[str, str], manners: tuple[int, float]) -> None:
    made = archive_of("ours", {"timemap": "https://ours.test/timemap/link"} | said)

    assert (made.manners["timemap"].requests, made.manners["timemap"].seconds) == manners
    assert made.endpoints == {"timemap": "https://ours.test/timemap/link"}


@pytest.mark.parametrize("said", ["0", "-1", "fast", "1.5", "²", "100000", ""])
def test_a_pace_that_is_none_is_an_error(said: str) -> None:
    with pytest.raises(ConfigError, match="requests-per-minute"):
        archive_of("ours", {"timemap": "https://ours.test/timemap/link", "requests-per-minute": said})
