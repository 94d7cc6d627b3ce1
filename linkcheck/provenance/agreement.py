"""Whether what is said of an article fits together: the stated date and the headline with the original's URL."""

from collections.abc import Iterator, Sequence
from datetime import date

from linkcheck.model import Claim, Confidence, PlacedFinding, Provenance, Severity
from linkcheck.provenance.published import IN_URL, is_weak
from linkcheck.slug import Agreement, agreement, compare

DATE, HEADLINE = "date-conflict", "headline-slug-mismatch"


def slug_claims(titles: Sequence[Claim], urls: Sequence[str]) -> tuple[Claim, ...]:
    """Say whether a URL's slug `agrees` with the title or `contradicts` it; nothing where that cannot be told.

    A title that agrees is believed before a stronger one that does not: headlines are rewritten, slugs are not.
    """
    against: Claim | None = None
    distinct: dict[str, Claim] = {}
    for title in titles:
        distinct.setdefault(title.value, title)
    for url in urls[:1]:
        for title in distinct.values():
            agreed = agreement(title.value, url)
            said = Claim("slug", agreed.value, f"{title.said_by}, {IN_URL}", title.line)
            if agreed is Agreement.AGREES:
                return (said,)
            if agreed is Agreement.CONTRADICTS:
                against = against or said
    return (against,) if against else ()


def findings(provenance: Provenance) -> Iterator[PlacedFinding]:
    """Give what does not fit together."""
    yield from _dates([claim for claim in provenance.claims if claim.field == "published"])
    for claim in provenance.claims:
        if claim.field == "slug" and claim.value == Agreement.CONTRADICTS and (url := provenance.first("original")):
            yield _headline(claim, provenance.first("title") or "", url)


def _dates(claims: Sequence[Claim]) -> Iterator[PlacedFinding]:
    """Compare the day that is stated first with the day in the URL's path."""
    stated = next((claim for claim in claims if claim.said_by != IN_URL and not is_weak(claim)), None)
    in_url = next((claim for claim in claims if claim.said_by == IN_URL), None)
    if stated is None or in_url is None or stated.value == in_url.value:
        return
    days = abs((date.fromisoformat(stated.value) - date.fromisoformat(in_url.value)).days)
    is_near = days == 1
    yield PlacedFinding(
        rule=DATE,
        severity=Severity.NOTE if is_near else Severity.WARNING,
        confidence=Confidence.HIGH,
        message=f"the {stated.said_by} says {stated.value}, the URL {in_url.value}: "
        + ("one day apart, as time zones make it" if is_near else f"{days:,} days apart"),
        next="Leave both as they are, unless you know the day."
        if is_near
        else "Find out which day is right; look whether the original URL is that of this article.",
        evidence={"stated": stated.value, "said_by": stated.said_by, "in_url": in_url.value, "days": days},
        line=stated.line,
        column=1 if stated.line else None,
    )


def _headline(claim: Claim, headline: str, url: str) -> PlacedFinding:
    compared = compare(headline, url)
    return PlacedFinding(
        rule=HEADLINE,
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM,
        message="the slug of the original's URL has no word in common with the headline",
        next="Look whether the original URL is that of this article, or whether its headline was rewritten.",
        evidence={"headline": list(compared.only_headline), "slug": list(compared.only_slug), "url": url},
        line=claim.line,
        column=1 if claim.line else None,
    )
