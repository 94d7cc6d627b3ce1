"""Hears in many languages what a page says of itself: that nothing was found, that it refuses, that it is in trouble.

The phrases are data (`words/*.toml`). Both sides are folded: case, accents, apostrophes and punctuation do not count.
Languages whose alphabet does not occur in a text are not heard.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeAlias
from unicodedata import combining, normalize

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

Topic: TypeAlias = tuple[str, str]
"""File of words, and kind."""


class Phrase(Struct, frozen=True):
    """One phrase, as it is looked for."""

    sought: str
    """Folded, with the spaces that must stand around it."""
    said: str
    """As a person writes it."""
    alphabet: str
    """Without which in it no text is in the phrase's language."""
    things: tuple[str, ...] = ()
    """Of which one must stand near by, where there are any."""

    @classmethod
    def of(cls, said: str, alphabet: str, things: tuple[str, ...] = ()) -> "Phrase":
        """Make one of what the file of words has."""
        return cls(sought(said), said.removesuffix("*"), alphabet, things)


def fold(text: str) -> str:
    """Give letters and digits in lower case and without accents, every word between spaces."""
    return (_fold if len(text) < _LONG else _fold.__wrapped__)(text)


@lru_cache(maxsize=256)
def _fold(text: str) -> str:
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(letter for letter in normalize("NFKD", plain) if not combining(letter))
    return f" {_NO_WORD.sub(' ', _APOSTROPHE.sub('', plain)).strip()} "


def not_found(folded: str) -> str | None:
    """Give the phrase by which a (folded) text says that something was not found; None if it does not."""
    if folded in _headings("missing"):
        return folded.strip()
    heard = _heard(folded).get(_LOST, ())
    return next((phrase.said for phrase, at in heard if _is_of_a_thing(phrase, folded, at)), None)


def nothing_but_lost(folded: str) -> str | None:
    """Return the phrase by which a (folded) text says by itself that a page was not found; None if it does not."""
    return next((phrase.said for phrase, _ in _heard(folded).get(_LOST, ()) if not phrase.things), None)


def is_of_a_page(folded: str) -> bool:
    """Return True if a (folded) text says that a page is lost, and not only that something on it is."""
    said = (phrase for phrase, _ in _heard(folded).get(_LOST, ()) if not phrase.things)
    return any(fold(phrase.said) not in _headings("items") for phrase in said)


def is_only_error(folded: str) -> bool:
    """Return True if a (folded) heading says that there is an error, and no more."""
    return folded in _headings("error")


def is_only_oops(folded: str) -> bool:
    """Return True if a (folded) heading is an interjection, as error pages begin with, and no more."""
    return folded in _headings("oops")


def refused(folded: str) -> str | None:
    """Give the phrase by which a text refuses."""
    return next(said_in(folded, "refusals", "refused"), None)


def in_trouble(folded: str) -> str | None:
    """Give the phrase by which a text tells of the site's own trouble."""
    return next(said_in(folded, "refusals", "trouble"), None)


def said_in(folded: str, file: str, kind: str) -> Iterator[str]:
    """Give the phrases of one kind, of a file of words, that a text has, in their own order."""
    return iter([phrase.said for phrase, _ in _heard(folded).get((file, kind), ())])


def headed(heads: Iterable[str], file: str, kind: str) -> str | None:
    """Return the phrase of a file of words that one of some titles is, and not only has; None where none is."""
    for head in heads:
        folded = fold(head)
        for said in said_in(folded, file, kind):
            is_most = bool(_TOGETHER.search(folded)) and len(folded.strip()) <= 2 * len(said)
            if is_most or sought(said).strip() == folded.strip():
                return said
    return None


def topics(folded: str) -> Collection[Topic]:
    """Give all that a text speaks of."""
    return _heard(folded).keys()


def sought(phrase: str) -> str:
    """Fold a phrase with the spaces that must stand around it: none where words are written together, or at a `*`."""
    folded = fold(phrase.removesuffix("*"))
    if _TOGETHER.search(folded):
        return folded.strip()
    return folded.rstrip() if phrase.endswith("*") else folded


_Heard: TypeAlias = Mapping[Topic, Sequence[tuple[Phrase, int]]]
"""Phrases in their own order, each with the character where it stands first."""


@lru_cache(maxsize=16)
def _heard(folded: str) -> _Heard:
    """Hear all phrases of all kinds in one pass over a text: every detector asks of the same titles and beginnings."""
    ear = _ear()
    first: dict[int, int] = {}
    for index, start, _ in ear.automaton.find_matches_as_indexes(folded, overlapping=True):
        first.setdefault(index, start)
    if not first:
        return _NOTHING
    alphabets = _alphabets(folded)
    heard: dict[Topic, list[tuple[Phrase, int]]] = {}
    for index in sorted(first):
        topic, phrase = ear.phrases[index]
        if phrase.alphabet in alphabets:
            heard.setdefault(topic, []).append((phrase, first[index]))
    return heard


class _Ear(Struct, frozen=True):
    """Hears all phrases in one pass over a text (Aho and Corasick 1975), however many there are."""

    phrases: Sequence[tuple[Topic, Phrase]]
    automaton: AhoCorasick


@cache
def _ear() -> _Ear:
    phrases = [(_LOST, phrase) for phrase in _losses()]
    for file in ("refusals", "parked", "regions", "spam"):
        phrases += (((file, kind), phrase) for kind in words_of(file) for phrase in _phrases(words_of(file)[kind]))
    for gate, entry in words_of("gates").items():
        for place in ("titles", "words"):
            phrases += ((("gates", f"{gate}.{place}"), phrase) for phrase in _phrases(entry.get(place)))
    return _Ear(phrases, AhoCorasick([phrase.sought for _, phrase in phrases]))


def _is_of_a_thing(phrase: Phrase, folded: str, at: int) -> bool:
    around = folded[max(0, at - _BEFORE) : at + len(phrase.sought) + _AFTER]
    return not phrase.things or any(thing in around for thing in phrase.things)


def _losses() -> Iterator[Phrase]:
    for entry in words_of("errors").values():
        if not isinstance(entry, dict):
            continue
        alphabet, things = _alphabet(entry["lost"]), tuple(sought(word) for word in entry["thing"])
        yield from (Phrase.of(said, alphabet) for said in entry["whole"])
        yield from (Phrase.of(said, alphabet, things) for said in entry["lost"])


@cache
def _headings(kind: str) -> frozenset[str]:
    return frozenset(map(fold, words_of("errors")[kind]))


def _phrases(by_language: Any) -> Iterator[Phrase]:
    for phrases in by_language.values() if isinstance(by_language, dict) else ():
        alphabet = _alphabet(phrases)
        yield from (Phrase.of(said, alphabet) for said in phrases)


@cache
def words_of(name: str) -> dict[str, Any]:
    """Return a file of words as it stands."""
    return tomllib.loads((files("linkcheck.detect") / "words" / f"{name}.toml").read_text(encoding="utf-8"))


def _alphabet(phrases: Sequence[str]) -> str:
    """Tell the alphabet of a language by its phrases, some of which may be numbers or English."""
    found = [name for phrase in phrases for name in _alphabets(fold(phrase)) if name != _LATIN]
    return found[0] if found else _LATIN


def _alphabets(folded: str) -> frozenset[str]:
    if folded.isascii():
        return _ONLY_LATIN
    return frozenset({_LATIN, *(name for name, letters in _LETTERS.items() if letters.search(folded))})


_LOST: Topic = ("errors", "lost")
_NOTHING: _Heard = {}
_BEFORE, _AFTER = 90, 60
"""Characters around what is lost within which the thing that is lost must stand."""
_LONG = 10_000
"""Characters: what is longer is not remembered; every detector folds the same titles and beginnings."""
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
    "gurmukhi": re.compile("[\u0a00-\u0a7f]"),
    "gujarati": re.compile("[\u0a80-\u0aff]"),
    "tamil": re.compile("[\u0b80-\u0bff]"),
    "telugu": re.compile("[\u0c00-\u0c7f]"),
    "kannada": re.compile("[\u0c80-\u0cff]"),
    "malayalam": re.compile("[\u0d00-\u0d7f]"),
    "sinhala": re.compile("[\u0d80-\u0dff]"),
    "lao": re.compile("[\u0e80-\u0eff]"),
    "burmese": re.compile("[\u1000-\u109f]"),
    "ethiopic": re.compile("[\u1200-\u137f]"),
    "khmer": re.compile("[\u1780-\u17ff]"),
    "thai": re.compile("[\u0e00-\u0e7f]"),
    "georgian": re.compile("[\u10a0-\u10ff]"),
    "korean": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "han": re.compile("[\u3040-\u30ff\u3400-\u9fff]"),
}
_TOGETHER = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\uac00-\ud7af\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Burmese, Khmer, Korean (whose endings are part of the word), Japanese and Chinese."""
