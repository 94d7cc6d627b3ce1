"""Brings together all that is said of a document's origin."""

from collections.abc import Sequence
from itertools import chain

from linkcheck.model import Claim, Provenance, Reference
from linkcheck.provenance import author, headers, original, photo, published, publisher, title
from linkcheck.provenance.agreement import slug_claims


def provenance_of(
    claims: Sequence[Claim],
    opening: Sequence[tuple[int, str]],
    references: Sequence[tuple[Reference, str]],
    *,
    stated: str | None = None,
    address: str | None = None,
) -> Provenance:
    """Give title, author, photo, published, modified, publisher, original, slug, language and what links say of it.

    Strongest first in each, conflicts kept.

    How the document writes dates is passed on, for reports that write some in its place.

    `claims` and `opening` are the extractor's; `references`, with their decoded destinations, are those of
    `original.ROLES` at least; `stated` is the date that the person gives, and `address` is where a page of the web was
    read: its URL tells a date and a slug, too. Of each field no more than the 20 strongest claims are looked at and
    kept.
    """
    kept: dict[str, list[Claim]] = {field: [] for field in _FIELDS}
    for claim in claims:
        if claim.field in kept and len(kept[claim.field]) < _MOST:
            kept[claim.field].append(claim)
    claims = list(chain.from_iterable(kept.values()))
    originals = original.claims(claims, references)[:_MOST]
    urls = tuple(dict.fromkeys([*(claim.value for claim in originals), *([address] if address else [])]))
    publishers = publisher.claims(claims)
    names = publisher.Names([claim.value for claim in publishers], urls)
    titles = title.claims(claims, opening, names)
    return Provenance(
        (
            *titles,
            *author.claims(claims, opening, names),
            *(claim for claim in claims if claim.field == "photo"),
            *photo.claims(opening),
            *published.claims(claims, opening, urls, stated=stated),
            *publishers,
            *originals,
            *slug_claims(titles, urls),
            *headers.languages(claims),
            *headers.signposts(claims, urls[0] if urls else None),
            *(claim for claim in claims if claim.field == "date-style"),
        )
    )


_MOST = 20
_FIELDS = (
    "title",
    "author",
    "published",
    "modified",
    "publisher",
    "original",
    "canonical",
    "language",
    "date-style",
    "photo",
    *headers.FIELDS,
)
