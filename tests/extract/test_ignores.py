"""Which wishes of a document are heard, and where they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.ignores import ignores_of


def lines(text: str) -> list[tuple[tuple[str, ...], int, int]]:
    return [(one.rules, one.first[0], one.last[0]) for one in ignores_of(text)]


def test_beside_text_it_holds_for_its_line_with_reason_and_date() -> None:
    (one,) = ignores_of("a\n[x](#) <!-- linkcheck: ignore placeholder, dead - known, as said until 2027-01-31 -->\n")

    assert one.rules == ("placeholder", "dead")
    assert (one.reason, one.until, one.line) == ("known, as said", "2027-01-31", 2)
    assert one.covers(2, 1)
    assert not one.covers(1, 1)
    assert not one.covers(3, 1)
    assert one.names("dead")
    assert not one.names("blocked")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- linkcheck: ignore dead -->\n\n[x](y)\n", [(("dead",), 3, 3)]),
        ("- <!-- linkcheck: ignore dead -->\n[x](y)\n", [(("dead",), 2, 2)]),
        ("[x](y)\n<!--linkcheck: ignore-line dead-->\n[x](y)", [(("dead",), 2, 2)]),
        ("[x](y) <!-- linkcheck: ignore-next-line dead -->\n[x](y)", [(("dead",), 2, 2)]),
        ("<!-- linkcheck: ignore -->\n[x](y)", [((), 2, 2)]),
        ("<!-- linkcheck: ignore all -->\n[x](y)", [((), 2, 2)]),
        ("<!-- linkcheck: ignore dead -->", [(("dead",), 1, 1)]),
        ("a <!-- linkcheck: ignore - the owner knows -->", [((), 1, 1)]),
        ("[//]: # (linkcheck: ignore dead)\n[x](y)", [(("dead",), 2, 2)]),
        ("<!-- linkcheck: ignore-start dead -->\na\nb\n<!-- linkcheck: ignore-end -->\nc", [(("dead",), 1, 4)]),
        ("a\n<!-- linkcheck: ignore-start dead -->\nb\nc", [(("dead",), 2, 4)]),
        ("<!-- markdown-link-check-disable -->\na\n<!-- markdown-link-check-enable -->\nb", [((), 1, 3)]),
        ("<!-- markdown-link-check-disable-next-line -->\na", [((), 2, 2)]),
        ("a <!-- markdown-link-check-disable-line -->\na", [((), 1, 1)]),
        ('<a href="x" data-proofer-ignore>x</a>', [((), 1, 1)]),
        ("<div data-proofer-ignore>\n<div>\n</div>\n<a href=x>\n</div>\n<a href=y>", [((), 1, 5)]),
        ("<img src=x data-proofer-ignore>\n<a href=y>", [((), 1, 1)]),
        ("<div data-proofer-ignore>\na\nb", [((), 1, 3)]),
    ],
)
def test_where_it_holds(text: str, expected: list[tuple[tuple[str, ...], int, int]]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\n<!-- linkcheck: ignore dead -->\n```\n[x](y)",
        "~~~~\n<!-- linkcheck: ignore dead -->\n~~~\n~~~~",
        "Write `<!-- linkcheck: ignore dead -->` for that.",
        "linkcheck: ignore dead",
        "<!-- linkcheck: ignored dead -->",
        "<!-- linkcheck: ignore dead",
        "<!-- linkcheck: ignore-end -->",
        "<!-- markdown-link-check-enable -->",
        "",
    ],
)
def test_what_is_no_wish(text: str) -> None:
    assert ignores_of(text) == ()


def test_an_element_ends_where_it_ends() -> None:
    (one,) = ignores_of('<a href="x" data-proofer-ignore>x</a> <a href="y">y</a>')

    assert one.covers(1, 1)
    assert not one.covers(1, 39)


PARTS = (
    *("<!--", "-->", "linkcheck: ignore", "-start", "-end", "`", "```", "\n", " ", "dead", "-", "until 2020-01-01"),
    *("<div data-proofer-ignore>", "</div>", "markdown-link-check-disable"),
)


@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_any_text_is_read_and_every_wish_lies_within_it(parts: list[str]) -> None:
    text = "".join(parts)

    for one in ignores_of(text):
        assert (1, 1) <= one.first <= one.last
        assert 1 <= one.line <= text.count("\n") + 1


def test_many_marks_take_bounded_time() -> None:
    assert len(ignores_of("<!-- linkcheck: ignore dead -->\na\n" * 20_000)) == 1_000
    assert len(ignores_of("<div data-proofer-ignore>" * 50_000)) == 1
    assert ignores_of("<!-- linkcheck: ignore " + " " * 500_000) == ()
    started = "<!-- linkcheck: ignore-start -->"
    assert len(ignores_of(f"{started}\n" * 100_000 + "<!-- markdown-link-check-enable -->\n" * 100_000)) == 1_000
    assert len(ignores_of(started * 100_000)) == 1_000


def test_what_is_ended_by_its_own_kind_only() -> None:
    text = (
        "<!-- linkcheck: ignore-start -->\n<!-- markdown-link-check-disable -->\na\n<!-- linkcheck: ignore-end -->\nb\n"
    )

    assert [(one.said, one.last[0]) for one in ignores_of(text)] == [
        ("linkcheck: ignore", 4),
        ("markdown-link-check-disable", 6),
    ]
