"""Tells whether a page is called what those who cite it call it. Pure.

Texts that name nothing ("here", "read more"), names of sites, and pages in another language or script cannot be
compared, and are never said to differ. Only where not one word is in common is another page seen.
"""

from collections.abc import Sequence
from enum import StrEnum

from msgspec.structs import replace

from linkcheck import uri
from linkcheck.detect.api import Then
from linkcheck.model import Confidence, Finding, PageFacts
from linkcheck.slug import content_words, is_alike, language_of, slugs_of, stems_of


class Naming(StrEnum):
    """What a comparison shows."""

    SAME = "same"
    OTHER = "other"
    SILENT = "silent"


def names_of(facts: PageFacts | None) -> tuple[str, ...]:
    """Give what a page calls itself."""
    if facts is None:
        return ()
    return tuple(dict.fromkeys(name for name in (facts.title, facts.h1, facts.og_title) if name))


def naming(said: str, names: Sequence[str], url: str, *, fewest: int = 4) -> Naming:
    """Compare a headline or cited title with the names of the page, and with its address."""
    words = content_words(said)
    if len(words) < fewest or not names:
        return Naming.SILENT
    if any(is_alike(said, name) for name in names):
        return Naming.SAME
    whole = " ".join(names)
    stems = stems_of(said)
    shared = stems & (stems_of(whole) | stems_of(" ".join(word for slug in slugs_of(url) for word in slug)))
    if shared:
        return Naming.SAME if len(shared) * 2 >= len(stems) else Naming.SILENT
    language = language_of(said)
    if len(content_words(whole)) < _FEWEST or language is None or language != language_of(whole):
        return Naming.SILENT
    return Naming.OTHER


def is_title_like(text: str) -> bool:
    """Return True if a link's text can be the title of a page: it has enough words of content, and is no address."""
    is_address = uri.scheme_of(text) in uri.WEB or text.startswith("www.")
    return not is_address and len(content_words(text)) >= _TITLE


def is_unlike(said: str, names: Sequence[str], text: str) -> bool:
    """Return True if a page has next to nothing of a title-like text: no word in its names, and few in its text.

    That alone proves nothing (a page may be in another language), so it is only a reason to look closer.
    """
    if not is_title_like(said):
        return False
    stems = stems_of(said)
    if stems & stems_of(" / ".join(names)):
        return False
    return len(stems & stems_of(text)) < _RELATED * len(stems)


def dated(finding: Finding, said: str, url: str, then: Then | None, *, fewest: int = 4) -> Finding:
    """Tell by the capture of that time whether a page that is called otherwise was renamed, or mislabelled at once."""
    if then is None or not then.names:
        return finding
    day, name = then.at[:10], then.names[0][:_SHOWN]
    evidence = finding.evidence | {"capture": then.uri_m, "captured": then.at, "names_then": list(then.names)}
    match naming(said, then.names, url, fewest=fewest):
        case Naming.SAME if _is_told(said, then.names):
            return replace(
                finding,
                confidence=Confidence.HIGH,
                message=f'{finding.message}; the capture of {day} was called "{name}": another page stands there now',
                next=f"Cite the capture of {day}: {then.uri_m}",
                evidence=evidence | {"since": "replaced"},
            )
        case Naming.OTHER if abs(then.days) <= _NEAR:
            return replace(
                finding,
                confidence=Confidence.HIGH,
                message=f'{finding.message}, and was "{name}" in the capture of {day}: '
                "the link was wrong from the start",
                next="Find the page that the text names, and put its URL here; the page itself may be unchanged.",
                evidence=evidence | {"since": "always"},
            )
        case _:
            return finding


def _is_told(said: str, names: Sequence[str]) -> bool:
    """Tell names that have most of the words; one that is the site's own may have one by chance."""
    stems = stems_of(said)
    return any(len(stems & stems_of(name)) * 2 >= len(stems) for name in names)


_TITLE = 4
"""Content words, of which running text that is linked ("according to the report") has fewer than titles have."""
_RELATED = 1 / 3
"""Share of a title's words that the text of a page about the same has at least."""
_SHOWN = 80
_NEAR = 92
"""Days from the citation to a capture that shows what whoever cited it saw."""
_FEWEST = 3
"""Content words of a page's names: a site's name alone says nothing of the page."""
