"""The only SQL: what was read, asked, answered and concluded, kept as values."""

from linkcheck.store.database import Database
from linkcheck.store.journal import Journal
from linkcheck.store.origins import Origins, Recovered, Remark
from linkcheck.store.past import StoredReport, report, runs
from linkcheck.store.rows import Asked, Met, Planned, Seen

__all__ = [
    "Asked",
    "Database",
    "Journal",
    "Met",
    "Origins",
    "Planned",
    "Recovered",
    "Remark",
    "Seen",
    "StoredReport",
    "report",
    "runs",
]
