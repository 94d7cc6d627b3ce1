import gzip
import json
import tarfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.archives import cdx
from linkcheck.archives.cdx import Capture, Refusal, Rows
from tests.cost import is_linear

RECORDED = b"""[["urlkey","timestamp","original","mimetype","statuscode","digest","length"],
["com,example)/","20020120142510","http://example.com:80/","text/html","200","HT2DYGA5UKZCPBSFVCV3JOBXGW2G5UUA","1792"]]
"""
"""An answer of web.archive.org, as cdx_toolkit recorded it in September 2025."""

BLOCKED = (
    b"org.archive.util.io.RuntimeIOException: "
    b"org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error\n"
)
ROBOTS = b"org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots\n"


def rows(body: bytes) -> Rows:
    found = cdx.read(body)
    assert isinstance(found, Rows)
    return found


def index(*cells: list[object]) -> bytes:
    return json.dumps([list(cdx.FIELDS), *cells]).encode()


def row(timestamp: str = "20170214021100", original: str = "http://a.test/", status: str = "200") -> list[object]:
    return ["test,a)/", timestamp, original, "text/html", status, "HT2DYGA5UKZCPBSFVCV3JOBXGW2G5UUA", "1792"]


def test_a_recorded_answer_is_read_whole() -> None:
    assert rows(RECORDED) == Rows(
        captures=(
            Capture(
                at=datetime(2002, 1, 20, 14, 25, 10, tzinfo=UTC),
                original="http://example.com/",
                media_type="text/html",
                status=200,
                digest="HT2DYGA5UKZCPBSFVCV3JOBXGW2G5UUA",
                length=1792,
            ),
        )
    )


@pytest.mark.parametrize("body", [b"", b"\n", b"[]", b"[]\n", b"[[]]", index()])
def test_an_empty_answer_has_no_captures_and_is_no_refusal(body: bytes) -> None:
    assert cdx.read(body) == Rows()


def test_the_header_says_which_column_is_which() -> None:
    body = b'[["original","orig.offset","timestamp"],["http://a.test/","77","20170214021100"]]'

    assert rows(body).captures == (Capture(at=datetime(2017, 2, 14, 2, 11, tzinfo=UTC), original="http://a.test/"),)


def test_a_revisit_has_no_status_and_an_unknown_type_is_none() -> None:
    body = b"gov,energystar)/ 20200612014014 https://www.energystar.gov/ unk - DBA3N454ZRZ42QEBER5QRT332DJTTLR5 -\n"

    (found,) = rows(body).captures
    assert (found.status, found.media_type, found.length) == (None, None, None)


def test_a_row_that_is_said_again_is_folded() -> None:
    assert rows(index(row(), row(), row("20180101000000"), row())).folded == 2


@pytest.mark.parametrize(
    "bad",
    [
        row(timestamp="2017"),
        row(timestamp="20171301000000"),
        row(timestamp="20170230000000"),
        row(timestamp="\uff12\uff10\uff11\uff17021402110\uff10"),
        row(original="some/not/even/url/thing"),
        row(original="http://mailto:somebody@a.test/"),
        row(original="javascript:alert(1)"),
        row(original="data:text/html,x"),
        row(status="9999"),
        row(status="2OO"),
        row()[:6],
        [*row(), "more"],
        [*row()[:6], 1792],
        [*row()[:6], None],
    ],
)
def test_a_row_that_means_nothing_is_skipped_and_counted(bad: list[object]) -> None:
    found = rows(index(row(), bad))

    assert (len(found.captures), found.skipped) == (1, 1)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("20000125210430", datetime(2000, 1, 25, 21, 4, 30, tzinfo=UTC)),
        ("20000012170449", datetime(2000, 12, 17, 4, 49, tzinfo=UTC)),
        ("20000008241731", datetime(2000, 8, 24, 17, 31, tzinfo=UTC)),
        ("20000800241623", datetime(2000, 8, 24, 16, 23, tzinfo=UTC)),
        ("20000000000000", None),
    ],
)
def test_a_00_that_was_pushed_into_a_date_is_taken_out_again(digits: str, expected: datetime | None) -> None:
    assert cdx.instant(digits) == expected


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_survives_being_written(at: datetime) -> None:
    assert cdx.instant(cdx.timestamp(at)) == at.replace(microsecond=0)


@pytest.mark.parametrize(
    "body",
    [BLOCKED, ROBOTS, RECORDED.replace(b"\n[", b"\n[" + ROBOTS.strip() + b'"],\n["'), b'[["' + ROBOTS.strip() + b'"]]'],
)
def test_an_exclusion_is_told_from_an_empty_answer(body: bytes) -> None:
    refusal = cdx.read(body)

    assert isinstance(refusal, Refusal)
    assert refusal.is_exclusion


def test_a_page_about_the_exception_is_an_ordinary_row() -> None:
    assert len(rows(index(row(original="http://a.test/RobotAccessControlException"))).captures) == 1
    text = b"org,archive)/wayback 20170214021100 http://archive.org/RobotAccessControlException text/html 200 ABC 1\n"
    assert len(rows(text).captures) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><html>", "page"),
        (b"org.archive.util.io.RuntimeIOException: shard down", "error"),
        (b'{"message": "Page 1 invalid: First Page is 0, Last Page is 0"}', "message"),
        (b"[[", "JSON"),
        (RECORDED[:-30], "JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "JSON"),
        (b'[["\xff"]]', "JSON"),
        (b"[1, 2]", "JSON"),
        (b'[["a", "b"], ["c", "d"]]', "no index"),
    ],
)
def test_everything_else_is_refused_with_what_it_was(body: bytes, reason: str) -> None:
    refusal = cdx.read(body)

    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason
    assert not refusal.is_exclusion


def test_one_undecodable_row_costs_only_itself() -> None:
    found = rows(index(row(), row("20180101000000")).replace(b"20180101000000", b"2018010100\xff\xfe00"))

    assert (len(found.captures), found.skipped) == (1, 1)


@given(st.binary(max_size=300) | st.text(alphabet='[]{}",<\n 0129org.archive-', max_size=200).map(str.encode))
def test_nothing_that_a_server_can_send_raises(body: bytes) -> None:
    assert isinstance(cdx.read(body), Rows | Refusal)


@given(st.lists(st.sampled_from([row(), row("20180101000000"), row("nonsense"), row()[:2]])))
def test_every_row_is_a_capture_or_skipped_or_folded(table: list[list[object]]) -> None:
    found = rows(index(*table))

    assert len(found.captures) + found.skipped + found.folded == len(table)


@pytest.mark.parametrize("filler", [b" ", b"\n", b"[", b'["', b"org.archive.", b"a", b"a ", b"\n[\n"])
def test_megabytes_of_nonsense_take_no_time(filler: bytes) -> None:
    assert is_linear(lambda size: cdx.read(b"x" + filler * (size // len(filler))), 4_000_000)


@pytest.mark.parametrize(
    ("name", "captures", "skipped"),
    [("bad_timestamp_cdx.txt", 5, 0), ("zero_length_cdx.txt", 5, 0), ("malformed_cdx.txt", 3, 2)],
)
def test_real_rows_with_known_damage_are_read_or_skipped(cases: Path, name: str, captures: int, skipped: int) -> None:
    found = rows((cases / "archive" / "cdx-edgi" / name).read_bytes())

    assert (len(found.captures), found.skipped) == (captures, skipped)


def test_a_page_that_was_sent_for_an_index_is_known_as_one(cases: Path) -> None:
    page = (cases / "archive" / "cdx-edgi" / "fws-gov-birds.txt").read_bytes()

    assert cdx.read(page) == Refusal("sent a page instead of its index")


def test_recorded_answers_of_the_wayback_machine_are_read_without_loss(cases: Path) -> None:
    answers = _recorded(cases / "archive" / "cdx_toolkit.tar.xz")
    assert len(answers) == 593

    wayback = [body for url, body in answers if url.startswith("https://web.archive.org/cdx/")]
    found = [rows(body.encode()) for body in wayback]

    assert len(found) == 5
    assert [len(each.captures) for each in found] == [len(json.loads(body)) - 1 for body in wayback]
    assert sum(each.skipped + each.folded for each in found) == 0


def test_recorded_answers_of_other_servers_are_read_whole_or_refused(cases: Path) -> None:
    kinds = Counter[str]()
    for url, body in _recorded(cases / "archive" / "cdx_toolkit.tar.xz"):
        if url.startswith(("https://web.archive.org/cdx/", "https://data.commoncrawl.org/")):
            continue  # the latter are records, no answers of an index
        found = cdx.read(body.encode())
        if isinstance(found, Refusal):
            kinds["refused"] += 1
            continue
        lines = [line for line in body.splitlines() if '"timestamp"' in line]
        assert len(found.captures) + found.skipped + found.folded == len(lines)
        kinds["read" if found.captures else "none"] += 1

    assert kinds["read"]
    assert kinds["none"]


def _recorded(path: Path) -> list[tuple[str, str]]:
    answers = []
    with tarfile.open(path) as tar:
        for member in sorted(tar.getmembers(), key=lambda member: member.name):
            if member.name.endswith(".jsonl.gz") and (file := tar.extractfile(member)):
                records = [json.loads(line) for line in gzip.decompress(file.read()).splitlines()]
                answers += [(record["url"], record["response_text"] or "") for record in records]
    return answers
