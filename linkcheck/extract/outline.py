"""Takes a page apart: its paragraphs without what surrounds them on every page, and its links.

Linear, and for the few pages that are looked at closely: it takes several times as long as `page.read`.
"""

import re

from linkcheck import uri
from linkcheck.extract.page import visible_words
from linkcheck.extract.tags import scan
from linkcheck.extract.visible import Regions
from linkcheck.model import Outline
from linkcheck.words import count


def outline(shown: str, url: str) -> Outline:
    """Read markup that holds no scripts and comments, of a page that stands at `url`."""
    reader = _Reader(url)
    at = 0
    for tag in scan(shown):
        reader.add(shown[at : tag.start])
        at = tag.end
        name = tag.name
        if name == "a":
            reader.end_link()
            if not tag.is_end:
                reader.begin_link(tag.get("href"))
        elif name == "base" and not tag.is_end:
            reader.base(tag.get("href"))
        elif name in _BLOCKS:
            reader.end_block()
            if tag.is_end:
                reader.regions.leave(name)
            else:
                reader.regions.enter(tag)
        elif name == "title":
            reader.is_title = not tag.is_end
        if len(reader.paragraphs) >= _MOST:
            break
    reader.add(shown[at:])
    reader.end_link()
    reader.end_block()
    return Outline(tuple(reader.paragraphs), tuple(reader.links), reader.words_linked)


class _Reader:
    """What has been read so far."""

    def __init__(self, url: str) -> None:
        self.paragraphs: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.words_linked = 0
        self.regions = Regions()
        self.is_title = False
        self._url = url
        self._block: list[str] = []
        self._linked: list[str] = []
        self._of_block = 0
        """Words of this block that are links."""
        self._href: str | None = None

    def add(self, markup: str) -> None:
        """Append what stands between two tags."""
        if self.is_title or not markup or markup.isspace():
            return
        if "<!" in markup:
            markup = _DECLARATION.sub(" ", markup)
        self._block.append(markup)
        if self._href is not None:
            self._linked.append(markup)

    def base(self, href: str | None) -> None:
        """Let links stand on another address."""
        self._url = uri.resolve(href or "", self._url) or self._url

    def begin_link(self, href: str | None) -> None:
        """Begin a link; one without address is none."""
        self._href = href

    def end_link(self) -> None:
        """End the link that is open, if one is."""
        if self._href is None:
            return
        text = " ".join(visible_words(" ".join(self._linked)))
        size = count(text)
        self._of_block += size
        self.words_linked += size
        if len(self.links) < _MOST and (address := uri.resolve(self._href, self._url)):
            self.links.append((address, text[:_LONGEST]))
        self._href = None
        self._linked.clear()

    def end_block(self) -> None:
        """End a paragraph; what is mostly links is a list of links."""
        words = visible_words(_joined(self._block)) if self._block else []
        text = " ".join(words)
        is_text = count(text) > self._of_block * 2 and any(map(str.isalpha, "".join(words[:_LOOKED_AT])))
        if is_text and not self.regions.is_navigation:
            self.paragraphs.append(text)
        self._block.clear()
        self._of_block = 0


def _joined(pieces: list[str]) -> str:
    """Put pieces together that only inline tags part; a stray bracket begins no tag."""
    return _BRACKET.sub("&lt;", "".join(pieces))


_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody td tfoot th thead
    tr ul""".split()
)
_DECLARATION = re.compile(r"<![^>]*+(?:>|\Z)")
"""One that is never closed reaches to the end, as in browsers."""
_BRACKET = re.compile("<")
_MOST = 5_000
_LONGEST = 300
_LOOKED_AT = 20
