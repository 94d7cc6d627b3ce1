"""A page must be called what the citation says that its title is."""

from collections.abc import Iterator

from linkcheck.detect.api import Detector, Mention
from linkcheck.detect.naming import Naming, names_of, naming
from linkcheck.model import Confidence, Finding, Severity

RULE = "title-mismatch"


def mention(mention: Mention) -> Iterator[Finding]:
    """Compare the title that is cited with the page's title, H1 and og:title."""
    cited = mention.reference.cited
    said = cited.title if cited else None
    names = names_of(mention.facts)
    if not said or not names or naming(said, names, mention.link or "", fewest=_FEWEST) is not Naming.OTHER:
        return
    yield Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message=f'the citation calls it "{said[:_SHOWN]}", and the page calls itself "{names[0][:_SHOWN]}"',
        next="Open the link: if the page is another one now, cite a capture of it.",
        evidence={"cited": said, "names": list(names)},
    )


_FEWEST = 3
_SHOWN = 80

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page's title, heading and og:title have not one word of the title that is cited.",
    why="A page that is called otherwise is most likely another page, even if it answers 200.",
    example='The citation says "Winter Storm Tears a Hole in the Pier", and the page is "Cheap Flights to the Coast".',
    mention=mention,
)
