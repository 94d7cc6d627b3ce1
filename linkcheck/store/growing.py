"""Web links in turn, of a run that gets more of them while it goes on."""

from collections import deque
from collections.abc import Callable

from linkcheck.model import Link
from linkcheck.store import rows
from linkcheck.store.journal import Journal


class Growing:
    """Links in turn; whoever has come to the end may ask again later, and gets those that have been added."""

    def __init__(self, journal: Journal, until: Callable[[], int | None]) -> None:
        self._journal = journal
        self._until = until
        self._after = -1
        self._waiting: deque[tuple[int, Link]] = deque()
        self.turn = -1
        """Of the link that was given last."""
        self.given = 0
        """How many have been given."""

    def skip(self, turn: int) -> None:
        """Go on behind a turn."""
        self._after = self.turn = turn
        self._waiting.clear()

    def __iter__(self) -> "Growing":
        return self

    def __next__(self) -> Link:
        """Give the next link; StopIteration for now."""
        if not self._waiting:
            until = self._until()
            open_links = _TO_ASK.format(seen=self._journal.seen_before)
            condition = open_links if until is None else f"{open_links} AND turn <= {until}"
            for turn, link in rows.links_after(self._journal.database, self._journal.run, condition, self._after):
                self._after = turn
                self._waiting.append((turn, link))
        if not self._waiting:
            raise StopIteration
        self.turn, link = self._waiting.popleft()
        self.given += 1
        return link


_TO_ASK = """host <> '' AND NOT EXISTS (
    SELECT 1 FROM carried WHERE carried.run = asked.run AND carried.link = asked.link
) AND (NOT EXISTS (
    SELECT 1 FROM observation WHERE observation.link = asked.link AND observation.run = asked.run AND is_final
    AND observation.id <= {seen}
) OR EXISTS (
    SELECT 1 FROM arrival WHERE arrival.run = asked.run AND arrival.link = asked.link AND word = 'again'
))"""
"""What had no final answer when the run began or went on, and what is to be asked once more."""
