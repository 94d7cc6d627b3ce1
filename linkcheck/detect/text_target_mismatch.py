"""The slug of a related story's URL, and the page that is found there, must not speak of another story than the text.

Only words that are there can be compared, and only where both sides have enough of them; who is in
doubt is silent (`linkcheck.slug`).
"""

import re
from collections.abc import Iterator

from linkcheck.detect.api import Detector, Mention
from linkcheck.detect.naming import Naming, dated, names_of, naming
from linkcheck.detect.self_reference import next_step, own_address
from linkcheck.model import Confidence, Finding, Role, Severity
from linkcheck.slug import Agreement, compare, content_words

RULE = "text-target-mismatch"


def mention(mention: Mention) -> Iterator[Finding]:
    """Compare a headline that is linked as a related story with the slug it leads to."""
    reference, url = mention.reference, mention.url
    if url is None or not _is_compared(mention):
        return
    compared = compare(reference.text, url, other=mention.document.title or "")
    if compared.agreement is not Agreement.CONTRADICTS:
        yield from _named_otherwise(mention)
        return
    own = own_address(mention)
    yield Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH if own else Confidence.MEDIUM,
        message=f'the text speaks of "{_some(compared.only_headline)}", the URL of "{_some(compared.only_slug)}"',
        next=next_step(own, reference.span.line)
        if own
        else "Open the link; if it is another story, find the one that the text names, and put its URL here.",
        evidence={
            "only_in_text": " ".join(compared.only_headline),
            "only_in_url": " ".join(compared.only_slug),
            "in_both": " ".join(compared.shared),
        },
    )


def _named_otherwise(mention: Mention) -> Iterator[Finding]:
    """Compare the text with what the page that was found there calls itself, and did when it was cited."""
    if not differs(mention):
        return
    said, names = mention.reference.text, names_of(mention.facts)
    found = Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message=f'the text speaks of "{said[:_LONGEST]}", and the page there is called "{names[0][:_LONGEST]}"',
        next="Open the link; if it is another story, find the one that the text names, and put its URL here.",
        evidence={"text": said, "names": list(names)},
    )
    yield dated(found, said, mention.link or "", mention.then, fewest=_FEWEST_WORDS)


def differs(mention: Mention) -> bool:
    """Tell whether the page is called otherwise than the text of a related story."""
    said, names = mention.reference.text, names_of(mention.facts)
    is_other = naming(said, names, mention.link or "", fewest=_FEWEST_WORDS) is Naming.OTHER
    return _is_compared(mention) and is_other


def _is_compared(mention: Mention) -> bool:
    return mention.reference.role is Role.RELATED and _is_headline(mention.reference.text)


def _is_headline(text: str) -> bool:
    """Tell a headline from captions of images, which are sentences, and from what buttons say."""
    return len(content_words(text)) >= _FEWEST_WORDS and not _SENTENCE_ENDS.search(text)


def _some(words: tuple[str, ...]) -> str:
    return " ".join(words[:_SHOWN]) + (" ..." if len(words) > _SHOWN else "")


_FEWEST_WORDS = 4
_LONGEST = 80
_SHOWN = 5
_SENTENCE_ENDS = re.compile(r"\w\w\.(?:\s+\w|\s*\Z)")

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="A related story's URL, or the page found there, speaks of another story than the text that is linked.",
    why="When articles are copied, links slip by one: the text names one story, and the address is that of the next. "
    "Generic texts, names of sites, and other languages are never compared.",
    example='The text is "Winter Storm Tears a Hole in the East Pier"; the page is "Council Keeps the Lighthouse Lit".',
    mention=mention,
)
