"""Holds an archived page against what is said of it: the anchor text, the cited title, the URL, the live page.

Headlines are rewritten and links stand in the middle of sentences, so that a few words in common are enough to say yes,
and only a title that has nothing to do with the page is enough to say no.
"""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.archives.api import Shown
from linkcheck.model import PageFacts
from linkcheck.slug import Agreement, compare, content_words, is_alike, language_of


class Sought(Struct, frozen=True, kw_only=True):
    """What is known of the page that was cited."""

    url: str
    titles: tuple[str, ...] = ()
    """What names it: cited titles, the texts of links to related stories, the article's own headline."""
    texts: tuple[str, ...] = ()
    """Other texts that lead to it, and words quoted from it."""
    live: PageFacts | None = None
    """The page as it is on the web, where it still answers with what was cited."""


class Resemblance(Struct, frozen=True):
    """Whether a page is the one that is sought."""

    is_it: bool | None
    why: str
    """In words, to follow the page's name in a sentence."""
    is_as_live: bool = False
    """Its text is that of the page today, which still shows what was cited."""


def resemblance(shown: Shown, sought: Sought) -> Resemblance:
    """Compare; True also where nothing is said that could be held against the page."""
    if yes := next(_for(shown, sought), None):
        is_as_live = sought.live is not None and _is_as_live(shown.facts, sought.live)
        return Resemblance(is_it=True, why=yes, is_as_live=is_as_live)
    title = shown_title(shown)
    words = frozenset(content_words(f"{' '.join(_headings(shown))} {shown.text[:_READ]}"))
    for said in sought.titles:
        wanted = content_words(said)
        is_telling = min(len(wanted), len(words)) >= _TELLING and _share(wanted, words) <= _HARDLY
        if is_telling and _is_one_language(said, shown):
            return Resemblance(is_it=False, why=f'shows "{title}", not "{_short(said)}"')
    telling = [said for said in (*sought.titles, *sought.texts) if len(content_words(said)) >= _FEW]
    if telling:
        return Resemblance(is_it=None, why=f'is a page ("{title}"), but the words that cite it are not on it')
    return Resemblance(is_it=True, why=f'is a page ("{title}"), and nothing is said of it that could be compared')


def shown_title(shown: Shown) -> str:
    """Give what the page calls itself, in a length that fits a sentence."""
    return _short(next(iter(_headings(shown)), "without a title"))


def _for(shown: Shown, sought: Sought) -> Iterator[str]:
    """Give what speaks for the page, the strongest first."""
    headings, words = _headings(shown), frozenset(content_words(shown.text[:_READ]))
    for said in sought.titles:
        if any(is_alike(said, heading) for heading in headings) and len(content_words(said)) >= _FEW:
            yield f'shows "{_short(said)}"'
    if any(compare(heading, sought.url).agreement is Agreement.AGREES for heading in headings):
        yield f'shows "{shown_title(shown)}", as its URL says'
    for said in (*sought.titles, *sought.texts):
        wanted = content_words(said)
        if len(wanted) >= _FEW and _share(wanted, words) >= _MOST:
            yield f'has the words "{_short(said)}"'
        elif len(wanted) >= _FEW and any(is_alike(said, heading) for heading in headings):
            yield f'has the title "{shown_title(shown)}"'
    if sought.live and _is_as_live(shown.facts, sought.live):
        yield "shows what the page shows today"


def _is_one_language(said: str, shown: Shown) -> bool:
    """Tell whether a title can be compared with a page: citations translate the titles of foreign pages."""
    text = f"{' '.join(_headings(shown))} {shown.text[:_GLANCE]}"
    if said.isascii() and sum(letter.isalpha() and not letter.isascii() for letter in text) * 2 > len(text):
        return False
    one, other = language_of(said), language_of(text)
    return one is None or other is None or one == other


def _is_as_live(archived: PageFacts, live: PageFacts) -> bool:
    if archived.text_digest and archived.text_digest == live.text_digest:
        return True
    if archived.simhash is None or live.simhash is None or min(archived.words, live.words) < _ENOUGH:
        return False
    return (archived.simhash ^ live.simhash).bit_count() <= _BITS


def _headings(shown: Shown) -> tuple[str, ...]:
    facts = shown.facts
    return tuple(dict.fromkeys(one for one in (facts.h1, facts.og_title, facts.title) if one))


def _share(wanted: tuple[str, ...], words: frozenset[str]) -> float:
    return sum(word in words for word in wanted) / len(wanted)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3].rstrip()}..."


_FEW = 2
"""Content words that say something."""
_TELLING = 4
"""Content words of a title that can speak against a page."""
_MOST, _HARDLY = 0.75, 0.2
_ENOUGH = 50
_BITS = 6
"""Of 64; science: near-duplicates differ in 3 (Manku 2007), and pages have moving parts."""
_READ, _GLANCE = 100_000, 2000
_SHORT = 80
