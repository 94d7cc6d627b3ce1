"""Last stage: every link and reference gets its word."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import anyio.lowlevel
from msgspec import structs

from linkcheck import uri
from linkcheck.archives.unwrap import unwrap
from linkcheck.clock import iso
from linkcheck.detect import (
    host_outage,
    missing_file,
    missing_fragment,
    missing_text_fragment,
    never_archived,
    original_alive,
    wrong_copy,
)
from linkcheck.events import Judging
from linkcheck.judge import LinkOpinion, ReferenceOpinion, World, refer
from linkcheck.judge.reference import with_captures
from linkcheck.model import DocumentRow, Finding, Judgement, Lookup, Verdict
from linkcheck.occurrences import Occurrences
from linkcheck.pipeline import hurrying, ignoring
from linkcheck.pipeline.answering import best_first
from linkcheck.pipeline.copies_cited import with_own_copy
from linkcheck.pipeline.hurrying import hurry, is_long, is_over
from linkcheck.pipeline.ignoring import Wishes
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.mentioning import mentioned
from linkcheck.pipeline.putting_back import not_sought, put_back
from linkcheck.pipeline.recalling import opinion_of, struck_by_captures
from linkcheck.pipeline.targeting import target_of
from linkcheck.store import Met
from linkcheck.store.citing import last_look
from linkcheck.store.plain import SAME_DOCUMENT, fingerprint_of

T = TypeVar("T")
_BATCH = 500


async def conclude_links(line: Line, world: World) -> None:
    """Judge every link by its last look; only some of many for somebody who has had enough, or has it meanwhile."""
    is_part = hurry(line, "links")

    def opinions() -> Iterator[tuple[int, LinkOpinion]]:
        for asked in line.journal.asked(only_chosen=line.is_hurried):
            if line.is_hurried and asked.opinion:
                continue  # judged before the person had had enough
            opinion = _with_outage(opinion_of(line, asked, world), asked.link.url, world)
            line.tally.link(opinion.judgement.verdict)
            yield asked.link.id, opinion

    may_end = not is_part and is_long(line)
    for number, batch in enumerate(_batches(opinions())):
        line.journal.conclude_links(batch)
        _tell(line, "links", number, batch)
        await anyio.lowlevel.checkpoint()  # so that whoever watches sees something
        if may_end and is_over(line, f"links {number}"):
            await conclude_links(line, world)
            break


def _with_outage(opinion: LinkOpinion, url: str, world: World) -> LinkOpinion:
    """Say of a link that fails together with nearly all of its host's that it does."""
    outage = world.outages.get(uri.host_of(url)) if world.outages else None
    if outage is None or opinion.judgement.verdict is not Verdict.UNREACHABLE:
        return opinion
    found = host_outage.finding(uri.host_of(url), failing=outage.failing, asked=outage.asked)
    found = structs.replace(found, severity=world.severities.get(found.rule, found.severity))
    return structs.replace(opinion, findings=(*opinion.findings, found))


async def name_captures(line: Line, world: World) -> None:
    """Let links say what the archives hold of them, too, once these have been asked, and what that says of them."""
    is_part, has_lookups = hurry(line, "captures"), line.journal.has_lookups

    def opinions() -> Iterator[tuple[int, LinkOpinion]]:
        for asked in line.journal.asked(only_chosen=is_part) if has_lookups else ():
            if asked.opinion and (found := line.journal.lookups_of(asked.link.id)):
                opinion = struck_by_captures(line, asked.opinion, found, world)
                line.tally.relink(asked.opinion.judgement.verdict, opinion.judgement.verdict)
                yield asked.link.id, with_captures(opinion, best_first(found))

    for batch in _batches(opinions()):
        line.journal.conclude_links(batch)
        await anyio.lowlevel.checkpoint()


async def conclude_references(line: Line, world: World) -> None:
    """Tell every reference its link's word, its own findings, and what the archives hold; only some in a hurry."""
    is_part = hurry(line, "references")
    documents = [row for _, row in line.journal.documents()]
    today = line.clock.now().date().isoformat()
    wishes = {place: Wishes(row, today, line.suggests) for place, row in enumerate(documents) if row.ignores}
    has_lookups = line.journal.has_lookups
    recovered, remarks = line.journal.origins.recovered(), line.journal.origins.remarks_on()

    def opinions() -> Iterator[tuple[Met, ReferenceOpinion]]:
        document, seen = -1, Occurrences()
        for met in islice(line.journal.references(only_chosen=is_part), hurrying.AT_ONCE if is_part else None):
            if met.document != document:
                document, seen = met.document, Occurrences()
            row = documents[document]
            link = met.opinion or LinkOpinion(judgement=_own_judgement(met))
            lookups = _lookups(line, met, row) if has_lookups else ()
            concerning = structs.replace(link, findings=tuple(_concerning(link.findings, met, row)))
            own = (
                *_own_findings(met),
                *mentioned(line, met, row),
                *_archived(line, met, lookups),
                *remarks.get(met.seq, ()),
            )
            plan = met.planned.plan
            opinion = refer(plan.link, concerning, own, lookups, world, fragment=plan.fragment)
            is_set = opinion.judgement.verdict.value in line.config.severity
            opinion = with_own_copy(opinion, met.planned.reference.cited, is_set=is_set)
            opinion = put_back(opinion, recovered.get(met.seq))
            if line.config.offline and row.original:
                opinion = not_sought(opinion)
            opinion = structs.replace(opinion, fingerprint=fingerprint_of(row.path, met.planned, seen))
            if document in wishes:
                opinion = _as_wished(wishes[document], met, opinion)
            line.tally.reference(opinion.judgement, opinion.findings)
            yield met, opinion

    may_end = not (is_part or line.journal.has_recalled) and is_long(line)
    for number, batch in enumerate(_batches(opinions())):
        line.journal.conclude_references(batch, is_part=is_part)
        _tell(line, "references", number, batch)
        await anyio.lowlevel.checkpoint()
        if may_end and is_over(line, f"references {number}"):
            line.is_hurried = True
            break
    if line.is_hurried:
        return  # of wishes that have met nothing so far, it cannot be told whether they are stale
    for place, wished in wishes.items():
        _tell_stale(line, place, documents[place], wished)


def _lookups(line: Line, met: Met, row: DocumentRow) -> Sequence[Lookup]:
    return best_first(line.journal.lookups(met.link or 0, target_of(met.planned, row).day))


def _as_wished(wishes: Wishes, met: Met, opinion: ReferenceOpinion) -> ReferenceOpinion:
    """Leave out what the document wishes to be left out at this place."""
    span, judgement = met.planned.reference.span, opinion.judgement
    is_judged = judgement.verdict is not Verdict.SKIPPED or judgement.reason.code.is_by_design
    heard = wishes.heard(opinion.findings, span.line, span.column, is_judged=is_judged)
    return structs.replace(opinion, findings=heard)


def _tell_stale(line: Line, place: int, document: DocumentRow, wishes: Wishes) -> None:
    """Say of a document which of its wishes are stale."""
    severity = line.config.severity.get(ignoring.RULE)
    stale = [structs.replace(one, severity=severity or one.severity) for one in wishes.stale()]
    others = tuple(one for one in document.findings if one.rule != ignoring.RULE)
    if stale or len(others) < len(document.findings):
        line.journal.amend(place, structs.replace(document, findings=(*others, *stale)))
    line.tally.late(stale)


def _own_judgement(met: Met) -> Judgement:
    """Judge what has no link: the plan has, or it is a fragment of the document itself."""
    return met.planned.plan.judgement or SAME_DOCUMENT


def _own_findings(met: Met) -> tuple[Finding, ...]:
    plan, own = met.planned.plan, met.planned.own
    if own is None or plan.fragment is None:
        return ()
    is_web = uri.scheme_of(plan.url or "") in uri.WEB
    found = missing_fragment.finding(plan.fragment, own, is_local=not is_web)
    return (found,) if found else ()


def _archived(line: Line, met: Met, lookups: Sequence[Lookup]) -> Iterator[Finding]:
    """Say what the archives' answers show, and of an archived copy what became of it and of its original."""
    url = met.planned.plan.link or ""
    copy = unwrap(url)
    found: list[Finding | None] = []
    if met.opinion and copy is None:
        found.append(never_archived.finding(met.opinion.judgement.verdict, lookups))
    if copy and copy.at:
        found.append(wrong_copy.finding(iso(copy.at), lookups))
    if copy and (original := line.journal.link(uri.key(copy.original) or "")):
        _, opinion = last_look(line.journal.database, line.journal.run, original.id)
        if opinion:
            verdict = opinion.judgement.verdict
            found.append(original_alive.finding(original.url, verdict, opinion.moved_to))
    yield from (one for one in found if one)


def _concerning(findings: Iterable[Finding], met: Met, document: DocumentRow) -> Iterator[Finding]:
    """Keep what concerns this reference of its link, said as seen from its document."""
    for finding in findings:
        match finding.rule:
            case missing_fragment.RULE | missing_text_fragment.RULE if (
                finding.evidence.get("fragment") != met.planned.plan.fragment
            ):
                continue
            case missing_file.RULE:
                yield missing_file.seen_from(finding, document.url)
            case _:
                yield finding


def _tell(line: Line, what: str, number: int, batch: Sequence[object]) -> None:
    """Tell whoever waits how far it is, where that takes so long that anybody does."""
    if len(batch) == _BATCH:
        line.emit(Judging(what, (number + 1) * _BATCH))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
