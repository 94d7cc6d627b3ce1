"""What sites let programs follow: Google's own cases, the statuses of RFC 9309, and files that are too much."""

import json
from collections import Counter
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.robots import READ, Robots, ask_robots, product_of, read
from linkcheck.model import Failure, FailureKind, Request, Response
from tests.play import play

OURS = "linkcheck/1.0 (+https://a.test/)"


def answered(body: bytes = b"", status: int = 200, *, truncated: bool = False) -> Robots:
    response = Response("https://a.test/robots.txt", status, (), body, truncated=truncated)
    return play(ask_robots("https://a.test/x?y", OURS), [response])


def test_the_file_is_asked_for_at_the_root() -> None:
    asked: list[object] = []

    play(ask_robots("https://a.test:8443/x/y?z#f", OURS), [Response("u", 404, ())], asked=asked)

    assert asked == [Request("https://a.test:8443/robots.txt", read=READ)]


@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        (b"", "/x", True),
        (b"User-agent: *\nDisallow: /private", "/private/x", False),
        (b"User-agent: *\nDisallow: /private", "/public", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: LinkCheck\nAllow: /", "/x", True),
        (b"User-agent: linkcheck\nDisallow: /", "/x", False),
        (b"User-agent: linkchecker\nDisallow: /", "/x", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        (b"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /x", "/x", False),
        (b"\xef\xbbUser-agent: *\nDisallow: /x", "/x", False),
        (b"User-agent: *\rDisallow: /x", "/x", False),
        (b"User-agent: *\nDisallow: /%e3%83%84", "/%E3%83%84", False),
        (b"<!doctype html><title>Not found</title>", "/x", True),
        (b"\xff\xfe\x00U\x00s", "/x", True),
    ],
)
def test_rules_are_read_as_rfc_9309_says(body: bytes, path: str, allowed: bool) -> None:
    assert answered(body).allows(f"https://a.test{path}") is allowed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_site_that_says_4xx_has_no_rules(status: int) -> None:
    robots = answered(b"User-agent: *\nDisallow: /", status)

    assert robots.allows("https://a.test/x")
    assert robots.why == ""


@pytest.mark.parametrize("status", [429, 500, 503, 304])
def test_a_site_whose_rules_cannot_be_had_is_not_followed(status: int) -> None:
    robots = answered(b"", status)

    assert not robots.allows("https://a.test/x")
    assert robots.why == f"it was answered with status {status}"


def test_nor_is_one_that_does_not_answer() -> None:
    failure = Failure(FailureKind.TIMEOUT_READ, "no answer within 30 s")
    robots = play(ask_robots("https://a.test/", OURS), [failure])

    assert not robots.allows("https://a.test/x")
    assert robots.why == "it could not be asked for: no answer within 30 s"


@pytest.mark.parametrize(
    ("body", "delay"),
    [
        (b"User-agent: *\nCrawl-delay: 10", 10),
        (b"User-agent: linkcheck\nCrawl-delay: 2.5\n\nUser-agent: *\nCrawl-delay: 9", 2.5),
        (b"User-agent: other\nCrawl-delay: 9", 0),
        (b"User-agent: *\nRequest-rate: 1/5s", 5),
        (b"User-agent: *\nRequest-rate: 2/1m\nCrawl-delay: 3", 30),
        (b"User-agent: *\nRequest-rate: 0/5", 0),
        (b"User-agent: *\nCrawl-delay: 3600", 3600),
        *((b"User-agent: *\nCrawl-delay: " + odd, 0) for odd in (b"nan", b"inf", b"-4", b"1e999", b"soon", b"")),
    ],
)
def test_a_site_may_want_to_be_asked_slowly(body: bytes, delay: float) -> None:
    assert answered(body).delay == delay
    assert answered(status=404).delay == 0


def test_sitemaps_are_placed_where_they_are_named() -> None:
    body = b"# Sitemap: /no\nSITEMAP:https://a.test/1.xml\r\nUser-agent: x\nSitemap: /2.xml # second\nSitemap:\n"

    robots = answered(body)

    assert [body[start:end] for start, end in robots.sitemaps] == [b"https://a.test/1.xml", b"/2.xml"]


def test_a_file_of_ten_megabytes_is_read_as_far_as_files_may_be_long() -> None:
    line = b"Disallow: /x*y*z%d$\n"
    body = b"User-agent: *\nDisallow: /first\n" + b"".join(line % n for n in range(500_000))
    body += b"Disallow: /last\n"
    assert len(body) > 10 << 20
    began = process_time()

    robots = answered(body[: READ.limit], truncated=True)

    assert robots.is_cut
    assert not robots.allows("https://a.test/first")
    assert robots.allows("https://a.test/last")
    assert not robots.allows("https://a.test/" + "x" * 2000 + "y" * 2000 + "z7")
    assert process_time() - began < 60


@pytest.mark.parametrize(
    ("user_agent", "product"),
    [
        (OURS, "linkcheck"),
        ("Mozilla/5.0 (compatible)", "Mozilla"),
        ("my-bot 2", "my-bot"),
        ("2fast", "linkcheck"),
        ("", "linkcheck"),
    ],
)
def test_the_token_of_a_program_is_what_stands_before_its_version(user_agent: str, product: str) -> None:
    assert product_of(user_agent) == product


lines = st.sampled_from([b"Sitemap:", b"Sitemap: http://a.test/s.xml", b"User-agent: *", b"\n", b"\r", b" "])


@given(st.lists(lines | st.binary(max_size=20), max_size=12).map(b"".join), st.text(max_size=60))
def test_no_file_is_too_odd(source: bytes, path: str) -> None:
    robots = read(source, "linkcheck")

    robots.allows(f"https://a.test/{path}")
    assert all(0 <= start < end <= len(source) for start, end in robots.sitemaps)


GOOGLES_OWN = {
    "non-ascii-paths": 3,  # addresses that are not percent-encoded; ours always are
    "user-agent-name": 8,  # `Foo Bar` names Foo
    "327748": 1,  # that robots.txt itself may be forbidden
    "369883": 5,  # markup between the lines ends a group
    "701159": 1,  # `foofoobot*` names foofoobot
    "860237": 1,  # `XYZ` is meant by `XYZ123bot`
}
"""Where Protego reads otherwise than Google's parser, by file of the suite."""


def test_googles_cases(cases: Path) -> None:
    text = (cases / "url" / "robots-google-spec.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    other: Counter[str] = Counter()
    for row in rows:
        source = row["robotstxt"].encode("latin-1" if row["robotstxt"].startswith("\xef") else "utf-8")
        other[row["file"]] += read(source, row["ua"]).allows(row["url"]) is not row["allowed"]

    assert len(rows) == 400
    assert +other == Counter(GOOGLES_OWN)
