"""Reads what the run has written so far, as values; app and engine share one thread, so nothing changes meanwhile."""

from collections.abc import Iterator
from typing import Protocol

from linkcheck.model import DocumentRow, Report
from linkcheck.store import Journal, report
from linkcheck.tui.entry import Entry, planned


class Ledger(Protocol):
    """Where the app reads."""

    def documents(self) -> Iterator[DocumentRow]:
        """Give the documents that were read."""
        ...

    def planned(self) -> Iterator[Entry]:
        """Give the references in document order, before anything is asked."""
        ...

    def report(self) -> Report:
        """Give the report of a run that is through; its references have the order of `planned`."""
        ...


class StoredLedger:
    """The ledger of a run that is being written."""

    def __init__(self, journal: Journal) -> None:
        """Read from this journal."""
        self._journal = journal

    def documents(self) -> Iterator[DocumentRow]:
        """Give the documents that were read."""
        return (row for _, row in self._journal.documents())

    def planned(self) -> Iterator[Entry]:
        """Give the references in document order, before anything is asked."""
        names = [row.path for row in self.documents()]
        return (planned(names[met.document], met) for met in self._journal.references())

    def report(self) -> Report:
        """Give the report of a run that is through; its references have the order of `planned`."""
        return report(self._journal.database, self._journal.run)
