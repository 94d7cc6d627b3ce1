"""Fifth stage: what is quoted beside a link is looked for behind it; no cited page may be younger than its article."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import anyio.lowlevel
from msgspec import structs

from linkcheck import uri
from linkcheck.fetch.converse import converse
from linkcheck.judge.rescue import needs_archive
from linkcheck.model import Confidence, DocumentRow, Finding, Role, Severity, Verdict
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.elsewhere import context
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.targeting import instant_of, target_of
from linkcheck.provenance.published import IN_URL, date_in_url
from linkcheck.provenance.quoted import seek
from linkcheck.store import Met

POSTDATES = "source-postdates-article"
_OFTEN = 500
MOST = 20
"""Quotations of one document that are looked for behind links."""


async def look_behind_links(line: Line) -> None:
    """Say of references what their targets show beside what the article says."""
    if not line.config.provenance:
        return
    documents = dict(line.journal.documents())
    looked_for: Counter[int] = Counter()
    for number, met in enumerate(line.journal.references()):
        if number % _OFTEN == 0:
            await anyio.lowlevel.checkpoint()  # so that it can be ended
        row = documents[met.document]
        findings = list(_younger(met, row))
        if _is_quoted(met) and looked_for[met.document] < MOST:
            looked_for[met.document] += 1
            await line.job.commands.cleared()
            findings += await _sought(line, met, row)
        if findings:
            severity = line.config.severity
            weighed = [structs.replace(one, severity=severity.get(one.rule, one.severity)) for one in findings]
            line.journal.origins.remark_on([(met.seq, weighed)])


def _is_quoted(met: Met) -> bool:
    """Tell a link to a page on the web, there or gone, with words in quotation marks beside it."""
    reference, link = met.planned.reference, met.planned.plan.link
    if not (reference.cited and reference.cited.quote and reference.role is Role.CITATION):
        return False
    if met.opinion is None or uri.scheme_of(link or "") not in uri.WEB:
        return False
    verdict = met.opinion.judgement.verdict
    return verdict in {Verdict.ALIVE, Verdict.MOVED} or needs_archive(verdict)


async def _sought(line: Line, met: Met, row: DocumentRow) -> tuple[Finding, ...]:
    cited, opinion = met.planned.reference.cited, met.opinion
    if cited is None or cited.quote is None or opinion is None:
        return ()
    is_gone = needs_archive(opinion.judgement.verdict)
    at: datetime | None = instant_of(target_of(met.planned, row).day)
    looking = seek(cited.quote, met.planned.plan.link or "", at, is_gone=is_gone, context=context(line))
    found = await converse(looking, answering(line))
    return (found,) if found else ()


def _younger(met: Met, row: DocumentRow) -> Iterator[Finding]:
    """Compare the day in a cited page's address with the article's; a day more may be a time zone's."""
    reference, url = met.planned.reference, met.planned.plan.url
    stated = next((one for one in row.claims if one.field == "published"), None)
    if stated is None or url is None or reference.role not in {Role.CITATION, Role.RELATED}:
        return
    day = date_in_url(url)
    if day is None or date.fromisoformat(day) - date.fromisoformat(stated.value) <= timedelta(days=1):
        return
    yield Finding(
        rule=POSTDATES,
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM,
        message=f"the address of this page has the day {day}, the article is of {stated.value} ({stated.said_by})",
        next="Look whether the article was updated, or whether this was never its source.",
        evidence={"cited": day, "article": stated.value, "said_by": stated.said_by, "cited_said_by": IN_URL},
    )
