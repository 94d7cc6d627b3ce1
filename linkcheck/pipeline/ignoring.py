"""Leaves findings out where a document wishes it, and tells which of its wishes have run out or meant nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from linkcheck.model import DocumentRow, Finding, Ignore, PlacedFinding, Severity, Verdict

RULE = "stale-ignore"


class Wishes:
    """The wishes of one document, and which of them have been of use."""

    def __init__(self, document: DocumentRow, today: str, suggests: Mapping[str, Verdict]) -> None:
        """Hear those that still hold. `suggests` tells which verdict a rule speaks for: both names mean both."""
        self._suggests = suggests
        self._ignores = document.ignores
        self._today = today
        self._held = [one for one in document.ignores if one.until is None or one.until >= today]
        self._used: set[Ignore] = set()
        self._is_open: set[Ignore] = set()

    def heard(self, findings: Sequence[Finding], line: int, column: int, *, is_judged: bool) -> tuple[Finding, ...]:
        """Make notes of the findings at a place that are to be left out."""
        here = [one for one in self._held if one.covers(line, column)]
        if not here:
            return tuple(findings)
        if not is_judged:
            self._is_open.update(here)
        return tuple(self._heard(finding, findings, here) for finding in findings)

    def stale(self) -> Iterator[PlacedFinding]:
        """Give what is out of date, and what matches nothing that was judged."""
        for one in self._ignores:
            meant = ", ".join(one.rules) or "every rule"
            if one not in self._held:
                yield _stale(
                    one, f"the wish to ignore {meant} ran out on {one.until}", "Look at it again: renew or remove it."
                )
            elif one not in self._used and one not in self._is_open:
                yield _stale(
                    one, f"the wish to ignore {meant} matches nothing", "Remove it: there is nothing to ignore."
                )

    def _heard(self, finding: Finding, all_here: Sequence[Finding], here: Iterable[Ignore]) -> Finding:
        rules = {finding.rule, str(self._suggests.get(finding.rule, finding.rule))}
        rules |= {one.rule for one in all_here if self._suggests.get(one.rule) == finding.rule}
        wish = next((one for one in here if any(map(one.names, rules))), None)
        if wish is None:
            return finding
        self._used.add(wish)
        if finding.severity is Severity.NOTE:
            return finding
        ignored = {"line": wish.line, "reason": wish.reason, "until": wish.until, "said": wish.said}
        why = "".join((f": {wish.reason}" if wish.reason else "", f" (until {wish.until})" if wish.until else ""))
        return structs.replace(
            finding,
            severity=Severity.NOTE,
            next=f"Ignored, as line {wish.line} wishes{why}.",
            evidence=finding.evidence | {"ignored": ignored},
        )


def _stale(one: Ignore, message: str, advice: str) -> PlacedFinding:
    return PlacedFinding(
        rule=RULE,
        severity=Severity.WARNING,
        message=f"{message} ({one.said}{f': {one.reason}' if one.reason else ''})",
        next=advice,
        evidence={"rules": list(one.rules), "until": one.until, "reason": one.reason},
        line=one.line,
        column=one.first[1],
    )
