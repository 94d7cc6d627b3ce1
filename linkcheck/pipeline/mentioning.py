"""Lets detectors look at a reference where it stands, without its page."""

from collections.abc import Iterator

from linkcheck import registry
from linkcheck.detect.api import Mention
from linkcheck.model import DocumentRow, Finding, Role, Verdict
from linkcheck.pipeline.line import Line
from linkcheck.store import Met


def mentioned(line: Line, met: Met, document: DocumentRow) -> Iterator[Finding]:
    """Let detectors look at the reference where it stands."""
    plan = met.planned.plan
    if plan.judgement and plan.judgement.verdict is Verdict.SKIPPED and plan.judgement.reason.code.is_by_design:
        return
    mention = mention_of(line, met, document)
    for rule, look in line.mentioning:
        try:
            yield from [*look(mention)]
        except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises
            line.note_broken(rule, error)


def mention_of(line: Line, met: Met, document: DocumentRow) -> Mention:
    """Give a reference where it stands, with what is known of the page that it leads to."""
    reference, plan = met.planned.reference, met.planned.plan
    facts = line.journal.facts(met.link) if met.link and _is_named(met) and _is_shown(met) else None
    return Mention(
        reference=reference,
        url=plan.url,
        link=plan.link,
        document=document,
        facts=facts,
        then=line.named_then.get(met.seq),
        is_there=_is_shown(met),
    )


def _is_named(met: Met) -> bool:
    """Tell whether anything that is said of the page can be compared with it; somebody else's rules may know more."""
    reference = met.planned.reference
    is_titled = reference.cited is not None and bool(reference.cited.title)
    return reference.role is Role.RELATED or is_titled or registry.has_foreign("detect")


def _is_shown(met: Met) -> bool:
    """Tell whether the page of the link was seen, so that it can be compared with what is said of it."""
    return met.opinion is not None and met.opinion.judgement.verdict in {Verdict.ALIVE, Verdict.MOVED}
