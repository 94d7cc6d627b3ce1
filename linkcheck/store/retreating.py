"""Takes a run along to another file when its history can no longer be written, so that its report is still whole."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from linkcheck.errors import StoreError
from linkcheck.store.database import Database

IN_MEMORY = Path(":memory:")
"""Where there is no disk to write to at all."""


def take_along(old: Database, run: str) -> Database | None:
    """Copy a run, and what it must know of earlier ones, to a temporary file, else into memory; None if that fails."""
    for path in (None, IN_MEMORY) if not old.is_temporary else (IN_MEMORY,):
        with suppress(StoreError, sqlite3.Error, OSError):
            new = Database(path)
            try:
                _copy(old, new, run)
            except BaseException:
                new.close()
                raise
            return new
    return None


def _copy(old: Database, new: Database, run: str) -> None:
    tables = new.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (table,) in tables:
        columns = [name for (name,) in new.all(f"SELECT name FROM pragma_table_info('{table}')")]
        query = _NEEDED.get(table, f"SELECT * FROM {table}" + (" WHERE run = ?1" if "run" in columns else ""))
        rows = old.all(query, *([run] if "?1" in query else []))
        new.insert(table, rows)


_NEEDED = {
    "link": "SELECT * FROM link WHERE id IN (SELECT link FROM reference WHERE run = ?1)",
    "observation": """
        SELECT * FROM observation WHERE id IN (SELECT observation FROM carried WHERE run = ?1)
        OR id IN (SELECT observation.id FROM asked JOIN observation USING (link, run) WHERE run = ?1)
    """,
    "judged_link": """
        SELECT * FROM judged_link WHERE run = ?1
        UNION ALL SELECT * FROM judged_link AS said WHERE run = (
            SELECT max(run) FROM judged_link WHERE link = said.link AND run < ?1
        ) AND link IN (SELECT link FROM reference WHERE run = ?1)
    """,
}
"""What is more than the run's own rows; foreign tables without a run are taken whole."""
