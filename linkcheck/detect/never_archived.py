"""What is dead and was never archived anywhere may never have existed: a slip of the pen, or an invention.

Of the citations that language models write, 3 to 13 % are of that kind (arXiv 2604.03173).
"""

from collections.abc import Sequence

from linkcheck.detect.api import Detector
from linkcheck.model import ArchiveAnswer, Confidence, Finding, Lookup, Severity, Verdict

RULE = "never-archived"


def finding(verdict: Verdict, lookups: Sequence[Lookup]) -> Finding | None:
    """Say it where the link is dead, and every archive that was asked answered that it never saw it in any form."""
    if verdict is not Verdict.DEAD or not lookups:
        return None
    if any(one.answer is not ArchiveAnswer.NONE or one.life is not None for one in lookups):
        return None
    asked = [one.archive for one in lookups]
    return Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM if len(asked) > 1 else Confidence.LOW,
        message=f"no archive that was asked ever saw it ({', '.join(asked)}): mistyped, or it never existed",
        next="Compare the address with its source letter by letter; it may never have existed.",
        evidence={"archives": asked},
    )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The link is dead, and no archive that was asked ever saw it: mistyped, or it never existed.",
)
