"""Makes texts equal that a reader would call equal: width, quotation marks, dashes, white space, case."""

import re
from functools import lru_cache
from unicodedata import normalize

from rapidfuzz import fuzz

from linkcheck.words import WORD, is_spaceless, tokens


@lru_cache(maxsize=1 << 13)
def folded(text: str) -> str:
    """Fold a text for comparison: NFKC, plain quotes and dashes, no invisible characters, one space, no case."""
    plain = text if text.isascii() else normalize("NFKC", text).translate(_PLAIN)
    return " ".join(plain.split()).casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, without punctuation; of scripts without spaces, the characters."""
    plain = folded(text).replace("_", " ")
    words = _WORD.findall(plain)
    return [part for word in words for part in tokens(word)] if is_spaceless(plain) else words


def ratio(a: str, b: str) -> float:
    """Say how alike two folded texts are, 0 to 1 (normalised indel similarity)."""
    return fuzz.ratio(a, b) / 100


_QUOTES = dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\u301f\uff02", '"')
_SINGLES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u2039\u203a\u02bc\uff07", "'")
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_UNSEEN = dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
_PLAIN = str.maketrans({**_QUOTES, **_SINGLES, **_DASHES, **_UNSEEN, "\u2026": "..."})
_WORD = re.compile(rf"{WORD}(?:['.,]{WORD})*")
"""Letters and digits, with what stands within words and numbers: `don't`, `U.S`, `1,000`."""
