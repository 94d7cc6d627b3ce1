"""What most references are told is only what their link says: then it is not written down a second time."""

from msgspec import structs

from linkcheck.judge import LinkOpinion, ReferenceOpinion, World, refer
from linkcheck.judge.reference import fingerprint
from linkcheck.model import Judgement, Reason, ReasonCode, Verdict
from linkcheck.occurrences import Occurrences
from linkcheck.store.rows import Planned

_WORLD = World()


def plain(planned: Planned, link: LinkOpinion | None, name: str) -> ReferenceOpinion:
    """Say of a reference, by its fingerprint, what its link says; of one that has none, what its plan says."""
    opinion = link or LinkOpinion(judgement=planned.plan.judgement or SAME_DOCUMENT)
    told = refer(planned.plan.link, opinion, (), (), _WORLD, fragment=planned.plan.fragment)
    return structs.replace(told, fingerprint=name)


def fingerprint_of(path: str, planned: Planned, seen: Occurrences) -> str:
    """Name a reference, and count it among those of its document that were seen so far."""
    name = planned.plan.url or planned.reference.raw or planned.reference.text
    return fingerprint(path, name, seen.add(name))


SAME_DOCUMENT = Judgement(Verdict.ALIVE, Reason(ReasonCode.SAME_DOCUMENT, "a place in the same document"))
"""What is said of a fragment of the document itself, where it is there."""
