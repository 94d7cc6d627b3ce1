"""Fourth stage: articles are compared with their originals, and lost targets are found again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.events import Consulting
from linkcheck.evidence.tape import asking
from linkcheck.fetch.converse import converse
from linkcheck.fetch.ledger import Purpose, asking_for
from linkcheck.fetch.observe import Observation, observing
from linkcheck.fetch.once import once
from linkcheck.judge import LinkOpinion, World, judge_link
from linkcheck.judge.rescue import best_of, needs_archive
from linkcheck.model import (
    Captures,
    Check,
    DocumentRow,
    Finding,
    Link,
    Lookup,
    Observe,
    Rescue,
    Verdict,
)
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.asking import consulted
from linkcheck.pipeline.elsewhere import context
from linkcheck.pipeline.guessing import guessed, is_wanting
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.lost import MOST, is_gone, lost_among
from linkcheck.provenance import against, faithful, quoted
from linkcheck.provenance.api import Article, Lost
from linkcheck.provenance.recover import Consulted, Unread, confirmed, consult
from linkcheck.store import Met, Recovered, Remark, Seen


class _Look(Struct, frozen=True):
    """What was seen of a page that somebody may have cited."""

    check: Check
    findings: tuple[Finding, ...]
    opinion: LinkOpinion


class _Pending(Struct, frozen=True):
    """A recovered target whose page was not seen: its capture is to be found, and may speak against it."""

    document: int
    seq: int
    unread: Unread
    recovered: Recovered
    at: datetime | None


class Recovery:
    """Reads originals and recovers targets, in two turns: the archives are asked about other things between them."""

    def __init__(self, line: Line, world: World) -> None:
        """Begin with nothing read."""
        self._line = line
        self._world = world
        self._looks: dict[str, _Look] = {}
        self._lookups: dict[str, tuple[Lookup, ...]] = {}
        """What archives answered about originals."""
        self._read: set[int] = set()
        """Documents that were compared."""
        self._added: set[int] = set()
        """Recovered targets that are links of the run by now."""
        self._handlers = dict(answering(line)) | {Observe: once(partial(_observed, line, world, self._looks))}

    async def recover_lost(self) -> None:
        """Recover the targets of documents that have lost some, and then look at captures of those that are gone."""
        if not self._line.journal.origins.has_texts():
            return
        pending: list[_Pending] = []
        with asking_for(Purpose.LOST_TARGET):
            for place, row, mets in self._documents():
                await self._line.job.commands.cleared()
                if lost := tuple(lost_among(self._line, mets, row)):
                    pending += await self._compare((place, row), mets, lost)
        with asking_for(Purpose.LOST_LINK):
            for number, one in enumerate(sorted(pending, key=lambda one: not one.recovered.rescues[0].is_gone)):
                await self._line.job.commands.cleared()
                self._line.wishes = number, len(pending)
                await self._confirm(one)

    async def compare_rest(self) -> None:
        """Compare all other documents with their originals, and look there for what no archive has."""
        if not self._line.journal.origins.has_texts():
            return
        for place, row, mets in self._documents():
            await self._line.job.commands.cleared()
            lost = tuple(lost_among(self._line, mets, row))
            if place not in self._read:
                with asking_for(Purpose.LOST_TARGET if lost else Purpose.ORIGINAL):
                    pending = await self._compare((place, row), mets, lost)
            elif gone := tuple(one for one in lost if is_gone(self._line, mets[one.reference], row)):
                with asking_for(Purpose.LOST_TARGET):
                    pending = await self._compare((place, row), mets, gone, is_again=True)
            else:
                continue
            for one in pending:
                with asking_for(Purpose.LOST_LINK):
                    await self._confirm(one)
        self._count()

    def _count(self) -> None:
        """Count look-ups of originals that no link of the run has asked for: that of one that has moved, say."""
        for url, lookups in self._lookups.items():
            link = self._line.journal.link(url)
            if link is None or not self._line.journal.lookups_of(link.id):
                for lookup in lookups:
                    self._line.tally.lookup(lookup.answer)

    def _documents(self) -> Iterator[tuple[int, DocumentRow, list[Met]]]:
        """Yield each document whose text was kept, with its references; others are passed over without being held."""
        journal = self._line.journal
        documents = dict(journal.documents())
        for place, mets in groupby(journal.references(), key=lambda met: met.document):
            if journal.origins.text(place) is not None:
                yield place, documents[place], list(mets)

    async def _compare(
        self, document: tuple[int, DocumentRow], mets: Sequence[Met], lost: Sequence[Lost], *, is_again: bool = False
    ) -> list[_Pending]:
        """Read a document's original, keep what it says, and return what is to be confirmed by captures."""
        line, (place, row) = self._line, document
        passages = line.journal.origins.text(place)
        if passages is None:
            return []
        if len(lost) > MOST and not is_again:
            line.notes.append(
                f"{row.path}: {len(lost):,} lost targets, of which the first {MOST:,} were looked for;"
                " put those in place, and check again"
            )
        url = row.url if uri.scheme_of(row.url or "") in uri.WEB else None
        article = Article(passages=passages, claims=_asked_for(row, mets), lost=tuple(lost[:MOST]), url=url)
        if article.originals:
            line.emit(Consulting("the original", article.originals[0], 0, 1))
        with asking(f"recover {place}{' again' if is_again else ''}"):
            consulted = await converse(consult(article, context(line)), self._handlers)
            self._lookups.update(consulted.lookups)
            recovered, pending = [], []
            for one in consulted.recoveries:
                found = [
                    await self._with_link(place, rescue, article.at, is_last=one.unread is None or number > 0)
                    for number, rescue in enumerate(one.rescues)
                ]
                known = Recovered(tuple(found), one.sought, one.was_heard, one.advice)
                recovered.append((mets[one.reference].seq, known))
                if one.unread:
                    pending.append(_Pending(place, mets[one.reference].seq, one.unread, known, article.at))
            line.journal.origins.recover(recovered)
            self._read.add(place)
            if not is_again:
                await self._remark(place, row, mets, article, consulted)
        return pending

    async def _remark(
        self, place: int, row: DocumentRow, mets: Sequence[Met], article: Article, consulted: Consulted
    ) -> None:
        """Keep what the comparison says; where no original is stated, and one would help, say which it may be."""
        line = self._line
        remark = _remark(line, article, consulted)
        if is_wanting(row, article, mets, consulted):
            said = await guessed(line, row, article, mets, self._handlers)
            said = structs.replace(said, severity=line.config.severity.get(said.rule, said.severity))
            unread = against.UNREACHABLE  # only a site is stated, which shows no article
            remark = structs.replace(remark, findings=(*(one for one in remark.findings if one.rule != unread), said))
        line.journal.origins.remark(place, remark)
        line.tally.late(remark.findings)

    async def _with_link(self, place: int, rescue: Rescue, at: datetime | None, *, is_last: bool) -> Rescue:
        """Make a recovered target a link of the run, with its own check and verdict; what is gone gets its capture.

        Unless this is the last that is heard of it, no archive is asked.
        """
        line, url = self._line, uri.without_fragment(rescue.url)
        link = line.journal.origins.add_link(place, url)
        look = self._looks.get(url)
        if look is not None and link.id not in self._added:
            self._added.add(link.id)
            line.journal.observe([Seen(link.id, look.check, look.findings)])
            line.journal.conclude_links([(link.id, look.opinion)])
            line.tally.link(look.opinion.judgement.verdict)
        opinion = look.opinion if look else line.journal.origins.seen(link.id)[1]
        if opinion is None:
            return rescue
        judgement = opinion.judgement
        uri_m = None
        if needs_archive(judgement.verdict):
            uri_m = rescue.uri_m or (await self._capture_of(url, at) if is_last else None)
        now = f"{judgement.verdict.value}: {judgement.reason.text}"
        return structs.replace(rescue, uri_m=uri_m, evidence={**rescue.evidence, "now": now})

    async def _capture_of(self, url: str, at: datetime | None) -> str | None:
        lookups = await self._handlers[Captures](Captures(url, at))
        best = best_of([memento for lookup in lookups for memento in lookup.mementos])
        return best.uri_m if best else None

    async def _confirm(self, one: _Pending) -> None:
        """Weigh a recovered target that is gone with what its capture is called, and name that capture."""
        with asking(f"confirm {one.seq}"):
            found = await converse(confirmed(one.unread, one.at, context(self._line)), self._handlers)
            rescue = await self._with_link(one.document, found, one.at, is_last=True)
        rescues = sorted((rescue, *one.recovered.rescues[1:]), key=lambda rescue: -rescue.confidence)
        self._line.journal.origins.recover([(one.seq, structs.replace(one.recovered, rescues=tuple(rescues)))])


def _remark(line: Line, article: Article, consulted: Consulted) -> Remark:
    """Compare the article with what was read; findings get the severity that the config wants for their rules."""
    best = against.best_source(consulted.sources)
    copy = faithful.compare(article.passages, best) if best else None
    found = [*against.findings(article, consulted)]
    if copy and best and (differs := faithful.finding(copy, best.name)):
        found.append(differs)
    found.extend(quoted.findings(article.passages, consulted.sources, copy))
    severity = line.config.severity
    weighed = tuple(structs.replace(one, severity=severity.get(one.rule, one.severity)) for one in found)
    return Remark(claims=tuple(against.claims(consulted.sources)), findings=weighed, copy=copy)


def _asked_for(row: DocumentRow, mets: Sequence[Met]) -> tuple[Any, ...]:
    """Leave out originals that the person does not want to have asked."""
    refused = {
        met.planned.plan.url
        for met in mets
        if met.planned.plan.url and met.planned.plan.judgement and met.planned.plan.judgement.verdict is Verdict.SKIPPED
    }
    return tuple(claim for claim in row.claims if claim.field != "original" or claim.value not in refused)


async def _observed(line: Line, world: World, looks: dict[str, _Look], question: Observe) -> Check:
    """Look at a page as at any link: with all detectors, and twice where it looks bad."""
    known = line.journal.link(question.url)
    if known and (check := line.journal.origins.seen(known.id)[0]):
        return check
    observe = observing(line.web.crawling, line.clock)
    link = Link(0, question.url)
    observation = await observe(link)
    look = await _judged(line, world, link, observation)
    if look.opinion.judgement.verdict not in {Verdict.ALIVE, Verdict.MOVED, Verdict.BLOCKED, Verdict.SKIPPED}:
        again = await observe(link, is_fresh=True)
        is_same = (again.check.status, again.check.failure) == (observation.check.status, observation.check.failure)
        look = await _judged(line, world, link, again, is_confirmed=is_same)
    looks[question.url] = look
    return look.check


async def _judged(
    line: Line, world: World, link: Link, observation: Observation, *, is_confirmed: bool = False
) -> _Look:
    findings = await consulted(line, link, observation)
    check = structs.replace(observation.check, confirmed=is_confirmed)
    return _Look(check, findings, judge_link(link.url, check, findings, line.suggests, world))
