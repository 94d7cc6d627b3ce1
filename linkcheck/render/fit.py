"""Makes text fit a number of terminal cells; a wide character, as in Chinese, takes two."""

from bisect import bisect_right
from collections.abc import Iterator

from rich.cells import cell_len

from linkcheck.render.escape import plain

EXACT = 2048
"""Cells of an address that somebody is to copy: it is not cut before that, whatever the width."""


def end(text: str, cells: int) -> str:
    """Cut the end of a text from outside, with an ellipsis."""
    text = plain(text)
    return text if cell_len(text) <= cells else _head(text, cells - 1).rstrip() + "…"


def middle(url: str, cells: int) -> str:
    """Cut the middle of a URL or path from outside, so that host and tail stay; the scheme goes first if that helps."""
    url = plain(url)
    if cell_len(url) <= cells:
        return url
    url = url.removeprefix("https://").removeprefix("www.")
    if cell_len(url) <= cells:
        return url
    tail = _tail(url, (cells - 1) // 3)
    return _head(url, cells - 1 - cell_len(tail)) + "…" + tail


def pad(text: str, cells: int) -> str:
    """Fill up with spaces on the right."""
    return text + " " * (cells - cell_len(text))


def wrap(text: str, cells: int, lines: int | None = None) -> Iterator[str]:
    """Break a text from outside at its spaces; what is longer than so many lines is cut.

    A word that is longer than a line is cut in its middle, unless it is an address: that stands whole on its own
    line, to be copied.
    """
    line, given = "", 0
    for word in plain(text).split(" "):
        fitting = middle(word, EXACT if word.startswith(("http://", "https://")) else cells)
        if not line:
            line = fitting
        elif cell_len(line) + 1 + cell_len(fitting) <= cells:
            line += f" {fitting}"
        elif given + 1 == lines:
            yield end(f"{line} {fitting}", cells)
            return
        else:
            yield line
            line, given = fitting, given + 1
    if line:
        yield line


def _head(text: str, cells: int) -> str:
    """Give as much of the start as fits."""
    return text[: bisect_right(range(len(text) + 1), cells, key=lambda length: cell_len(text[:length])) - 1]


def _tail(text: str, cells: int) -> str:
    """Give as much of the end as fits."""
    count = bisect_right(range(len(text) + 1), cells, key=lambda length: cell_len(text[len(text) - length :])) - 1
    return text[len(text) - count :]
