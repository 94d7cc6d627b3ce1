"""Reads an archived page as if it had come from the web, with everything that tells pages from what only look so."""

from collections.abc import Iterator

from linkcheck import uri, words
from linkcheck.archives.api import Evaluate, Shown
from linkcheck.archives.resemble import Sought
from linkcheck.archives.unwrap import unwrap
from linkcheck.clock import iso
from linkcheck.detect.api import Context, Detector
from linkcheck.detect.speech import speech_of
from linkcheck.fetch.observe import page_of, seen
from linkcheck.model import Check, Confidence, Finding, Link, PageFacts, Response, Role, Severity, Verdict
from linkcheck.pipeline.line import Line
from linkcheck.store.citing import last_look

_TROUBLES = {
    Verdict.SOFT_404: "an error page, or another than was asked for",
    Verdict.USURPED: "a page of somebody else",
    Verdict.BLOCKED: "a wall",
    Verdict.DEAD: "an error page",
    Verdict.UNREACHABLE: "an error page",
}
_PARAGRAPH = 8
"""Words of the shortest paragraph that tells anything."""
_NOTICES = ("gates", "refusals", "errors", "parked")
_DOUBTS = frozenset({"blank-page", "not-found-words"})


def evaluating(line: Line) -> Evaluate:
    """Make what validates captures see pages with the eyes of the run's detectors."""

    def evaluate(url: str, response: Response) -> Shown:
        observation = seen(Link(0, url), response, iso(line.clock.now()))
        check, page = observation.check, observation.page
        assert page
        context = Context(url=url, page=page, page_of=page_of)
        return Shown(
            facts=page.facts,
            text=page.text,
            told=sum(count for one in page.outline().paragraphs if (count := words.count(one)) >= _PARAGRAPH),
            is_notice=any(speech_of(page).is_of(kind) for kind in _NOTICES),
            trouble=next(_troubles(line, check, context), None),
            doubt=next(_doubts(line, check, context), None),
        )

    return evaluate


def sought(line: Line, url: str) -> Sought:
    """Gather what the run knows of a page: the words that cite it, and how it looks today if it is still itself."""
    copy = unwrap(url)
    link = line.journal.link(url)
    if link is None:
        return Sought(url=copy.original if copy else url)
    titles, texts = list[str](), list[str]()
    for planned, document in line.journal.citations(link.id):
        reference, cited = planned.reference, planned.reference.cited
        titles += [cited.title] if cited and cited.title else []
        texts += [cited.quote] if cited and cited.quote else []
        if reference.role in {Role.ORIGINAL, Role.CANONICAL}:
            titles += [document.title] if document.title else []
        if reference.text and not _is_address(reference.text):
            (titles if reference.role is Role.RELATED else texts).append(reference.text)
    return Sought(
        url=copy.original if copy else url,
        titles=tuple(dict.fromkeys(titles)),
        texts=tuple(dict.fromkeys(texts)),
        live=None if copy else _live(line, link.id),
    )


def _live(line: Line, link: int) -> PageFacts | None:
    check, opinion = last_look(line.journal.database, line.journal.run, link)
    is_itself = opinion and opinion.judgement.verdict in {Verdict.ALIVE, Verdict.MOVED}
    return check.facts if check and is_itself else None


def _troubles(line: Line, check: Check, context: Context) -> Iterator[str]:
    """Give what detectors that speak for a bad verdict are sure of; what they only note is no trouble."""
    for detector in line.detectors:
        kind = _TROUBLES.get(detector.suggests) if detector.suggests else None
        if kind:
            for finding in _findings(line, detector, check, context):
                if finding.confidence is not Confidence.LOW and finding.severity is not Severity.NOTE:
                    yield f"{kind} ({finding.message})"


def _doubts(line: Line, check: Check, context: Context) -> Iterator[str]:
    """Give what speaks against a page on its own; on the web its site is asked for more, and a capture has none."""
    for detector in line.detectors:
        if detector.rule in _DOUBTS:
            for finding in _findings(line, detector, check, context):
                if finding.confidence is not Confidence.LOW:
                    yield f"most likely an error page ({finding.message})"


def _findings(line: Line, detector: Detector, check: Check, context: Context) -> tuple[Finding, ...]:
    detect = detector.detect
    return (line.hear(detector.rule, lambda: tuple(detect(check, context))) or ()) if detect else ()


def _is_address(text: str) -> bool:
    return uri.scheme_of(text) in uri.WEB or text.startswith("www.")
