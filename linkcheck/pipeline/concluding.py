"""Last stage: every link and reference gets its word."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TypeVar

from msgspec import structs

from linkcheck import uri
from linkcheck.detect import missing_file, missing_fragment
from linkcheck.detect.api import Mention
from linkcheck.judge import LinkOpinion, ReferenceOpinion, World, fingerprint, judge_link, refer
from linkcheck.model import DocumentRow, Finding, Judgement, Reason, ReasonCode, Verdict
from linkcheck.pipeline.archiving import target_of
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.putting_back import put_back
from linkcheck.store import Met

T = TypeVar("T")
_BATCH = 500


def conclude_links(line: Line, world: World) -> None:
    """Judge every link by its last look."""

    def opinions() -> Iterator[tuple[int, LinkOpinion]]:
        for asked in line.journal.asked():
            opinion = judge_link(asked.link.url, asked.check, asked.findings, line.suggests, world)
            line.tally.link(opinion.judgement.verdict)
            yield asked.link.id, opinion

    for batch in _batches(opinions()):
        line.journal.conclude_links(batch)


def conclude_references(line: Line, world: World) -> None:
    """Tell every reference its link's word, its own findings, and what the archives hold."""
    documents = [row for _, row in line.journal.documents()]
    looked_up = line.journal.looked_up()
    recovered, remarks = line.journal.origins.recovered(), line.journal.origins.remarks_on()

    def opinions() -> Iterator[tuple[int, ReferenceOpinion]]:
        document, seen = -1, Counter[str]()
        for met in line.journal.references():
            if met.document != document:
                document, seen = met.document, Counter()
            row = documents[document]
            link = met.opinion or LinkOpinion(judgement=_own_judgement(met))
            asked = (met.link or 0, target_of(row)[0])
            lookups = line.journal.lookups(*asked) if asked in looked_up else ()
            concerning = structs.replace(link, findings=tuple(_concerning(link.findings, met, row)))
            own = (*_own_findings(met), *mentioned(line, met, row), *remarks.get(met.seq, ()))
            plan = met.planned.plan
            opinion = refer(plan.link, concerning, own, lookups, world, fragment=plan.fragment)
            opinion = put_back(opinion, recovered.get(met.seq))
            name = met.planned.plan.link or met.planned.reference.raw or met.planned.reference.text
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


def mentioned(line: Line, met: Met, document: DocumentRow) -> Iterator[Finding]:
    """Let detectors look at the reference where it stands."""
    reference, plan = met.planned.reference, met.planned.plan
    if plan.judgement and plan.judgement.verdict is Verdict.SKIPPED and plan.judgement.reason.code.is_by_design:
        return
    mention = Mention(reference=reference, url=plan.url, link=plan.link, document=document)
    for detector in line.detectors:
        if look := detector.mention:
            yield from line.hear(detector.rule, partial(_all, look, mention)) or ()


def _all(look: Callable[[Mention], Iterator[Finding]], mention: Mention) -> tuple[Finding, ...]:
    return tuple(look(mention))


def _concerning(findings: Iterable[Finding], met: Met, document: DocumentRow) -> Iterator[Finding]:
    """Keep what concerns this reference of its link, said as seen from its document."""
    for finding in findings:
        match finding.rule:
            case missing_fragment.RULE if finding.evidence.get("fragment") != met.planned.plan.fragment:
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
