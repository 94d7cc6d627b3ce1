"""The words that a text fragment (`#:~:text=`) highlights must be in the page (https://wicg.github.io/scroll-to-text-fragment/)."""

from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

from linkcheck.detect.api import Context, Detector
from linkcheck.detect.saying import fold
from linkcheck.model import Check, Confidence, Finding, Severity

RULE = "missing-text-fragment"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Look for the words of every text fragment that references ask of the link."""
    page = context.page
    asked = [fragment for fragment in check.fragments if _DIRECTIVE in fragment]
    if not asked or page is None or not 200 <= page.status < 300 or not page.is_whole:
        return
    if page.is_script or not page.facts.words:
        return
    text = fold(page.text)
    for fragment in asked:
        for directive in _directives(fragment):
            if not directive.is_in(text):
                yield _finding(fragment, directive)
                break


class _Directive(Struct, frozen=True):
    """One `text=[prefix-,]start[,end][,-suffix]`, its parts folded."""

    start: str
    end: str
    shown: str

    def is_in(self, text: str) -> bool:
        """Look for the start, and for the end after it; words around them may have changed."""
        at = text.find(self.start)
        return at >= 0 and (not self.end or text.find(self.end, at + len(self.start) - 1) >= 0)


def _directives(fragment: str) -> Iterator[_Directive]:
    for part in fragment.partition(_DIRECTIVE)[2].split("&")[:_MOST]:
        name, _, value = part.partition("=")
        pieces = [piece for piece in value.split(",") if piece]
        if name != "text" or not pieces:
            continue
        if pieces[0].endswith("-") and len(pieces) > 1:
            del pieces[0]
        if pieces[-1].startswith("-") and len(pieces) > 1:
            del pieces[-1]
        words = [fold(unquote(piece)) for piece in pieces[:2]]
        if words[0].strip():
            yield _Directive(words[0], words[1] if len(words) > 1 else "", " ... ".join(map(unquote, pieces[:2])))


def _finding(fragment: str, directive: _Directive) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message=f'the page does not say "{directive.shown[:_SHOWN]}", which the link is to highlight',
        next="See what the page says now; the words may be gone, or changed.",
        evidence={"fragment": fragment, "text": directive.shown},
    )


_DIRECTIVE = ":~:"
_MOST = 10
_SHOWN = 120

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page does not have the words that a text fragment (#:~:text=) is to highlight.",
    why="Whoever links to words cites them: that they are gone may be the first sign that a page has drifted.",
    example="https://paper.example/story#:~:text=nine%20to%20five, and the story says ten to four.",
    detect=detect,
)
