"""Whose photo stands at the top: the credit line, which names the photographer and never the author."""

# ruff: noqa: RUF001 - agencies are spelt in Cyrillic, and names have apostrophes

from collections.abc import Iterator, Sequence

from linkcheck.later import later
from linkcheck.model import Claim


def claims(opening: Sequence[tuple[int, str]]) -> Iterator[Claim]:
    """Give the credits in the document's first blocks (line and text), values without their label.

    A block that is nothing but a credit ("Photo: Jane Doe / Reuters", "Kathy Willens / AP"), or a caption that ends in
    one in brackets. Each credit is given once. Without a label it must name a person and an agency, since "Home / World
    News" is a path.
    """
    lines: dict[str, int] = {}
    for line, text in opening:
        found = _LABELLED.match(text) or _BARE.fullmatch(text) if len(text) <= _LONGEST else None
        if found is None and text.endswith((")", "]", ").", "].")):
            found = _BRACKETED.search(text[-_TAIL:])
        if found and _is_name(found["credit"]):
            lines.setdefault(found["credit"].strip(" ."), line)
    return (Claim("photo", credit, "credit line", line) for credit, line in lines.items())


def _is_name(credit: str) -> bool:
    """Tell names, nearly all of whose words are written large, from the sentence of a caption."""
    words = credit.split()
    return sum(not word[0].islower() for word in words) * 5 >= len(words) * 3


_LONGEST = 120
"""Characters of a credit line."""
_TAIL = 200

_LABEL = (
    r"(?:(?i:photo(?:s|graph|graphy|graphie|graphe)?|fotos?|fotografie|fotografía|bild|image|picture|photo credits?"
    r"|image credits?|picture credits?|crédits? photo|crédito|fotocredit|bildquelle|bildnachweis|фото|фотография)"
    r"\s?(?::|/|©|\b(?i:by|von|par|por|di|courtesy of)\b:?))(?:\s?©)?"
)
_CREDIT = r"(?P<credit>[^\W\d_a-zà-ÿа-я][^()\n]{1,80})"
_LABELLED = later(rf"{_LABEL}\s?{_CREDIT}\Z")
_BRACKETED = later(rf"[(\[]{_LABEL}\s?{_CREDIT}[)\]]\.?\Z")
_AGENCY = (
    r"(?:(?:AP|EPA|TASS|ITAR-TASS|PA)(?: (?:Photo|Images))?|AAP|AFP|ANP|ANSA|APA|CTK|DPA|EFE|EPA-EFE|KNA|MT|NTB|PAP|RIA"
    r"|UPI|NASA|dpa|ddp|epd|Reuters|REUTERS|Getty(?: Images)?|Associated Press|Agence France-Presse|Bloomberg|Sputnik"
    r"|RIA Novosti|РИА Новости|ТАСС|Xinhua|Shutterstock|Magnum|Redux|Corbis|Alamy|imago|Keystone|picture alliance"
    r"|Wikimedia(?: Commons)?|Flickr|Unsplash)"
)
_PERSON = r"(?!(?i:by|von|par|por|di)\s)[^\W\d_a-zà-ÿа-я][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){1,3}"
_BARE = later(
    rf"(?P<credit>{_PERSON}\s?/\s?{_AGENCY}(?:\s?/\s?{_AGENCY})?|{_AGENCY}\s?/\s?{_PERSON})(?:\svia\s[\w ]{{2,30}})?"
)
