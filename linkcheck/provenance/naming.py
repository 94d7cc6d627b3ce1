"""Tells whether a page's title agrees with the words of a link: the same story, another one, or nothing that counts."""

from collections.abc import Iterable
from enum import StrEnum

from linkcheck.model import Role
from linkcheck.provenance.likeness import words_of
from linkcheck.slug import content_words, is_alike
from linkcheck.words import count_tokens


class Naming(StrEnum):
    """What a title says about a link's words."""

    EQUAL = "equal"
    """They are the title, or stand in it whole."""
    AGREES = "agrees"
    SILENT = "silent"
    """They are no headline, or there is no title."""
    CONTRADICTS = "contradicts"
    """They are a headline, and the title has none of its words."""


def naming(text: str, titles: Iterable[str], role: Role) -> Naming:
    """Compare the words of a link with the titles that a page claims; the best of them counts."""
    found = {_one(text, title, role) for title in titles if title.strip()}
    return next((one for one in Naming if one in found), Naming.SILENT)


def is_headline(text: str, role: Role) -> bool:
    """Tell words that name a story from words that happen to be linked."""
    return len(content_words(text)) >= (_FEWEST if role is Role.RELATED else _FEWEST_IN_TEXT)


def _one(text: str, title: str, role: Role) -> Naming:
    words, others = words_of(text), words_of(title)
    if count_tokens(words) >= _FEWEST and (
        _is_in(words, others) or (count_tokens(others) > _FEWEST and _is_in(others, words))
    ):
        return Naming.EQUAL
    shared = set(content_words(text)) & set(content_words(title))
    if len(shared) >= _FEWEST and is_alike(text, title):
        return Naming.AGREES
    if role is Role.RELATED and is_headline(text, role) and not shared and len(content_words(title)) >= _FEWEST:
        return Naming.CONTRADICTS
    return Naming.SILENT


def _is_in(part: list[str], whole: list[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


_FEWEST = 3
_FEWEST_IN_TEXT = 4
