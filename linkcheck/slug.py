"""Compares what a URL's slug says with what a headline says: the same story, another one, or nothing that counts.

A slug is the part of a path that words make: `trump-security-advisor-resigns-a57137`. Ids, numbers, endings and words
that say nothing of a story are left out of both sides. Nothing is claimed where a slug is shortened to a few words, or
is in another script or language. Headlines are rewritten and slugs are not, so that a few common words fewer prove
nothing: a slug contradicts only a headline with which it has none in common, or one that it has less in common with
than with another headline that it agrees with.
"""

# ruff: noqa: RUF001 - Russian and Ukrainian are spelt in Cyrillic

import re
from enum import StrEnum
from functools import lru_cache
from unicodedata import combining, normalize
from urllib.parse import unquote

from msgspec import Struct

from linkcheck import uri
from linkcheck.words import WORD, is_grammar, is_ngram, language_by_script, with_ngrams


class Agreement(StrEnum):
    """What a comparison shows."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    SILENT = "silent"
    """It cannot be told."""


class Comparison(Struct, frozen=True, kw_only=True):
    """A headline beside a slug."""

    agreement: Agreement = Agreement.SILENT
    shared: tuple[str, ...] = ()
    """Content words of the headline that the slug has too; as all words here in order, folded."""
    only_headline: tuple[str, ...] = ()
    only_slug: tuple[str, ...] = ()


def compare(headline: str, url: str, *, other: str = "") -> Comparison:
    """Compare a headline with the slug of a URL. `other` is the headline of another story, in the same language."""
    slugs = slugs_of(url)
    said, named = _stems(_words(headline)), _stems_of_all(slugs)
    if not said or not named:
        return Comparison()
    return Comparison(
        agreement=_agreement(headline, slugs, other),
        shared=tuple(word for stem, word in said.items() if stem in named),
        only_headline=tuple(word for stem, word in said.items() if stem not in named),
        only_slug=tuple(word for stem, word in named.items() if stem not in said),
    )


def agreement(headline: str, url: str) -> Agreement:
    """Compare a headline with the slug of a URL, for the answer alone."""
    slugs = slugs_of(url)
    if not _stems_of_all(slugs) or not _stems(_words(headline)):
        return Agreement.SILENT
    return _agreement(headline, slugs, "")


def content_words(text: str) -> tuple[str, ...]:
    """Give the words that say something of a story, folded, in order, each once.

    Function words, numbers, and words about pages ("read the full story on our website") say nothing of one.
    """
    return _content(_words(text))


def is_alike(headline: str, other: str) -> bool:
    """Tell whether two headlines have so many words in common that they may name one story."""
    a, b = _stems(_words(headline)), _stems(_words(other))
    return bool(a and b) and _share(a, b) >= _ALIKE


def stems_of(text: str) -> frozenset[str]:
    """Give what stays of a text's content words without their endings."""
    return frozenset(_stems(_words(text)))


def language_of(text: str) -> str | None:
    """Return the language of a text by its script or its function words; None where they do not tell."""
    return language_by_script(text[:_LONGEST]) or _language(_words(text))


@lru_cache(maxsize=1024)
def slugs_of(url: str) -> tuple[tuple[str, ...], ...]:
    """Give the words of every part of a URL's path that is made of several; function words are among them."""
    parts = uri.parse(url)
    if parts is None or len(parts.path) > _LONGEST:
        return ()
    steps = (_ENDING.sub("", unquote(step)) for step in parts.path.split("/"))
    return tuple(_words(step.replace("_", " ")) for step in steps if _JOINT.search(step))


def _stems_of_all(slugs: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    return _stems(tuple(word for slug in slugs for word in slug))


def _agreement(headline: str, slugs: tuple[tuple[str, ...], ...], other: str) -> Agreement:
    said, each = _stems(_words(headline)), [_stems(slug) for slug in slugs]
    if any(_agree(said, named) for named in each):
        return Agreement.AGREES
    if min(len(said), max(map(len, each))) < _FEWEST_WORDS:
        return Agreement.SILENT
    words = tuple(word for slug in slugs for word in slug)
    if other and any(_agree(_stems(_words(other)), named) for named in each):
        return Agreement.CONTRADICTS if _share(said, _stems(words)) <= _LITTLE else Agreement.SILENT
    if len(said) < _FEWEST_ALONE or not _is_one_language(headline, words, other):
        return Agreement.SILENT
    slug_letters, letters = "".join(words), "".join(_words(headline))
    has_common = any(stem in slug_letters for stem in said) or any(stem in letters for stem in _stems(words))
    return Agreement.SILENT if has_common else Agreement.CONTRADICTS


def _is_one_language(headline: str, slug: tuple[str, ...], other: str) -> bool:
    language = _language(slug)
    return language is not None and language == (language_of(headline) or language_of(other))


def _agree(a: dict[str, str], b: dict[str, str]) -> bool:
    return len(a.keys() & b.keys()) >= _FEWEST_SHARED and _share(a, b) >= _MUCH


def _share(a: dict[str, str], b: dict[str, str]) -> float:
    """Give how much of the shorter one is in the other, 0 to 1."""
    return len(a.keys() & b.keys()) / min(len(a), len(b))


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    """Split into words: case, accents and apostrophes folded, initials such as `U.S.` and `u-s` joined."""
    plain = text[:_LONGEST].casefold().replace("_", " ")
    if not plain.isascii():
        plain = "".join(letter for letter in normalize("NFKD", plain) if not combining(letter))
    if _APOSTROPHE.search(plain):
        plain = _APOSTROPHE.sub("", _ELISION.sub("", _POSSESSIVE.sub("", plain)))
    return tuple(with_ngrams(_WORD.findall(_INITIALS.sub(lambda found: _NO_WORD.sub("", found[0]), plain))))


def _content(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if _is_content(word)))


def _is_content(word: str) -> bool:
    is_long = len(word) >= _SHORTEST or is_ngram(word)
    return is_long and word not in _EMPTY and not any(map(str.isdigit, word)) and not is_grammar(word)


@lru_cache(maxsize=256)
def _stems(words: tuple[str, ...]) -> dict[str, str]:
    """Give content words by what stays without endings, umlauts spelt out or not: `resigns`, `resignation`: `resig`."""
    return {_stem(word): word for word in _content(words)}


def _stem(word: str) -> str:
    if "e" in word:
        word = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            return word[: -len(suffix)][:_STEM]
    return word[:_STEM]


def _language(words: tuple[str, ...]) -> str | None:
    """Tell a language by its function words; None where no language has more of them than all others."""
    counts = {name: sum(word in those for word in words) for name, those in _LANGUAGES.items()}
    best, second = sorted(counts.values(), reverse=True)[:2]
    return max(counts, key=counts.__getitem__) if best > second else None


_LONGEST = 2000
"""Characters of a headline or path."""
_SHORTEST = 3
_STEM = 5
_FEWEST_SHARED = 3
_FEWEST_WORDS, _FEWEST_ALONE = 4, 5
"""Content words of a headline beside another one that the slug agrees with, and without one."""
_MUCH, _ALIKE, _LITTLE = 0.6, 0.5, 0.4
"""Shares of the shorter side. Of 809 article pages, 513 slugs agree with their headlines so, and 1 contradicts it."""

_WORD = re.compile(WORD)
_NO_WORD = re.compile(r"\W")
_JOINT = re.compile(r"[^\W_][-_+ .][^\W\d_]")
_ENDING = re.compile(r"\.[A-Za-z]{2,5}\Z")
_APOSTROPHE = re.compile("['’ʼ´`]")
_POSSESSIVE = re.compile(r"['’]s\b")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|dell|all|nell)['’](?=\w\w)")
_INITIALS = re.compile(r"\b[^\W\d_](?:[.-][^\W\d_]){1,5}\b")
_SUFFIXES = ("ing", "ed", "es", "s", "e")
"""The longer ones first."""

_FUNCTION_WORDS = {
    "en": "the a an of and to in on for with from by at as is are was were be been his her its their after over amid"
    " who that this will not has have had how what why when into about out up off than more says say",
    "de": "der die das den dem des ein eine einen einem einer und oder im in mit von zu zum zur auf für nach bei aus am"
    " an über als wie ist sind war wird werden nicht auch vor gegen bis sich so warum was wenn unter durch um ihr sein",
    "fr": "le la les un une des du de et en au aux dans pour par sur avec est sont pas que qui ce cette ses son sa leur"
    " plus entre après contre ne se ou comment pourquoi",
    "es": "el la los las un una de del y en al por para con sin su sus que se es son no como más tras sobre entre"
    " contra ha han lo este esta porque cuando",
    "it": "il lo la i gli le un una di del della dei delle e in al alla per con su da dal che si non come più tra dopo"
    " contro sono ha nel nella",
    "pt": "o a os as um uma de do da dos das e em no na nos nas por para com sem que se são não como mais após sobre"
    " entre contra ao aos pelo pela seu sua",
    "ru": "и в во на с со не что как по за из от до о об для при это его ее их после или но был была было",
    "uk": "і й в у на з із не що як по за від до про для при це його її їх після або але був була було та",
}
_PAGE_WORDS = """
    article story text source original page site website web link read full complete here click continue reading version
    online share print view open opens window post blog permalink comment comments browser visit see also you your might
    like email mail friend facebook twitter linkedin whatsapp telegram our
    artikel beitrag lesen sie weiterlesen ganzen quelle seite webseite mehr hier kommentar kommentare drucken teilen
    lire suite partager commentaires leer completo articulo comentarios leggi tutto articolo commenti ler artigo
    читать статья полностью источник далее комментарии читати стаття"""
_LANGUAGES = {name: frozenset(_words(words)) for name, words in _FUNCTION_WORDS.items()}
_EMPTY = frozenset(_words(_PAGE_WORDS)).union(*_LANGUAGES.values())
