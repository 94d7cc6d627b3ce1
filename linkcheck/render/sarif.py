"""The report for code scanning: SARIF 2.1.0 (OASIS), with what GitHub reads of it.

https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
Replacements are `fixes` by exact bytes; GitHub shows at most 25,000 results of a run.
"""

from itertools import islice
from typing import Any, TextIO
from urllib.parse import quote

import linkcheck
from linkcheck import registry
from linkcheck.model import ABOUT, Report, Severity, Verdict
from linkcheck.render.api import Renderer, Style
from linkcheck.render.diagnostics import Diagnostic, diagnostics
from linkcheck.render.json import encoded

MOST = 25_000


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write one run, one result a line; the rules are those that have results."""
    rules: dict[str, Severity] = {}
    for one in diagnostics(report, style):
        rules[one.rule] = max(rules.get(one.rule, one.severity), one.severity, key=lambda severity: severity.rank)
    places = {rule: place for place, rule in enumerate(rules)}
    driver = {
        "name": "linkcheck",
        "semanticVersion": linkcheck.__version__,
        "informationUri": "https://pypi.org/project/linkcheck-provenance/",
        "rules": [_rule(name, severity) for name, severity in rules.items()],
    }
    out.write('{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{\n')
    out.write(f'"tool": {encoded({"driver": driver})},\n')
    out.write('"columnKind": "unicodeCodePoints", "automationDetails": {"id": "linkcheck/"},\n')
    out.write(f'"invocations": [{encoded(_invocation(report))}],\n"results": [')
    for position, one in enumerate(islice(diagnostics(report, style), MOST)):
        out.write(f"{',' if position else ''}\n{encoded(_result(one, places[one.rule]))}")
    out.write("\n]}]}\n")


def _invocation(report: Report) -> dict[str, Any]:
    run = report.run
    notes = [{"level": "warning", "message": {"text": note}} for note in run.notes]
    told = {
        "executionSuccessful": run.complete,
        "startTimeUtc": run.started,
        "endTimeUtc": run.finished or run.started,
    }
    return told | ({"toolExecutionNotifications": notes} if notes else {})


def _rule(name: str, severity: Severity) -> dict[str, Any]:
    about = _about(name)
    return {
        "id": name,
        "shortDescription": {"text": about},
        "fullDescription": {"text": about},
        "help": {"text": f"{about} `linkcheck explain {name}` says more."},
        "defaultConfiguration": {"level": severity.value},
        "properties": {"precision": "high", "problem.severity": _PROBLEMS[severity], "tags": ["link-rot"]},
    }


def _about(rule: str) -> str:
    if rule in {verdict.value for verdict in Verdict}:
        return ABOUT[Verdict(rule)]
    if rule in registry.names("detect"):
        about: str = registry.load("detect", rule).about
        return about
    return f"{rule.replace('-', ' ').capitalize()}."


def _result(one: Diagnostic, rule: int) -> dict[str, Any]:
    is_of_web = "://" in one.path
    safe = "/:@!$&'()*+,;=~%?" if is_of_web else "/@!$&'()+,;=~"  # a file may be called `50%.md`
    file = {"uri": quote(one.path.removeprefix("./"), safe=safe)}
    if not is_of_web:
        file["uriBaseId"] = "%SRCROOT%"
    region = {"startLine": one.line, "startColumn": one.column}
    target = f"[{one.target}] " if one.target else ""
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": rule,
        "level": one.severity.value,
        "message": {"text": target + one.message},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
        "partialFingerprints": {"primaryLocationLineHash": f"{one.fingerprint}:1", "linkcheck/v1": one.fingerprint},
    }
    if one.replacement and one.start is not None and one.end is not None:
        replaced = {
            "deletedRegion": {"byteOffset": one.start, "byteLength": one.end - one.start},
            "insertedContent": {"text": one.replacement},
        }
        change = {"artifactLocation": file, "replacements": [replaced]}
        result["fixes"] = [{"description": {"text": "Use the replacement."}, "artifactChanges": [change]}]
    return result


_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}

PLUGIN = Renderer(media_type="application/sarif+json", suffix=".sarif", render=render)
