"""A platform that says 200 to everything is asked in its own directory (oEmbed) whether a video or post is there."""

from collections.abc import Sequence

from linkcheck.detect.api import Context, Detector
from linkcheck.detect.content_not_judged import unheard
from linkcheck.detect.platforms import platform_of
from linkcheck.model import (
    Check,
    Confidence,
    Conversation,
    Failure,
    Finding,
    Read,
    Request,
    Response,
    Severity,
    Verdict,
    ask,
)

RULE = "removed-media"


def when(_: Sequence[Finding], check: Check, context: Context) -> bool:
    """Ask for what is somebody's content on a platform that tells."""
    platform = platform_of(context.url)
    return bool(platform and platform.oembed) and context.page is not None and 200 <= (check.status or 0) < 300


def probe(_: Check, context: Context) -> Conversation[Sequence[Finding]]:
    """Ask the platform; only a plain "not found" counts, since private and unembeddable things are there."""
    platform = platform_of(context.url)
    assert platform, "it was asked for because there is one"
    answer = yield from ask(Request(platform.question(context.url), read=_JSON))
    match answer:
        case Response(status=404 | 410 as status):
            return (
                Finding(
                    rule=RULE,
                    severity=Severity.ERROR,
                    confidence=Confidence.HIGH,
                    message=f"{platform.name} does not know it any more (its oEmbed directory answers {status})",
                    next="Use an archived copy, or find it elsewhere.",
                    evidence={"asked": platform.question(context.url), "status": status},
                ),
            )
        case Response(status=status) if 200 <= status < 300 or status in _THERE:
            return ()
        case Response(status=status):
            return (unheard(platform.name, f"status {status}"),)
        case Failure(message=message):
            return (unheard(platform.name, message),)


_JSON = Read(media_types=("application/json", "text/*", ""), limit=1 << 16)
_THERE = frozenset({401, 403})
"""Private, or not to be embedded: it is there."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="A video or post is gone, says the platform's own directory (oEmbed); its page answers 200 all the same.",
    suggests=Verdict.SOFT_404,
    why="Platforms show a page for every address; whether the video is there only their directory says plainly.",
    example="https://www.youtube.com/watch?v=... answers 200 with 'Video unavailable'; its oEmbed answers 404.",
    when=when,
    probe=probe,
)
