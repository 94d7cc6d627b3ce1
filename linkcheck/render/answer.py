"""What is said of a whole run: the answer in one sentence, its counts, and how to go on."""

import re
from collections.abc import Iterator, Sequence
from math import ceil
from shlex import quote

from linkcheck.model import WRONG_PAGE, ArchiveAnswer, DocumentRow, Excused, ReasonCode, Report, Severity
from linkcheck.render.counting import counted, counts, listed
from linkcheck.render.tally import Tally
from linkcheck.render.triage import Heap

_PROBLEMS = {
    "placeholder": ("has lost its target", "have lost their target"),
    "dead": ("is dead", "are dead"),
    "missing-file": ("points to a missing file", "point to missing files"),
    "missing-fragment": ("names a place that its page lacks", "name places that their pages lack"),
    WRONG_PAGE: ("points to the wrong page", "point to the wrong page"),
    "soft-404": ("answers without the page that was cited", "answer without the pages that were cited"),
    "usurped": ("leads to somebody else's site", "lead to somebody else's sites"),
    "invalid": ("is not a URL", "are not URLs"),
    "drifted": ("no longer shows what was cited", "no longer show what was cited"),
    "blocked": ("is behind a wall", "are behind walls"),
    "unreachable": ("cannot be reached", "cannot be reached"),
}

_WAITING = {ReasonCode.OFFLINE: "offline", ReasonCode.NETWORK: "no network"}


def sentences(report: Report, document: DocumentRow | None, counted_by: Tally) -> str:
    """Give the answer as text."""
    if is_all_fine(report, counted_by):
        return f"{all_fine(report, counted_by)}."
    return f"{lead(report, document, counted_by)}: {'. '.join(answer(report, counted_by))}."


def lead(report: Report, document: DocumentRow | None, counted_by: Tally, refusal: str = "Do not {} yet") -> str:
    """Give the answer in a few words, without a full stop."""
    if counted_by.errors:
        if document is None:
            return "Links need repair"
        return refusal.format("republish" if document.original else "publish")
    if not report.run.complete or (counted_by.heaps[Heap.WAITING] and not counted_by.heaps[Heap.FINE]):
        return "Cannot tell yet"
    return "Nothing is known to be lost"


def answer(report: Report, counted_by: Tally) -> Iterator[str]:
    """Give the sentences that follow the lead and say what was found, whatever the mix; without full stops."""
    total = report.summary.references
    rest = list(_rest(counted_by, report))
    if not counted_by.errors:
        fine = counted_by.heaps[Heap.FINE]
        parts = [(fine, _is(fine, "fine"))] if fine else []
        yield listed(_of_links([*parts, *rest], total)) or "nothing was read"
        if warnings := counted_by.documents[Severity.WARNING]:
            yield f"The text itself has {counted(warnings, 'warning')}"
        return
    wrong = _of_links(list(_wrong(counted_by)), total)
    if errors := counted_by.documents[Severity.ERROR]:
        wrong.append(f"the text itself has {counted(errors, 'error')}")
    yield listed(wrong)
    if rest:
        yield listed([f"{count:,} {phrase}" for count, phrase in rest])
    if warnings := counted_by.documents[Severity.WARNING]:
        yield f"The text itself has {counted(warnings, 'warning')}"
    if counted_by.replacements:
        need = counted_by.need_a_person
        needs = f", {need:,} {'needs' if need == 1 else 'need'} you" if need else ""
        yield f"{counted(counted_by.replacements, 'replacement')} found{needs}"


def is_all_fine(report: Report, counted_by: Tally) -> bool:
    """Tell whether there is nothing to do, to decide or to wait for."""
    return (
        report.run.complete
        and not counted_by.errors
        and not counted_by.documents[Severity.WARNING]
        and not any(counted_by.heaps[heap] for heap in (Heap.DO, Heap.DECIDE, Heap.WAITING, Heap.NOTED))
    )


def all_fine(report: Report, counted_by: Tally) -> str:
    """Say that everything is fine, or that there was nothing to check; without a full stop."""
    total, fine, left_out = report.summary.references, counted_by.heaps[Heap.FINE], counted_by.heaps[Heap.DESIGN]
    if not total:
        return "There are no links"
    if not fine:
        return f"There is nothing to check: {counted(total, 'link')}, left out by design"
    unseen = f"; the content of {counted_by.unseen:,} could not be judged" if counted_by.unseen else ""
    if not left_out:
        return f"The only link is fine{unseen}" if total == 1 else f"{_all(fine)} links are fine{unseen}"
    checked = "The only link to check is" if fine == 1 else f"{_all(fine)} links to check are"
    return f"{checked} fine; {left_out:,} {'was' if left_out == 1 else 'were'} left out by design{unseen}"


def verdicts(report: Report, counted_by: Tally) -> str:
    """Give `5 references, 1 link: 3 placeholder, 2 alive, of these 1 to the wrong page`."""
    summary = report.summary
    words = f"{counted(summary.references, 'reference')}, {counted(summary.links, 'link')}"
    if summary.reference_verdicts:
        words += f": {counts(summary.reference_verdicts)}"
    if wrong := counted_by.problems[WRONG_PAGE]:
        words += f", of these {wrong:,} to the wrong page"
    return words


def archives_asked(report: Report, counted_by: Tally) -> str:
    """Say how many archive look-ups there were, and how those that are left can go on."""
    answers = report.summary.archives
    left = answers.get(ArchiveAnswer.NOT_ASKED, 0)
    failed = answers.get(ArchiveAnswer.FAILED, 0)
    asked = failed + answers.get(ArchiveAnswer.FOUND, 0) + answers.get(ArchiveAnswer.NONE, 0)
    words = f"archive asked {asked:,}{f' ({failed:,} failed)' if failed else ''}, not asked {left:,}"
    return f"{words} ({go_on(report, counted_by)})" if left else words


def go_on(report: Report, counted_by: Tally) -> str:
    """Return what makes a run ask the archives that this one did not ask; what they have answered is remembered."""
    if report.run.offline:
        return "to go on: the same without --offline"
    if not any(_BUDGET.search(reason) for reason in counted_by.not_asked):
        return "to go on: run again"
    left = report.summary.archives.get(ArchiveAnswer.NOT_ASKED, 0)
    budget = f"--archive-budget {ceil(left / _A_MINUTE) + 1}m"
    if report.summary.documents != 1:
        return f"to go on: the same with {budget}"
    return f"to go on: linkcheck check {quote(next(iter(report.documents())).path)} {budget}"


def excused(told: Excused) -> str:
    """Say what a baseline has made of a run: `3 known and not counted, 1 entry stale`."""
    parts = [f"{told.known:,} known and not counted"]
    if told.stale:
        parts.append(f"{counted(told.stale, 'entry', 'entries')} stale")
    if told.expired:
        parts.append(f"{counted(told.expired, 'entry', 'entries')} expired")
    return listed(parts)


def _of_links(parts: Sequence[tuple[int, str]], total: int) -> list[str]:
    """Put counts before their phrases; the first says of how many."""
    said = [f"{count:,} {phrase}" for count, phrase in parts]
    if parts:
        count, phrase = parts[0]
        said[0] = f"the only link {phrase}" if total == 1 else f"{count:,} of {total:,} links {phrase}"
    return said


def _wrong(counted_by: Tally) -> Iterator[tuple[int, str]]:
    for problem, count in sorted(counted_by.problems.items(), key=lambda item: (-item[1], item[0])):
        one, many = _PROBLEMS.get(problem, (f"has an error ({problem})", f"have errors ({problem})"))
        yield count, one if count == 1 else many


def _rest(counted_by: Tally, report: Report) -> Iterator[tuple[int, str]]:
    """Say what is neither fine nor wrong for certain."""
    if count := counted_by.attention.total():
        yield count, f"{'needs' if count == 1 else 'need'} a look ({counts(counted_by.attention)})"
    if count := counted_by.waiting.total():
        why = listed([waits(code, report) for code in sorted(counted_by.waiting)])
        is_so = _is(count, "not checked", past=True) if report.run.offline else "could not be checked"
        yield count, f"{is_so} ({why})"
    if count := counted_by.heaps[Heap.NOTED]:
        yield count, _is(count, "noted")
    if count := counted_by.unseen:
        yield count, f"{'answers' if count == 1 else 'answer'} with content that could not be judged"


def _all(count: int) -> str:
    return "Both" if count == 2 else f"All {count:,}"


def _is(count: int, state: str, *, past: bool = False) -> str:
    verb = ("was" if past else "is") if count == 1 else ("were" if past else "are")
    return f"{verb} {state}"


def waits(code: ReasonCode, report: Report) -> str:
    """Say in a few words why something waits; an interrupted run has asked more than it has judged."""
    if code is ReasonCode.NOT_ASKED:
        return "not asked, or not judged" if report.summary.not_reached else "not asked"
    return _WAITING.get(code, code.value)


_A_MINUTE = 24
"""Questions that the slowest archive answers."""
_BUDGET = re.compile("an archive may take|for archives ended|budget")
