"""What the robots.txt of every site allows that a run follows: asked once a site, before anything of it is followed."""

from collections import Counter
from collections.abc import Iterable, Iterator

from linkcheck import uri
from linkcheck.extract.places import Places
from linkcheck.fetch.converse import converse
from linkcheck.fetch.once import once
from linkcheck.fetch.robots import Robots, ask_robots, product_of
from linkcheck.model import Document, DocumentRow, Reference, Request
from linkcheck.pipeline.line import Line
from linkcheck.plan import Ground, Scope, plan
from linkcheck.sources import formats
from linkcheck.store import Planned

_MOST_SITEMAPS = 200
_NAMED = 10


class Rules:
    """The rules by origin."""

    def __init__(self, line: Line) -> None:
        """Begin without any."""
        self._line = line
        self._known: dict[str, Robots] = {}
        self._ask = once(self._asked)
        self._forbidden: Counter[str] = Counter()

    async def learn(self, urls: Iterable[str]) -> None:
        """Ask for the rules of all sites that these addresses belong to, and that are not known yet."""
        origins = {origin for url in urls if (origin := uri.origin_of(url))}
        for origin in sorted(origins - self._known.keys()):
            self._known[origin] = await self._ask(origin)

    def allow(self, url: str) -> bool:
        """Tell whether a page of a site whose rules are known may be followed."""
        if self._line.config.robots == "ignore":
            return True
        origin = uri.origin_of(url) or ""
        is_allowed = self._known[origin].allows(url)
        self._forbidden[origin] += not is_allowed
        return is_allowed

    async def document(self, url: str) -> tuple[DocumentRow, list[Planned]] | None:
        """Give a site's robots.txt as a document that cites its sitemaps; None where it names none."""
        await self.learn([url])
        robots = self._known[uri.origin_of(url) or ""]
        if not robots.sitemaps:
            return None
        source = robots.source
        text = source.decode("latin-1")
        document = Document(
            name=robots.url, url=robots.url, media_type=formats.PLAIN, source=source, text=text, encoding="latin-1"
        )
        places = Places(document)
        planned = []
        for start, end in robots.sitemaps[:_MOST_SITEMAPS]:
            raw = source[start:end].decode("utf-8", "replace")
            reference = Reference(raw, places.span(start, end), "sitemap")
            planned.append(Planned(reference, plan(reference, raw, Ground(url=robots.url), Scope())))
        return DocumentRow(path=robots.url, url=robots.url, media_type=formats.PLAIN), planned

    def unheard(self) -> Iterator[str]:
        """Say of which sites nothing was followed because their rules could not be had."""
        for origin, robots in self._known.items():
            if robots.why and self._forbidden[origin]:
                yield f"nothing of {origin} was followed, since its robots.txt is not known: {robots.why}"

    def remarks(self) -> Iterator[str]:
        """Say what the sites themselves forbid."""
        for origin, count in self._forbidden.most_common(_NAMED):
            if count and not self._known[origin].why:
                yield f"robots.txt of {origin} lets programs not follow {count} links: they were asked, not read"
        for origin, robots in self._known.items():
            if robots.is_cut:
                yield f"robots.txt of {origin} is longer than what is read of one (512 kB)"

    async def _asked(self, origin: str) -> Robots:
        config = self._line.config
        if config.robots == "ignore":
            return Robots(product_of(config.user_agent))
        return await converse(ask_robots(f"{origin}/", config.user_agent), {Request: self._line.web.exchange})
