"""Notices when a site makes up addresses without end: calendars, session ids, pages that link to themselves. Pure.

What has an end is never called endless for being large. An address leads nowhere new when its page holds no link to
another site, and none of a shape that was not met before; it feeds itself when it holds new links of its own shape.
Only a shape of which many pages feed themselves and lead nowhere new, and which either say the same words, or were
found nowhere but in one another in a long chain, is a trap.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator

from msgspec import Struct

from linkcheck import uri
from linkcheck.territory import shape

SAME = 25
"""Pages of one shape that say the same."""
CHAIN = 50
"""Pages of one shape, each found in the one before."""


class Walked(Struct, frozen=True, kw_only=True):
    """A page that was read, as far as it tells whether there is an end."""

    url: str
    chain: int
    """How many pages of its own shape lie between it and one of another shape, on the way it was found."""
    digest: str | None
    """Of its visible text."""
    new_links: tuple[str, ...]
    """Canonical URLs that were not met before in the run, within the territory or not."""
    is_elsewhere: bool
    """Whether one of them leads out of the territory."""


class Trap(Struct, frozen=True):
    """Addresses without end."""

    shape: str
    example: str
    why: str


class _Kind:
    """What is known of one shape."""

    __slots__ = ("digests", "idle", "same")

    def __init__(self) -> None:
        self.digests: deque[str] = deque(maxlen=8)
        """Of the last pages."""
        self.same = 0
        """How many pages said what one of the last ones said."""
        self.idle = 0
        """How many pages in a row were deep in a chain and led nowhere new."""


class Traps:
    """What the pages of a run tell; remembers so many shapes and no more."""

    def __init__(self, most: int = 1 << 16) -> None:
        self._most = most
        self._kinds: OrderedDict[str, _Kind] = OrderedDict()
        self._met: OrderedDict[str, None] = OrderedDict()
        """Shapes of links."""
        self._found: dict[str, Trap] = {}

    def __iter__(self) -> Iterator[Trap]:
        """Give what was found."""
        return iter(self._found.values())

    def holds(self, url: str) -> bool:
        """Tell whether an address is one of those without end."""
        return bool(self._found) and shape(url) in self._found

    def meet(self, urls: Iterable[str]) -> bool:
        """Remember the shapes of links, and tell whether one of them is new."""
        is_news = False
        for url in urls:
            form = shape(url)
            is_news = is_news or form not in self._met
            self._met[form] = None
            self._met.move_to_end(form)
        while len(self._met) > self._most:
            self._met.popitem(last=False)
        return is_news

    def walk(self, page: Walked) -> Trap | None:
        """Take a page, and give the trap that it is the last straw for."""
        form = shape(page.url)
        kind = self._kinds.setdefault(form, _Kind())
        self._kinds.move_to_end(form)
        if len(self._kinds) > self._most:
            self._kinds.popitem(last=False)
        leads_on = self.meet(page.new_links) or page.is_elsewhere
        feeds_itself = any(shape(url) == form for url in page.new_links)
        says_the_same = page.digest is not None and page.digest in kind.digests
        if page.digest is not None and not says_the_same:
            kind.digests.append(page.digest)
        if leads_on or not feeds_itself:
            kind.idle = 0
            return None
        kind.same += says_the_same
        kind.idle += 1
        if kind.same >= SAME:
            return self._trapped(form, page.url, f"{kind.same} of its pages say the same words and lead only to more")
        if kind.idle >= CHAIN and page.chain >= CHAIN:
            return self._trapped(form, page.url, f"{page.chain} of its pages lead one to the next, and nowhere else")
        return None

    def _trapped(self, form: str, url: str, why: str) -> Trap | None:
        if form in self._found:
            return None
        trap = self._found[form] = Trap(form, uri.without_fragment(url), why)
        return trap
