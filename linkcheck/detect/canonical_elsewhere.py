"""A page that names another address as its own says where it would rather be linked."""

from collections.abc import Iterator

from linkcheck import uri
from linkcheck.detect.api import Context, Detector
from linkcheck.detect.same_page import Sameness, sameness
from linkcheck.model import Check, Confidence, Finding, Severity

RULE = "canonical-elsewhere"


def detect(check: Check, _: Context) -> Iterator[Finding]:
    """Compare `rel=canonical` (RFC 6596) with where the page was found."""
    facts = check.facts
    if not facts or not facts.canonical or not check.final_url or not 200 <= (check.status or 0) < 300:
        return
    named, found = uri.parse(facts.canonical), uri.parse(check.final_url)
    if named is None or found is None or named.scheme not in uri.WEB or _bare(named) == _bare(found):
        return
    asked = uri.parse(check.hops[0].url) if check.hops else None
    if asked is not None and _bare(named) == _bare(asked):
        return  # it is the very address that is linked, and leads here
    is_home = not named.path.strip("/") and bool(found.path.strip("/"))
    is_same = sameness(check.final_url, named.href, (facts.title, facts.h1)) is not Sameness.LOST
    yield Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM if is_same and not is_home else Confidence.LOW,
        message=f"the page calls {'the home page' if is_home else named.href} its canonical address",
        next="Look at the page: a page that calls itself the home page may be a stand-in."
        if is_home
        else f"Link to {named.href}, if it shows the same.",
        evidence={"canonical": named.href, "found_at": found.href, "is_home": is_home},
    )


def _bare(parts: uri.Parts) -> tuple[str, str, str]:
    """Leave out what differs between two addresses of one page: scheme, `www.`, a slash, an index file, tracking."""
    path = parts.path.rstrip("/")
    for name in _INDEX:
        path = path.removesuffix(name)
    return parts.host.removeprefix("www.").removeprefix("m."), path.casefold(), ""


_INDEX = ("/index.html", "/index.htm", "/index.php", ".html", ".amp", "/amp")

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="The page names another address as its canonical one.",
    why="A canonical address lives longer than the copies, mobile pages and syndications that point to it.",
    example='<link rel="canonical" href="https://paper.example/story"> in https://m.paper.example/s?id=4.',
    detect=detect,
)
