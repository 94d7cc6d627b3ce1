"""Finds the strings of a JSON text with their places, which no JSON library tells.

A tokenizer (RFC 8259), not a validator: it reads damaged text up to its end, nests without recursion, and gives what
follows one value as the next (https://jsonlines.org). A string that is cut off is none, and an object that begins where
none can ends those that were never closed. Linear in the length of the text.
"""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from linkcheck.extract.places import Places
from linkcheck.model import PlacedFinding, Severity

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions that lead to a value; the first is the number of the top-level value."""


class String(NamedTuple):
    """One string that is a value."""

    path: Path
    start: int
    """Of its first character behind the quotation mark."""
    end: int


def strings(  # noqa: C901, PLR0912 - one branch for each sign of the grammar
    text: str, *, by_line: bool = False
) -> Iterator[String]:
    """Give every string that is not a key, in order; deeper than 64 levels, with the path that far.

    `by_line` says that no string goes over the end of a line, as none may: then one that is cut off ends there.
    """
    path: list[str | int] = [0]
    kinds: list[bool] = []
    """For each open bracket whether it is an object's."""
    over = 0
    """Brackets open beyond the deepest level."""
    is_key = False
    last = ""
    for token in (_TOKEN_OF_LINE if by_line else _TOKEN).finditer(text):
        before, sign = last, text[token.start()]
        last = sign
        if sign == '"':
            start, end = token.start() + 1, token.end() - 1
            if token[1] is None:
                continue
            if is_key:
                path[-1] = unescaped(text[start:end]) if end - start <= _LONGEST_KEY else ""
            else:
                yield String(tuple(path), start, end)
        elif sign in "{[":
            is_first = by_line and text[token.start() - 1 : token.start()] in {"\n", "\r"}
            if sign == "{" and kinds and kinds[-1] and (is_first or before != ":"):
                while kinds and kinds[-1]:
                    kinds.pop()
                    path.pop()
                over = 0
                if not kinds and isinstance(path[0], int):
                    path[0] += 1
                elif kinds and isinstance(path[-1], int):
                    path[-1] += 1
            if len(kinds) < _DEEPEST:
                kinds.append(sign == "{")
                path.append("" if sign == "{" else 0)
            else:
                over += 1
            is_key = sign == "{"
        elif sign in "}]":
            if over:
                over -= 1
            elif kinds:
                kinds.pop()
                path.pop()
            is_key = False
            if not kinds and isinstance(path[0], int):
                path[0] += 1
        elif sign == ",":
            is_key = bool(kinds) and kinds[-1]
            if kinds and not is_key and isinstance(path[-1], int):
                path[-1] += 1
        elif sign == ":":
            is_key = False


def unescaped(raw: str) -> str:
    """Say what the inside of a JSON string means; half a surrogate pair and a broken escape stay as they are."""
    return _ESCAPES.sub(_meaning, raw) if "\\" in raw else raw


def pieces(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield what the inside of a string means, piece by piece, and where each begins.

    A piece with more than one character stands in the text as it is; each that an escape means is one of its own.
    """
    at = start
    for found in _ESCAPES.finditer(text, start, end):
        if at < found.start():
            yield text[at : found.start()], at
        meaning = _meaning(found)
        if meaning == found[0]:
            yield meaning, found.start()
        else:
            yield from ((character, found.start()) for character in meaning)
        at = found.end()
    if at < end:
        yield text[at:end], at


def damage(text: str, places: Places, message: str, remedy: str) -> PlacedFinding | None:
    """Say what is wrong with a document in JSON; None where nothing is. `{}` in the message is filled in."""
    wrong = problem(text)
    if wrong is None:
        return None
    line, column = places.line_column(min(wrong[1], len(text)))
    return PlacedFinding(
        rule="damaged-document",
        severity=Severity.WARNING,
        message=message.format(wrong[0]),
        next=remedy,
        line=line,
        column=column,
    )


def problem(text: str) -> tuple[str, int] | None:
    """Say what is wrong with a JSON text, and at which character; None where nothing is."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.msg, error.pos
    except (RecursionError, ValueError) as error:  # nested too deep, or an integer of thousands of digits
        return ("nested too deep" if isinstance(error, RecursionError) else "a number too long"), 0
    return None


def _meaning(found: re.Match[str]) -> str:
    escape = found[0]
    if found["pair"] or found["unit"]:
        value: str = json.loads(f'"{escape}"')
        return escape if "\ud800" <= value <= "\udfff" else value
    return _SIMPLE.get(escape[1], escape)


_DEEPEST = 64
_LONGEST_KEY = 200
_SIMPLE = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:(")|\Z)|[{}\[\],:]', re.DOTALL)
_TOKEN_OF_LINE = re.compile(r'"(?:[^"\\\r\n]++|\\.)*+(")?|[{}\[\],:]')
_ESCAPES = re.compile(
    r"(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<unit>\\u[0-9a-fA-F]{4})|\\[^u]"
)
