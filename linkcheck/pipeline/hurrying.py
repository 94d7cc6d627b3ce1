"""Ends a run for a person who has had enough: a part of what is known is judged, and the rest is counted.

What looked bad comes first. The rest is told when somebody goes on with the run (`--resume`): nothing of it is lost.
"""

from linkcheck.evidence.replayer import Replayer
from linkcheck.model import Link, Verdict
from linkcheck.pipeline.commands import CutShort
from linkcheck.pipeline.line import Line

AT_ONCE = 4_000
"""Links, and references, that are judged and told of in well under a second."""
_CUT_PLAN = "cut plan"
_FINE = frozenset({Verdict.ALIVE, Verdict.MOVED})


def settle(line: Line) -> tuple[int, int, int, int]:
    """Settle which links there are, as `Journal.close_plan` does: in haste where not all was read, or nobody waits."""
    tape, commands = line.tape, line.job.commands
    is_cut = tape.has(_CUT_PLAN) if isinstance(tape, Replayer) else commands.is_heard or commands.stop.is_set()
    if not is_cut:
        try:
            with commands.cuttable():
                return line.journal.close_plan()
        except CutShort:
            pass
    tape.note(_CUT_PLAN, True)
    line.is_reading_cut = True
    return line.journal.close_plan(is_in_haste=True)


def strike(line: Line, link: Link, verdict: Verdict, *, has_findings: bool) -> None:
    """Remember a link that looks bad, as long as there are not too many."""
    if (has_findings or verdict not in _FINE) and len(line.striking) < AT_ONCE:
        line.striking.append(link.id)


def is_long(line: Line) -> bool:
    """Tell whether judging takes so long that somebody who has had enough would have to wait for it."""
    _, references, links = line.journal.size
    return max(references, links) > AT_ONCE and not line.is_concluded


def is_over(line: Line, where: str) -> bool:
    """Tell whether the person has had enough by now; a run that is repeated hears of it at the same place."""
    tape, commands, name = line.tape, line.job.commands, f"over at {where}"
    if isinstance(tape, Replayer):
        if tape.has(name):
            commands.end()
    elif commands.stop.is_set() and not line.is_over:
        line.is_over = True
        tape.note(name, True)
    return commands.stop.is_set()


def hurry(line: Line, where: str) -> bool:
    """Where the person has had enough of a long run: choose what is still judged, and tell that it is no more."""
    if not line.is_hurried and is_over(line, where) and is_long(line):
        line.journal.choose(line.striking, AT_ONCE)
        line.is_hurried = True
    return line.is_hurried


def count_rest(line: Line) -> str | None:
    """Count what was not judged; give a note that says so, where there is such a rest."""
    if not line.is_hurried:
        return None
    _, references, links = line.journal.size
    line.tally.fill_up(references=references, links=links)
    left = line.tally.summary().not_reached
    listed = ", and listed by json, jsonl and csv alone"
    remedy = "; `--resume` goes on with it" if line.journal.is_kept else ""
    return f"it was interrupted: {left:,} of {references:,} references are not judged{listed}{remedy}" if left else None
