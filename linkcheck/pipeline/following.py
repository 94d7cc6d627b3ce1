"""Turns pages of a site into documents of the run, as they are answered: the answer is check and document at once.

A page is read when a link to it may be followed by then: from a source, or from a page that has been read, as far as
depth, border, `nofollow` and robots.txt let it. What its references name is asked in turn.
"""

from collections.abc import Callable, Iterator, Sequence

import anyio.lowlevel
from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.clock import iso
from linkcheck.events import Extracted
from linkcheck.fetch.observe import Observation
from linkcheck.inflate import unfolded
from linkcheck.model import (
    PAGE,
    Check,
    Document,
    DocumentRow,
    FailureKind,
    Link,
    PageFacts,
    Read,
    Response,
    Role,
    Trouble,
)
from linkcheck.pipeline.border import Border, Here
from linkcheck.pipeline.folding import Folding
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.nights import READABLE, Nights
from linkcheck.pipeline.reading import understood
from linkcheck.plan import Scope
from linkcheck.sources import formats
from linkcheck.sources.api import Found, Unreadable
from linkcheck.sources.web import LIST, document_of
from linkcheck.store import Arrival, Page, Pages, Planned, Recalled, Remembered, Visit, rows
from linkcheck.store.course import Course, asked_again, course_of, pages_of, pages_read, passed
from linkcheck.territory import identity, shape

_PAGE = Read(media_types=PAGE.media_types, limit=4 << 20)
"""How much of a page of the site is read, which is more than of others: its links are wanted."""


class Following:
    """The pages of one run."""

    def __init__(self, line: Line, scope: Scope) -> None:
        """Draw the border; ConfigError where it is none."""
        self._line = line
        self._scope = scope
        self._border = Border(line)
        self.traps = self._border.traps
        self.pages = Pages(line.journal)
        self.is_on = False
        """Whether there is anything to follow."""
        self._read = 0
        self._asked_again: set[int] = set()
        """Links that came before they could be read."""
        self._expect: Callable[[int], None] = lambda _: None
        self._folding = Folding(self.pages, self._border.holds)
        self._nights = Nights(line, self.pages, self._asked_again, self._enter_recalled)

    async def start(self, row: DocumentRow, planned: Sequence[Planned], place: int) -> None:
        """Take a source: one that is a list gives pages to read, one that is a page of the web is followed."""
        url = row.url or ""
        is_web = uri.scheme_of(url) in uri.WEB
        is_list = row.media_type in formats.LISTS
        config = self._line.config
        if config.offline or not row.sha256 or not (is_list or (is_web and config.recurse)):
            return
        self.is_on = True
        here = Here(url=url, depth=0, is_bound=row.media_type == formats.SITEMAP and is_web)
        addresses: set[str] = set()
        if is_web:
            self._nights.learn_fronts(planned)
            asked = next((one.plan.link for one in planned if one.reference.element == "source"), None)
            self._border.around(here.url)
            addresses = {identity(one) for one in (uri.key(here.url), asked) if one}
        step = structs.replace(
            await self._border.followed(planned, here),
            visits=[Visit(identity=one) for one in addresses],
            is_source=True,
        )
        self.pages.take_source(place, step)
        if is_web and config.recurse:
            await self._start_from_robots(here.url)

    async def _start_from_robots(self, url: str) -> None:
        """Take the sitemaps that the site's robots.txt names, as a document that cites them."""
        made = await self._border.rules.document(url)
        if made is None or self.pages.visited(identity(made[0].path)):
            return
        row, planned = made
        here = Here(url=row.path, depth=1, is_bound=True)
        step = structs.replace(await self._border.followed(planned, here), visits=[Visit(identity=identity(row.path))])
        self.pages.take_list(row, planned, step)
        self._line.tally.document(())
        self._line.emit(Extracted(row.path, len(planned)))

    async def look_back(self) -> None:
        """Take in how far the run had come when it was broken off."""
        line = self._line
        database, run = line.journal.database, line.journal.run
        if not self.is_on:
            return
        followed = pages_of(database, run)
        for place, row in line.journal.documents():
            if place in followed:
                line.tally.document(row.findings)
            elif uri.scheme_of(row.url or "") in uri.WEB:
                self._nights.learn_fronts(list(rows.planned(database, run, place)))
        self._read = pages_read(database, run)
        self._asked_again |= asked_again(database, run)
        for page in passed(database, run):
            here = Here(url=page.url, depth=0, chain=page.chain, is_bound=True)
            self._border.walk(here, page.digest, page.new_links)
            await anyio.lowlevel.checkpoint()

    def read_of(self, link: Link) -> Read:
        """Say how much is wanted of a link's body."""
        if not self.is_on or not self._border.holds(link.url):
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

    def attend(self, expect: Callable[[int], None], carry: Callable[..., Remembered | None] | None) -> None:
        """Hear who is to be told of links that come, and which earlier checks may stand for links that are not due."""
        self._expect = expect
        self._nights.attend(carry)

    async def recall(self) -> None:
        """Let earlier checks stand for links that are not due, with what was read of them; others, failing first."""
        await self._nights.recall()

    def can_recall(self, link: Link) -> bool:
        """Tell whether it is enough to hear of a link that it is as it was."""
        return self.pages.wanted(link) is None or self._nights.recalled(link) is not None

    async def take(self, link: Link, observation: Observation) -> None:
        """Read a page that has come, if it is to be read, and let the links be asked that it adds to the run."""
        if observation.check.unchanged:
            wanted, old = self.pages.wanted(link), self._nights.recalled(link)
            if wanted and old:
                await self._enter_recalled(link, wanted, old, observation.check.facts)
        else:
            await self._read_page(link, observation)
        if link.id in self._asked_again and not self.pages.has_read(link.id):
            self.pages.note(link.id, Arrival.OTHERWISE)
        self._asked_again.discard(link.id)
        await self._nights.consider()

    async def _read_page(self, link: Link, observation: Observation) -> None:
        page, check = observation.page, observation.check
        if page is None or check.status != 200:
            return
        wanted = self.pages.wanted(link)
        if wanted is None:
            if self._border.holds(link.url) and self.pages.visited(identity(uri.key(page.url) or "")) is None:
                self.pages.note(link.id, Arrival.EARLY)
            return
        if self.pages.has_read(link.id):
            return
        url = uri.key(page.url) or page.url
        if not await self._border.may_be_read(url, link, wanted):
            return
        response = Response(url, page.status, page.headers, page.body)
        here = Here(url=url, depth=wanted.depth, chain=wanted.chain, is_bound=True, is_list=wanted.is_list)
        facts = check.facts or PageFacts()
        if self._folding.has(link, identity(url), facts):
            self.pages.note(link.id, Arrival.FOLDED)
            return
        document, is_cut = _document(response, here)
        if document is None:
            return
        if self._read >= self._line.config.max_pages:
            self.pages.note(link.id, Arrival.LEFT_OUT, cut=here.url if is_cut else None)
            return
        self._read += 1
        with self._folding.reading(identity(url), facts):
            said = _Said(facts=facts, is_nofollow=_is_nofollow(response), is_cut=is_cut)
            await self._add(document, here, link, said)

    async def _add(self, document: Document, here: Here, link: Link, said: "_Said") -> None:
        row, planned, anchors = understood(document, Found(name=here.url, url=here.url), self._scope, self._line)
        facts = said.facts
        if said.is_nofollow:
            planned = [_not_to_follow(one) for one in planned]
        is_built = facts.words < _FEW_WORDS and "<script" in document.text
        known = None if is_built else anchors
        visit = Visit(identity=identity(here.url), link=link.id, digest=facts.text_digest, anchors=known)
        visits = self._folding.visits(visit, here.url, facts)
        await self._enter(row, planned, here, visits, cut=here.url if said.is_cut else None)

    async def _enter_recalled(self, link: Link, wanted: Page, old: Recalled, facts: PageFacts | None) -> None:
        """Take a page as it was read before."""
        url = uri.key(old.row.url or "") or link.url
        name = identity(url)
        if self._folding.is_under_way(name) or self._read >= self._line.config.max_pages:
            return
        self._read += 1
        here = Here(url=url, depth=wanted.depth, chain=wanted.chain, is_bound=True, is_list=wanted.is_list)
        visit = Visit(identity=name, link=link.id, digest=old.digest, anchors=old.anchors)
        visits = self._folding.visits(visit, url, facts or PageFacts())
        await self._enter(old.row, old.planned, here, visits, recalled=old)

    async def _enter(
        self,
        row: DocumentRow,
        planned: Sequence[Planned],
        here: Here,
        visits: list[Visit],
        *,
        cut: str | None = None,
        recalled: Recalled | None = None,
    ) -> None:
        """Add a page to the run, with what it cites."""
        line = self._line
        step = structs.replace(await self._border.followed(planned, here), visits=visits, cut=cut)
        cited = dict.fromkeys(one.plan.link for one in planned if one.plan.link)
        met = self.pages.met(url for url in cited if url)
        taken = self.pages.enter(row, _thinned(planned, met), step, recalled=recalled)
        self._asked_again |= taken.again
        self._expect(taken.added)
        self._border.walk(here, visits[0].digest, tuple(url for url in cited if url and url not in met))
        line.tally.document(row.findings)
        line.emit(Extracted(row.path, len(planned)))

    def limits(self) -> Iterator[str]:
        """Say why the result is not the whole of the site."""
        course = self._course()
        if left_out := course.arrivals[Arrival.LEFT_OUT]:
            left = f"{left_out} more were asked, but not read"
            yield f"--max-pages ended the reading after {self._read} pages; {left}"
        yield from self._border.rules.unheard(course.forbidden)
        for url in course.cut:
            yield f"{url} is larger than is read of it: what it cites behind that was not checked"
        for trap in self.traps:
            yield f"addresses without end: {trap.shape}, such as {trap.example}: {trap.why}; no more of them are asked"

    def remarks(self) -> Iterator[str]:
        """Say what a reader should know of how the site was read."""
        course = self._course()
        if folded := course.arrivals[Arrival.FOLDED]:
            yield f"{folded} addresses are pages that were read at another address, and were not read again"
        if course.repeating:
            yield f"{course.repeating} links lead to addresses that go round in circles or have no end; not followed"
        yield from self._border.rules.remarks(course.forbidden)

    def _course(self) -> Course:
        return course_of(self._line.journal.database, self._line.journal.run, _NAMED)


class _Said(Struct, frozen=True, kw_only=True):
    """What the answer says of a page beside its text."""

    facts: PageFacts
    is_nofollow: bool
    is_cut: bool


def _document(response: Response, here: Here) -> tuple[Document | None, bool]:
    """Make a document of what came, and tell if there was more; None of what is none, or not asked for as such."""
    is_cut = len(response.body) >= _PAGE.limit
    if here.is_list:
        body, is_whole = unfolded(response.body, LIST.limit)
        response = structs.replace(response, body=body)
        is_cut = not is_whole or len(body) >= LIST.limit
    elif response.media_type not in READABLE:
        return None, False
    found = document_of(response, Found(name=here.url, url=here.url), LIST)
    if isinstance(found, Unreadable):
        return None, is_cut
    return (found if (found.media_type in formats.LISTS) == here.is_list else None), is_cut


def _thinned(planned: Sequence[Planned], met: frozenset[str]) -> list[Planned]:
    """Leave out what every page repeats: its navigation, images and scripts are listed where they are first met."""
    return [one for one in planned if not (one.reference.role in _REPEATED and one.plan.link in met)]


def _not_to_follow(planned: Planned) -> Planned:
    return structs.replace(planned, reference=structs.replace(planned.reference, is_nofollow=True))


def _is_nofollow(response: Response) -> bool:
    """Tell whether a header asks that no link be followed."""
    said = (value.lower() for name, value in response.headers if name == "x-robots-tag")
    return any(word.strip() in {"nofollow", "none"} for value in said for word in value.split(","))


_NAMED = 20
_FEW_WORDS = 50
"""A page of fewer, with a script, may be built by that script, and have more ids than it shows."""
_REPEATED = frozenset({Role.NAVIGATION, Role.IMAGE, Role.EMBED, Role.CANONICAL})
