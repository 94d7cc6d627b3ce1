"""The name that somebody may have meant."""

import pytest

from linkcheck.sources.nearest import Names

NAMES = ["Guide.md", "README.md", "getting_started.md", "guides.md", "logo.svg", "token.html", "token.md"]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("guide.md", "Guide.md"),
        ("readme.MD", "README.md"),
        ("tokens.md", "token.md"),
        ("token", "token.html"),
        ("getting-started.md", "getting_started.md"),
        ("nothing.md", None),
        ("", None),
        ("x" * 300, None),
        ("logo\0.svg", "logo.svg"),
    ],
)
def test_the_nearest_is_offered_or_none(name: str, nearest: str | None) -> None:
    assert Names(NAMES).nearest(name) == nearest


def test_what_cannot_be_shown_is_not_offered() -> None:
    assert Names(["guide\udcff.md", "guide\x1b.md"]).nearest("guide.md") is None


@pytest.mark.parametrize(("name", "nearest"), [(".env", ".env.local"), ("a.tar", "a.tar.gz"), ("a", "a.tar.gz")])
def test_any_dot_may_begin_the_suffix(name: str, nearest: str) -> None:
    assert Names([".env.local", "a.tar.gz"]).nearest(name) == nearest


def test_another_number_is_not_a_misspelling() -> None:
    assert Names(["page02.md", "page03.md"]).nearest("page24.md") is None
    assert Names(["guide2.md"]).nearest("guide.md") == "guide2.md"
