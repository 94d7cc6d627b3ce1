"""Reads `srcset` values: image candidates with their places.

The algorithm is https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute, candidates whose
descriptors are invalid left out.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Candidate(NamedTuple):
    """One image that a browser may choose."""

    start: int
    end: int
    width: int | None = None
    """The `w` descriptor, in pixels."""
    density: float | None = None
    """The `x` descriptor, in image pixels per CSS pixel; without any descriptor it is taken as 1."""
    height: int | None = None
    """The `h` descriptor, which only goes with a width."""


def candidates(value: str) -> Iterator[Candidate]:
    """Give the valid candidates of a decoded value; their URLs are `value[start:end]`."""
    at = 0
    while url := _URL.match(value, at):
        start, end = url.span(1)
        at = end
        tokens: list[str] = []
        if value[end - 1] == ",":
            end = start + len(url[1].rstrip(","))
        else:
            at = end = url.end()
            while token := _DESCRIPTOR.match(value, at):
                at = token.end()
                if token[1]:
                    tokens.append(token[1])
                if token[2] is not None:
                    break
        described = _described(tokens)
        if described is not None and start < end:
            yield Candidate(start, end, *described)


def _described(tokens: list[str]) -> tuple[int | None, float | None, int | None] | None:
    """Read width, density and height; None where one is unknown, doubled or contradicts another."""
    width: int | None = None
    density: float | None = None
    height: int | None = None
    for token in tokens:
        number, unit = token[:-1], token[-1]
        if unit == "w" and width is None and density is None and _INTEGER.fullmatch(number) and number.strip("0"):
            width = _bounded(number)
        elif unit == "x" and width is density is height is None and _FLOAT.fullmatch(number):
            density = float(number)
            if density < 0:
                return None
        elif unit == "h" and height is None and density is None and _INTEGER.fullmatch(number) and number.strip("0"):
            height = _bounded(number)
        else:
            return None
    return None if height is not None and width is None else (width, density, height)


def _bounded(number: str) -> int:
    """Read an integer; one that no image has is as good as any other of its kind."""
    return int(number) if len(number) <= _MOST_DIGITS else 10**_MOST_DIGITS


_MOST_DIGITS = 18

_SPACE = r"\t\n\f\r "
_URL = re.compile(rf"[{_SPACE},]*+([^{_SPACE}]++)")
_DESCRIPTOR = re.compile(rf"[{_SPACE}]*+((?:[^{_SPACE},(]|\([^)]*+(?:\)|\Z))*+)[{_SPACE}]*+(,|\Z)?")
"""A descriptor, in which a comma or space within parentheses does not count, and what ends the candidate."""

_INTEGER = re.compile("[0-9]+")
_FLOAT = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
