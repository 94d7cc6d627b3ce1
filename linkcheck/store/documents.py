"""Writes down what a run has read: a document with its references, or where an earlier run has written that."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from linkcheck import uri
from linkcheck.blanking import blanked_source
from linkcheck.model import DocumentRow
from linkcheck.store.coding import encode
from linkcheck.store.database import Database
from linkcheck.store.recalled import NEXT, Home
from linkcheck.store.rows import Planned

Also = Callable[[sqlite3.Connection, int], None]
"""Writes more about a document, by its place, within the same transaction."""


def keep(database: Database, source: bytes, sha256: str) -> None:
    """Keep a document's bytes, equal ones once.

    Those that hold user names or passwords of URLs are at hand for this run's reports, and not written to a history.
    """
    if not database.is_temporary and blanked_source(source) != source:
        database.withheld[sha256] = source
    else:
        database.insert("source", [(sha256, zlib.compress(source))], is_derived=True)


def next_places(database: Database, run: str) -> tuple[int, int]:
    """Give the place of a run's next document, and of its next reference."""
    ((document, reference),) = database.all(_NEXT, run)
    return document, reference


def add(  # noqa: PLR0913 - where it stands, and what it is
    database: Database,
    run: str,
    places: tuple[int, int],
    row: DocumentRow,
    planned: Sequence[Planned],
    *,
    digest: str,
    also: Also,
) -> None:
    """Add a document with its references at these places (of the document, of its first reference)."""
    document, first = places

    def work(sql: sqlite3.Connection) -> None:
        sql.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?)", (run, document, row.path, digest, encode(row)))
        sql.executemany(
            "INSERT INTO link (url, host) VALUES (?, ?) ON CONFLICT DO NOTHING",
            ((url, uri.host_of(url)) for url in _new(one.plan.link for one in planned)),
        )
        sql.executemany(
            "INSERT INTO reference VALUES (?, ?, ?, (SELECT id FROM link WHERE url = ?), ?, ?)",
            (
                (run, seq, document, one.plan.link, one.plan.fragment, encode(one))
                for seq, one in enumerate(planned, start=first)
            ),
        )
        also(sql, document)

    database.write(work)


def recall(database: Database, run: str, places: tuple[int, int], home: Home, *, ends: int, also: Also) -> None:
    """Add a document as an earlier run has read it; `ends` is the place after its last reference."""
    document, first = places

    def work(sql: sqlite3.Connection) -> None:
        was_first = sql.execute(_FIRST, (home.run, home.place)).fetchone()[0] or 0
        sql.execute("INSERT OR IGNORE INTO relies VALUES (?, ?)", (run, home.run))
        row = (run, document, home.run, home.place, first - was_first, ends)
        sql.execute("INSERT INTO recalled VALUES (?, ?, ?, ?, ?, ?)", row)
        also(sql, document)

    database.write(work)


def amend(database: Database, run: str, document: int, row: DocumentRow) -> None:
    """Say what a run concludes about a document, beside what was read in it."""
    value = encode(row)

    def work(sql: sqlite3.Connection) -> None:
        unfold(sql, run, document)
        sql.execute("UPDATE document SET value = ? WHERE run = ? AND seq = ?", (value, run, document))

    database.write(work)


def unfold(sql: sqlite3.Connection, run: str, document: int) -> None:
    """Write a recalled document down after all: it is to say something else, or its home goes."""
    for statement in _UNFOLD:
        sql.execute(statement, {"run": run, "document": document})


def _new(urls: Iterable[str | None]) -> Iterator[str]:
    """Leave out what came shortly before: most documents cite some URLs often, and a few cite a million."""
    met: set[str] = set()
    for url in urls:
        if url and url not in met:
            if len(met) >= _REMEMBERED:
                met.clear()
            met.add(url)
            yield url


_REMEMBERED = 10_000
_FIRST = "SELECT min(seq) FROM reference INDEXED BY reference_by_document WHERE run = ? AND document = ?"
_NEXT = f"""
    SELECT max(
        coalesce((SELECT max(seq) + 1 FROM document WHERE run = :run), 0),
        coalesce((SELECT max(document) + 1 FROM recalled WHERE run = :run), 0)
    ), {NEXT}
""".replace(":run", "?1")
_UNFOLD = (
    """
    INSERT INTO document SELECT :run, :document, path, digest, value FROM recalled
    JOIN document ON document.run = home AND seq = place WHERE recalled.run = :run AND recalled.document = :document
    """,
    """
    INSERT INTO reference SELECT :run, seq + shift, :document, link, fragment, value FROM recalled
    JOIN reference INDEXED BY reference_by_document ON reference.run = home AND reference.document = place
    WHERE recalled.run = :run AND recalled.document = :document
    """,
    "DELETE FROM recalled WHERE run = :run AND document = :document",
)
