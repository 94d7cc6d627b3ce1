"""Tells which addresses are the same page, as redirects show or as it says itself, so that one of them is read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import structs

from linkcheck import uri
from linkcheck.model import Link, PageFacts
from linkcheck.store import Pages, Visit
from linkcheck.territory import identity


class Folding:
    """The pages that one run has read, or is reading just now."""

    def __init__(self, pages: Pages, holds: Callable[[str], bool]) -> None:
        """Begin with none; `holds` tells whether an address is within what is read."""
        self._pages = pages
        self._holds = holds
        self._reading: set[str] = set()
        """Identities of pages that are being read, and what these call themselves."""

    def has(self, link: Link, name: str, facts: PageFacts) -> bool:
        """Tell whether the page of that identity has been read, or is being read, here or at another address."""
        return self._is_being_read(name, facts) or self._has_read(link, name, facts)

    def is_under_way(self, name: str) -> bool:
        """Tell whether the page at an address is being read, or has been."""
        return name in self._reading or self._pages.visited(name) is not None

    @contextmanager
    def reading(self, name: str, facts: PageFacts) -> Iterator[None]:
        """Hold a page while it is read."""
        names = {name, *_own_names(facts)}
        self._reading |= names
        try:
            yield
        finally:
            self._reading -= names

    def visits(self, visit: Visit, url: str, facts: PageFacts) -> list[Visit]:
        """Give where a page was read, with the address that it says is its own."""
        canonical = uri.key(facts.canonical or "")
        if not canonical or canonical == url or not self._holds(canonical):
            return [visit]
        return [visit, structs.replace(visit, identity=claim(identity(canonical), facts), is_alias=True)]

    def _is_being_read(self, name: str, facts: PageFacts) -> bool:
        """Tell a page that is being read just now, at this address or, word for word, as the same page."""
        return name in self._reading or any(one in self._reading for one in (claim(name, facts), *_own_names(facts)))

    def _has_read(self, link: Link, name: str, facts: PageFacts) -> bool:
        """Tell a page that has been read at another address, as it says itself, or as redirects show."""
        visited = self._pages.visited
        if visited(name) or visited(claim(name, facts)):
            return True
        canonical = uri.key(facts.canonical) if facts.canonical else None
        if canonical is None or canonical == link.url or facts.text_digest is None:
            return False
        if visited(claim(identity(canonical), facts)):
            return True
        other = visited(identity(canonical))
        return other is not None and other.digest == facts.text_digest


def claim(name: str, facts: PageFacts) -> str:
    """Name a page together with its text: pages of another text that call themselves so are other pages."""
    return f"{name}\0{facts.text_digest}"


def _own_names(facts: PageFacts) -> tuple[str, ...]:
    """Give what a page calls itself."""
    own = uri.key(facts.canonical) if facts.canonical and facts.text_digest else None
    return (claim(identity(own), facts),) if own else ()
