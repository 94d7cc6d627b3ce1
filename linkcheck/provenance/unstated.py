"""Says that nobody says where an article first stood, what a search for it gave, and what to do next. Pure."""

from typing import Any

from linkcheck.model import Confidence, PlacedFinding, Severity
from linkcheck.provenance.guess import Guessed, Possible

RULE = "no-original-stated"
SHOWN = 3
"""Pages that are named, where it cannot be told which of them it is."""


def finding(guessed: Guessed, *, is_page: bool = False) -> PlacedFinding:
    """Give the finding; `is_page` says that the document is a page of HTML, which states its original in its head."""
    best = guessed.best
    return PlacedFinding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.LOW if best and not best.is_shown else Confidence.MEDIUM,
        message=f"links have lost their target, and nothing says where the article first stood{_found(guessed)}",
        next=_todo(guessed, is_page=is_page),
        evidence=_evidence(guessed),
    )


def _found(guessed: Guessed) -> str:
    best, others = guessed.best, guessed.others
    if best:
        return f"; one page {'seems to' if best.is_shown else 'may'} be it: {_about(best)}"
    if len(others) == 1:
        return f"; one page may be it, which is not sure: {_about(others[0])}"
    if others:
        return f"; {len(others)} pages may be it, and it cannot be told which: {_about(others[0])}"
    hosts = " and ".join(site.host for site in guessed.sites)
    if not guessed.was_heard:
        return f"; not everybody who may know {f'of {hosts}' if hosts else 'it'} has answered"
    return (
        f"; {hosts} was searched for its headline in vain"
        if hosts
        else ", nor on which site and by which words to look"
    )


def _about(one: Possible) -> str:
    return f"{one.basis}, and {one.said}" if one.said else one.basis


def _todo(guessed: Guessed, *, is_page: bool) -> str:
    """Give the addresses last, whole: they are to be copied."""
    place = '`<link rel="syndication-source" href="...">` in its head' if is_page else "a line `Original url: <...>`"
    urls = " ".join(one.url for one in ((guessed.best,) if guessed.best else guessed.others[:SHOWN]))
    if guessed.best:
        return f"If it is, state it in {place}, and check again: {urls}"
    if len(guessed.others) == 1:
        return f"Look at it; if it is, state it in {place}, and check again: {urls}"
    if guessed.others:
        return f"Look which of them it is, state that in {place}, and check again: {urls}"
    if not guessed.was_heard:
        return f"Run again; or state it in {place}, and check again."
    where = "Search the web for its headline" if guessed.sites else "Find out who published it"
    return f"{where}, state the original in {place}, and check again: then the lost targets can be looked for."


def _evidence(guessed: Guessed) -> dict[str, Any]:
    best, others = guessed.best, guessed.others[:SHOWN]
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
