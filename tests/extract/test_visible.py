"""Visible text is gathered block by block, and navigation is told from what is read."""

import pytest

from linkcheck.extract.tags import scan
from linkcheck.extract.visible import Blocks, Regions, folded


def is_navigation_after(markup: str) -> bool:
    regions = Regions()
    for tag in scan(markup):
        if tag.is_end:
            regions.leave(tag.name)
        else:
            regions.enter(tag)
    return regions.is_navigation


def test_white_space_is_folded_across_pieces() -> None:
    blocks = Blocks()
    for piece in ("  a", "\n", "b", "c \u00a0", " d "):
        blocks.add(piece, 0, is_navigation=False)

    assert blocks.end() == (0, "a bc d")


def test_places_know_the_words_around_them() -> None:
    blocks = Blocks()
    blocks.level = 2
    blocks.add("Sources", 0, is_navigation=False)
    blocks.end()
    blocks.level = 0
    blocks.add("Before it.", 0, is_navigation=False)
    blocks.end()
    blocks.add("See ", 0, is_navigation=False)
    start = blocks.mark()
    blocks.add("this", 0, is_navigation=False)
    end = blocks.mark()
    blocks.add(", and more.", 0, is_navigation=False)
    blocks.end()

    around = blocks.around(start, end)

    assert blocks.text(start, end) == "this"
    assert (around.before, around.after) == ("See", ", and more.")
    assert (around.previous, around.heading) == ("Before it.", "Sources")


def test_an_element_without_text_does_not_take_the_words_of_the_next_block() -> None:
    blocks = Blocks()
    place = blocks.mark()
    blocks.end()
    blocks.add("Another block.", 0, is_navigation=False)
    blocks.end()

    assert (blocks.text(place, place), blocks.around(place, place).after) == ("", "")


def test_navigation_ends_with_its_element_whatever_was_left_open_in_it() -> None:
    assert is_navigation_after("<nav><section><header>")
    assert not is_navigation_after("<nav><section><header></nav>")


def test_the_head_of_an_article_is_not_the_head_of_the_page() -> None:
    assert is_navigation_after("<header>")
    assert not is_navigation_after("<article><header>")
    assert not is_navigation_after("<nav><main>")


@pytest.mark.parametrize("size", [65_533, 65_534, 65_535, 65_536, 65_537, 131_072])
@pytest.mark.parametrize("gap", [" ", "", " \n ", "\u00a0" * 70_000])
def test_long_texts_are_folded_as_short_ones_are(size: int, gap: str) -> None:
    text = f"{'a' * size}{gap}b c{gap}"

    assert folded(text) == " ".join(text.split())
    assert folded(gap + text) == " ".join(text.split())
