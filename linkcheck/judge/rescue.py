"""What could stand in a link's place: where it moved, or a capture that a reader may be sent to."""

from collections.abc import Sequence

from linkcheck.model import Judgement, Memento, Rescue, RescueKind, Trust, Verdict

_NEEDS_MEMENTO = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.USURPED, Verdict.DRIFTED})


def needs_archive(verdict: Verdict) -> bool:
    """Tell whether an archived copy would help somebody."""
    return verdict in _NEEDS_MEMENTO


def best_of(mementos: Sequence[Memento]) -> Memento | None:
    """Give the first capture that a reader may be sent to; None where there is none."""
    return next((one for one in mementos if _may_be_shown(one)), None)


def rescues(
    judgement: Judgement, url: str, mementos: Sequence[Memento], moved: str | None, meant: str | None = None
) -> tuple[Rescue, ...]:
    """Rank what could stand in the link's place; `meant` is where the page is without a stray character."""
    found = []
    if meant:
        found.append(_elsewhere(url, meant, 0.95, "the page is there without a stray character of the address"))
    if judgement.verdict is Verdict.MOVED and moved:
        found.append(_elsewhere(url, moved, 0.9, "the site itself redirects there, permanently"))
    if judgement.verdict in _NEEDS_MEMENTO:
        found.extend(_memento_rescue(url, memento) for memento in mementos if _may_be_shown(memento))
    return tuple(sorted(found, key=lambda rescue: -rescue.confidence))


def _may_be_shown(memento: Memento) -> bool:
    """Tell whether a reader may be sent to a capture; some are proof of what was there, and no more."""
    return memento.validated is not False and memento.trust is not Trust.PROOF


def _elsewhere(url: str, place: str, confidence: float, message: str) -> Rescue:
    """Offer another address on the live web."""
    return Rescue(kind=RescueKind.REDIRECT, url=place, confidence=confidence, evidence={"from": url}, message=message)


def _memento_rescue(url: str, memento: Memento) -> Rescue:
    checked = "validated" if memento.validated else "not validated"
    return Rescue(
        kind=RescueKind.MEMENTO,
        url=url,
        uri_m=memento.uri_m,
        confidence=0.9 if memento.validated else 0.5 if memento.trust is Trust.HIGH else 0.3,
        evidence={
            "archive": memento.archive,
            "datetime": memento.datetime,
            "distance_days": memento.distance_days,
            "note": memento.note,
        },
        message=f"capture of {memento.datetime[:10]}, {checked}",
    )
