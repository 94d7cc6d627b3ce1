"""Last stage: every link and reference gets its word."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from msgspec import structs

from linkcheck import uri
from linkcheck.archives.unwrap import unwrap
from linkcheck.clock import iso
from linkcheck.detect import (
    missing_file,
    missing_fragment,
    missing_text_fragment,
    never_archived,
    original_alive,
    wrong_copy,
)
from linkcheck.detect.api import Mention
from linkcheck.judge import LinkOpinion, ReferenceOpinion, World, fingerprint, refer, with_captures
from linkcheck.model import DocumentRow, Finding, Judgement, Lookup, Reason, ReasonCode, Verdict
from linkcheck.pipeline.answering import best_first
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.recalling import opinion_of
from linkcheck.pipeline.targeting import target_of
from linkcheck.store import Met
from linkcheck.store.citing import last_look

T = TypeVar("T")
_BATCH = 500


def conclude_links(line: Line, world: World) -> None:
    """Judge every link by its last look."""

    def opinions() -> Iterator[tuple[int, LinkOpinion]]:
        for asked in line.journal.asked():
            opinion = opinion_of(line, asked, world)
            line.tally.link(opinion.judgement.verdict)
            yield asked.link.id, opinion

    for batch in _batches(opinions()):
        line.journal.conclude_links(batch)


def name_captures(line: Line) -> None:
    """Let links say what the archives hold of them, too, once these have been asked."""
    looked_up: dict[int, list[str]] = {}
    for link, target in sorted(line.journal.looked_up()):
        looked_up.setdefault(link, []).append(target)

    def opinions() -> Iterator[tuple[int, LinkOpinion]]:
        for asked in line.journal.asked() if looked_up else ():
            if asked.opinion and (targets := looked_up.get(asked.link.id)):
                found = (one for target in targets for one in line.journal.lookups(asked.link.id, target))
                yield asked.link.id, with_captures(asked.opinion, best_first(found))

    for batch in _batches(opinions()):
        line.journal.conclude_links(batch)


def conclude_references(line: Line, world: World) -> None:
    """Tell every reference its link's word, its own findings, and what the archives hold."""
    documents = [row for _, row in line.journal.documents()]
    looked_up = line.journal.looked_up()

    def opinions() -> Iterator[tuple[int, ReferenceOpinion]]:
        document, seen = -1, Counter[str]()
        for met in line.journal.references():
            if met.document != document:
                document, seen = met.document, Counter()
            row = documents[document]
            link = met.opinion or LinkOpinion(judgement=_own_judgement(met))
            asked = (met.link or 0, target_of(met.planned, row).day)
            lookups = best_first(line.journal.lookups(*asked)) if asked in looked_up else ()
            concerning = structs.replace(link, findings=tuple(_concerning(link.findings, met, row)))
            own = (*_own_findings(met), *_mentioned(line, met, row), *_archived(line, met, lookups))
            plan = met.planned.plan
            opinion = refer(plan.link, concerning, own, lookups, world, fragment=plan.fragment)
            name = plan.url or met.planned.reference.raw or met.planned.reference.text
            opinion = structs.replace(opinion, fingerprint=fingerprint(row.path, name, seen[name]))
            seen[name] += 1
            line.tally.reference(opinion.judgement, opinion.findings)
            yield met.seq, opinion

    for batch in _batches(opinions()):
        line.journal.conclude_references(batch)


def _own_judgement(met: Met) -> Judgement:
    """Judge what has no link: the plan has, or it is a fragment of the document itself."""
    return met.planned.plan.judgement or _SAME_DOCUMENT


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


def _mentioned(line: Line, met: Met, document: DocumentRow) -> Iterator[Finding]:
    """Let detectors look at the reference where it stands."""
    reference, plan = met.planned.reference, met.planned.plan
    if plan.judgement and plan.judgement.verdict is Verdict.SKIPPED and plan.judgement.reason.code.is_by_design:
        return
    facts = line.journal.facts(met.link) if met.link and _is_shown(met) else None
    mention = Mention(reference=reference, url=plan.url, link=plan.link, document=document, facts=facts)
    for detector in line.detectors:
        if look := detector.mention:
            yield from line.hear(detector.rule, partial(_all, look, mention)) or ()


def _is_shown(met: Met) -> bool:
    """Tell whether the page of the link was seen, so that it can be compared with what is said of it."""
    return met.opinion is not None and met.opinion.judgement.verdict in {Verdict.ALIVE, Verdict.MOVED}


def _all(look: Callable[[Mention], Iterator[Finding]], mention: Mention) -> tuple[Finding, ...]:
    return tuple(look(mention))


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


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


_SAME_DOCUMENT = Judgement(Verdict.ALIVE, Reason(ReasonCode.SAME_DOCUMENT, "a place in the same document"))
