"""The only SQL: what was read, asked, answered and concluded, kept as values."""

from linkcheck.store.database import Database
from linkcheck.store.journal import Begun, Journal, Remembered
from linkcheck.store.pages import Page, Pages, Visit
from linkcheck.store.past import StoredReport, report, runs
from linkcheck.store.rows import Asked, Met, Planned, Seen

__all__ = [
    "Asked",
    "Begun",
    "Database",
    "Journal",
    "Met",
    "Page",
    "Pages",
    "Planned",
    "Remembered",
    "Seen",
    "StoredReport",
    "Visit",
    "report",
    "runs",
]
