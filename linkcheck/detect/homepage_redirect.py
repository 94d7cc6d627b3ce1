"""A deep link that lands on a home page is most likely gone."""

from collections.abc import Iterator

from linkcheck import uri
from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "homepage-redirect"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Compare where the link started with where it landed; another site's home page is for other rules."""
    start, end = uri.parse(context.url), uri.parse(check.final_url or "")
    if start is None or end is None or len(check.hops) < 2 or check.status != 200:
        return
    if _site(start.host) != _site(end.host) or not _is_home(end):
        return
    depth = len(_segments(start))
    if depth:
        yield Finding(
            rule=RULE,
            severity=Severity.ERROR,
            confidence=Confidence.HIGH if depth > 1 else Confidence.MEDIUM,
            message="redirects to the site's home page",
            next="Use an archived copy, or find the story on the site.",
            evidence={"from": start.href, "to": end.href},
        )


def _segments(parts: uri.Parts) -> list[str]:
    """Give what makes a path deep: not a language, not another name of the home page."""
    kept = [segment for segment in parts.path.lower().split("/") if segment]
    return [segment for segment in kept if len(segment) > 2 and segment.partition(".")[0] not in _HOME]


def _is_home(parts: uri.Parts) -> bool:
    """Tell a home page: no path, another name of it, or that of one language."""
    path = [segment.partition(".")[0] for segment in parts.path.lower().split("/") if segment]
    return len(path) < 2 and set(path) <= _HOME | _EDITIONS and not parts.query


def _site(host: str) -> str:
    return host.removeprefix("www.")


_EDITIONS = frozenset(
    """af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja jp ka kk kn ko
    kr lb lt lv mk ml mn mr ms mt nb ne nl nn no pa pl pt ro ru sd si sk sl sq sr sv sw ta te th tr uk ur us uz vi zh cn
    at au br ch cl co dk fj gb hk ie in ke lu mx my ng nz pe ph pk sg tw ua vn za ae se""".split()
)
"""What languages (ISO 639-1) and countries are called in addresses; `/ai` and `/tv` are sections."""
_HOME = frozenset({"index", "home", "default", "main", "start", "welcome"})

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="A link to a story is redirected to the home page of the same site: the story is most likely gone.",
    suggests=Verdict.SOFT_404,
    why="Sites that lose a story like to show their home page in its place; the reader who looks for it finds nothing.",
    example="https://paper.example/2017/02/14/story redirects to https://paper.example/",
    detect=detect,
)
