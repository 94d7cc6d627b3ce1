"""Takes back that a domain was usurped where other pages of it prove, by their redirects, that its site moved there."""

from collections.abc import Iterator

from msgspec import structs

from linkcheck import uri
from linkcheck.detect import usurped_domain
from linkcheck.detect.naming import names_of
from linkcheck.domains import registrable
from linkcheck.model import Check, Confidence, Finding, Severity
from linkcheck.pipeline.line import Line
from linkcheck.slug import slugs_of, stems_of
from linkcheck.store import Seen
from linkcheck.store.successors import looks_at, usurped


def clear_successors(line: Line) -> list[Seen]:
    """Return what was seen of links to a moved site, with the finding that it was usurped made a note."""
    database, run = line.journal.database, line.journal.run
    cleared = []
    for url, seen in usurped(database, run, usurped_domain.RULE):
        start, end = registrable(uri.host_of(url)), _end_of(seen.check)
        if not end or start == end:
            continue
        proof = next(_proofs(looks_at(database, run, start), start, end), None)
        if proof and proof != url:
            findings = tuple(_cleared(one, end, proof) for one in seen.findings)
            cleared.append(structs.replace(seen, findings=findings))
    return cleared


def _cleared(finding: Finding, end: str, proof: str) -> Finding:
    if finding.rule != usurped_domain.RULE or usurped_domain.is_about_spam(finding):
        return finding
    return structs.replace(
        finding,
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        message=f"its site has moved to {end}, where another page stands for it than in its capture",
        next=f"Look for the page on {end}, or cite its capture.",
        evidence=finding.evidence | {"moved_too": proof},
    )


def _proofs(looks: Iterator[tuple[str, Seen]], start: str, end: str) -> Iterator[str]:
    """Yield the addresses on one domain that lead to their own page on another: its name has the words of the slug."""
    for url, seen in looks:
        if registrable(uri.host_of(url)) != start or _end_of(seen.check) != end or not seen.check:
            continue
        if not 200 <= (seen.check.status or 0) < 300 or any(one.severity is Severity.ERROR for one in seen.findings):
            continue
        slug = stems_of(" ".join(word for slug in slugs_of(url) for word in slug))
        shared = slug & stems_of(" / ".join(names_of(seen.check.facts)))
        if len(shared) >= _SHARED and len(shared) * 2 >= len(slug):
            yield url


def _end_of(check: Check | None) -> str:
    return registrable(uri.host_of(check.final_url)) if check and check.final_url else ""


_SHARED = 2
"""Words of a slug: a domain that somebody bought may be redirected path by path, but its pages have other names."""
