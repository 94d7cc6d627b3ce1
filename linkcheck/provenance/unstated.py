"""Says that nobody says where an article first stood, what a search for it gave, and what to do next. Pure."""

from collections.abc import Sequence
from typing import Any

from linkcheck.model import Confidence, PlacedFinding, Severity
from linkcheck.provenance.guess import Guessed, Possible

RULE = "no-original-stated"
SHOWN = 3
"""Pages that are named, where it cannot be told which of them it is."""


def finding(guessed: Guessed, *, is_page: bool = False) -> PlacedFinding:
    """Give the finding; `is_page` says that the document is a page of HTML, which states its original in its head."""
    best, others = guessed.best, guessed.others[:SHOWN]
    return PlacedFinding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.LOW if best and not best.is_shown else Confidence.MEDIUM,
        message=f"links have lost their target, and nothing says where the article first stood{_found(guessed)}",
        next=_todo(guessed, is_page=is_page),
        evidence=_evidence(guessed, best, others),
    )


def _found(guessed: Guessed) -> str:
    best, others = guessed.best, guessed.others[:SHOWN]
    if best:
        return f"; it {'seems to be' if best.is_shown else 'may be'} {_about(best)}"
    if others:
        more = f", and {len(guessed.others) - SHOWN} more" if len(guessed.others) > SHOWN else ""
        count = "one page may be it, which is not sure" if len(guessed.others) == 1 else "several pages may be it"
        return f"; {count}: {'; '.join(map(_about, others))}{more}"
    hosts = " and ".join(site.host for site in guessed.sites)
    if not guessed.was_heard:
        where = f" of {hosts}" if hosts else ""
        return f"; where it may be found{where}, not everybody has answered"
    return f"; {hosts} was searched for its headline in vain" if hosts else ", nor on which site to look for it"


def _about(one: Possible) -> str:
    return f"{one.url} ({one.basis}; {one.said})" if one.said else f"{one.url} ({one.basis})"


def _todo(guessed: Guessed, *, is_page: bool) -> str:
    best, others = guessed.best, guessed.others[:SHOWN]
    line = '`<link rel="syndication-source" href="{}">` to its head' if is_page else "a line with `Original url: <{}>`"
    if best:
        return f"If it is, add {line.format(best.url)}, and check again."
    if len(others) == 1:
        return f"Look at it, and if it is, add {line.format(others[0].url)}, and check again."
    if others:
        return f"Look which of them it is, add {line.format('...')}, and check again."
    if not guessed.was_heard:
        return f"Run again; or add {line.format('...')}, and check again."
    where = "Search the web for its headline" if guessed.sites else "Find out who published it"
    return f"{where}, add {line.format('...')}, and check again: then the lost targets can be looked for."


def _evidence(guessed: Guessed, best: Possible | None, others: Sequence[Possible]) -> dict[str, Any]:
    searched = [{"site": site.host, "basis": site.basis} for site in guessed.sites]
    return (
        ({"guess": best.url, **_seen(best)} if best else {})
        | ({"candidates": [{"url": one.url, **_seen(one)} for one in others]} if others else {})
        | ({"searched": searched} if searched else {})
        | ({} if guessed.was_heard else {"was_heard": False})
    )


def _seen(one: Possible) -> dict[str, Any]:
    share = {"share": round(one.share, 2)} if one.share else {}
    return {"basis": one.basis, "seen": one.said} | share | ({"capture": one.memento.uri_m} if one.memento else {})
