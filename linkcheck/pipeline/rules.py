"""What the robots.txt of every site allows that a run follows: asked once a site, before anything of it is followed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from linkcheck import uri
from linkcheck.extract.places import Places
from linkcheck.fetch.converse import converse
from linkcheck.fetch.once import once
from linkcheck.fetch.robots import Robots, ask_robots, product_of, read
from linkcheck.model import Document, DocumentRow, Reference, Request
from linkcheck.pipeline.line import Line
from linkcheck.plan import Ground, Scope, plan
from linkcheck.sources import formats
from linkcheck.store import Planned
from linkcheck.store.course import Told, keep_rules, rules_told

_MOST_SITEMAPS = 200
_NAMED = 10


class Rules:
    """The rules by origin."""

    def __init__(self, line: Line) -> None:
        """Begin without any."""
        self._line = line
        self._agent = product_of(line.config.user_agent)
        self._known: dict[str, Robots] = {}
        self._ask = once(self._asked)

    async def learn(self, urls: Iterable[str]) -> None:
        """Ask for the rules of all sites that these addresses belong to, and that are not known yet."""
        if self._line.is_resumed and not self._known:
            self._look_back()
        origins = {origin for url in urls if (origin := uri.origin_of(url))}
        for origin in sorted(origins - self._known.keys()):
            self._known[origin] = await self._ask(origin)

    def allow(self, url: str) -> bool:
        """Tell whether a page of a site whose rules are known may be followed."""
        if not self._line.config.obey_robots:
            return True
        return self._known[uri.origin_of(url) or ""].allows(url)

    def _look_back(self) -> None:
        """Take in what sites answered before the run was broken off."""
        journal = self._line.journal
        for origin, told in rules_told(journal.database, journal.run):
            self._known[origin] = _read(told, self._agent)

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

    def unheard(self, forbidden: Mapping[str, int]) -> Iterator[str]:
        """Say of which sites nothing was followed because their rules could not be had."""
        for origin, robots in self._known.items():
            if robots.why and forbidden.get(origin):
                yield f"nothing of {origin} was followed, since its robots.txt is not known: {robots.why}"

    def remarks(self, forbidden: Mapping[str, int]) -> Iterator[str]:
        """Say what the sites themselves forbid."""
        for origin, count in Counter(forbidden).most_common(_NAMED):
            if count and not self._known[origin].why:
                yield f"robots.txt of {origin} lets programs not follow {count} links: they were asked, not read"
        for origin, robots in self._known.items():
            if robots.is_cut:
                yield f"robots.txt of {origin} is longer than what is read of one (512 kB)"

    async def _asked(self, origin: str) -> Robots:
        line = self._line
        if not line.config.obey_robots:
            return Robots(self._agent)
        robots = await converse(ask_robots(f"{origin}/", line.config.user_agent), {Request: line.web.exchange})
        told = Told(url=robots.url, source=robots.source, is_cut=robots.is_cut, why=robots.why)
        keep_rules(line.journal.database, line.journal.run, origin, told)
        return robots


def _read(told: Told, agent: str) -> Robots:
    robots = read(told.source, agent) if told.url else Robots(agent, why=told.why)
    robots.url, robots.is_cut = told.url, told.is_cut
    return robots
