"""Checks what an article quotes: against its original, and where a link stands beside it against the linked page."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from linkcheck.model import (
    Captures,
    Confidence,
    Conversation,
    Copy,
    Finding,
    Memento,
    Passage,
    PlacedFinding,
    Request,
    Response,
    Severity,
    ask,
)
from linkcheck.provenance.api import Context, Source, Text
from linkcheck.provenance.diff import LEGEND
from linkcheck.provenance.likeness import words_of
from linkcheck.provenance.quotes import FEWEST, Outcome, Quotation, Trace, Words, quotations
from linkcheck.provenance.sources import PAGE
from linkcheck.words import count_tokens

ALTERED, MISSING, NOT_FOUND = "quote-altered", "quote-missing", "quote-not-found"


def findings(passages: Sequence[Passage], sources: Sequence[Source], copy: Copy | None) -> Iterator[PlacedFinding]:
    """Give the quotations that no page that shows the article has word for word.

    Without a comparison of the whole text nothing is said: where much of the article is not in the original, it cannot
    be told whether a quotation was.
    """
    whole = [source for source in sources if not source.text.is_cut]
    if copy is None or not whole:
        return
    texts = [(source, Words(source.text.passages)) for source in whole]
    for quotation in quotations(passages):
        traces = [(words.trace(quotation.text), source) for source, words in texts]
        best, source = max(traces, key=lambda pair: (pair[0].outcome is Outcome.EXACT, pair[0].likeness))
        match best.outcome:
            case Outcome.ALTERED:
                yield _altered(quotation, best, source)
            case Outcome.MISSING if copy.share >= _MUCH:
                yield _missing(quotation, source)
            case _:
                pass


def seek(
    quotation: str, url: str, at: datetime | None, *, is_gone: bool, context: Context
) -> Conversation[Finding | None]:
    """Look for the words beside a link in the page it leads to, else in its capture nearest the article's date."""
    shown = None
    if not is_gone:
        answer = yield from ask(Request(url, read=PAGE))
        text = context.read(answer) if isinstance(answer, Response) and 200 <= answer.status < 300 else None
        shown = beside_a_link(quotation, text, "the page") if text else None
        if shown is None:
            return None
    lookups = yield from ask(Captures(url, at))
    mementos = [one for lookup in lookups for one in lookup.mementos if one.validated is not False and one.uri_raw]
    for memento in mementos[:1]:
        answer = yield from ask(Request(memento.uri_raw or memento.uri_m, read=PAGE))
        text = context.read(answer) if isinstance(answer, Response) and 200 <= answer.status < 300 else None
        then = beside_a_link(quotation, text, f"its capture of {memento.datetime[:10]}") if text else None
        if text and then is None and has_words(quotation, text):
            return _no_longer(quotation, memento) if shown else None
        shown = shown or then
    return shown


def has_words(quotation: str, text: Text) -> bool:
    """Tell whether a page has these words in a row."""
    return Words(text.passages).trace(quotation).outcome is Outcome.EXACT


def _no_longer(quotation: str, memento: Memento) -> Finding:
    return Finding(
        rule=NOT_FOUND,
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM,
        message=f"the page no longer has the quoted words; its capture of {memento.datetime[:10]} has them",
        next=f"Cite the capture that has them: {memento.uri_m}",
        evidence={"quotation": quotation, "capture": memento.uri_m},
    )


def beside_a_link(quotation: str, text: Text, name: str) -> Finding | None:
    """Look for a quotation in the page that the link beside it leads to; None where it is there, or nobody can tell."""
    words = words_of(quotation)
    page = Words(text.passages)
    if count_tokens(words) < FEWEST or text.is_cut or count_tokens(page.words) < _FEWEST_ON_A_PAGE:
        return None
    trace = page.trace(quotation)
    if trace.outcome is Outcome.EXACT:
        return None
    nearest = f'; the nearest words there are "{trace.nearest}"' if trace.nearest else ""
    return Finding(
        rule=NOT_FOUND,
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM if trace.outcome is Outcome.ALTERED else Confidence.LOW,
        message=f"{name} does not have the quoted words beside the link{nearest}",
        next="Look whether the quotation is from there, and has the words that were said.",
        evidence={"quotation": quotation, "nearest": trace.nearest, "words": trace.words, "likeness": trace.likeness},
    )


def _altered(quotation: Quotation, trace: Trace, source: Source) -> PlacedFinding:
    return PlacedFinding(
        rule=ALTERED,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        message=f"{source.name} quotes other words ({LEGEND}): {trace.words}",
        next=f'Quote what was said: "{trace.nearest}"',
        evidence={
            "quotation": quotation.text,
            "original": trace.nearest,
            "likeness": trace.likeness,
            "page": source.memento.uri_m if source.memento else source.url,
        },
        line=quotation.line,
        column=1 if quotation.line else None,
    )


def _missing(quotation: Quotation, source: Source) -> PlacedFinding:
    return PlacedFinding(
        rule=MISSING,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message=f'{source.name} does not have this quotation: "{quotation.text[:_SHOWN]}"',
        next="Find out who said it, and where, or leave it out.",
        evidence={"quotation": quotation.text, "page": source.memento.uri_m if source.memento else source.url},
        line=quotation.line,
        column=1 if quotation.line else None,
    )


_MUCH = 0.8
_FEWEST_ON_A_PAGE = 150
_SHOWN = 120
