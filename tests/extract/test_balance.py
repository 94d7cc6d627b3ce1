"""Wikitext whose marks do not close."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.balance import pieces


def joined(text: str) -> str:
    return "".join(piece.text for piece in pieces(text)[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a|b}}", "{{a|b}}"),
        ("{{a|[[b]]|<ref>c</ref>}}", "{{a|[[b]]|<ref>c</ref>}}"),
        ("{{a|b", "  a|b"),
        ("a}} b", "a   b"),
        ("{{a|<ref>}}</ref>", "{{a|     }}      "),
        ("<!-- {{ --> x", "<!-- {{ --> x"),
        ("<!-- {{ x", "        x"),
        ("<nowiki>{{</nowiki>", "<nowiki>{{</nowiki>"),
        ("<ref name=x/>", "<ref name=x/>"),
        ("a < b", "a < b"),
        ("[http://a.test x", " http://a.test x"),
        ("[http://a.test x]", "[http://a.test x]"),
        ("[http://a.test x [http://b.test y]", " http://a.test x [http://b.test y]"),
        ("{{!}}", "{{!}}"),
    ],
)
def test_what_does_not_close_is_blanked(text: str, expected: str) -> None:
    assert joined(text) == expected


def test_pages_are_cut_where_nothing_is_open() -> None:
    line = "x" * 999 + "\n"
    parts, unclosed = pieces(line * 3 + "{{a|\n" + line * 3 + "}}\n" + line * 3)

    assert [len(part.text) for part in parts] == [3000, 3008 + 0, 3000]
    assert [part.start for part in parts] == [0, 3000, 6008]
    assert unclosed == []


@given(st.lists(st.sampled_from(["{{", "}}", "[[", "]]", "<ref>", "</ref>", "<!--", "-->", "a", "\n", "|", "{|\n"])))
def test_every_character_keeps_its_place(parts: list[str]) -> None:
    text = "".join(parts)
    found, _ = pieces(text)

    assert sum(len(piece.text) for piece in found) == len(text)
    assert all(text[piece.start :][:1] == piece.text[:1] or piece.text[:1] == " " for piece in found)
    kept = joined(text)
    assert all(a in (b, " ") for a, b in zip(kept, text, strict=True))
    assert joined(kept).count("{{") == joined(kept).count("}}") or "<!--" in text
