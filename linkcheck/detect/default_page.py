"""The page of a server that nobody has filled, or of an account that was closed, is not what was cited."""

from collections.abc import Iterator

from linkcheck import uri
from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.saying import fold, said_in
from linkcheck.detect.speech import speech_of
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "default-page"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Hear what servers, hosts and shops say where there is no site; only in title and headings, and of small pages."""
    page = context.page
    if (
        page is None
        or not 200 <= page.status < 300
        or not check.facts
        or page.facts.words > _MOST_WORDS
        or page.is_dated
        or not speech_of(page).is_of("parked", "suspended", "unfinished")
    ):
        return
    head = fold(f"{page.facts.title or ''} / {' / '.join(page.headings[:2])}"[:_LOOKED_AT])
    suspended = next(said_in(head, "parked", "suspended"), None)
    if not suspended and page.facts.words <= _FEW_WORDS:
        suspended = next(said_in(fold(page.text[:_LOOKED_AT]), "parked", "suspended"), None)
    said = suspended or next(said_in(head, "parked", "unfinished"), None)
    path = uri.parse(context.url)
    is_deep = bool(path and path.path.strip("/"))
    if not said or (said in _LISTING and (is_deep or not head.startswith(" index of"))):
        return
    if not suspended and said in _VAGUE and (not is_deep or _has_content(page)):
        return
    yield Finding(
        rule=RULE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH if suspended or said not in _VAGUE else Confidence.MEDIUM,
        message=f'{"the site was closed" if suspended else "the server has no site"}: it says "{said}"',
        next="Use an archived copy, or find where the site has gone.",
        evidence={"said": said, "words": page.facts.words},
    )


def _has_content(page: Page) -> bool:
    """Tell a page that goes on after such a headline, such as a cinema's, from one that has nothing yet."""
    return sum(len(one.split()) for one in page.outline().paragraphs) > _NOTHING_YET


_MOST_WORDS, _FEW_WORDS = 600, 60
_NOTHING_YET = 25
_LOOKED_AT = 2_000
_LISTING = frozenset({"index of"})
_VAGUE = frozenset({"coming soon", "default page", "it works", "web hosting by", "index of"})
"""What real pages say, too; none of it counts for a site's own front page."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="A server's default page, a site under construction or a suspended account stands where the page was.",
    suggests=Verdict.SOFT_404,
    why="The machine is up and answers 200 to everything; the site is gone.",
    example='"Welcome to nginx! If you see this page, the nginx web server is successfully installed."',
    detect=detect,
)
