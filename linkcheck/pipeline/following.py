"""Turns pages of a site into documents of the run, as they are answered: the answer is check and document at once.

A page is read when a link to it may be followed by then: from a source, or from a page that has been read, as far as
depth, border, `nofollow` and robots.txt let it. What its references name is asked in turn.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

import anyio
import anyio.lowlevel
from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.clock import iso
from linkcheck.detect import missing_fragment, repeated_text
from linkcheck.errors import ConfigError
from linkcheck.events import Extracted
from linkcheck.extract.fragments import Anchors, match
from linkcheck.extract.inflate import unfolded
from linkcheck.fetch.observe import Observation
from linkcheck.model import (
    PAGE,
    Check,
    Document,
    DocumentRow,
    FailureKind,
    Link,
    Observe,
    PageFacts,
    Read,
    Response,
    Role,
    Trouble,
)
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.reading import understood
from linkcheck.pipeline.rules import Rules
from linkcheck.plan import Scope
from linkcheck.sources import formats
from linkcheck.sources.api import Found, Unreadable
from linkcheck.sources.web import LIST, document_of
from linkcheck.store import (
    Arrival,
    Page,
    Pages,
    Planned,
    Recalled,
    Remembered,
    Seen,
    Step,
    Visit,
    rows,
    second_thoughts,
)
from linkcheck.store.course import Course, asked_again, course_of, pages_of, pages_read, passed
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
        self.traps = Traps(config.max_pages)
        self.is_on = False
        """Whether there is anything to follow."""
        self._read = 0
        self._asked_again: set[int] = set()
        """Links that came before they could be read."""
        self._expect: Callable[[int], None] = lambda _: None
        self._carry: Callable[..., Remembered | None] | None = None
        self._cursor = self.pages.all_links()
        """Of links for which it is not settled whether they are due."""
        self._considering = anyio.Lock()
        self._reading: set[str] = set()
        """Identities of pages that are being read, and what these call themselves."""
        self._fronts: set[str] = set()
        """Where the site tells its news: what the menu of a source leads to."""
        self._renewed = 0
        """How many links were asked because a sitemap says that they have changed."""

    async def start(self, row: DocumentRow, planned: Sequence[Planned], place: int) -> None:
        """Take a source: one that is a list gives pages to read, one that is a page of the web is followed."""
        url = row.url or ""
        is_web = uri.scheme_of(url) in uri.WEB
        is_list = row.media_type in formats.LISTS
        config = self._line.config
        if config.offline or not row.sha256 or not (is_list or (is_web and config.recurse)):
            return
        self.is_on = True
        self._fronts |= _fronts(planned) if is_web else set()
        here = _Here(url=url, depth=0, is_bound=row.media_type == formats.SITEMAP and is_web)
        addresses: set[str] = set()
        if is_web:
            asked = next((one.plan.link for one in planned if one.reference.element == "source"), None)
            self._territory = self._territory.around(here.url)
            addresses = {identity(one) for one in (uri.key(here.url), asked) if one}
        step = structs.replace(
            await self._followed(planned, here), visits=[Visit(identity=one) for one in addresses], is_source=True
        )
        self.pages.take_source(place, step)
        if is_web and config.recurse:
            await self._start_from_robots(here.url)

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
                self._fronts |= _fronts(list(rows.planned(database, run, place)))
        self._read = pages_read(database, run)
        self._asked_again = asked_again(database, run)
        for page in passed(database, run):
            self._walk(_Here(url=page.url, depth=0, chain=page.chain, is_bound=True), page.digest, page.new_links)
            await anyio.lowlevel.checkpoint()

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

    def attend(self, expect: Callable[[int], None], carry: Callable[..., Remembered | None] | None) -> None:
        """Hear who is to be told of links that come, and which earlier checks may stand for links that are not due."""
        self._expect, self._carry = expect, carry
        self.pages.considered = None if carry is None else -1

    async def recall(self) -> None:
        """Let earlier checks stand for links that are not due, with what was read of them; others, failing first."""
        await self._consider()
        if self._carry:
            self.pages.failing_first()
            self._cursor = self.pages.all_links()
            self._cursor.skip(self.pages.last_turn)
            self.pages.considered = self.pages.last_turn

    async def _consider(self) -> None:
        if self._carry is None:
            return
        async with self._considering:
            for link in self._cursor:
                wanted = self.pages.wanted(link)
                old = self._recalled(link) if wanted else None
                may = partial(self._may_stand, link=link, wanted=wanted, is_recalled=old is not None)
                known = None if link.id in self._asked_again else self._carry(link, may=may)
                if known:
                    if wanted and old:
                        await self._enter_recalled(link, wanted, old, known.check.facts)
                    self._line.journal.carry([known])
                self.pages.considered = self._cursor.turn
                await anyio.lowlevel.checkpoint()

    def _recalled(self, link: Link) -> Recalled | None:
        """Give what was read at a link, or at the address where it ended or that its page gave for its own."""
        old, journal = self.pages.recalled(link), self._line.journal
        if old or not (known := journal.memory.remembered(link)):
            return old
        check, facts = known.check, known.check.facts or PageFacts()
        for url in (check.final_url, facts.canonical):
            other = journal.link(uri.key(url) or "") if url else None
            if other and other.id != link.id and (old := self.pages.recalled(other)):
                return old
        name = identity(uri.key(check.final_url or "") or link.url)
        return self.pages.recalled_as(name) or self.pages.recalled_as(_claim(name, facts))

    def _may_stand(self, check: Check, link: Link, *, wanted: Page | None, is_recalled: bool) -> bool:
        """Tell whether a check may stand for a link that is not due.

        It may not where the site tells its news (lists, and what its menu leads to), nor where a sitemap says that the
        page has changed; and a page to be read must be known with what it cites.
        """
        if wanted is None:
            return True
        if wanted.is_list or link.url in self._fronts:
            return False
        if not is_recalled and check.status == 200 and check.media_type in _READABLE:
            return False
        if self._renewed < _RENEWED + self._cursor.given // 20 and _is_newer(self.pages.changed(link), check.at):
            self._renewed += 1
            return False
        return True

    def can_recall(self, link: Link) -> bool:
        """Tell whether it is enough to hear of a link that it is as it was."""
        return self.pages.wanted(link) is None or self._recalled(link) is not None

    async def _enter_recalled(self, link: Link, wanted: Page, old: Recalled, facts: PageFacts | None) -> None:
        """Take a page as it was read before."""
        url = uri.key(old.row.url or "") or link.url
        name = identity(url)
        if name in self._reading or self.pages.visited(name) or self._read >= self._line.config.max_pages:
            return
        self._read += 1
        here = _Here(url=url, depth=wanted.depth, chain=wanted.chain, is_bound=True, is_list=wanted.is_list)
        visit = Visit(identity=name, link=link.id, digest=old.digest, anchors=old.anchors)
        visits = [visit, *self._aliases(visit, url, facts or PageFacts())]
        await self._enter(old.row, old.planned, here, visits, recalled=old)

    async def take(self, link: Link, observation: Observation) -> None:
        """Read a page that has come, if it is to be read, and let the links be asked that it adds to the run."""
        if observation.check.unchanged:
            wanted, old = self.pages.wanted(link), self._recalled(link)
            if wanted and old:
                await self._enter_recalled(link, wanted, old, observation.check.facts)
        else:
            await self._read_page(link, observation)
        if link.id in self._asked_again and not self.pages.has_read(link.id):
            self.pages.note(link.id, Arrival.OTHERWISE)
        self._asked_again.discard(link.id)
        await self._consider()

    async def _read_page(self, link: Link, observation: Observation) -> None:
        page, check = observation.page, observation.check
        if page is None or check.status != 200:
            return
        wanted = self.pages.wanted(link)
        if wanted is None:
            if self._territory.holds(link.url) and self.pages.visited(identity(uri.key(page.url) or "")) is None:
                self.pages.note(link.id, Arrival.EARLY)
            return
        if self.pages.has_read(link.id):
            return
        url = uri.key(page.url) or page.url
        if not await self._may_be_read(url, link, wanted):
            return
        response = Response(url, page.status, page.headers, page.body)
        here = _Here(url=url, depth=wanted.depth, chain=wanted.chain, is_bound=True, is_list=wanted.is_list)
        name = identity(url)
        facts = check.facts or PageFacts()
        if self._is_being_read(name, facts) or self._is_folded(link, name, facts):
            self.pages.note(link.id, Arrival.FOLDED)
            return
        document, is_cut = self._document(response, here)
        if document is None:
            return
        if self._read >= self._line.config.max_pages:
            self.pages.note(link.id, Arrival.LEFT_OUT, cut=here.url if is_cut else None)
            return
        names = {name, *_own_names(facts)}
        self._reading |= names
        self._read += 1
        try:
            said = _Said(facts=facts, is_nofollow=_is_nofollow(response), is_cut=is_cut)
            await self._add(document, here, link, said)
        finally:
            self._reading -= names

    def _is_being_read(self, name: str, facts: PageFacts) -> bool:
        """Tell a page that is being read just now, at this address or, word for word, as the same page."""
        return name in self._reading or any(one in self._reading for one in (_claim(name, facts), *_own_names(facts)))

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
        if self.pages.visited(name) or self.pages.visited(_claim(name, facts)):
            return True
        canonical = uri.key(facts.canonical) if facts.canonical else None
        if canonical is None or canonical == link.url or facts.text_digest is None:
            return False
        if self.pages.visited(_claim(identity(canonical), facts)):
            return True
        other = self.pages.visited(identity(canonical))
        return other is not None and other.digest == facts.text_digest

    def _document(self, response: Response, here: "_Here") -> tuple[Document | None, bool]:
        """Make a document of what came, and tell if there was more; None of what is none, or not asked for as such."""
        is_cut = len(response.body) >= _PAGE.limit
        if here.is_list:
            body, is_whole = unfolded(response.body, LIST.limit)
            response = structs.replace(response, body=body)
            is_cut = not is_whole or len(body) >= LIST.limit
        elif response.media_type not in _READABLE:
            return None, False
        found = document_of(response, Found(name=here.url, url=here.url), LIST)
        if isinstance(found, Unreadable):
            return None, is_cut
        return (found if (found.media_type in formats.LISTS) == here.is_list else None), is_cut

    async def _add(self, document: Document, here: "_Here", link: Link, said: "_Said") -> None:
        row, planned, anchors = understood(document, Found(name=here.url, url=here.url), self._scope, self._line)
        facts = said.facts
        if said.is_nofollow:
            planned = [_not_to_follow(one) for one in planned]
        is_built = facts.words < _FEW_WORDS and "<script" in document.text
        known = None if is_built else anchors
        visit = Visit(identity=identity(here.url), link=link.id, digest=facts.text_digest, anchors=known)
        visits = [visit, *self._aliases(visit, here.url, facts)]
        await self._enter(row, planned, here, visits, cut=here.url if said.is_cut else None)

    def _aliases(self, visit: Visit, url: str, facts: PageFacts) -> Iterator[Visit]:
        """Give the address that a page says is its own."""
        canonical = uri.key(facts.canonical or "")
        if canonical and canonical != url and self._territory.holds(canonical):
            yield structs.replace(visit, identity=_claim(identity(canonical), facts), is_alias=True)

    async def _enter(
        self,
        row: DocumentRow,
        planned: Sequence[Planned],
        here: "_Here",
        visits: list[Visit],
        *,
        cut: str | None = None,
        recalled: Recalled | None = None,
    ) -> None:
        """Add a page to the run, with what it cites."""
        line = self._line
        step = structs.replace(await self._followed(planned, here), visits=visits, cut=cut)
        cited = dict.fromkeys(one.plan.link for one in planned if one.plan.link)
        met = self.pages.met(url for url in cited if url)
        taken = self.pages.enter(row, _thinned(planned, met), step, recalled=recalled)
        self._asked_again |= taken.again
        self._expect(taken.added)
        self._walk(here, visits[0].digest, tuple(url for url in cited if url and url not in met))
        line.tally.document(row.findings)
        line.emit(Extracted(row.path, len(planned)))

    def answer_late(self) -> list[Seen]:
        """Answer for fragments that were asked of pages when these had been read; they are not asked again."""
        answered = []
        journal = self._line.journal
        for late in second_thoughts.late(journal.database, journal.run):
            if late.anchors is None or late.seen.check is None:
                continue
            anchors = Anchors(dict.fromkeys(late.anchors))
            answers = {name: match(name, anchors, is_complete=True, is_local=False) for name in late.link.fragments}
            check = structs.replace(late.seen.check, fragments={**late.seen.check.fragments, **answers})
            said = [missing_fragment.finding(name, answer, is_local=False) for name, answer in answers.items()]
            findings = (*late.seen.findings, *(finding for finding in said if finding))
            answered.append(Seen(late.link.id, check, findings))
        return answered

    async def notice_storms(self) -> list[Seen]:
        """Say of pages that have the same words as many others that they are one; a page that cannot exist decides."""
        observe, noticed = answering(self._line)[Observe], list[Seen]()
        database, run = self._line.journal.database, self._line.journal.run
        for repeated in second_thoughts.repeated(database, run, repeated_text.LEAST):
            looks = second_thoughts.seen(database, run, repeated.links)
            seen = [one for one in looks if one.check and not self._is_trapped(one.check)]
            if len(seen) < repeated_text.LEAST or seen[0].check is None or any(map(_is_noticed, seen)):
                continue
            url = seen[0].check.final_url or ""
            other = await observe(Observe(repeated_text.impossible(url, run)))
            is_catch_all = (
                other.status == 200 and other.facts is not None and other.facts.text_digest == repeated.digest
            )
            said = repeated_text.finding(len(seen), seen[0].check.title, is_catch_all=is_catch_all)
            noticed += [structs.replace(one, findings=(*one.findings, said)) for one in seen]
        return noticed

    def _is_trapped(self, check: Check) -> bool:
        return self.traps.holds(check.final_url or "")

    def _walk(self, here: "_Here", digest: str | None, new: tuple[str, ...]) -> None:
        is_elsewhere = any(not self._territory.holds(url) for url in new)
        self.traps.walk(Walked(url=here.url, chain=here.chain, digest=digest, new_links=new, is_elsewhere=is_elsewhere))

    async def _followed(self, planned: Sequence[Planned], here: "_Here") -> Step:
        """Choose which references lead to pages that are to be read, and count those that may not."""
        circles: set[int] = set()
        chosen = {page.url: page for page in self._candidates(planned, here, circles)}
        await self._rules.learn(chosen)
        allowed = [page for url, page in chosen.items() if self._rules.allow(url)]
        forbidden = Counter(uri.origin_of(url) or "" for url in chosen.keys() - {page.url for page in allowed})
        return Step(wanted=allowed, repeating=len(circles), forbidden=forbidden)

    def _candidates(self, planned: Sequence[Planned], here: "_Here", circles: set[int]) -> Iterator[Page]:
        """Give pages that references lead to; of those that go round in circles the numbers go into a set."""
        form = shape(here.url)
        for number, one in enumerate(planned):
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
                circles.add(number)
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
        here = _Here(url=row.path, depth=1, is_bound=True)
        step = structs.replace(await self._followed(planned, here), visits=[Visit(identity=identity(row.path))])
        self.pages.take_list(row, planned, step)
        self._line.tally.document(())
        self._line.emit(Extracted(row.path, len(planned)))

    def limits(self) -> Iterator[str]:
        """Say why the result is not the whole of the site."""
        course = self._course()
        if left_out := course.arrivals[Arrival.LEFT_OUT]:
            left = f"{left_out} more were asked, but not read"
            yield f"--max-pages ended the reading after {self._read} pages; {left}"
        yield from self._rules.unheard(course.forbidden)
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
        yield from self._rules.remarks(course.forbidden)

    def _course(self) -> Course:
        return course_of(self._line.journal.database, self._line.journal.run, _NAMED)


class _Here(Struct, frozen=True, kw_only=True):
    """The document that links are followed from."""

    url: str
    depth: int
    chain: int = 0
    is_bound: bool
    """Whether what it lists counts only within the territory."""
    is_list: bool = False


class _Said(Struct, frozen=True, kw_only=True):
    """What the answer says of a page beside its text."""

    facts: PageFacts
    is_nofollow: bool
    is_cut: bool


def _is_noticed(seen: Seen) -> bool:
    """Tell a page of which it has been said before the run was broken off."""
    return any(one.rule == repeated_text.RULE for one in seen.findings)


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


def _not_to_follow(planned: Planned) -> Planned:
    return structs.replace(planned, reference=structs.replace(planned.reference, is_nofollow=True))


def _is_nofollow(response: Response) -> bool:
    """Tell whether a header asks that no link be followed."""
    said = (value.lower() for name, value in response.headers if name == "x-robots-tag")
    return any(word.strip() in {"nofollow", "none"} for value in said for word in value.split(","))


def _fronts(planned: Sequence[Planned]) -> set[str]:
    """Give what the menu of a page leads to."""
    menu = (one.plan.link for one in planned if one.reference.role is Role.NAVIGATION)
    return set(islice((url for url in menu if url), _FRONTS))


def _is_newer(changed: str | None, at: str) -> bool:
    """Tell whether a page was changed after a check; a day that is that of the check may have been later."""
    return changed is not None and changed >= at[: len(changed)]


_FRONTS = 50
"""What is asked every night of a menu."""
_RENEWED = 100
"""Pages that are asked because a sitemap says that they have changed, and one more for each 20 links: there are
sitemaps that say so of every page every night."""
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


def _own_names(facts: PageFacts) -> tuple[str, ...]:
    """Give what a page calls itself."""
    own = uri.key(facts.canonical) if facts.canonical and facts.text_digest else None
    return (_claim(identity(own), facts),) if own else ()


def _claim(name: str, facts: PageFacts) -> str:
    """Name a page together with its text: pages of another text that call themselves so are other pages."""
    return f"{name}\0{facts.text_digest}"
