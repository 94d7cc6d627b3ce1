"""Compares pages that are alive with their captures, once the archives have been asked about all that is lost."""

from collections.abc import Collection

from linkcheck.detect import content_drift, usurped_domain
from linkcheck.detect.captured import is_original
from linkcheck.evidence.tape import asking
from linkcheck.fetch.ledger import Purpose, asking_for
from linkcheck.judge import World
from linkcheck.pipeline.asking import probed
from linkcheck.pipeline.line import Deferred, Line
from linkcheck.pipeline.recalling import opinion_of
from linkcheck.pipeline.successors import clear_successors
from linkcheck.store import Seen


async def compare_with_captures(line: Line, world: World) -> bool:
    """Ask about what was deferred, the most urgent first, and judge those links again; True where anything changed."""
    waiting, line.deferred = sorted(line.deferred, key=_purpose), []
    changed: set[int] = set()
    for number, one in enumerate(waiting):
        await line.job.commands.cleared()
        line.wishes = number, len(waiting)
        with asking(f"compare {one.link.url}"), asking_for(_purpose(one)):
            found = tuple(await probed(line, one.found, one.check, one.context, compares=True))
        if found != one.found:
            changed.add(one.link.id)
            line.journal.observe([Seen(one.link.id, one.check, found)])
    cleared = clear_successors(line)
    line.journal.observe(cleared)
    changed.update(seen.link for seen in cleared)
    _judge_again(line, world, changed)
    return bool(changed)


def _judge_again(line: Line, world: World, changed: Collection[int]) -> None:
    if not changed:
        return
    opinions = []
    for asked in line.journal.asked():
        if asked.link.id in changed and asked.opinion:
            opinion = opinion_of(line, asked, world)
            line.tally.relink(asked.opinion.judgement.verdict, opinion.judgement.verdict)
            opinions.append((asked.link.id, opinion))
    line.journal.conclude_links(opinions)


def _purpose(one: Deferred) -> Purpose:
    if any(finding.rule == usurped_domain.RULE for finding in one.found):
        return Purpose.LOST_LINK
    if is_original(one.context):
        return Purpose.ORIGINAL
    return Purpose.REPLACED if content_drift.seems_replaced(one.check, one.context) else Purpose.DRIFT
