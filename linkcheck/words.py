"""Words in every script, also in those that are written without spaces between words.

Chinese, Japanese, Thai, Lao, Khmer and Burmese need a dictionary to be cut into words. Comparing texts does not: runs
of single characters find as much as words do (Nie et al. 2000, https://doi.org/10.1145/355214.355235). So here each
character of these scripts is one token, and counts as a part of a word. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

_SOUTH_EAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese, Khmer."""
_EAST_ASIAN = (
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Han, Hiragana, Katakana with its half-width forms."""
_LETTER = rf"[{_SOUTH_EAST_ASIAN}{_EAST_ASIAN}]"

WORD = rf"[\w\u0900-\u0963\u0966-\u0dff{_SOUTH_EAST_ASIAN}]+"
"""A pattern of words that keeps the vowel signs of Indic and South-East Asian scripts, which `\\w` leaves out."""

_SPACELESS = re.compile(_LETTER)
_RUN = re.compile(rf"[{_SOUTH_EAST_ASIAN}]+|[{_EAST_ASIAN}]+")
_TOKEN = re.compile(rf"{_LETTER}|(?:(?!{_LETTER})\S)+")
_GAP = re.compile(rf"(?<={_LETTER}) (?={_LETTER})")
_GRAMMAR = re.compile("[\u3041-\u309f\u30fc]+")
_LONG_WORDS = re.compile(f"[{_SOUTH_EAST_ASIAN}]")

_PER_WORD, _PER_LONG_WORD = 2, 5
"""Characters of an average word: 2 in Chinese and Japanese, 5 in the others, which write vowel signs."""


def is_spaceless(text: str) -> bool:
    """Return True if the text has letters of a script that puts no spaces between words."""
    return not text.isascii() and _SPACELESS.search(text) is not None


def tokens(text: str) -> list[str]:
    """Split at white space; each character of a script without spaces is a token of its own."""
    return _TOKEN.findall(text) if is_spaceless(text) else text.split()


def count(text: str) -> int:
    """Return the number of words; in scripts without spaces, estimated from the number of characters."""
    return count_tokens(tokens(text))


def count_tokens(parts: Sequence[str]) -> int:
    """Return how many words the tokens of a text make."""
    letters = [part for part in parts if not part.isascii() and len(part) == 1 and _SPACELESS.match(part)]
    if not letters:
        return len(parts)
    long = sum(_LONG_WORDS.match(letter) is not None for letter in letters)
    return len(parts) - len(letters) + -(-(len(letters) - long) // _PER_WORD) + -(-long // _PER_LONG_WORD)


def join(parts: Iterable[str]) -> str:
    """Write tokens as a text, with spaces only where their scripts have them."""
    text = " ".join(parts)
    return text if text.isascii() else _GAP.sub("", text)


def with_ngrams(words: Iterable[str]) -> Iterator[str]:
    """Yield words as they are, and every run of a script without spaces as its overlapping runs of a few characters.

    Pairs of characters are what indexes of Chinese and Japanese store for search: texts that have many in common have
    words in common. Thai and its neighbours have few letters, so that four are taken. A shorter run is yielded whole.
    """
    for word in words:
        if not is_spaceless(word):
            yield word
            continue
        at = 0
        for run in _RUN.finditer(word):
            if rest := word[at : run.start()]:
                yield rest
            letters = run[0]
            size = 4 if _LONG_WORDS.match(letters) else 2
            yield from (letters[start : start + size] for start in range(max(len(letters) - size + 1, 1)))
            at = run.end()
        if rest := word[at:]:
            yield rest


def is_ngram(word: str) -> bool:
    """Return True for several characters of a script without spaces, which say as much as a word does."""
    return len(word) > 1 and is_spaceless(word)


def is_grammar(word: str) -> bool:
    """Return True for a run of Hiragana alone: particles and endings, which say nothing of a text's subject."""
    return not word.isascii() and _GRAMMAR.fullmatch(word) is not None


def language_by_script(text: str) -> str | None:
    """Return `ja`, `zh`, `th`, `lo`, `my`, `km` or `ko` if the script tells the language of most of a text.

    Han characters alone are Chinese; with Hiragana or Katakana among them, Japanese.
    """
    if text.isascii():
        return None
    letters = sum(map(str.isalpha, text))
    found = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    if found["ja"] * 20 >= found["ja"] + found["zh"] > 0:
        found["ja"] += found.pop("zh")
    best = max(found, key=found.__getitem__)
    return best if found[best] * 2 > letters else None


_SCRIPTS = {
    name: re.compile(f"[{letters}]")
    for name, letters in {
        "ja": "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f",
        "zh": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
        "th": "\u0e00-\u0e7f",
        "lo": "\u0e80-\u0eff",
        "my": "\u1000-\u109f",
        "km": "\u1780-\u17ff",
        "ko": "\uac00-\ud7a3",
    }.items()
}
