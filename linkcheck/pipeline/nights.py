"""A site night after night: for which links what is known from before may stand, and which are to be asked again."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from itertools import islice

import anyio
import anyio.lowlevel

from linkcheck import uri
from linkcheck.model import Check, Link, PageFacts, Role
from linkcheck.pipeline.folding import claim
from linkcheck.pipeline.line import Line
from linkcheck.store import Page, Pages, Planned, Recalled, Remembered
from linkcheck.territory import identity

READABLE = frozenset({"text/html", "application/xhtml+xml", "text/markdown"})
"""What is read as a page."""
Enter = Callable[[Link, Page, Recalled, PageFacts | None], Awaitable[None]]
"""Takes a page as it was read before."""


class Nights:
    """What earlier runs know of the links of this one."""

    def __init__(self, line: Line, pages: Pages, asked_again: Collection[int], enter: Enter) -> None:
        """`asked_again` are links that came before they could be read: nothing may stand for these."""
        self._line = line
        self._pages = pages
        self._asked_again = asked_again
        self._enter = enter
        self._carry: Callable[..., Remembered | None] | None = None
        self._cursor = pages.all_links()
        """Of links for which it is not settled whether they are due."""
        self._considering = anyio.Lock()
        self._fronts: set[str] = set()
        """Where the site tells its news: what the menu of a source leads to."""
        self._renewed = 0
        """How many links were asked because a sitemap says that they have changed."""

    def learn_fronts(self, planned: Sequence[Planned]) -> None:
        """Take in what the menu of a source leads to."""
        menu = (one.plan.link for one in planned if one.reference.role is Role.NAVIGATION)
        self._fronts |= set(islice((url for url in menu if url), _FRONTS))

    def attend(self, carry: Callable[..., Remembered | None] | None) -> None:
        """Hear which earlier checks may stand for links that are not due; None where all are asked."""
        self._carry = carry
        self._pages.considered = None if carry is None else -1

    async def recall(self) -> None:
        """Let earlier checks stand for links that are not due, with what was read of them; others, failing first."""
        await self.consider()
        if self._carry:
            self._pages.failing_first()
            self._cursor = self._pages.all_links()
            self._cursor.skip(self._pages.last_turn)
            self._pages.considered = self._pages.last_turn

    async def consider(self) -> None:
        """Settle of the links that have come meanwhile which are due."""
        if self._carry is None:
            return
        async with self._considering:
            for link in self._cursor:
                wanted = self._pages.wanted(link)
                old = self.recalled(link) if wanted else None
                may = partial(self._may_stand, link=link, wanted=wanted, is_recalled=old is not None)
                known = None if link.id in self._asked_again else self._carry(link, may=may)
                if known:
                    if wanted and old:
                        await self._enter(link, wanted, old, known.check.facts)
                    self._line.journal.carry([known])
                self._pages.considered = self._cursor.turn
                await anyio.lowlevel.checkpoint()

    def recalled(self, link: Link) -> Recalled | None:
        """Give what was read at a link, or at the address where it ended or that its page gave for its own."""
        old, journal = self._pages.recalled(link), self._line.journal
        if old or not (known := journal.memory.remembered(link)):
            return old
        check, facts = known.check, known.check.facts or PageFacts()
        for url in (check.final_url, facts.canonical):
            other = journal.link(uri.key(url) or "") if url else None
            if other and other.id != link.id and (old := self._pages.recalled(other)):
                return old
        name = identity(uri.key(check.final_url or "") or link.url)
        return self._pages.recalled_as(name) or self._pages.recalled_as(claim(name, facts))

    def _may_stand(self, check: Check, link: Link, *, wanted: Page | None, is_recalled: bool) -> bool:
        """Tell whether a check may stand for a link that is not due.

        It may not where the site tells its news (lists, and what its menu leads to), nor where a sitemap says that the
        page has changed; and a page to be read must be known with what it cites.
        """
        if wanted is None:
            return True
        if wanted.is_list or link.url in self._fronts:
            return False
        if not is_recalled and check.status == 200 and check.media_type in READABLE:
            return False
        if self._renewed < _RENEWED + self._cursor.given // 20 and _is_newer(self._pages.changed(link), check.at):
            self._renewed += 1
            return False
        return True


def _is_newer(changed: str | None, at: str) -> bool:
    """Tell whether a page was changed after a check; a day that is that of the check may have been later."""
    return changed is not None and changed >= at[: len(changed)]


_FRONTS = 50
"""What is asked every night of a menu."""
_RENEWED = 100
"""Pages that are asked because a sitemap says that they have changed, and one more for each 20 links: there are
sitemaps that say so of every page every night."""
