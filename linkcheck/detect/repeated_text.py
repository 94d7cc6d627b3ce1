"""Many addresses of a site that say the same words are one page: mostly the one that says "not found".

Whether it is, the site itself tells: by what it answers for an address that cannot exist. The pages of a run are
compared when all have been read; so this rule speaks only of sites that are followed.
"""

from hashlib import sha256

from linkcheck import uri
from linkcheck.detect.api import Detector
from linkcheck.model import Confidence, Finding, Severity, Verdict

RULE = "repeated-text"

LEAST = 10
"""Pages that say the same before it is a rule."""


def finding(count: int, title: str | None, *, is_catch_all: bool) -> Finding:
    """Say that so many addresses answer with the same words; `is_catch_all` when one that cannot exist does, too."""
    words = f' ("{title}")' if title else ""
    if is_catch_all:
        return Finding(
            rule=RULE,
            severity=Severity.ERROR,
            message=f"{count} addresses of the site, and one that cannot exist, answer with the same words{words}",
            next="Let the site answer 404 where it has no page, and correct the links to what is not there.",
            evidence={"count": count, "title": title},
        )
    return Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        message=f"{count} addresses of the site answer with the same words{words}",
        next="Look at one of them: it is an error page, or one page that should name its canonical address.",
        evidence={"count": count, "title": title},
    )


def impossible(url: str, seed: str) -> str:
    """Give an address beside another one that no site has."""
    letters = sha256(f"{seed} {uri.origin_of(url)}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return uri.resolve(f"{letters}.html", url) or url


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="Many addresses of a site that is followed answer with the same words, as does one that cannot exist.",
    suggests=Verdict.SOFT_404,
)
