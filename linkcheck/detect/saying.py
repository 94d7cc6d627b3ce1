"""Hears in many languages what a page says of itself: that nothing was found, that it refuses, that it is in trouble.

The phrases are data (`words/*.toml`). Both sides are folded: case, accents, apostrophes and punctuation do not count.
Languages whose alphabet does not occur in a text are passed over, so that a short text costs microseconds.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import combining, normalize

from msgspec import Struct


class Phrase(Struct, frozen=True):
    """One phrase, as it is looked for."""

    sought: str
    """Folded, with the spaces that must stand around it."""
    said: str
    """As a person writes it."""
    language: str


def fold(text: str) -> str:
    """Give letters and digits in lower case and without accents, every word between spaces."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(letter for letter in normalize("NFKD", plain) if not combining(letter))
    return f" {_NO_WORD.sub(' ', _APOSTROPHE.sub('', plain)).strip()} "


def not_found(folded: str) -> str | None:
    """Give the phrase by which a (folded) text says that something was not found; None if it does not."""
    return next(_lost(folded), None)


def refused(folded: str) -> str | None:
    """Give the phrase by which a text refuses."""
    return next(_said(folded, "refusals", "refused"), None)


def in_trouble(folded: str) -> str | None:
    """Give the phrase by which a text tells of the site's own trouble."""
    return next(_said(folded, "refusals", "trouble"), None)


def said_in(folded: str, file: str, kind: str) -> Iterator[str]:
    """Give the phrases of one kind, of a file of words, that a text has."""
    return _said(folded, file, kind)


def sought(phrase: str) -> str:
    """Fold a phrase with the spaces that must stand around it: none where words are written together, or at a `*`."""
    folded = fold(phrase.removesuffix("*"))
    if _TOGETHER.search(folded):
        return folded.strip()
    return folded.rstrip() if phrase.endswith("*") else folded


def _lost(folded: str) -> Iterator[str]:
    alphabets = _alphabets(folded)
    for language in _languages():
        if language.alphabet not in alphabets:
            continue
        for phrase in language.whole:
            if phrase.sought in folded:
                yield phrase.said
        for phrase in language.lost:
            at = folded.find(phrase.sought)
            if at >= 0:
                around = folded[max(0, at - _BEFORE) : at + len(phrase.sought) + _AFTER]
                if any(thing in around for thing in language.things):
                    yield phrase.said


def _said(folded: str, file: str, kind: str) -> Iterator[str]:
    alphabets = _alphabets(folded)
    for alphabet, phrases in _phrases(file, kind):
        if alphabet in alphabets:
            yield from (phrase.said for phrase in phrases if phrase.sought in folded)


class _Language(Struct, frozen=True):
    alphabet: str
    whole: tuple[Phrase, ...]
    things: tuple[str, ...]
    lost: tuple[Phrase, ...]


@cache
def _languages() -> tuple[_Language, ...]:
    return tuple(
        _Language(
            alphabet=_alphabet(entry["lost"]),
            whole=_made(entry["whole"], name),
            things=tuple(sought(word) for word in entry["thing"]),
            lost=_made(entry["lost"], name),
        )
        for name, entry in _read("errors").items()
    )


@cache
def _phrases(file: str, kind: str) -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    return tuple((_alphabet(phrases), _made(phrases, name)) for name, phrases in _read(file)[kind].items())


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("linkcheck.detect") / "words" / f"{name}.toml").read_text(encoding="utf-8"))


def _made(phrases: Sequence[str], language: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(sought(phrase), phrase.removesuffix("*"), language) for phrase in phrases)


def _alphabet(phrases: Sequence[str]) -> str:
    """Tell the alphabet of a language by its phrases, some of which may be numbers or English."""
    found = [name for phrase in phrases for name in _alphabets(fold(phrase)) if name != _LATIN]
    return found[0] if found else _LATIN


def _alphabets(folded: str) -> frozenset[str]:
    if folded.isascii():
        return _ONLY_LATIN
    return frozenset({_LATIN, *(name for name, letters in _LETTERS.items() if letters.search(folded))})


_BEFORE, _AFTER = 90, 60
"""Characters around what is lost within which the thing that is lost must stand."""
_NO_WORD = re.compile(r"[\W_]+")
_APOSTROPHE = re.compile("['\u2019\u02bc\u00b4`]")
_LATIN = "latin"
_ONLY_LATIN = frozenset({_LATIN})
_LETTERS = {
    "greek": re.compile("[\u0370-\u03ff]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "armenian": re.compile("[\u0530-\u058f]"),
    "hebrew": re.compile("[\u0590-\u05ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
    "devanagari": re.compile("[\u0900-\u097f]"),
    "bengali": re.compile("[\u0980-\u09ff]"),
    "thai": re.compile("[\u0e00-\u0e7f]"),
    "georgian": re.compile("[\u10a0-\u10ff]"),
    "korean": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "han": re.compile("[\u3040-\u30ff\u3400-\u9fff]"),
}
_TOGETHER = re.compile("[\u0e00-\u0e7f\u1100-\u11ff\uac00-\ud7af\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Korean (whose endings are part of the word), Japanese and Chinese."""
