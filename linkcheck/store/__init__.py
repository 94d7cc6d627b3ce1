"""The only SQL: what was read, asked, answered and concluded, kept as values."""

from linkcheck.store.beginning import Begun
from linkcheck.store.database import Database
from linkcheck.store.journal import Journal
from linkcheck.store.memory import Remembered
from linkcheck.store.origins import Origins, Recovered, Remark
from linkcheck.store.pages import Arrival, Page, Pages, Recalled, Step, Visit
from linkcheck.store.past import StoredReport, report, runs
from linkcheck.store.rows import Asked, Met, Planned, Seen

__all__ = [
    "Arrival",
    "Asked",
    "Begun",
    "Database",
    "Journal",
    "Met",
    "Origins",
    "Page",
    "Pages",
    "Planned",
    "Recalled",
    "Recovered",
    "Remark",
    "Remembered",
    "Seen",
    "Step",
    "StoredReport",
    "Visit",
    "report",
    "runs",
]
