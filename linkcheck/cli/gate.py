"""Decides what a report means for the process: clean, findings that count, or not to be trusted."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from linkcheck import registry
from linkcheck.cli.exits import Exit
from linkcheck.errors import ConfigError
from linkcheck.model import Finding, Report, Severity, Verdict
from linkcheck.pipeline import Outcome

OF_DOCUMENTS = {
    "undefined-reference": "A link such as [text][label] names a label that is nowhere defined.",
    "front-matter": "The front matter cannot be read, so what it says of the article is not known.",
    "date-conflict": "The date that the article states is not the one in its original's URL.",
    "headline-slug-mismatch": "The headline has other words than the slug of the original's URL.",
}
"""Rules that are said of a document rather than of a link, with what they mean."""


def exit_code(outcome: Outcome, fail_on: Collection[str]) -> Exit:
    """Say how the process ends."""
    report = outcome.report
    if outcome.is_interrupted:
        return Exit.INTERRUPTED
    if not any(document.sha256 for document in report.documents()):
        return Exit.USAGE  # nothing could be read
    if not report.run.complete:
        return Exit.INCOMPLETE
    return Exit.FINDINGS if failing(report, fail_on) else Exit.CLEAN


def failing(report: Report, fail_on: Collection[str]) -> bool:
    """Tell whether the report has what `--fail-on` names: a severity and all above it, a verdict, or a rule."""
    if "never" in fail_on:
        return False
    least = min((Severity(name).rank for name in fail_on if name in _SEVERITIES), default=None)
    return any(_hits(row, fail_on, least) for row in _spoken(report))


def check_rules(fail_on: Collection[str], severities: Collection[str]) -> None:
    """Refuse a `--fail-on` that can never fire, and severities of no rule; ConfigError says what there is."""
    rules = {*registry.names("detect"), *OF_DOCUMENTS, *(verdict.value for verdict in Verdict)}
    for name in severities:
        if name not in rules:
            near = get_close_matches(name, rules, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(rules))}"
            raise ConfigError(f"[linkcheck.severity]: there is no rule {name!r}; {hint}")
    known = {"never", *_SEVERITIES, *rules}
    for name in fail_on:
        if name not in known:
            raise ConfigError(
                f"--fail-on: {name!r} is no severity, verdict or rule; there are: {', '.join(sorted(known))}"
            )


def _spoken(report: Report) -> Iterable[tuple[str | None, Collection[Finding]]]:
    for document in report.documents():
        yield None, document.findings
    for row in report.references():
        yield row.verdict.value, row.findings


def _hits(row: tuple[str | None, Collection[Finding]], fail_on: Collection[str], least: int | None) -> bool:
    verdict, findings = row
    return verdict in fail_on or any(
        finding.rule in fail_on or (least is not None and finding.severity.rank >= least) for finding in findings
    )


_SEVERITIES = frozenset(severity.value for severity in Severity)
