"""What of a site is to be read: which references lead to its pages, as far as depth, border and robots.txt let them."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from linkcheck import uri
from linkcheck.errors import ConfigError
from linkcheck.model import Link, Role
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.rules import Rules
from linkcheck.store import Page, Planned, Step
from linkcheck.territory import Stop, Territory, identity, shape, territory_of, why_not
from linkcheck.traps import Traps, Walked


class Here(Struct, frozen=True, kw_only=True):
    """The document that links are followed from."""

    url: str
    depth: int
    chain: int = 0
    is_bound: bool
    """Whether what it lists counts only within the territory."""
    is_list: bool = False


class Border:
    """The border of what one run reads, and the traps within it."""

    def __init__(self, line: Line) -> None:
        """Draw it; ConfigError where it is none."""
        config = line.config
        self._limit = config.depth if config.recurse else 0
        self._territory = _territory(config.scope, config.sources if config.recurse else ())
        self.rules = Rules(line)
        self.traps = Traps(config.max_pages)

    def around(self, url: str) -> None:
        """Let the site of a source be within."""
        self._territory = self._territory.around(url)

    def holds(self, url: str) -> bool:
        """Tell whether an address is within."""
        return self._territory.holds(url)

    def walk(self, here: Here, digest: str | None, new: tuple[str, ...]) -> None:
        """Go through a page that has brought these links: there may be a pattern in it."""
        is_elsewhere = any(not self.holds(url) for url in new)
        self.traps.walk(Walked(url=here.url, chain=here.chain, digest=digest, new_links=new, is_elsewhere=is_elsewhere))

    async def may_be_read(self, url: str, link: Link, wanted: Page) -> bool:
        """Tell whether the place where a page was found in the end may be read, too."""
        if url == link.url:
            return True
        if wanted.depth and not self.holds(url):
            return False
        await self.rules.learn([url])
        return self.rules.allow(url)

    async def followed(self, planned: Sequence[Planned], here: Here) -> Step:
        """Choose which references lead to pages that are to be read, and count those that may not."""
        circles: set[int] = set()
        chosen = {page.url: page for page in self._candidates(planned, here, circles)}
        await self.rules.learn(chosen)
        allowed = [page for url, page in chosen.items() if self.rules.allow(url)]
        forbidden = Counter(uri.origin_of(url) or "" for url in chosen.keys() - {page.url for page in allowed})
        return Step(wanted=allowed, repeating=len(circles), forbidden=forbidden)

    def _candidates(self, planned: Sequence[Planned], here: Here, circles: set[int]) -> Iterator[Page]:
        """Give pages that references lead to; of those that go round in circles the numbers go into a set."""
        form = shape(here.url)
        for number, one in enumerate(planned):
            url, is_listed = one.plan.link, one.reference.element in _LISTED
            if url is None or not _leads(one):
                continue
            depth = here.depth if is_listed else here.depth + 1
            stop = why_not(url, self._territory, depth=depth, limit=self._limit)
            if stop is Stop.OUTSIDE and is_listed and not here.is_bound and uri.scheme_of(url) in uri.WEB:
                stop = None
            if stop is Stop.REPEATING or stop is Stop.LONG:
                circles.add(number)
            if stop is None and not self.traps.holds(url):
                chain = here.chain + 1 if shape(url) == form else 0
                is_list = one.reference.element == "sitemap"
                yield Page(url=url, identity=identity(url), depth=depth, chain=chain, is_list=is_list)


def _leads(planned: Planned) -> bool:
    """Tell whether a reference leads a reader, or a program, to another page."""
    reference = planned.reference
    if planned.plan.judgement or reference.is_nofollow:
        return False
    return reference.element in _LISTED or reference.role in _LEADING.get(reference.element, ())


def _territory(borders: Sequence[str], sources: Sequence[str]) -> Territory:
    try:
        drawn = territory_of(borders)
    except ValueError as error:
        raise ConfigError(f"--scope: {str(error)!r} is neither a host nor the beginning of a URL") from error
    for source in sources:
        if uri.scheme_of(source) in uri.WEB:
            drawn = drawn.around(source)
    return drawn


_LISTED = frozenset({"loc", "sitemap", "entry"})
"""Elements of sitemaps and feeds that name pages to read."""
_WORDS = frozenset({Role.CITATION, Role.RELATED, Role.ORIGINAL, Role.NAVIGATION, Role.ARCHIVE})
_LEADING = {
    **dict.fromkeys(("a", "area", "link", "autolink", "bare"), _WORDS),
    **dict.fromkeys(("iframe", "frame"), frozenset({Role.EMBED})),
}
"""Elements that lead a reader to another page, and the roles in which they do."""
