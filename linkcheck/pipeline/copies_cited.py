"""Knows of an archived copy that stands beside a lost link already: whoever cites it so has done their part. Pure."""

from msgspec import structs

from linkcheck.judge import ReferenceOpinion
from linkcheck.judge.rescue import needs_archive
from linkcheck.model import Cited, Finding, Severity


def with_own_copy(opinion: ReferenceOpinion, cited: Cited | None, *, is_set: bool) -> ReferenceOpinion:
    """Name the copy in the verdict's next step; a citation that leads its readers there is worth no more than a note.

    `is_set` tells that the config says how severe the verdict is.
    """
    verdict = opinion.judgement.verdict
    if cited is None or not cited.archive_url or not needs_archive(verdict):
        return opinion
    is_known = _leads_there(cited)

    def told(finding: Finding) -> Finding:
        if finding.rule != verdict.value:
            return finding
        severity = Severity.NOTE if is_known and not is_set else finding.severity
        return structs.replace(finding, severity=severity, next=_next(cited, finding.next, is_known=is_known))

    return structs.replace(opinion, findings=tuple(map(told, opinion.findings)))


def _leads_there(cited: Cited) -> bool:
    """Tell a citation whose readers get the copy first; templates take a URL with a copy for dead unless told.

    https://en.wikipedia.org/wiki/Template:Cite_web#csdoc_url-status
    """
    return cited.url_status in _GONE or (cited.url_status is None and bool(cited.citation))


def _next(cited: Cited, otherwise: str, *, is_known: bool) -> str:
    if is_known:
        return f"Keep the citation, which leads readers to its copy; nobody has looked at that now: {cited.archive_url}"
    if cited.url_status == "live":
        return f"Set url-status to dead, so that readers get the copy that is cited: {cited.archive_url}"
    return f"See whether the copy that is cited beside it shows it: {cited.archive_url} - otherwise: {otherwise}"


_GONE = frozenset({"dead", "usurped", "deviated"})
