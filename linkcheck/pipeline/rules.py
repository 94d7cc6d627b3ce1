"""What the robots.txt of every site allows that a run follows: asked once a site, before anything of it is followed."""

from collections import Counter
from collections.abc import Iterable, Iterator

from linkcheck import uri
from linkcheck.events import Waiting
from linkcheck.extract.places import Places
from linkcheck.fetch.converse import converse
from linkcheck.fetch.hosts import settings_of
from linkcheck.fetch.once import once
from linkcheck.fetch.robots import Robots, ask_robots, product_of
from linkcheck.model import Document, DocumentRow, Reference, Request
from linkcheck.pipeline.line import Line
from linkcheck.plan import Ground, Scope, plan
from linkcheck.sources import formats
from linkcheck.store import Planned

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
        self._known: dict[str, Robots] = {}
        self._ask = once(self._asked)
        self._forbidden: Counter[str] = Counter()
        self._delays: dict[str, float] = {}

    async def learn(self, urls: Iterable[str]) -> None:
        """Ask for the rules of all sites that these addresses belong to, and that are not known yet."""
        origins = {origin for url in urls if (origin := uri.origin_of(url))}
        for origin in sorted(origins - self._known.keys()):
            self._known[origin] = await self._ask(origin)

    def allow(self, url: str) -> bool:
        """Tell whether a page of a site whose rules are known may be followed."""
        if not self._line.config.obey_robots:
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
                yield f"nothing of {_plain(origin)} was followed, since its robots.txt is not known: {robots.why}"

    def remarks(self) -> Iterator[str]:
        """Say what the sites themselves forbid."""
        for origin, count in self._forbidden.most_common(_NAMED):
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
        config = self._line.config
        if not config.obey_robots:
            return Robots(product_of(config.user_agent))
        robots = await converse(ask_robots(f"{origin}/", config.user_agent), {Request: self._line.web.exchange})
        self._keep_delay(origin, robots.delay)
        return robots

    def _keep_delay(self, origin: str, wanted: float) -> None:
        """Ask a site no faster than it wants, within reason; what the person says of the host comes first."""
        own = settings_of(f"{origin}/", self._line.config.hosts)
        if wanted > self._line.config.host_interval and (own is None or own.interval is None):
            delay = self._line.web.wishes[origin] = min(wanted, LONGEST_DELAY)
            self._delays[origin] = wanted
            why = f"its robots.txt wants {wanted:g} s between requests"
            self._line.emit(Waiting(uri.host_of(f"{origin}/"), delay, why))


def _plain(origin: str) -> str:
    """Write an origin as people do, without the usual port."""
    return (uri.key(f"{origin}/") or origin).rstrip("/")
