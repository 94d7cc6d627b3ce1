"""Which references have lost their target, or have a wrong one, so that it must be found again."""

from collections.abc import Iterator, Sequence

from linkcheck.detect import self_reference
from linkcheck.judge.rescue import needs_archive
from linkcheck.model import ArchiveAnswer, DocumentRow, Lookup, Role, Verdict
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.mentioning import mentioned
from linkcheck.pipeline.targeting import target_of
from linkcheck.provenance.api import Lost
from linkcheck.store import Met, Planned

MOST = 1_000
"""References of one document that are sought in one run: as many as an article may have links."""


def is_placeholder(planned: Planned) -> bool:
    """Tell a reference with a text whose target was lost in copying."""
    judgement = planned.plan.judgement
    is_empty = judgement is not None and judgement.verdict in {Verdict.PLACEHOLDER, Verdict.INVALID}
    return is_empty and planned.reference.role in _SOUGHT and bool(planned.reference.text.strip())


def lost_among(line: Line, mets: Sequence[Met], row: DocumentRow) -> Iterator[Lost]:
    """Find what is lost among a document's references: placeholders, wrong pages, and what is gone without a copy."""
    for position, met in enumerate(mets):
        reference, plan = met.planned.reference, met.planned.plan
        if is_placeholder(met.planned) or _is_wrong(line, met, row) or is_gone(line, met, row):
            yield Lost(
                reference=position,
                text=reference.text,
                role=reference.role,
                line=reference.span.line,
                url=plan.link,
            )


def _is_wrong(line: Line, met: Met, row: DocumentRow) -> bool:
    if met.planned.plan.link is None or met.planned.reference.role not in _SOUGHT:
        return False
    return any(finding.rule == self_reference.RULE for finding in mentioned(line, met, row))


def is_gone(line: Line, met: Met, row: DocumentRow) -> bool:
    """Tell a link that is gone, and of which every archive that was asked says that it has no copy."""
    if met.link is None or met.opinion is None or met.planned.reference.role not in _SOUGHT:
        return False
    if not needs_archive(met.opinion.judgement.verdict):
        return False
    lookups: tuple[Lookup, ...] = line.journal.lookups(met.link, target_of(met.planned, row).day)
    return bool(lookups) and all(one.answer is ArchiveAnswer.NONE for one in lookups)


_SOUGHT = frozenset({Role.CITATION, Role.RELATED})
