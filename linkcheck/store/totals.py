"""Counts rows while they pass, into the summary of a run or of one document."""

from collections import Counter
from collections.abc import Iterable, Sequence

from linkcheck.model import NOT_JUDGED, ArchiveAnswer, Finding, Judgement, Summary, Verdict


class Totals:
    """A summary in the making."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._documents = 0
        self._references: Counter[str] = Counter()
        self._links: Counter[str] = Counter()
        self._said: Counter[str] = Counter()
        """Severities of what is said of documents."""
        self._late: Counter[str] = Counter()
        """Severities of what is said of documents at the end."""
        self._found: Counter[str] = Counter()
        """Severities of what is found at references."""
        self._archives: Counter[str] = Counter()
        self._undecided = self._by_design = self._unseen = self._not_reached = 0

    def restart(self) -> None:
        """Forget links and references, which are judged anew."""
        self._references.clear()
        self._links.clear()
        self._found.clear()
        self._late.clear()
        self._undecided = self._by_design = self._unseen = self._not_reached = 0

    def document(self, findings: Iterable[Finding]) -> None:
        """Count a document and what is wrong with it."""
        self._documents += 1
        self._said.update(finding.severity.value for finding in findings)

    def late(self, findings: Iterable[Finding]) -> None:
        """Count what is said of documents once their references have been judged."""
        self._late.update(finding.severity.value for finding in findings)

    def reference(self, judgement: Judgement, findings: Sequence[Finding]) -> None:
        """Count a reference, in one of the two heaps where it was not judged, and what was found."""
        self._references[judgement.verdict.value] += 1
        self._found.update(finding.severity.value for finding in findings)
        match judgement.verdict:
            case Verdict.SKIPPED if judgement.reason.code.is_by_design:
                self._by_design += 1
            case Verdict.SKIPPED | Verdict.BLOCKED | Verdict.UNREACHABLE:
                self._undecided += 1
            case Verdict.ALIVE | Verdict.MOVED:
                self._unseen += any(finding.rule == NOT_JUDGED for finding in findings)
            case _:
                pass

    def link(self, verdict: Verdict) -> None:
        """Count a link."""
        self._links[verdict.value] += 1

    def relink(self, before: Verdict, now: Verdict) -> None:
        """Count a link that was counted already as what it has turned out to be."""
        self._links[before.value] -= 1
        self._links[now.value] += 1
        self._links = +self._links

    def fill_up(self, *, links: int, references: int) -> None:
        """Count all that there are beyond what was counted as not reached."""
        left = references - self._references.total()
        self._links[Verdict.SKIPPED.value] += links - self._links.total()
        self._references[Verdict.SKIPPED.value] += left
        self._links, self._references = +self._links, +self._references
        self._undecided += left
        self._not_reached += left

    def lookup(self, answer: ArchiveAnswer) -> None:
        """Count an archive's answer."""
        self._archives[answer.value] += 1

    def summary(self) -> Summary:
        """Give the counts so far."""
        return Summary(
            documents=self._documents,
            references=self._references.total(),
            links=self._links.total(),
            reference_verdicts=_sorted(self._references),
            link_verdicts=_sorted(self._links),
            findings=_sorted(self._said + self._late + self._found),
            undecided=self._undecided,
            not_reached=self._not_reached,
            by_design=self._by_design,
            unseen=self._unseen,
            archives=_sorted(self._archives),
        )


def _sorted(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items()))
