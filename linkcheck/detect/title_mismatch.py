"""A page must be called what the citation says that its title is."""

from collections.abc import Iterator

from linkcheck.detect.api import Detector, Mention
from linkcheck.detect.naming import Naming, dated, names_of, naming
from linkcheck.model import Confidence, Finding, Severity

RULE = "title-mismatch"


def mention(mention: Mention) -> Iterator[Finding]:
    """Compare the title that is cited with the page's title, H1 and og:title, now and when it was cited."""
    if not differs(mention):
        return
    said, names = _said(mention), names_of(mention.facts)
    found = Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message=f'the citation calls it "{said[:_SHOWN]}", and the page calls itself "{names[0][:_SHOWN]}"',
        next="Open the link: if the page is another one now, cite a capture of it.",
        evidence={"cited": said, "names": list(names)},
    )
    yield dated(found, said, mention.link or "", mention.then, fewest=_FEWEST)


def differs(mention: Mention) -> bool:
    """Tell whether the page is called otherwise than the citation says."""
    return naming(_said(mention), names_of(mention.facts), mention.link or "", fewest=_FEWEST) is Naming.OTHER


def _said(mention: Mention) -> str:
    cited = mention.reference.cited
    return (cited.title if cited else None) or ""


_FEWEST = 3
_SHOWN = 80

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page's title, heading and og:title have not one word of the title that is cited.",
    why="A page that is called otherwise is most likely another page, even if it answers 200. A capture from the "
    "time of the citation tells whether the page was replaced, or was mislabelled from the start.",
    example='The citation says "Winter Storm Tears a Hole in the Pier", and the page is "Cheap Flights to the Coast".',
    mention=mention,
)
