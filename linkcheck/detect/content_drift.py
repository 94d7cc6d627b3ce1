"""A page that answers may no longer say what was cited: it is compared with its capture from that time.

Archives are slow and are asked politely, so only what a document calls its original is compared, what looks doubtful
(another host, a title that its text does not name, a linked title of which the page has nothing, another text than when
it was last checked), and everything with `--deep`. Pages that are meant to change, such as home pages and lists, are
left alone.
"""

from collections.abc import Iterator, Sequence

from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.captured import Captured, captured, is_original
from linkcheck.detect.comparison import Band, Comparison, compare
from linkcheck.detect.doubt import ENDS_IT, changed_bits, is_doubtful
from linkcheck.detect.living import is_living
from linkcheck.detect.naming import is_unlike, names_of
from linkcheck.model import Check, Confidence, Conversation, Finding, Role, Severity, Verdict
from linkcheck.slug import content_words, stems_of

RULE = "content-drift"


def when(findings: Sequence[Finding], check: Check, context: Context) -> bool:
    """Compare originals, doubtful links, and all with `--deep`."""
    page = context.page
    if page is None or not context.has_archives or not 200 <= (check.status or 0) < 300 or page.facts.words < _FEWEST:
        return False
    if any(finding.rule in ENDS_IT for finding in findings):
        return False
    if is_living(context.url, page):
        return False
    is_wanted = context.is_deep or seems_replaced(check, context) or is_original(context)
    return is_wanted or changed_bits(check, context) is not None


def probe(check: Check, context: Context) -> Conversation[Sequence[Finding]]:
    """Fetch the capture, and compare."""
    then = yield from captured(context)
    page = context.page
    assert page, "only a page is compared"
    if then is None:
        return tuple(_uncompared(check, context))
    compared = compare(page, then.page)
    if check.final_url and compared.band in {Band.EDITED, Band.DRIFTED, Band.REPLACED}:
        return (_finding(page, compared, then),)
    return ()


def seems_replaced(check: Check, context: Context) -> bool:
    """Return True if the page is called otherwise than those who cite it say, or has little of a linked title."""
    return is_doubtful(check, context) or _is_unlike_its_citations(check, context)


def _is_unlike_its_citations(check: Check, context: Context) -> bool:
    page, names = context.page, names_of(check.facts)
    said = {one.text for one in context.citations() if one.role in _CITING}
    return page is not None and any(
        is_unlike(text, names, page.text) or _is_long_and_unlike(text, names) for text in said
    )


def _is_long_and_unlike(said: str, names: Sequence[str]) -> bool:
    """Return True if hardly a word of a long title is in the page's names; a long text has some of them by chance."""
    stems = stems_of(said)
    return len(content_words(said)) >= _LONG and len(stems & stems_of(" / ".join(names))) * 4 < len(stems)


def _uncompared(check: Check, context: Context) -> Iterator[Finding]:
    """Note that a page has changed since it was last alive, where no capture tells what it had been cited for."""
    bits, before = changed_bits(check, context), context.before()
    if bits is None or before is None or before.facts is None:
        return
    yield Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        message=f"its text is another than on {before.at[:10]} ({bits} of 64 bits of its simhash), and there is no"
        " capture to compare it with",
        next="Look whether it still says what you cite it for, and have it archived then: linkcheck save.",
        evidence={"changed_bits": bits, "seen_before": before.at, "title_then": before.facts.title},
    )


def _finding(live: Page, compared: Comparison, then: Captured) -> Finding:
    day = then.memento.datetime[:10]
    is_edited = compared.band is Band.EDITED
    return Finding(
        rule=RULE,
        severity=Severity.NOTE if is_edited else Severity.WARNING,
        confidence=_confidence(compared, then),
        message=f"{compared.summary} since the capture of {day} ({compared.band}:"
        f" {compared.containment:.0%} of its text is still there){_renamed(live, compared, then)}",
        next="Compare it with the capture before you rely on it."
        if is_edited
        else f"Cite the capture of {day}, or see whether the page still says what you cite it for: "
        f"{then.memento.uri_m}",
        evidence=compared.numbers | then.evidence | {"title_now": live.facts.title},
    )


def _renamed(live: Page, compared: Comparison, then: Captured) -> str:
    """Say how the page was called, where that has not a word of how it is called now."""
    now, before = live.facts.title, then.page.facts.title
    if not (now and before) or compared.title is None or compared.title >= _OTHER_TITLE:
        return ""
    return f'; it was called "{before[:_SHOWN]}", and is called "{now[:_SHOWN]}" now'


def _confidence(compared: Comparison, then: Captured) -> Confidence:
    if compared.band is Band.EDITED or (compared.is_whole_page and compared.band is not Band.REPLACED):
        return Confidence.LOW
    return Confidence.HIGH if then.memento.validated and not compared.is_whole_page else Confidence.MEDIUM


_CITING = frozenset({Role.CITATION, Role.RELATED})
_LONG = 6
"""Content words: of 2,229 linked texts of 78 articles 8 % have as many, and 19 % are titles at all (four words)."""
_OTHER_TITLE = 0.3
_SHOWN = 80
_FEWEST = 30
"""Words of a page that is worth the archive's time."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page differs from its capture of the time when it was cited: text that was there is gone.",
    suggests=Verdict.DRIFTED,
    why="Most references that still answer have changed since (Jones et al. 2016). The bands are: same from 90 % of "
    "the capture's 5-word shingles on, edited from 50 %, drifted below, replaced where words and title differ. "
    "Compared are originals, doubtful pages, pages whose text is another than at the last check (more than 12 of 64 "
    "bits of the simhash), and with --deep all.",
    example='"3 of 9 paragraphs are gone since the capture of 2017-02-14 (drifted: 41 % of its text is still there)"',
    when=when,
    probe=probe,
    compares=True,
)
