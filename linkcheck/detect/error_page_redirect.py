"""A link that is redirected to an error page is gone, whatever the status says."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "error-page-redirect"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Look at the address where it ended, unless the link asks for that address itself."""
    start, end = uri.parse(context.url), uri.parse(check.final_url or "")
    if start is None or end is None or len(check.hops) < 2 or not 200 <= (check.status or 0) < 300:
        return
    word = error_word(end)
    if word and not error_word(start):
        yield Finding(
            rule=RULE,
            severity=Severity.ERROR,
            confidence=Confidence.MEDIUM if word in _VAGUE else Confidence.HIGH,
            message=f"redirects to an error page ({end.host}{end.path})"[:_LONGEST],
            next="Use an archived copy, or find the page on the site.",
            evidence={"from": start.href, "to": end.href, "word": word},
        )


def error_word(parts: uri.Parts) -> str | None:
    """Return the part of an address by which error pages are called; None where there is none."""
    segments = unquote(parts.path.lower()).split("/")[-_LAST:]
    for segment in segments:
        name = _SEPARATOR.sub("", segment.partition(".")[0])
        if name in _ERROR:
            return name
    return "404" if _QUERY.search(parts.query.lower()) else None


_LAST = 3
_LONGEST = 200
_SEPARATOR = re.compile(r"[-_\s+]")
_QUERY = re.compile(r"(?:^|&)(?:error|err|status|code|e)=(?:404|410|notfound|not_found)\b")
_ERROR = frozenset(
    """404 404error error404 404page page404 404notfound 410 notfound pagenotfound filenotfound errorpage error errors
    oops badpage nopage missing missingpage suspendedpage seitenichtgefunden nichtgefunden fehler404 pagina404
    paginanoencontrada noencontrado pagenontrouvee introuvable erreur404 nonfound gone pageunavailable
    http404 httperror""".split()
)
_VAGUE = frozenset({"error", "errors", "oops", "missing", "gone", "errorpage"})

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="A link is redirected to an address that error pages have, such as /404 or /notfound.",
    suggests=Verdict.SOFT_404,
    why="The site says by the address that nothing is there, and only forgets to say so by the status.",
    example="https://paper.example/story redirects to https://paper.example/404.html, which answers 200.",
    detect=detect,
)
