"""Third stage: what the archives hold of originals and of lost links, the dearest first, within their patience."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

import anyio.lowlevel
from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.archives.unwrap import unwrap
from linkcheck.evidence.replayer import Replayer
from linkcheck.fetch.ledger import Purpose, asking_for
from linkcheck.judge.rescue import needs_archive
from linkcheck.model import Captures, Lookup, Memento, ReasonCode, Role, Verdict
from linkcheck.occurrences import Occurrences
from linkcheck.pipeline.answering import answering, unheard
from linkcheck.pipeline.commands import CutShort
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.targeting import instant_of, target_of
from linkcheck.plan import patterns
from linkcheck.standing import is_unheard
from linkcheck.store import Met
from linkcheck.store.remembered import left_before

_CUT = "cut originals"
_BATCH = 500
_ORIGINAL = 2
"""The rank of an original; what is lost comes before it."""
_RANKS = 8
"""More than there are ranks."""
_SEQ, _DOCUMENT = 34, 26
"""Bits of a reference's place in the run, and of its document's."""


class Wish(Struct, frozen=True):
    """One thing to ask the archives."""

    link: int
    target: str
    """ISO date; empty for the latest."""
    url: str
    basis: str
    purpose: Purpose


async def ask_the_archives(line: Line) -> None:
    """Look up every lost link, every original, every archived copy, and last what cannot be reached.

    What is known already is not asked again.
    """
    if not line.archives:
        return
    captures = answering(line)[Captures]
    keys = await _keys(line)
    for done, wish in enumerate(_open_wishes(line, keys)):
        await line.job.commands.cleared()
        line.wishes = done, len(keys)
        with asking_for(wish.purpose):
            answers = await captures(Captures(wish.url, instant_of(wish.target)))
        _note(line, [(wish, answer) for answer in answers])


def originals_of(line: Line) -> list[str]:
    """Give the addresses of the pages whose archived copies are cited: they are checked, too.

    None where the person has had enough before all links were gone through.
    """
    tape, commands = line.tape, line.job.commands
    try:
        is_cut = tape.has(_CUT) if isinstance(tape, Replayer) else commands.is_heard or commands.stop.is_set()
        if not is_cut:
            with commands.cuttable():
                return list(_originals(line))
    except CutShort:
        pass
    tape.note(_CUT, True)
    return []


def _originals(line: Line) -> Iterator[str]:
    unwanted = patterns(line.config.exclude)
    for link in line.journal.web_links():
        copy = unwrap(link.url)
        original = uri.key(copy.original) if copy else None
        if original and not any(pattern.search(original) for pattern in unwanted):
            yield original


async def note_unasked(line: Line) -> None:
    """Write down what was left when the run was stopped."""
    why = "the run was stopped before its turn"
    left = _open_wishes(line, await _keys(line) if line.archives else ())
    while wishes := list(islice(left, _BATCH)):
        answers = [unheard(archive, why) for archive in line.archives[:1]]  # others are asked where it does not help
        _note(line, [(wish, answer) for wish in wishes for answer in answers])
        await anyio.lowlevel.checkpoint()


async def _keys(line: Line) -> Sequence[int]:
    """Find what to ask, in the order of asking: what the last run could not ask, then by rank, then as it stands.

    A key is a rank and the place of a reference, in one number: there may be a million. A link that is cited with
    several ranks has a key for each, of which the first counts.
    """
    documents = [row for _, row in line.journal.documents()]
    is_left = left_before(line.journal.database, line.journal.run)
    met_before, keys = Occurrences(), array("Q")
    for number, met in enumerate(line.journal.references()):
        if number % _BATCH == 0:
            await anyio.lowlevel.checkpoint()  # so that it can be ended
        rank = _rank(met)
        if rank is None or met.link is None:
            continue
        target, _ = target_of(met.planned, documents[met.document])
        if not met_before.add(f"{met.link} {target} {rank}"):
            late = rank if is_left(met.link, target) else rank + _RANKS
            keys.append((late << _DOCUMENT | met.document) << _SEQ | met.seq)
    return array("Q", sorted(keys))


def _open_wishes(line: Line, keys: Sequence[int]) -> Iterator[Wish]:
    """Give what is still to be asked."""
    documents = [row for _, row in line.journal.documents()]
    for key in keys:
        document, seq = (key >> _SEQ) & ((1 << _DOCUMENT) - 1), key & ((1 << _SEQ) - 1)
        met = line.journal.reference(document, seq)
        assert met.link is not None, "what has no link has no rank"
        target, basis = target_of(met.planned, documents[met.document])
        if not line.journal.lookups(met.link, target):
            rank = (key >> _DOCUMENT >> _SEQ) % _RANKS
            purpose = Purpose.LOST_LINK if rank < _ORIGINAL else Purpose.ORIGINAL
            yield Wish(met.link, target, met.planned.plan.link or "", basis, purpose)


def _rank(met: Met) -> int | None:
    """Say how much a reference needs the archives; None for not at all."""
    url = met.planned.plan.link or ""
    if met.opinion is None or uri.scheme_of(url) not in uri.WEB:
        return None
    verdict, code = met.opinion.judgement.verdict, met.opinion.judgement.reason.code
    role = met.planned.reference.role
    is_wanted = verdict is not Verdict.SKIPPED or code is ReasonCode.NETWORK  # archives may be there all the same
    if needs_archive(verdict) and role is not Role.ORIGINAL:
        return 0 if role is Role.CITATION else 1
    if role is Role.ORIGINAL and verdict is not Verdict.MOVED and is_wanted:
        return _ORIGINAL
    if verdict is Verdict.BLOCKED and any(one.wants_copy for one in met.opinion.findings):
        return 3
    if verdict is not Verdict.SKIPPED and unwrap(url) is not None:
        return 3
    record = met.opinion.record
    return 4 if verdict is Verdict.UNREACHABLE and record and is_unheard(record) else None


def _note(line: Line, answers: Sequence[tuple[Wish, Lookup]]) -> None:
    for _, answer in answers:
        line.tally.lookup(answer.answer)
    line.journal.look_up_all((wish.link, wish.target, _explained(answer, wish)) for wish, answer in answers)


def _explained(lookup: Lookup, wish: Wish) -> Lookup:
    """Say what the target rests on, and count the distance in days, since the target is one."""
    return structs.replace(lookup, mementos=tuple(_by_day(one, wish) for one in lookup.mementos))


def _by_day(memento: Memento, wish: Wish) -> Memento:
    if not wish.target or memento.target_basis:
        return memento
    days = (date.fromisoformat(memento.datetime[:10]) - date.fromisoformat(wish.target)).days
    return structs.replace(memento, target=wish.target, target_basis=wish.basis, distance_days=float(days))
