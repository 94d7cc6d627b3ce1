"""A page that tells of the site's own trouble is no page, even where its status says that all is well."""

from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector
from linkcheck.detect.not_found import Kind, told
from linkcheck.model import Check, Finding, Severity, Verdict

RULE = "trouble-page"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Hear what 5xx pages say in 30 languages."""
    return told(
        Kind.TROUBLE,
        check,
        context,
        rule=RULE,
        but="is in trouble",
        then="Run again another day: the page may come back.",
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
