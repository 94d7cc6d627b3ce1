"""A page that refuses is no page, even where its status says that all is well."""

from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector
from linkcheck.detect.not_found import Kind, told
from linkcheck.model import Check, Finding, Severity, Verdict

RULE = "refusal-page"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Hear what 401 and 403 pages say in 30 languages."""
    return told(
        Kind.REFUSED,
        check,
        context,
        rule=RULE,
        but="refuses",
        then="Open it in a browser: it may be shown to others, or elsewhere.",
    )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page says that it is not for us (access denied, authorization required), though it answers 2xx.",
    suggests=Verdict.BLOCKED,
    why="Who refuses says nothing of whether the page is there, so it is never called dead.",
    example='"Access forbidden! You don\'t have permission to access the requested object", with status 200.',
    detect=detect,
)
