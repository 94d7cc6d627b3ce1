"""Takes a run along to another file when its history can no longer be written, so that its report is still whole."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from linkcheck.errors import StoreError
from linkcheck.store.chosen import take_choice
from linkcheck.store.database import Database

IN_MEMORY = Path(":memory:")
"""Where there is no disk to write to at all."""


def temporary() -> Database:
    """Open a temporary file, or where there is no room for one, memory; StoreError where there is not even that."""
    try:
        return Database(None)
    except StoreError:
        return Database(IN_MEMORY)


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
        _pour(old, new, table, query, *([run] if "?1" in query else []))
    for table, query in _HELPFUL.items():
        with suppress(StoreError):  # the file may be damaged there: then the run goes on without its past
            _pour(old, new, table, query, run)
    take_choice(old, new)


def _pour(old: Database, new: Database, table: str, query: str, *parameters: str) -> None:
    """Copy the rows of a query: there may be more than memory holds."""
    for batch in old.batches(query, *parameters):
        new.insert(table, batch)


_NEEDED = {
    "run": "SELECT * FROM run WHERE id = ?1",
    "conclusion": "SELECT * FROM conclusion WHERE run = ?1",
    "link": """
        SELECT * FROM link WHERE id IN (
            SELECT link FROM reference WHERE run = ?1 UNION SELECT link FROM asked WHERE run = ?1
            UNION SELECT link FROM recalled JOIN reference ON reference.run = home AND reference.document = place
            WHERE recalled.run = ?1
        )
    """,
    "document": """
        SELECT * FROM document WHERE run = ?1
        UNION ALL SELECT document.* FROM recalled JOIN document ON document.run = home AND seq = place
        WHERE recalled.run = ?1
    """,
    "reference": """
        SELECT * FROM reference WHERE run = ?1
        UNION ALL SELECT reference.* FROM recalled
        JOIN reference ON reference.run = home AND reference.document = place WHERE recalled.run = ?1
    """,
    "observation": """
        SELECT * FROM observation WHERE id IN (
            SELECT observation.id FROM asked JOIN observation USING (link, run) WHERE run = ?1
        )
    """,
    "identity": "SELECT * FROM identity LIMIT 0",
    "source": "SELECT * FROM source LIMIT 0",
    "link_word": "SELECT run, link, value, NULL FROM judged_link WHERE run = ?1",
    "mark": "SELECT * FROM mark LIMIT 0",
    "said_before": "SELECT * FROM said_before LIMIT 0",
}
"""The run's own rows, where that is not said by their column of that name."""
_HELPFUL = {
    "observation": "SELECT * FROM observation WHERE id IN (SELECT observation FROM carried WHERE run = ?1)",
    "run": "SELECT * FROM run WHERE id < ?1",
    "link_word": """
        SELECT run, link, value, NULL FROM judged_link AS said WHERE run = (
            SELECT max(run) FROM link_word WHERE link = said.link AND run < ?1
        ) AND link IN (SELECT link FROM asked WHERE run = ?1)
    """,
    "mark": "SELECT * FROM mark WHERE ?1 <> ''",
    "said_before": "SELECT * FROM said_before WHERE ?1 <> ''",
    "source": "SELECT * FROM source WHERE sha256 IN (SELECT digest FROM document WHERE run = ?1)",
}
"""What the run can do without."""
