"""What the robots.txt of every site allows that a run follows: asked once a site, before anything of it is followed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from linkcheck import uri
from linkcheck.events import Waiting
from linkcheck.extract.places import Places
from linkcheck.fetch.converse import converse
from linkcheck.fetch.hosts import settings_of
from linkcheck.fetch.once import once
from linkcheck.fetch.robots import Robots, ask_robots, product_of, read
from linkcheck.model import Document, DocumentRow, Reference, Request
from linkcheck.pipeline.line import Line
from linkcheck.plan import Ground, Scope, plan
from linkcheck.sources import formats
from linkcheck.store import Planned
from linkcheck.store.course import Told, keep_rules, rules_told

LONGEST_DELAY = 10.0
"""Seconds between two requests to one site, whatever its robots.txt wants: a site that wants no programs says so
otherwise."""
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
        self._delays: dict[str, float] = {}

    async def learn(self, urls: Iterable[str]) -> None:
        """Ask for the rules of all sites that these addresses belong to, and that are not known yet."""
        if self._line.is_resumed and not self._known:
            self._look_back()
        origins = {origin for url in urls if (origin := uri.origin_of(url))}
        for origin in sorted(origins - self._known.keys()):
            self._known[origin] = await self._ask(origin)

    def allow(self, url: str) -> bool:
        """Tell whether a page of a site whose rules are known may be followed."""
        if self._line.config.robots == "ignore":
            return True
        return self._known[uri.origin_of(url) or ""].allows(url)

    def _look_back(self) -> None:
        """Take in what sites answered before the run was broken off."""
        journal = self._line.journal
        for origin, told in rules_told(journal.database, journal.run):
            self._known[origin] = _read(told, self._agent)
            self._keep_delay(origin, self._known[origin].delay)

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
                yield f"nothing of {_plain(origin)} was followed, since its robots.txt is not known: {robots.why}"

    def remarks(self, forbidden: Mapping[str, int]) -> Iterator[str]:
        """Say what the sites themselves forbid."""
        for origin, count in Counter(forbidden).most_common(_NAMED):
            if count and not self._known[origin].why:
                site = _plain(origin)
                yield f"robots.txt of {site} lets programs not follow {count} links: they were asked, not read"
        for origin, wanted in list(self._delays.items())[:_NAMED]:
            kept = "it was" if wanted <= LONGEST_DELAY else f"it was asked every {LONGEST_DELAY:g} s"
            yield f"robots.txt of {_plain(origin)} wants to be asked only every {wanted:g} s: {kept}"
        for origin, robots in self._known.items():
            if robots.is_cut:
                yield f"robots.txt of {_plain(origin)} is longer than what is read of one (512 kB)"

    async def _asked(self, origin: str) -> Robots:
        line = self._line
        if line.config.robots == "ignore":
            return Robots(self._agent)
        robots = await converse(ask_robots(f"{origin}/", line.config.user_agent), {Request: line.web.exchange})
        told = Told(url=robots.url, source=robots.source, is_cut=robots.is_cut, why=robots.why)
        keep_rules(line.journal.database, line.journal.run, origin, told)
        self._keep_delay(origin, robots.delay)
        return robots

    def _keep_delay(self, origin: str, wanted: float) -> None:
        """Ask a site no faster than it wants, within reason; what the user says of the host comes first."""
        own = settings_of(f"{origin}/", self._line.config.hosts)
        is_said = own is not None and own.interval is not None and "hosts" not in self._line.untrusted
        if wanted > self._line.config.host_interval and not is_said:
            delay = self._line.web.wishes[origin] = min(wanted, LONGEST_DELAY)
            self._delays[origin] = wanted
            why = f"its robots.txt wants {wanted:g} s between requests"
            self._line.emit(Waiting(uri.host_of(f"{origin}/"), delay, why))


def _plain(origin: str) -> str:
    """Write an origin as people do, without the usual port."""
    return (uri.key(f"{origin}/") or origin).rstrip("/")


def _read(told: Told, agent: str) -> Robots:
    robots = read(told.source, agent) if told.url else Robots(agent, why=told.why)
    robots.url, robots.is_cut = told.url, told.is_cut
    return robots
