"""Where destinations are written, and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.destination import decoded, definition, inline


@pytest.mark.parametrize(
    ("link", "meaning", "raw"),
    [
        ("[a](/u)", "/u", "/u"),
        ("[a](  /u  'title' )", "/u", "/u"),
        ("[a](</u v> 'title')", "/u v", "/u v"),
        ("[a](<b\\>c>)", "b>c", "b\\>c"),
        ("[a](/u(v)w)", "/u(v)w", "/u(v)w"),
        ("[a](/u\\)v)", "/u)v", "/u\\)v"),
        ("[a](/u?x=1&amp;y)", "/u?x=1&y", "/u?x=1&amp;y"),
        ("[a](\n/u\n'title')", "/u", "/u"),
        ("[a](\n> /u)", "/u", "/u"),
        ("[a](\n>/u)", ">/u", ">/u"),
        ("[a](é)", "é", "é"),
        ("[a](\\)", "\\", "\\"),
        ("[a]()", "", ""),
        ("[a]( )", "", ""),
        ("[a](<>)", "", ""),
    ],
)
def test_the_destination_of_an_inline_link_is_what_is_written(link: str, meaning: str, raw: str) -> None:
    source = link.encode()

    start, end = inline(source, 2, len(source), meaning)

    assert source[start:end].decode() == raw


@pytest.mark.parametrize(
    ("text", "meaning", "raw"),
    [
        ("[a]: /u 'title'", "/u", "/u"),
        ("[a]:/u", "/u", "/u"),
        ("[a]:\n  </u v>\n  'title'", "/u v", "/u v"),
        ("[a\\]: b]: /u", "/u", "/u"),
        ("[a]:\n> /u", "/u", "/u"),
        ("[a]: <>", "", ""),
    ],
)
def test_the_destination_of_a_definition_is_what_is_written(text: str, meaning: str, raw: str) -> None:
    source = text.encode()

    start, end = definition(source, 0, len(source), meaning)

    assert source[start:end].decode() == raw


def test_the_empty_destination_stands_between_the_parentheses() -> None:
    assert inline(b"[a]()", 2, 5, "") == (4, 4)


@given(st.binary(max_size=60), st.text(max_size=10))
def test_a_place_is_always_within_the_link(source: bytes, meaning: str) -> None:
    start, end = inline(source, 0, len(source), meaning)

    assert 0 <= start <= end <= len(source)


@pytest.mark.parametrize(
    ("raw", "element", "meaning"),
    [
        ("a\\_b", "link", "a_b"),
        ("a\\b", "link", "a\\b"),
        ("\\\\*", "link", "\\*"),
        ("f&ouml;&#246;&#xF6;", "image", "fööö"),
        ("?a=1&copy=2&nosuch;", "link", "?a=1&copy=2&nosuch;"),
        ("&#0;&#xD800;&#9999999;", "link", "\ufffd\ufffd\ufffd"),
        ("https://a.b/?c&amp;d\\*", "autolink", "https://a.b/?c&d\\*"),
        ("me@a.b", "autolink", "mailto:me@a.b"),
        ("MAILTO:me@a.b", "autolink", "MAILTO:me@a.b"),
        ("www.a.b", "bare", "http://www.a.b"),
        ("http://a.b/c\\_d", "bare", "http://a.b/c_d"),
        ("me@a.b", "bare", "mailto:me@a.b"),
        ("http://me@a.b", "bare", "http://me@a.b"),
        ("www.a.b/\\_", "code", "http://www.a.b/\\_"),
        ("https://a.b/\\_&amp;", "front-matter", "https://a.b/\\_&amp;"),
        ("/a\\_b?c&amp;d&copy=e", "a", "/a\\_b?c&d&copy=e"),
    ],
)
def test_what_is_written_means_what_its_syntax_says(raw: str, element: str, meaning: str) -> None:
    assert decoded(raw, element) == meaning


@given(st.text(), st.sampled_from(["link", "image", "autolink", "bare", "code", "front-matter", "a"]))
def test_decoding_never_raises(raw: str, element: str) -> None:
    assert isinstance(decoded(raw, element), str)
