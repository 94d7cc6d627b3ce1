"""Fourth stage: articles are compared with their originals, and lost targets are found again."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.events import Consulting
from linkcheck.evidence.tape import asking
from linkcheck.fetch.converse import converse
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
    Observe,
    Rescue,
    Verdict,
)
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.asking import consulted
from linkcheck.pipeline.elsewhere import context
from linkcheck.pipeline.guessing import guessed, is_wanting
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.lost import MOST, lost_among
from linkcheck.pipeline.targeting import instant_of
from linkcheck.provenance import against, faithful, quoted
from linkcheck.provenance.api import Article
from linkcheck.provenance.recover import Consulted, consult
from linkcheck.store import Met, Recovered, Remark, Seen


class _Look(Struct, frozen=True):
    """What was seen of a page that somebody may have cited."""

    check: Check
    findings: tuple[Finding, ...]
    opinion: LinkOpinion


async def recover_targets(line: Line, world: World) -> None:
    """Compare every document whose text was kept with its original."""
    if not line.journal.origins.has_texts():
        return
    documents = dict(line.journal.documents())
    looks: dict[str, _Look] = {}
    counted: set[int] = set()
    handlers = dict(answering(line)) | {Observe: once(partial(_observed, line, world, looks))}
    for place, mets in _by_document(line):
        await line.job.commands.cleared()
        with asking(f"recover {place}"):
            await _recover(line, (place, documents[place]), mets, (handlers, looks, counted))


def _by_document(line: Line) -> Iterator[tuple[int, list[Met]]]:
    """Give the references of each document whose text was kept; the others are passed over without being held."""
    for place, mets in groupby(line.journal.references(), key=lambda met: met.document):
        if line.journal.origins.text(place) is not None:
            yield place, list(mets)


async def _recover(
    line: Line,
    document: tuple[int, DocumentRow],
    mets: Sequence[Met],
    means: tuple[Mapping[type, Any], Mapping[str, _Look], set[int]],
) -> None:
    (place, row), (handlers, looks, counted) = document, means
    lost = tuple(lost_among(line, mets, row))
    passages = line.journal.origins.text(place)
    if passages is None:
        return
    if len(lost) > MOST:
        line.notes.append(f"{row.path}: {len(lost)} lost targets are too many to look for; the first {MOST} were")
    url = row.url if uri.scheme_of(row.url or "") in uri.WEB else None
    article = Article(passages=passages, claims=_asked_for(row, mets), lost=lost[:MOST], url=url)
    if article.originals:
        line.emit(Consulting("the original", article.originals[0], 0, 1))
    consulted = await converse(consult(article, context(line)), handlers)
    _count(line, consulted, counted)
    recovered = []
    for one in consulted.recoveries:
        rescues = [await _with_link(line, place, rescue, row, looks) for rescue in one.rescues]
        recovered.append((mets[one.reference].seq, Recovered(tuple(rescues), one.sought, one.was_heard, one.advice)))
    line.journal.origins.recover(recovered)
    remark = _remark(line, article, consulted)
    if is_wanting(row, article, mets, consulted):
        said = await guessed(line, row, article, mets, handlers)
        said = structs.replace(said, severity=line.config.severity.get(said.rule, said.severity))
        unread = against.UNREACHABLE  # only a site is stated, which shows no article
        remark = structs.replace(remark, findings=(*(one for one in remark.findings if one.rule != unread), said))
    line.journal.origins.remark(place, remark)
    line.tally.late(remark.findings)


def _count(line: Line, consulted: Consulted, counted: set[int]) -> None:
    """Count look-ups of originals that no link of the run has asked for: that of one that has moved, say."""
    for url, lookups in consulted.lookups:
        link = line.journal.link(url)
        if link is None or not (link.id in counted or line.journal.lookups_of(link.id)):
            counted |= {link.id} if link else set()
            for lookup in lookups:
                line.tally.lookup(lookup.answer)


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


async def _with_link(line: Line, place: int, rescue: Rescue, row: DocumentRow, looks: Mapping[str, _Look]) -> Rescue:
    """Make a recovered target a link of the run, with its own check and verdict; what is gone gets its capture."""
    url = uri.without_fragment(rescue.url)
    link = line.journal.origins.add_link(place, url)
    look = looks.get(url)
    if look is not None:
        line.journal.observe([Seen(link.id, look.check, look.findings)])
        line.journal.conclude_links([(link.id, look.opinion)])
        line.tally.link(look.opinion.judgement.verdict)
        opinion: LinkOpinion | None = look.opinion
    else:
        opinion = line.journal.origins.seen(link.id)[1]
    if opinion is None:
        return rescue
    judgement = opinion.judgement
    now = f"{judgement.verdict.value}: {judgement.reason.text}"
    uri_m = None
    if needs_archive(judgement.verdict):
        uri_m = rescue.uri_m or await _capture_of(line, url, row)
    return structs.replace(rescue, uri_m=uri_m, evidence={**rescue.evidence, "now": now})


def _day_of(row: DocumentRow) -> str:
    """Give the day that captures of what the article cites should be near to; empty where none is known."""
    return next((claim.value for claim in row.claims if claim.field == "published"), "")


async def _capture_of(line: Line, url: str, row: DocumentRow) -> str | None:
    lookups = await answering(line)[Captures](Captures(url, instant_of(_day_of(row))))
    best = best_of([memento for lookup in lookups for memento in lookup.mementos])
    return best.uri_m if best else None
