"""Tells detectors who cites a link, and as what."""

from linkcheck.detect.api import Citation
from linkcheck.model import Link
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.targeting import instant_of, target_of


def citations(line: Line, link: Link) -> tuple[Citation, ...]:
    """Give how the documents of this run cite a link, in their order; of very many the first."""
    return tuple(
        Citation(
            role=planned.reference.role,
            text=planned.reference.text,
            cited=planned.reference.cited,
            at=instant_of(target_of(planned, document).day),
        )
        for planned, document in line.journal.citations(link.id)
    )
