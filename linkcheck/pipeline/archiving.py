"""Third stage: what the archives hold of originals and of lost links, the dearest first, within their patience."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.events import Consulting
from linkcheck.judge import needs_archive
from linkcheck.model import ArchiveAnswer, Captures, DocumentRow, Lookup, Memento, Role, Verdict
from linkcheck.pipeline.answering import answering, unheard
from linkcheck.pipeline.line import Line
from linkcheck.store import Met


class Wish(Struct, frozen=True, order=True):
    """One thing to ask the archives; the order is that of asking."""

    rank: int
    seq: int
    link: int
    target: str
    """ISO date; empty for the latest."""
    url: str
    basis: str


async def ask_the_archives(line: Line) -> None:
    """Look up every original and every lost link near its document's date; what is known already is not asked again."""
    captures = answering(line)[Captures]
    wishes = list(_open_wishes(line))
    for done, wish in enumerate(wishes):
        await line.job.commands.cleared()
        for archive in line.archives:
            line.emit(Consulting(archive.title, wish.url, done, len(wishes)))
        known = _known_answers(line, wish)
        for answer in known or await captures(Captures(wish.url, instant_of(wish.target))):
            _note(line, wish, answer)


def _known_answers(line: Line, wish: Wish) -> tuple[Lookup, ...]:
    """Give what all archives have answered not long ago; nothing where one of them is due to be asked."""
    if line.config.fresh or not line.journal.has_past:
        return ()
    known = [line.journal.known_lookup(wish.link, wish.target, archive.name) for archive in line.archives]
    fresh = tuple(one for one in known if one and one.at and _is_fresh(one, line))
    return fresh if len(fresh) == len(line.archives) else ()


def _is_fresh(lookup: Lookup, line: Line) -> bool:
    age = line.clock.now() - datetime.fromisoformat(lookup.at or "")
    return timedelta(0) <= age < _AGES.get(lookup.answer, timedelta(0))


def note_unasked(line: Line) -> None:
    """Write down what was left when the run was stopped."""
    for wish in _open_wishes(line):
        for archive in line.archives:
            _note(line, wish, unheard(archive, "the run was stopped before its turn"))


def target_of(document: DocumentRow) -> tuple[str, str]:
    """Give the date that captures should be near to, and what it rests on; both empty where none is known."""
    claim = next((one for one in document.claims if one.field == "published"), None)
    return (claim.value, f"the article's date ({claim.said_by})") if claim else ("", "")


def instant_of(target: str) -> datetime | None:
    """Give the end of that day: what was captured on the day itself is what its readers saw."""
    return datetime.combine(date.fromisoformat(target), time(23, 59, 59), UTC) if target else None


def _open_wishes(line: Line) -> Iterator[Wish]:
    """Give what is still to be asked, in the order of asking."""
    return (wish for wish in sorted(_wishes(line)) if not line.journal.lookups(wish.link, wish.target))


def _wishes(line: Line) -> Iterator[Wish]:
    """Find what to ask: originals, then citations, then other lost links; each URL once a date."""
    targets = [target_of(row) for _, row in line.journal.documents()]
    best: dict[tuple[int, str], Wish] = {}
    for met in line.journal.references():
        rank = _rank(met)
        if rank is None or met.link is None:
            continue
        target, basis = targets[met.document]
        wish = Wish(rank, met.seq, met.link, target, met.planned.plan.link or "", basis)
        best[met.link, target] = min(wish, best.get((met.link, target), wish))
    yield from best.values()


def _rank(met: Met) -> int | None:
    """Say how much a reference needs the archives; None for not at all."""
    if met.opinion is None or uri.scheme_of(met.planned.plan.link or "") not in uri.WEB:
        return None
    verdict = met.opinion.judgement.verdict
    role = met.planned.reference.role
    if role is Role.ORIGINAL and verdict not in {Verdict.MOVED, Verdict.SKIPPED}:
        return 0
    if not needs_archive(verdict):
        return None
    return 1 if role is Role.CITATION else 2


def _note(line: Line, wish: Wish, answer: Lookup) -> None:
    line.tally.lookup(answer.answer)
    line.journal.look_up(wish.link, wish.target, _explained(answer, wish))


def _explained(lookup: Lookup, wish: Wish) -> Lookup:
    """Say what the target rests on, and count the distance in days, since the target is one."""
    return structs.replace(lookup, mementos=tuple(_by_day(one, wish) for one in lookup.mementos))


def _by_day(memento: Memento, wish: Wish) -> Memento:
    if not wish.target or memento.target_basis:
        return memento
    days = (date.fromisoformat(memento.datetime[:10]) - date.fromisoformat(wish.target)).days
    return structs.replace(memento, target=wish.target, target_basis=wish.basis, distance_days=float(days))


_AGES = {ArchiveAnswer.FOUND: timedelta(days=30), ArchiveAnswer.NONE: timedelta(days=1)}
"""How long an archive's answer is believed: a capture stays, and who has none today may have one tomorrow."""
