"""Turns pages of a site into documents of the run, as they are answered: the answer is check and document at once.

A page is read when a link to it may be followed by then: from a source, or from a page that has been read, as far as
depth, border, `nofollow` and robots.txt let it. What its references name is asked in turn.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.clock import iso
from linkcheck.detect import missing_fragment
from linkcheck.errors import ConfigError
from linkcheck.events import Extracted
from linkcheck.extract.fragments import Anchors, match
from linkcheck.fetch.decompress import unfolded
from linkcheck.fetch.observe import Observation
from linkcheck.model import PAGE, Check, Document, FailureKind, Link, PageFacts, Read, Response, Role, Trouble
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.reading import understood
from linkcheck.pipeline.rules import Rules
from linkcheck.plan import Scope
from linkcheck.sources import formats
from linkcheck.sources.api import Found, Unreadable
from linkcheck.sources.web import LIST, document_of
from linkcheck.store import Page, Pages, Planned, Seen, Visit
from linkcheck.territory import Stop, Territory, identity, shape, territory_of, why_not
from linkcheck.traps import Traps, Walked

_PAGE = Read(media_types=PAGE.media_types, limit=4 << 20)
"""How much of a page of the site is read, which is more than of others: its links are wanted."""


class Following:
    """The pages of one run."""

    def __init__(self, line: Line, scope: Scope) -> None:
        """Draw the border; ConfigError where it is none."""
        config = line.config
        self._line = line
        self._scope = scope
        self._limit = config.depth if config.recurse else 0
        self._territory = _territory(config.scope, config.sources if config.recurse else ())
        self._rules = Rules(line)
        self.pages = Pages(line.journal)
        self.traps = Traps()
        self.is_on = False
        """Whether there is anything to follow."""
        self._read = self._folded = self._left_out = self._repeating = 0
        self._cut: list[str] = []
        self._passed: set[int] = set()
        """Links that were answered with a page, but could not be followed by then."""
        self._reading: set[str] = set()
        """Identities of pages that are being read."""

    async def start(self, document: Document, planned: Sequence[Planned], place: int) -> None:
        """Take a source: one that is a list gives pages to read, one that is a page of the web is followed."""
        is_web = uri.scheme_of(document.url or "") in uri.WEB
        is_list = document.media_type in formats.LISTS
        config = self._line.config
        if config.offline or not (is_list or (is_web and config.recurse)):
            return
        self.is_on = True
        here = _Here(url=document.url or "", depth=0, is_bound=document.media_type == formats.SITEMAP and is_web)
        if is_web:
            asked = next((one.plan.link for one in planned if one.reference.element == "source"), None)
            self._territory = self._territory.around(here.url)
            addresses = {identity(one) for one in (uri.key(here.url), asked) if one}
            self.pages.visit(Visit(identity=one, document=place) for one in addresses)
        self.pages.want(await self._followed(planned, here))
        if is_web and config.recurse:
            await self._start_from_robots(here.url)

    def read_of(self, link: Link) -> Read:
        """Say how much is wanted of a link's body."""
        if not self.is_on or not self._territory.holds(link.url):
            return PAGE
        page = self.pages.wanted(link)
        return LIST if page and page.is_list else _PAGE

    def refusal(self, link: Link) -> Observation | None:
        """Answer for a link that is not asked: one of addresses without end."""
        if not self.traps.holds(link.url):
            return None
        why = f"one of addresses without end ({shape(link.url)}), of which enough were asked"
        check = Check(at=iso(self._line.clock.now()), failure=Trouble(FailureKind.BUDGET, why), final_url=link.url)
        return Observation(check)

    async def take(self, link: Link, observation: Observation) -> int:
        """Read a page that has come, if it is to be read; give how many links it adds to the run."""
        page, check = observation.page, observation.check
        if page is None or check.status != 200:
            return 0
        wanted = self.pages.wanted(link)
        if wanted is None:
            if self._territory.holds(link.url) and self.pages.visited(identity(uri.key(page.url) or "")) is None:
                self._passed.add(link.id)
            return 0
        url = uri.key(page.url) or page.url
        if not await self._may_be_read(url, link, wanted):
            return 0
        response = Response(url, page.status, page.headers, page.body)
        here = _Here(url=url, depth=wanted.depth, chain=wanted.chain, is_bound=True, is_list=wanted.is_list)
        name = identity(url)
        if name in self._reading or self._is_folded(link, name, check.facts or PageFacts()):
            self._folded += 1
            return 0
        document = self._document(response, here)
        if document is None:
            return 0
        if self._read >= self._line.config.max_pages:
            self._left_out += 1
            return 0
        self._reading.add(name)
        self._read += 1
        try:
            return await self._add(document, here, link, check.facts or PageFacts(), is_nofollow=_is_nofollow(response))
        finally:
            self._reading.discard(name)

    async def _may_be_read(self, url: str, link: Link, wanted: Page) -> bool:
        """Tell whether the place where a page was found in the end may be read, too."""
        if url == link.url:
            return True
        if wanted.depth and not self._territory.holds(url):
            return False
        await self._rules.learn([url])
        return self._rules.allow(url)

    def _is_folded(self, link: Link, name: str, facts: PageFacts) -> bool:
        """Tell a page that has been read at another address, as it says itself, or as redirects show."""
        known = self.pages.visited(name)
        if known and (not known.is_alias or known.digest == facts.text_digest):
            return True
        canonical = uri.key(facts.canonical) if facts.canonical else None
        if canonical is None or canonical == link.url or facts.text_digest is None:
            return False
        other = self.pages.visited(identity(canonical))
        return other is not None and other.digest == facts.text_digest

    def _document(self, response: Response, here: "_Here") -> Document | None:
        """Make a document of what came; None of what is none, or not asked for as such."""
        limit = LIST.limit if here.is_list else _PAGE.limit
        if here.is_list:
            body, is_whole = unfolded(response.body, limit)
            response = structs.replace(response, body=body)
            if not is_whole or len(body) >= limit:
                self._cut.append(here.url)
        elif response.media_type not in _READABLE:
            return None
        elif len(response.body) >= limit:
            self._cut.append(here.url)
        found = document_of(response, Found(name=here.url, url=here.url), LIST)
        if isinstance(found, Unreadable):
            return None
        return found if (found.media_type in formats.LISTS) == here.is_list else None

    async def _add(self, document: Document, here: "_Here", link: Link, facts: PageFacts, *, is_nofollow: bool) -> int:
        line = self._line
        row, planned, anchors = understood(document, Found(name=here.url, url=here.url), self._scope, line)
        followed = [] if is_nofollow else await self._followed(planned, here)
        cited = dict.fromkeys(one.plan.link for one in planned if one.plan.link)
        met = self.pages.met(url for url in cited if url)
        place = line.journal.add(row, _thinned(planned, met))
        visits = [
            Visit(
                identity=identity(here.url),
                link=link.id,
                document=place,
                digest=facts.text_digest,
                anchors=None if facts.words < _FEW_WORDS and "<script" in document.text else anchors,
            )
        ]
        if (canonical := uri.key(facts.canonical or "")) and canonical != here.url and self._territory.holds(canonical):
            visits.append(structs.replace(visits[0], identity=identity(canonical), is_alias=True))
        self.pages.visit(visits)
        self.pages.want(followed)
        added = self.pages.settle(place)
        added += self._again(followed)
        new = tuple(url for url in cited if url and url not in met)
        self._walk(here, facts, new)
        line.tally.document(row.findings)
        line.emit(Extracted(document.name, len(planned)))
        return added

    def answer_late(self) -> list[Seen]:
        """Answer for fragments that were asked of pages when these had been read; they are not asked again."""
        answered = []
        for late in self.pages.late():
            if late.anchors is None or late.seen.check is None:
                continue
            anchors = Anchors(dict.fromkeys(late.anchors))
            answers = {name: match(name, anchors, is_complete=True, is_local=False) for name in late.link.fragments}
            check = structs.replace(late.seen.check, fragments={**late.seen.check.fragments, **answers})
            said = [missing_fragment.finding(name, answer, is_local=False) for name, answer in answers.items()]
            findings = (*late.seen.findings, *(finding for finding in said if finding))
            answered.append(Seen(late.link.id, check, findings))
        return answered

    def _again(self, followed: Iterable[Page]) -> int:
        """Ask those once more that came before they could be followed."""
        count = 0
        for page in followed if self._passed else ():
            link = self._line.journal.link(page.url)
            if link and link.id in self._passed:
                self._passed.discard(link.id)
                self.pages.ask_again(link.id)
                count += 1
        return count

    def _walk(self, here: "_Here", facts: PageFacts, new: tuple[str, ...]) -> None:
        is_elsewhere = any(not self._territory.holds(url) for url in new)
        self.traps.walk(
            Walked(url=here.url, chain=here.chain, digest=facts.text_digest, new_links=new, is_elsewhere=is_elsewhere)
        )

    async def _followed(self, planned: Sequence[Planned], here: "_Here") -> list[Page]:
        """Choose which references lead to pages that are to be read."""
        chosen = {page.url: page for page in self._candidates(planned, here)}
        await self._rules.learn(chosen)
        return [page for url, page in chosen.items() if self._rules.allow(url)]

    def _candidates(self, planned: Sequence[Planned], here: "_Here") -> Iterator[Page]:
        form = shape(here.url)
        for one in planned:
            reference, url = one.reference, one.plan.link
            is_listed = reference.element in _LISTED
            if url is None or one.plan.judgement or reference.is_nofollow:
                continue
            if not is_listed and (
                reference.element not in _LEADING or reference.role not in _LEADING[reference.element]
            ):
                continue
            depth = here.depth if is_listed else here.depth + 1
            stop = why_not(url, self._territory, depth=depth, limit=self._limit)
            if stop is Stop.OUTSIDE and is_listed and not here.is_bound and uri.scheme_of(url) in uri.WEB:
                stop = None
            if stop is Stop.REPEATING or stop is Stop.LONG:
                self._repeating += 1
            if stop is None and not self.traps.holds(url):
                chain = here.chain + 1 if shape(url) == form else 0
                is_list = reference.element == "sitemap"
                yield Page(url=url, identity=identity(url), depth=depth, chain=chain, is_list=is_list)

    async def _start_from_robots(self, url: str) -> None:
        """Take the sitemaps that the site's robots.txt names, as a document that cites them."""
        made = await self._rules.document(url)
        if made is None or self.pages.visited(identity(made[0].path)):
            return
        row, planned = made
        place = self._line.journal.add(row, planned)
        self.pages.visit([Visit(identity=identity(row.path), document=place)])
        self._line.tally.document(())
        self._line.emit(Extracted(row.path, len(planned)))
        here = _Here(url=row.path, depth=1, is_bound=True)
        self.pages.want(await self._followed(planned, here))

    def limits(self) -> Iterator[str]:
        """Say why the result is not the whole of the site."""
        if self._left_out:
            left = f"{self._left_out} more were asked, but not read"
            yield f"--max-pages ended the reading after {self._read} pages; {left}"
        yield from self._rules.unheard()
        for url in self._cut[:_NAMED]:
            yield f"{url} is larger than is read of a page: what it cites behind that was not checked"
        for trap in self.traps:
            yield f"addresses without end: {trap.shape}, such as {trap.example}: {trap.why}; no more of them are asked"

    def remarks(self) -> Iterator[str]:
        """Say what a reader should know of how the site was read."""
        if self._folded:
            yield f"{self._folded} addresses are pages that were read at another address, and were not read again"
        if self._repeating:
            yield f"{self._repeating} links lead to addresses that go round in circles or have no end; not followed"
        yield from self._rules.remarks()


class _Here(Struct, frozen=True, kw_only=True):
    """The document that links are followed from."""

    url: str
    depth: int
    chain: int = 0
    is_bound: bool
    """Whether what it lists counts only within the territory."""
    is_list: bool = False


def _territory(borders: Sequence[str], sources: Sequence[str]) -> Territory:
    try:
        drawn = territory_of(borders)
    except ValueError as error:
        raise ConfigError(f"--scope: {str(error)!r} is neither a host nor the beginning of a URL") from error
    for source in sources:
        if uri.scheme_of(source) in uri.WEB:
            drawn = drawn.around(source)
    return drawn


def _thinned(planned: Sequence[Planned], met: frozenset[str]) -> list[Planned]:
    """Leave out what every page repeats: its navigation, images and scripts are listed where they are first met."""
    return [one for one in planned if not (one.reference.role in _REPEATED and one.plan.link in met)]


def _is_nofollow(response: Response) -> bool:
    """Tell whether a header asks that no link be followed."""
    said = (value.lower() for name, value in response.headers if name == "x-robots-tag")
    return any(word.strip() in {"nofollow", "none"} for value in said for word in value.split(","))


_NAMED = 20
_FEW_WORDS = 50
"""A page of fewer, with a script, may be built by that script, and have more ids than it shows."""
_READABLE = frozenset({"text/html", "application/xhtml+xml", "text/markdown"})
_LISTED = frozenset({"loc", "sitemap", "entry"})
"""Elements of sitemaps and feeds that name pages to read."""
_WORDS = frozenset({Role.CITATION, Role.RELATED, Role.ORIGINAL, Role.NAVIGATION, Role.ARCHIVE})
_LEADING = {
    **dict.fromkeys(("a", "area", "link", "autolink", "bare"), _WORDS),
    **dict.fromkeys(("iframe", "frame"), frozenset({Role.EMBED})),
}
"""Elements that lead a reader to another page, and the roles in which they do."""
_REPEATED = frozenset({Role.NAVIGATION, Role.IMAGE, Role.EMBED, Role.CANONICAL})
