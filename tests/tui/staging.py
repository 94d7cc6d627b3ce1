"""Puts a staged report behind the app, and lets a scenario press keys in a terminal of a given size."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import anyio
from msgspec import structs
from textual.pilot import Pilot

from linkcheck.events import Event, Finished, Planned
from linkcheck.model import DocumentRow, Report
from linkcheck.pipeline import Commands
from linkcheck.tui.app import LinkcheckApp
from linkcheck.tui.board import Board
from linkcheck.tui.entry import Entry, judged
from linkcheck.tui.looks import PENDING

Scenario = Callable[[Pilot[None]], Awaitable[None]]


class StagedLedger:
    """A ledger in memory; nobody has looked at anything until the report is there."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def documents(self) -> Iterator[DocumentRow]:
        return self._report.documents()

    def planned(self) -> Iterator[Entry]:
        for row in self._report.references():
            yield structs.replace(judged(row), look=PENDING, heap=None, reason="", row=None)

    def report(self) -> Report:
        return self._report


class StagedApp(LinkcheckApp):
    """An app whose browser is a list."""

    def __init__(self, report: Report, **more: Any) -> None:
        self.commands_said = Commands()
        self.board = Board(StagedLedger(report), lambda: 100.0)
        super().__init__(self.board, self.commands_said, **more)
        self.opened: list[str] = []
        self.browses = True

    @property
    def has_browser(self) -> bool:
        return self.browses

    def open_url(self, url: str, *, new_tab: bool = True) -> None:  # noqa: ARG002 - Textual's name
        self.opened.append(url)

    @property
    def notices(self) -> list[str]:
        """What the toasts say."""
        return [notice.message for notice in self._notifications]

    def tell(self, *events: Event) -> None:
        """Say something as the pipeline does, and look at it at once."""
        self.inbox.extend(events)
        self.flush()


def planned(report: Report) -> Planned:
    summary = report.summary
    return Planned(summary.documents, summary.references, summary.links, summary.links)


def through(report: Report) -> tuple[Event, ...]:
    """Give the events of a run that is through."""
    return planned(report), Finished(report.run.id, complete=report.run.complete)


def drive(app: StagedApp, scenario: Scenario, size: tuple[int, int] = (80, 24)) -> None:
    """Run the app without a terminal while the scenario goes on."""

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await scenario(pilot)

    anyio.run(run)
