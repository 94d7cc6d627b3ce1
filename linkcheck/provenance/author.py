"""Who wrote the article, and who says so: metadata, else a byline under the title."""

import re
from collections.abc import Iterator, Sequence

from linkcheck.later import later
from linkcheck.model import Claim
from linkcheck.provenance.publisher import Names


def claims(
    claims: Sequence[Claim], opening: Sequence[tuple[int, str]], names: Names | None = None
) -> tuple[Claim, ...]:
    """Give what is said of the author, strongest first; addresses of profiles are no names.

    A publication that calls itself the author comes after every person: systems fill that in by themselves.

    A byline is a short block that names persons after "By", "Von", "Par" and the like, and hardly anything else. The
    credit of a photo is none.
    """
    stated = [claim for claim in claims if claim.field == "author"]
    named = ((name, claim) for claim in stated if (name := _name(claim.value)))
    found = [
        *(Claim("author", name, claim.said_by, claim.line) for name, claim in named),
        *(Claim("author", name, "byline", line) for line, text in opening for name in _byline(text)),
    ]
    known = names or Names()
    return tuple(sorted(found, key=lambda claim: known.has(claim.value) or claim.value.casefold() in _NOBODY))


def is_byline(text: str) -> bool:
    """Tell a block that names who wrote the article, and says hardly anything else."""
    return any(True for _ in _byline(text))


def is_person(name: str) -> bool:
    """Tell a person's name from an account, an address, an agency or a publication, as far as letters show it."""
    words = name.split()
    is_written = all(word[0].isupper() or word in _PARTICLES for word in words if word[0].isalpha())
    return 2 <= len(words) <= _MOST_NAMES and is_written and not _NO_PERSON.search(name)


def _name(text: str) -> str | None:
    """Take a name out of a field; None where there is an address or nothing."""
    name = _HANDLE.sub("", _BY.sub("", text.strip()))
    return name if name and len(name) <= _LONGEST and not _ADDRESS.search(name) else None


def _byline(text: str) -> Iterator[str]:
    found = _BYLINE.match(text) if len(text) <= _LONGEST else None
    if found and not _DAY.search(found["names"]):
        yield found["names"]


_MOST_NAMES = 6
_PARTICLES = frozenset("van von de der den di da del della dos el al bin la le zu ter ten y e".split())
_NO_PERSON = later(
    r"[\d_@/:|]|\.[a-z]{2,}|\b(?:e\. ?V|GmbH|AG|Inc|Ltd|LLC|Redaktion|Agenc|Agentur|Agencia|Agence|Staff|Desk|Team"
    r"|News|Stiftung|Foundation|Magazin|Magazine|Zeitung|Press|Presse|Bund|Verband|Verein|Institut|Universit|Online|Media|TV)",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"admin", "administrator", "redaktion", "editor", "webmaster", "unknown", "staff", "root", "wpadmin"}
)
"""Accounts, not people."""
_LONGEST = 200
"""Characters of a byline or name."""
_HANDLE = later(r"(?:\A|\s+)\(?@[\w.]{2,30}\)?\Z")
"""The name of an account on a network, behind the person's or alone."""
_ADDRESS = later(r"://|^www\.|^@?[\w.]+@|^/", re.IGNORECASE)

_PREPOSITION = r"(?:[Bb][Yy]|[Vv][Oo][Nn]|[Pp][Aa][Rr]|[Pp][Oo][Rr]|[Dd][Ii]|Автор|Текст|Written [Bb]y|Text(?: von)?)"
_BY = later(rf"\A{_PREPOSITION}:?\s+")
_PART = r"(?!(?:Le|On|Am)\s+\d)[^\W\d_a-zà-ÿа-я](?:[^\W\d_]|[.'’-])*+"  # noqa: RUF001 - the apostrophe of names
_PARTICLE = r"(?:(?:van|von|de|der|den|di|da|del|della|dos|el|al|bin|la|le|zu|ter|ten)\s)"
_PERSON = rf"{_PARTICLE}{{0,2}}{_PART}(?:\s{_PARTICLE}{{0,2}}{_PART}){{1,4}}"
_BYLINE = later(
    rf"\A{_PREPOSITION}:?\s(?P<names>{_PERSON}(?:(?:,|,?\s(?:and|und|et|y|e|и|i|&))\s{_PERSON}){{0,5}})"
    r"(?=\s*(?:\Z|[|/·•,—–(@-]|\d|(?:[Ll]e|[Oo]n|[Aa]m)\s))"  # noqa: RUF001 - bylines are set with dashes
)
"""Two words at least: with one, too many a sentence would do ("By Thursday, ...")."""
_DAY = later(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|Juni"
    r"|Juli|Oktober|Dezember|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez)\.|[A-Z][a-z]{2,5}day)\b"
)
"""Days and months are written like names."""
