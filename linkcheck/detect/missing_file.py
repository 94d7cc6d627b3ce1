"""A local target must be there, spelt exactly so on every system."""

import re
from collections.abc import Iterator
from posixpath import basename, dirname, relpath, splitext

from msgspec import structs

from linkcheck import invisible, uri
from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Finding, Severity, Verdict

RULE = "missing-file"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Name the file that is not there, and the one that may be meant."""
    if check.exists is not False:
        return
    sought = uri.local_path(context.url).lstrip("/")
    yield Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=f"there is no file {sought}{invisible.said(sought)}",
        next=_next(sought, check.nearest),
        evidence={"sought": sought, "nearest": check.nearest},
    )


def seen_from(finding: Finding, document: str | None) -> Finding:
    """Say it as a document (a `file:` URL) would write it: relative to its own folder."""
    nearest = finding.evidence.get("nearest")
    if not nearest or document is None or not document.startswith("file:"):
        return finding
    near = relpath(nearest, dirname(uri.local_path(document)))
    sought = str(finding.evidence.get("sought", ""))
    return structs.replace(finding, next=_next(sought, near), evidence={**finding.evidence, "nearest": near})


def _next(sought: str, nearest: str | None) -> str:
    """Offer the nearest name, as a certainty only where it is the same but for case or suffix."""
    name = basename(sought)
    if nearest is None:
        if written := _ADDRESS.search(sought):
            return f"Write {written[1].lower()}://{written[2]}, if that page is meant."
        if name.casefold().startswith("www.") or sought.casefold().startswith("www."):
            return f"Write https://{sought}, if that page is meant."
        return "Correct the path, or remove the link."
    seen = invisible.without(splitext(name)[0])
    is_same = seen.casefold() == splitext(basename(nearest))[0].casefold()
    return f"Change it to {nearest}, which exists." if is_same else f"Change it to {nearest}, if that is meant."


_ADDRESS = re.compile(
    r"(https?):?//([\w-]{1,63}\.[^\s\u201c-\u201f\u2018\u2019\u00ab\u00bb\"'<>]{1,2000})", re.IGNORECASE
)
"""A web address in typographic quotation marks, or without its colon: browsers take it for a file, too."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="A local link names a file that is not there, or whose name differs in case.",
    suggests=Verdict.DEAD,
    why="It works on the machine of whoever wrote it, and fails where case counts or the file was never added.",
    example="[setup](Setup.md), and the file is setup.md.",
    detect=detect,
)
