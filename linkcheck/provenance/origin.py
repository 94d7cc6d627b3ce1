"""Brings together all that is said of a document's origin."""

from collections.abc import Sequence

from linkcheck.model import Claim, Provenance, Reference
from linkcheck.provenance import original, published, title


def provenance_of(
    claims: Sequence[Claim],
    opening: Sequence[tuple[int, str]],
    references: Sequence[tuple[Reference, str]],
    *,
    stated: str | None = None,
) -> Provenance:
    """Give title, author, published and original, strongest first in each, conflicts kept.

    `claims` and `opening` are the extractor's, `references` come with their decoded destinations, and `stated` is the
    date that the person gives.
    """
    originals = original.claims(claims, references)
    urls = tuple(dict.fromkeys(claim.value for claim in originals))
    authors = tuple(claim for claim in claims if claim.field == "author" and claim.value.strip())
    dates = published.claims(claims, opening, urls, stated=stated)
    return Provenance((*title.claims(claims, opening), *authors, *dates, *originals))
