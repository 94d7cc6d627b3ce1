"""A page that tells of the site's own trouble is no page, even where its status says that all is well."""

from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector
from linkcheck.detect.not_found import Kind, plainly
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "trouble-page"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Hear what 5xx pages say in 30 languages."""
    if found := plainly(Kind.TROUBLE, check, context):
        yield Finding(
            rule=RULE,
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
            message=f"it answers {check.status}, but is in trouble: {', '.join(found.signs)}",
            next="Run again another day: the page may come back.",
            evidence={"score": round(found.score, 1), "signs": list(found.signs)},
        )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page tells of an error or of maintenance of the site, though it answers 2xx.",
    suggests=Verdict.UNREACHABLE,
    why="A site in trouble says nothing of whether the page is there: nobody can tell today.",
    example='"Error establishing a database connection", with status 200.',
    detect=detect,
)
