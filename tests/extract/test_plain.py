"""Plain text."""

# ruff: noqa: RUF001 - signs of Chinese and Japanese are what is looked at

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.api import Wanted
from linkcheck.extract.plain import PLUGIN, extract, looks_like_markdown, urls
from linkcheck.model import Cited, Document, Role


def document(text: str) -> Document:
    return Document(name="a.txt", media_type="text/plain", source=text.encode("utf-8", "replace"), text=text)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in urls(text)]


LINKIFY_EXCEPTIONS: dict[str, str] = {}
"""Cases of linkify-it that are answered otherwise, with the reason: there are none."""


def test_urls_end_where_linkify_it_ends_them(cases: Path) -> None:
    wrong, count = {}, 0
    for name in ("linkify-it-links.jsonl", "linkify-it-not-links.jsonl"):
        for line in (cases / "extract" / name).read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            text, expected = case["text"], case["expected"]
            if "://" in text and (expected is None or expected.lower().startswith("http")):
                count += 1
                first = next(iter(found(text)), None)
                if first != expected:
                    wrong[text] = first

    assert count == 88
    assert wrong.keys() == LINKIFY_EXCEPTIONS.keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visit www.a.test/x_(y), or (WWW.b.test).", ["www.a.test/x_(y)", "WWW.b.test"]),
        ("http://a.test/?u=www.b.test www.c.test:8080/d", ["http://a.test/?u=www.b.test", "www.c.test:8080/d"]),
        ("www. www.a xwww.a.test me@www.a.test www._a.test a.www.b.test", []),
        ("www.a.test,www.b.test", ["www.a.test", "www.b.test"]),
    ],
)
def test_addresses_in_www_are_web_addresses(text: str, expected: list[str]) -> None:
    assert [one.raw for one in extract(document(text), Wanted()).references] == expected
    assert all(PLUGIN.decoded(one, "bare").startswith("http://") for one in expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<http://a.test/x>", "http://a.test/x"),
        ("<URL:http://a.test/x>", "http://a.test/x"),
        ("(http://a.test/x)", "http://a.test/x"),
        ("(see http://a.test/x_(y))", "http://a.test/x_(y)"),
        ("**http://a.test/x**", "http://a.test/x"),
        ("'http://a.test/x'", "http://a.test/x"),
        ("http://a.test/x's", "http://a.test/x"),
        ("http://a.test/x\N{RIGHT SINGLE QUOTATION MARK}s", "http://a.test/x"),
        ("http://a.test/x…", "http://a.test/x"),
        ("“http://a.test/x”,", "http://a.test/x"),
        ("«http://a.test/x».", "http://a.test/x"),
        ("http://a.test/x&gt;", "http://a.test/x"),
        ("http://a.test/(x", "http://a.test/"),
        ('href="http://a.test/x"title="y"', "http://a.test/x"),
        ("| http://a.test/x|", "http://a.test/x"),
        ("http://a.test./x", "http://a.test./x"),
        ("HTTPS://A.TEST/X.", "HTTPS://A.TEST/X"),
        ("http://[2001:db8::1]:8080/x.", "http://[2001:db8::1]:8080/x"),
        ("http://a.test:123456/", "http://a.test"),
        ("https://web.archive.org/web/2017/http://a.test/", "https://web.archive.org/web/2017/http://a.test/"),
        ("請看http://a.test/x.html。", "http://a.test/x.html"),
        ("http://a.test/x.html的报道", "http://a.test/x.html"),
        ("http://a.test，好", "http://a.test"),
        ("http://a.test에서", "http://a.test"),
        ("「http://a.test/x」", "http://a.test/x"),
        ("https://a.test/wiki/日本語。", "https://a.test/wiki/日本語"),
        ("https://a.test/C言語/x", "https://a.test/C言語/x"),
        ("http://例え.test/あ", "http://例え.test/あ"),
        ("http://http://a.test/", "http://a.test/"),
    ],
)
def test_a_url_ends_where_a_reader_would_end_it(text: str, expected: str) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["ftp://a.test/", "www.a.test", "http://", "http://{host}/x", "http://$HOST/x", "xhttp://a.test", "a.test/x"],
)
def test_what_is_no_http_url_is_left_out(text: str) -> None:
    assert found(text) == []


def test_urls_may_touch() -> None:
    assert found("http://a.test)http://b.test,http://c.test") == ["http://a.test", "http://b.test", "http://c.test"]


def test_a_reference_says_where_it_stands_and_why() -> None:
    text = (
        "A story\n\nRain “fell on all of Spain”, http://a.test/é says.\r\n\r\nOriginal url:\r\n\r\nhttp://b.test/\r\n"
    )

    first, second = extract(document(text), Wanted()).references

    assert (first.raw, first.element, first.role) == ("http://a.test/é", "bare", Role.CITATION)
    assert (first.span.line, first.span.column) == (3, 30)
    assert text.encode()[first.span.start : first.span.end].decode() == first.raw
    assert first.cited == Cited(quote="fell on all of Spain")
    assert (second.raw, second.role, second.span.line) == ("http://b.test/", Role.ORIGINAL, 7)


def test_a_label_on_the_line_counts_within_a_paragraph() -> None:
    text = "They said so\nSource: http://a.test/\nRead more: http://b.test/\nArchived at http://c.test/\n"

    roles = [each.role for each in extract(document(text), Wanted()).references]

    assert roles == [Role.CITATION, Role.RELATED, Role.ARCHIVE]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_label_holds_for_the_list_under_it(end: str) -> None:
    lines = ["Related articles:", "", "- http://a.test/", "- http://b.test/", "", "And http://c.test/ says so."]

    roles = [each.role for each in extract(document(end.join(lines)), Wanted()).references]

    assert roles == [Role.RELATED, Role.RELATED, Role.CITATION]


def test_the_opening_is_the_first_twelve_lines_that_hold_text() -> None:
    text = "\n\n  Headline  \r\n\r\nBy  Jane\rSmith\n" + "x\n" * 20

    opening = extract(document(text), Wanted()).opening

    assert opening[:3] == ((3, "Headline"), (5, "By Jane"), (6, "Smith"))
    assert len(opening) == 12


def test_plain_text_is_read_by_suffix_and_in_folders() -> None:
    assert ".txt" in PLUGIN.suffixes
    assert PLUGIN.media_types == ("text/plain",)
    assert PLUGIN.in_folders


@pytest.mark.parametrize(
    "text",
    [
        "See [the story](http://a.test/).",
        "[Related](#)",
        "[a](/b) and more",
        '[a](../b.md "Title")',
        "![photo](a.jpg)",
        "[a](<b c.md>)",
        "# Title\n\n<http://a.test/>",
        "Title\n=====\n\n[a]: http://a.test/",
        "[the story][1] is here\n\n[1]: http://a.test/",
        "[a](https://a.test/x_(y))",
    ],
)
def test_markdown_in_a_text_file_is_seen(text: str) -> None:
    assert looks_like_markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words with http://a.test/ in them.",
        "handlers[i](event); a[0](x.y)",
        "[=](int x) { return x; }",
        "He said [sic] (twice).",
        "[1] http://a.test/\n[2] http://b.test/",
        "[1]: http://a.test/",
        "<http://a.test/>",
        "Name\n----\nrow",
        "see [1](note)",
    ],
)
def test_plain_text_is_not_taken_for_markdown(text: str) -> None:
    assert not looks_like_markdown(text)


_PIECES = st.sampled_from(
    [
        *(
            "http://",
            "https://a.test",
            "/",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            '"',
            "'",
            "'s",
            ".",
            ",",
            "&gt;",
            ":",
            "@",
            "?",
            "#",
        ),
        *("漢", "é", "。", " ", "\n", "\r\n", "x", "\N{ZERO WIDTH SPACE}", "\N{GRINNING FACE}", "\x00"),
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)))
def test_every_span_points_at_its_raw_text(text: str) -> None:
    source = document(text)

    references = extract(source, Wanted()).references

    for each in references:
        assert source.source[each.span.start : each.span.end].decode() == each.raw
        assert each.raw.lower().startswith(("http://", "https://"))
        assert not set(each.raw) & set(" \n\r<>")
    starts = [each.span.start for each in references]
    assert starts == sorted(set(starts))


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)))
def test_looking_at_any_text_is_safe(text: str) -> None:
    assert looks_like_markdown(text) in {True, False}


@pytest.mark.parametrize(
    "text",
    [
        "http://" * 100_000,
        "(" * 100_000,
        "http://a.b/" + "(" * 500_000,
        "http://a.b/(" * 5_000,
        "http://a.b/" + "x" * 1_000_000,
        "http://a.b/" + "&gt;" * 100_000,
        "http://a.b/" + "'s" * 200_000,
        "http://a.b/" + '"' * 200_000,
        "http://a.b/漢" * 20_000,
        "http://" + "a" * 1_000_000,
        "http://a@" * 10_000,
        "[" * 500_000,
        "[a](" * 100_000,
        "[a](/(" * 100_000,
        '[a](/x "' + '"(' * 200_000,
        "](" * 200_000,
        "[a]: a\n" * 50_000,
        "\n" * 1_000_000,
        "a:\n" * 200_000,
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    extract(document(text), Wanted())
    looks_like_markdown(text)
