"""Decides what a report means for the process: clean, findings that count, or not to be trusted."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import TypeAlias

from msgspec import Struct

from linkcheck import registry
from linkcheck.cli.exits import Exit
from linkcheck.config import Config
from linkcheck.errors import ConfigError
from linkcheck.hints import hint
from linkcheck.judge.reference import fingerprint
from linkcheck.model import (
    DocumentRow,
    Finding,
    PlacedFinding,
    ReferenceRow,
    Report,
    Severity,
    StandingWord,
    Summary,
    Verdict,
)
from linkcheck.pipeline import Outcome
from linkcheck.standing import FINE
from linkcheck.store import StoredReport

OF_DOCUMENTS = {
    "undefined-reference": "A link such as [text][label] names a label that is nowhere defined.",
    "front-matter": "The front matter cannot be read, so what it says of the article is not known.",
    "damaged-document": "A part of the file could not be read, so what links it holds is not known.",
    "list-cut": "A sitemap or feed is longer than its format allows; what comes behind was not read.",
    "date-conflict": "The date that the article states is not the one in its original's URL.",
    "stale-ignore": "A comment wishes that a rule be ignored, and has run out, or matches nothing.",
    "headline-slug-mismatch": "The headline has other words than the slug of the original's URL.",
    "title-differs": "The original has another headline.",
    "author-differs": "The original names another author.",
    "canonical-mismatch": "The original calls another address of its site its own.",
    "original-unreachable": "Neither the original nor a capture of it could be read.",
    "original-drifted": "The live original shows something else than its captures do.",
    "republished-elsewhere": "The original says that it was first published elsewhere.",
    "no-original-stated": "Links have lost their target, and no original is stated; a guess is named, if there is one.",
    "copy-differs": "Paragraphs of the original are missing, were added, or say other words.",
    "quote-altered": "A quotation has other words than in the original.",
    "quote-missing": "A quotation is not in the original.",
}
"""Rules that are said of a document rather than of a link, with what they mean."""
BESIDE_LINKS = {
    "source-postdates-article": "The address of a cited page has a later day than the article.",
    "quote-not-found": "The page that a link leads to does not have the words that are quoted beside it.",
}
"""Rules that are said of a link in its article, and that no detector has."""


class Failing(Struct, frozen=True, kw_only=True):
    """Something that `--fail-on` names: a reference, or a finding about the document itself."""

    document: DocumentRow
    row: ReferenceRow | None = None
    finding: PlacedFinding | None = None
    fingerprint: str


def exit_code(outcome: Outcome, *, fails: bool) -> Exit:
    """Say how the process ends."""
    report = outcome.report
    if outcome.is_interrupted:
        return Exit.INTERRUPTED
    if not any(document.sha256 for document in report.documents()):
        return Exit.INCOMPLETE if outcome.is_reading_bounded else Exit.USAGE  # nothing could be read
    if not report.run.complete:
        return Exit.INCOMPLETE
    return Exit.FINDINGS if fails else Exit.CLEAN


def failing(report: Report, fail_on: Collection[str]) -> Iterator[Failing]:
    """Give what `--fail-on` names: a severity and all above it, a verdict, or a rule."""
    if "never" in fail_on:
        return
    least = min((Severity(name).rank for name in fail_on if name in _SEVERITIES), default=None)
    if not _can_hit(report.summary, fail_on, least):
        return
    for document in report.documents():
        seen = Counter[str]()
        for finding in document.findings:
            name = f"{finding.rule}: {finding.message}"
            if _hits((None, [finding]), fail_on, least):
                told = fingerprint(document.path, name, seen[name])
                yield Failing(document=document, finding=finding, fingerprint=told)
            seen[name] += 1
        for row in report.references(document.path):
            if _hits((row.verdict.value, row.findings), fail_on, least):
                yield Failing(document=document, row=row, fingerprint=row.fingerprint)


def undecided(report: Report) -> Iterator[str]:
    """Give the fingerprints of references that wait for a judgement: whether they still fail is not known."""
    for row in report.references():
        is_waiting = row.verdict is Verdict.SKIPPED and not row.reason.code.is_by_design
        if is_waiting or row.verdict in {Verdict.BLOCKED, Verdict.UNREACHABLE}:
            yield row.fingerprint


def is_counted(one: Failing, report: StoredReport, config: Config) -> bool:
    """Tell whether `--fail-when` lets it count."""
    match config.fail_when:
        case "any":
            return True
        case "confirmed":
            return _is_confirmed(one)
        case "new":
            return not _failed_before(one, report, config.fail_on)


def check_rules(fail_on: Collection[str], severities: Collection[str]) -> None:
    """Refuse a `--fail-on` that can never fire, and severities of no rule; ConfigError says what there is."""
    rules = {*registry.names("detect"), *OF_DOCUMENTS, *BESIDE_LINKS, *(verdict.value for verdict in Verdict)}
    for name in severities:
        if name not in rules:
            raise ConfigError(f"[linkcheck.severity]: there is no rule {name!r}; {hint(name, sorted(rules))}")
    known = {"never", *_SEVERITIES, *rules}
    for name in fail_on:
        if name not in known:
            raise ConfigError(f"--fail-on: {name!r} is no severity, verdict or rule; {hint(name, sorted(known))}")


def _is_confirmed(one: Failing) -> bool:
    """Tell what is sure from what may have been a bad day: only what the network said needs time."""
    row = one.row
    if row is None or row.link is None or row.link.startswith("file:"):
        return True
    return row.verdict in FINE or row.standing == StandingWord.CONFIRMED


def _failed_before(one: Failing, report: StoredReport, fail_on: Collection[str]) -> bool:
    """Tell whether it failed by the same rules at the last check."""
    least = min((Severity(name).rank for name in fail_on if name in _SEVERITIES), default=None)
    if one.row is not None:
        before = report.before(one.row)
        return before is not None and _hits((before.judgement.verdict.value, before.findings), fail_on, least)
    document = report.document_before(one.document.path)
    wanted = one.finding and (one.finding.rule, one.finding.message)
    found = document.findings if document else ()
    return any((finding.rule, finding.message) == wanted for finding in found)


def _can_hit(summary: Summary, fail_on: Collection[str], least: int | None) -> bool:
    """Tell by the counts whether anything may be named; of single rules they tell nothing."""
    verdicts = {verdict.value for verdict in Verdict}
    if any(
        name not in _SEVERITIES and (name not in verdicts or name in summary.reference_verdicts) for name in fail_on
    ):
        return True
    return least is not None and any(Severity(name).rank >= least for name in summary.findings)


_Spoken: TypeAlias = tuple[str | None, Collection[Finding]]


def _hits(row: _Spoken, fail_on: Collection[str], least: int | None) -> bool:
    verdict, findings = row
    return verdict in fail_on or any(
        finding.rule in fail_on or (least is not None and finding.severity.rank >= least) for finding in findings
    )


_SEVERITIES = frozenset(severity.value for severity in Severity)
