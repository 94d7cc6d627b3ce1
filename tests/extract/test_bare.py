"""URLs in running text; the GFM specification's own examples are in test_markdown."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.bare import HINT, find


def found(text: str, *, emails: bool = False) -> list[str]:
    return [text[start:end] for start, end in find(text, emails=emails)]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see http://a.b/c.", ["http://a.b/c"]),
        ("HTTPS://A.B and ftp://c.d/", ["HTTPS://A.B", "ftp://c.d/"]),
        ("(http://a.b/c_(d)) [http://e.f] {http://g.h}", ["http://a.b/c_(d)", "http://e.f", "http://g.h"]),
        ("http://a.b/c<d", ["http://a.b/c"]),
        ("\"http://a.b\", 'http://c.d'; **http://e.f**", ["http://a.b", "http://c.d", "http://e.f"]),
        ("http://a.b?c&amp; http://a.b?c&amp;d", ["http://a.b?c", "http://a.b?c&amp;d"]),
        ("http://a.b/; http://a.b/&;", ["http://a.b/", "http://a.b/&"]),
        ("xhttp://a.b 1http://c.d", ["http://c.d"]),
        ("http:// http://. http://- http://{host}/ http://$HOST", []),
        ("http://a_b http://a_b.c.d http://a_b.c", ["http://a_b.c.d"]),
        ("http://localhost:8000/x http://[::1]:80/ http://user:pw@a.b/", None),
        ("http://🍄.ga/ http://пример.рф/путь", None),
        ("www.a.b (www.c.d xwww.e.f www. www.-", ["www.a.b", "www.c.d"]),
        ("http://a.b/c`よりも`http://d.e/`の方", ["http://a.b/c", "http://d.e/"]),
        ("（见 http://a.b/c）开始讨论", ["http://a.b/c"]),  # noqa: RUF001 - wide, as Chinese is
        ("http://a.b/朱雀（消歧义）见", ["http://a.b/朱雀（消歧义）见"]),  # noqa: RUF001
        ("「http://a.b/c」、http://d.e/。（http://f.g/h）", ["http://a.b/c", "http://d.e/", "http://f.g/h"]),  # noqa: RUF001 - wide, as Japanese is
        ("http://a.b/東京_（駅）", None),  # noqa: RUF001 - Japanese has wide parentheses
        ("http://a.b\u00a0c\u3000http://d.e", ["http://a.b", "http://d.e"]),
        (
            "«http://a.b/c» „http://d.e/f“ “http://g.h/i”… ‹http://j.k/l›, <http://m.n/o p>",  # noqa: RUF001 - typographic, as people write
            [
                "http://a.b/c",
                "http://d.e/f",
                "http://g.h/i",
                "http://j.k/l",
                "http://m.n/o",
            ],
        ),
    ],
)
def test_a_url_ends_where_a_reader_would_end_it(text: str, urls: list[str] | None) -> None:
    assert found(text) == (text.split() if urls is None else urls)


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("me+x@a.b. you_@c-d.e, (z@y.x)", ["me+x@a.b", "you_@c-d.e", "z@y.x"]),
        ("a@b a@b.c- a@b.c_ a@b..c a@_.b @a.b a@b@c.d/", ["b@c.d"]),
        ("http://me@a.b/ medium.com/@name x/y@a.b", ["http://me@a.b/"]),
    ],
)
def test_emails_are_found_where_they_are_wanted(text: str, emails: list[str]) -> None:
    assert found(text, emails=True) == emails
    assert not [url for url in found(text) if "://" not in url]


def test_the_urls_that_linkify_it_finds_are_found(cases: Path) -> None:
    lines = (cases / "extract" / "linkify-it-links.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    wanted = [row for row in rows if row["expected"].lower().startswith(("http://", "https://"))]
    missed = {row["text"] for row in wanted if row["expected"] not in found(row["text"])}

    assert missed == set(_NOT_GITHUB)
    assert len(wanted) > 60


_IN_MARKUP = "in Markdown these are markup, which is read before bare URLs are looked for"
_QUOTES = "for GitHub a quotation mark at the end belongs to the sentence"
_NOT_GITHUB = {
    "[https](https://www.ibm.com)[mailto](mailto:someone@ibm.com) % should not catch as auth (before @ in big link)": (
        _IN_MARKUP
    ),
    'http://foo.com/blah_blah_"doublequoted"': _QUOTES,
    "http://foo.com/blah_blah_'singlequoted'": _QUOTES,
    "\uff5chttp://google.com\uff5cbar": "for GitHub only a space or `<` ends a URL",
}
"""Texts in which linkify-it finds another URL than GitHub, and why."""


def test_what_linkify_it_does_not_find_is_not_found(cases: Path) -> None:
    lines = (cases / "extract" / "linkify-it-not-links.jsonl").read_text(encoding="utf-8").splitlines()

    # For GitHub an underscore before a URL is emphasis.
    assert [text for line in lines if found(text := json.loads(line)["text"])] == ["_http://example.com"]


@given(st.text())
def test_finds_are_in_order_and_hinted_at(text: str) -> None:
    last = 0
    for start, end in find(text, emails=True):
        assert last <= start < end
        assert HINT.search(text[start:end].encode())
        last = end


@pytest.mark.parametrize(
    "text",
    [
        "_www._www." * 50_000,
        "http://a_b" * 50_000,
        "http://x/" + "&a;" * 100_000,
        "http://x/" + ")" * 500_000,
        "a" * 500_000 + "@" * 500_000,
        "a@" * 200_000,
    ],
    ids=["www", "underscores", "entities", "parentheses", "local", "at"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    begun = time.process_time()

    list(find(text, emails=True))

    assert time.process_time() - begun < 60
