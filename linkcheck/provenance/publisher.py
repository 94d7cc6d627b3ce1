"""Where the article appeared, and who says so: metadata, else what `<title>` has besides the headline."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize

from linkcheck import uri
from linkcheck.model import Claim


def claims(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give what is said of the publication's name, strongest first."""
    stated = tuple(claim for claim in claims if claim.field == "publisher" and claim.value.strip())
    return stated or tuple(_beside_the_headline([claim for claim in claims if claim.field == "title"]))


class Names:
    """The names of a publication, as they are claimed and as its addresses spell them."""

    def __init__(self, claimed: Sequence[str] = (), urls: Sequence[str] = ()) -> None:
        """Take the claimed names, and the URLs where the article stands."""
        self._written = [name.strip() for name in claimed if name.strip()]
        self._claimed = {_letters(name) for name in claimed} - {""}
        labels = (label for url in urls for label in uri.host_of(url).split(".")[:-1])
        self._labels = {_letters(label) for label in labels if len(label) >= _SHORTEST}

    def has(self, text: str) -> bool:
        """Tell whether a text is nothing but a name of the publication."""
        letters = _letters(text)
        is_host = any(label in letters and len(label) * 2 >= len(letters) for label in self._labels)
        return is_host or letters in self._claimed

    def cut_from(self, title: str) -> str:
        """Leave the name out where a separator parts it from the title; a title is never cut to nothing."""
        parts = _SEPARATOR.split(title)
        if len(parts) > 1 and self.has(parts[-1]):
            return title[: -len(parts[-1])].rstrip(_AROUND)
        if len(parts) > 1 and self.has(parts[0]):
            return title[len(parts[0]) :].lstrip(_AROUND)
        for name in self._written:
            if title.endswith(name) and (rest := title[: -len(name)].rstrip()).endswith(_MARKS) and rest.strip(_AROUND):
                return rest.rstrip(_AROUND)
        return title


def _beside_the_headline(titles: Sequence[Claim]) -> Iterator[Claim]:
    """Read `Headline | Name`, `Name | Headline` and so on, where somebody else says that the headline is just that."""
    headlines = {_letters(claim.value) for claim in titles if claim.said_by != _TITLE} - {""}
    for claim in titles:
        parts = _SEPARATOR.split(claim.value)
        if claim.said_by != _TITLE or len(parts) == 1:
            continue
        if _letters(claim.value[: -len(parts[-1])]) in headlines:
            yield Claim("publisher", parts[-1].strip(), _TITLE, claim.line)
        elif _letters(claim.value[len(parts[0]) :]) in headlines:
            yield Claim("publisher", parts[0].strip(), _TITLE, claim.line)


@lru_cache(maxsize=128)
def _letters(text: str) -> str:
    """Leave of a text what a host name can hold of it: no spaces, accents or punctuation."""
    return _NO_LETTER.sub("", (text if text.isascii() else normalize("NFKD", text)).casefold())


_TITLE = "<title>"
_NO_LETTER = re.compile(r"[\W_]+")
_SHORTEST = 4
"""Characters of a part of a host name that may be a publication's name."""
_MARKS = ("|", "\uff1a", "\uff5c", "_", "\uff0d", "\u2014", "\u2013", "\xbb")
"""What parts a name from a title without a space: full-width colons, bars and dashes in Chinese and Japanese."""
_AROUND = " |-–—»«•·:/\uff1a\uff5c_\uff0d"  # noqa: RUF001 - titles are set with dashes
_SEPARATOR = re.compile(r"\s(?:[|–—»«•·/-]|::)\s")  # noqa: RUF001 - likewise
