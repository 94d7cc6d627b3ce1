"""Colours for a terminal, as SGR sequences; a glyph and a word always say the same, so colour is never alone."""

from collections.abc import Callable
from typing import TypeAlias

Paint: TypeAlias = Callable[[str, str], str]
"""(text, ink) -> text; the ink is a key of `_CODES`."""


def painter(*, colour: bool) -> Paint:
    """Give what colours a text, or leaves it as it is."""

    def paint(text: str, ink: str) -> str:
        return f"\x1b[{_CODES[ink]}m{text}\x1b[0m" if colour and text and ink in _CODES else text

    return paint


_CODES = {"bold": "1", "dim": "2", "error": "31", "fine": "32", "warning": "33", "address": "36"}
