"""What to do about a verdict: one sentence, in the imperative, with the exact replacement where it is known."""

from collections.abc import Sequence
from typing import assert_never

from linkcheck.judge.rescue import best_of
from linkcheck.model import ArchiveAnswer, ArchiveRow, Judgement, Memento, ReasonCode, Verdict


def next_step(
    judgement: Judgement, mementos: Sequence[Memento], archives: Sequence[ArchiveRow], moved: str | None
) -> str:
    """Say what to do; empty where nothing is."""
    match judgement.verdict:
        case Verdict.DEAD if judgement.reason.code is ReasonCode.FILE_MISSING:
            return "Correct the path, or remove the link."
        case Verdict.DEAD | Verdict.SOFT_404 | Verdict.USURPED | Verdict.DRIFTED:
            return _copy_of(mementos, archives)
        case Verdict.MOVED:
            return f"Update the link to {moved}"
        case Verdict.BLOCKED:
            return "Open it in a browser: a wall keeps programs out, not people."
        case Verdict.UNREACHABLE if judgement.reason.code is ReasonCode.NOT_CONFIRMED:
            return "Run again: it was asked only once."
        case Verdict.UNREACHABLE if judgement.reason.code is ReasonCode.BUSY:
            return "Run again when this machine has less to do, or with a lower --concurrency."
        case Verdict.UNREACHABLE if judgement.reason.code is ReasonCode.NOT_ANSWERED_FOR:
            return "Correct a mistyped name, or run again from a network that answers for the whole internet."
        case Verdict.UNREACHABLE:
            return "Run again another day: nothing is proven by one bad moment."
        case Verdict.PLACEHOLDER:
            return "Find what the link pointed to in the original article, and put that URL here."
        case Verdict.INVALID:
            return "Correct the URL."
        case Verdict.ALIVE | Verdict.SKIPPED:
            return ""
        case _:
            assert_never(judgement.verdict)


def _copy_of(mementos: Sequence[Memento], archives: Sequence[ArchiveRow]) -> str:
    if best := best_of(mementos):
        checked = "" if best.validated else f" (look at it first: {best.note or 'nobody has validated it'})"
        # No full stop behind an address: whoever copies the line would copy it, too.
        return f"Replace it with the capture of {best.datetime[:10]}: {best.uri_m}{checked}"
    if any(one.validated is False for one in mementos):
        return "Cite another source: of the captures that were found none shows what was cited."
    answers = {row.answer for row in archives}
    if not answers:
        return "Look for an archived copy, or cite another source."
    if ArchiveAnswer.NOT_ASKED in answers or ArchiveAnswer.FAILED in answers:
        return "Look for an archived copy: the archives have not been heard, so run again."
    return "Remove it or cite another source: no archive that was asked holds a copy."
