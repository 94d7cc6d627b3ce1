"""Takes old runs out of the history, but for what later ones rest on: no verdict to come is another for it.

Of a link stay its last look, the last that found it alive, the last that was judged, and what was concluded then; of a
reference, what was concluded at its last two checks; of the archives, their last answers. Marks stay, and of each run
when it was and what it came to.
"""

import sqlite3
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from linkcheck.errors import StoreError
from linkcheck.store.beginning import is_alive
from linkcheck.store.coding import encode
from linkcheck.store.comparing import sayings
from linkcheck.store.database import Database


class Pruned(Struct, frozen=True, kw_only=True):
    """What went, and what stays."""

    runs: int
    checks: int
    runs_left: int
    """Runs that are whole."""
    checks_left: int
    bytes_before: int
    bytes_after: int
    """Of the file; of one that was not changed, what it would have at most."""


class _NotMeant(Exception):  # noqa: N818 - nothing has gone wrong
    """Takes back what was only tried."""

    def __init__(self, pruned: Pruned) -> None:
        self.pruned = pruned


def prune(database: Database, before: str, *, is_tried: bool = False) -> Pruned:
    """Prune the runs that began before an instant (UTC, ISO 8601), but those that others need whole; StoreError.

    Where it `is_tried`, nothing is changed.
    """
    try:
        pruned = _pruned(database, before, is_tried=is_tried)
    except _NotMeant as tried:
        return tried.pruned
    if pruned.runs or pruned.bytes_after < pruned.bytes_before // 2:  # what an interrupted `prune` has left
        database.compact()
    return msgspec.structs.replace(pruned, bytes_after=database.size)


def _pruned(database: Database, before: str, *, is_tried: bool) -> Pruned:
    size = database.size
    with database.writing() as sql:
        for run, process in sql.execute(_UNCONCLUDED).fetchall():
            if is_alive(process):
                raise StoreError(f"{database.path}: run {run} is under way; prune when it is through")
        sql.execute("CREATE TEMP TABLE gone (run TEXT PRIMARY KEY)")
        sql.execute(_GONE, (before,))
        try:
            checks = _number(sql, _CHECKS)
            runs, runs_left = _number(sql, _RUNS), _number(sql, _RUNS_LEFT)
            if runs:
                sql.execute("CREATE TEMP TABLE kept_saying AS SELECT * FROM said_before LIMIT 0")
                sql.executemany("INSERT INTO temp.kept_saying VALUES (?, ?, ?, ?)", _last_said(database, sql))
                for statement in (*_MARK, *_DELETE):
                    sql.execute(statement)
            checks_left = _number(sql, _CHECKS)
            free = _number(sql, "PRAGMA freelist_count") * _number(sql, "PRAGMA page_size")
        finally:
            for table in ("gone", *(f"kept_{what}" for what in _KINDS)):
                sql.execute(f"DROP TABLE IF EXISTS temp.{table}")
        pruned = Pruned(
            runs=runs,
            checks=checks - checks_left,
            runs_left=runs_left,
            checks_left=checks_left,
            bytes_before=size,
            bytes_after=max(size - free, 0),
        )
        if is_tried:
            raise _NotMeant(pruned)
    return pruned


def _number(sql: sqlite3.Connection, query: str) -> int:
    return int(sql.execute(query).fetchone()[0])


def _last_said(database: Database, sql: sqlite3.Connection) -> Iterator[tuple[str, str, str | None, bytes]]:
    """Give what runs that go have concluded of references at their last two checks."""
    gone = {run for (run,) in sql.execute("SELECT run FROM temp.gone")}
    names = sql.execute("SELECT fingerprint FROM judged_reference UNION SELECT fingerprint FROM said_before").fetchall()
    for (fingerprint,) in names:
        for number, ((run, at), opinion) in enumerate(sayings(database, fingerprint, _AFTER_ALL)):
            if run in gone:
                yield fingerprint, run, at, encode(opinion)
            if number:
                break


_KINDS = ("saying", "look", "word", "answer", "document")
_AFTER_ALL = "~"
"""Comes after every run."""
_CHECKS = "SELECT count(*) FROM observation"
_RUNS = "SELECT count(*) FROM temp.gone WHERE run NOT IN (SELECT run FROM pruned)"
_RUNS_LEFT = "SELECT count(*) FROM run WHERE id NOT IN (SELECT run FROM temp.gone)"
_UNCONCLUDED = """
    SELECT id, process FROM run WHERE id NOT IN (SELECT run FROM conclusion) AND id NOT IN (SELECT run FROM pruned)
"""
_GONE = """
    WITH whole AS (
        SELECT id, task, EXISTS (SELECT 1 FROM step WHERE step.run = id) AS follows, EXISTS (
            SELECT 1 FROM conclusion WHERE conclusion.run = id
            AND json_extract(CAST(conclusion.info AS TEXT), '$.interrupted') IS NULL
        ) AS is_done FROM run WHERE id NOT IN (SELECT run FROM pruned)
    )
    INSERT INTO temp.gone SELECT id FROM run WHERE id IN (SELECT run FROM pruned) OR (
        json_extract(CAST(info AS TEXT), '$.started') < ?1
        AND id <> (SELECT coalesce(max(id), '') FROM whole JOIN conclusion ON conclusion.run = id)
        AND id NOT IN (SELECT id FROM whole WHERE id IN (SELECT max(id) FROM whole GROUP BY task) AND NOT is_done)
        AND id NOT IN (SELECT max(id) FROM whole WHERE follows GROUP BY task)
        AND id NOT IN (SELECT max(id) FROM whole WHERE follows AND is_done GROUP BY task)
    )
"""
"""There stay the last run with a report, runs that can be gone on with, and the last of each site, which recalls it."""
_IS_GONE = "run IN (SELECT run FROM temp.gone)"
_KEPT = "(SELECT 1 FROM temp.kept_{0} AS kept WHERE kept.run = {1}.run AND kept.{2} = {1}.{2})"
_LAST = "SELECT {columns} FROM (SELECT {columns}, row_number() OVER (PARTITION BY {by} ORDER BY run DESC{then}) AS nth "
_LAST_LOOK = _LAST.format(columns="run, link", by="link", then=", id DESC")
_LAST_WORD = _LAST.format(columns="run, link", by="link", then="")
_MARK = (
    "CREATE TEMP TABLE kept_look (run TEXT, link INTEGER, PRIMARY KEY (run, link))",
    f"INSERT INTO temp.kept_look {_LAST_LOOK} FROM observation WHERE is_final AND value IS NOT NULL) WHERE nth = 1",
    f"""
    INSERT OR IGNORE INTO temp.kept_look {_LAST_LOOK} FROM observation JOIN judged_link USING (run, link)
    WHERE observation.value IS NOT NULL) WHERE nth = 1
    """,
    f"""
    INSERT OR IGNORE INTO temp.kept_look {_LAST_LOOK} FROM observation JOIN judged_link USING (run, link)
    WHERE json_extract(CAST(judged_link.value AS TEXT), '$.judgement.verdict') IN ('alive', 'moved')) WHERE nth = 1
    """,
    """
    INSERT OR IGNORE INTO temp.kept_look SELECT observation.run, observation.link
    FROM carried JOIN observation ON observation.id = observation WHERE carried.run NOT IN (SELECT run FROM temp.gone)
    """,
    """
    INSERT OR IGNORE INTO temp.kept_look SELECT run, link FROM observation
    WHERE link IN (SELECT link.id FROM mark JOIN link USING (url))
    """,
    "CREATE TEMP TABLE kept_word (run TEXT, link INTEGER, PRIMARY KEY (run, link))",
    "INSERT INTO temp.kept_word SELECT run, link FROM temp.kept_look",
    f"INSERT OR IGNORE INTO temp.kept_word {_LAST_WORD} FROM judged_link) WHERE nth = 1",
    f"""
    INSERT OR IGNORE INTO temp.kept_word SELECT as_of, link FROM link_word
    WHERE as_of IS NOT NULL AND (NOT {_IS_GONE} OR EXISTS {_KEPT.format("word", "link_word", "link")})
    """,
    """
    CREATE TEMP TABLE kept_answer (
        run TEXT, link INTEGER, target TEXT, archive TEXT, PRIMARY KEY (run, link, target, archive)
    )
    """,
    """
    INSERT INTO temp.kept_answer SELECT run, link, target, archive FROM (
        SELECT *, row_number() OVER (PARTITION BY link, target, archive ORDER BY run DESC) AS nth
        FROM lookup WHERE json_extract(CAST(value AS TEXT), '$.answer') IN ('found', 'none')
    ) WHERE nth = 1
    """,
    "CREATE TEMP TABLE kept_document (run TEXT, seq INTEGER, is_home INTEGER, PRIMARY KEY (run, seq))",
    f"INSERT INTO temp.kept_document SELECT DISTINCT home, place, 1 FROM recalled WHERE NOT {_IS_GONE}",
    """
    INSERT OR IGNORE INTO temp.kept_document SELECT run, seq, 0 FROM (
        SELECT run, seq, row_number() OVER (PARTITION BY path ORDER BY run DESC) AS nth FROM document
    ) WHERE nth = 1
    """,
)
"""Mark what stays of the runs that go: looks, with what was concluded then, words, and documents.

Of a link that a person has marked all looks stay. A word stays, too, that a later one repeats; and a page, with its
references, that a later run points to.
"""
_OF_HOME = "(SELECT 1 FROM temp.kept_document AS kept WHERE kept.run = {0}.run AND kept.seq = {0}.{1} AND is_home)"
_NO_MORE = ("asked", "carried", "document_text", "recovered", "found_link", "remark", "remark_on_reference")
_NO_PAGES = ("page", "visit", "step", "arrival", "rules", "recalled", "relies")
_DELETE = (
    f"""
    DELETE FROM judged_reference WHERE {_IS_GONE} AND NOT EXISTS (
        SELECT 1 FROM reference WHERE reference.run = judged_reference.run AND reference.seq = judged_reference.seq
        AND EXISTS {_OF_HOME.format("reference", "document")}
    )
    """,
    f"DELETE FROM reference WHERE {_IS_GONE} AND NOT EXISTS {_OF_HOME.format('reference', 'document')}",
    f"DELETE FROM document WHERE {_IS_GONE} AND NOT EXISTS {_KEPT.format('document', 'document', 'seq')}",
    f"DELETE FROM observation WHERE {_IS_GONE} AND NOT EXISTS {_KEPT.format('look', 'observation', 'link')}",
    f"DELETE FROM link_word WHERE {_IS_GONE} AND NOT EXISTS {_KEPT.format('word', 'link_word', 'link')}",
    f"""
    DELETE FROM lookup WHERE {_IS_GONE} AND run <> (SELECT max(run) FROM lookup)
    AND NOT EXISTS (
        SELECT 1 FROM temp.kept_answer AS kept WHERE kept.run = lookup.run AND kept.link = lookup.link
        AND kept.target = lookup.target AND kept.archive = lookup.archive
    )
    """,
    *(f"DELETE FROM {table} WHERE {_IS_GONE}" for table in (*_NO_MORE, *_NO_PAGES)),
    f"""
    DELETE FROM source WHERE sha256 NOT IN (
        SELECT digest FROM document WHERE NOT {_IS_GONE} OR EXISTS {_OF_HOME.format("document", "seq")}
    )
    """,
    """
    DELETE FROM link WHERE id NOT IN (
        SELECT link FROM reference WHERE link IS NOT NULL UNION SELECT link FROM asked
        UNION SELECT link FROM observation UNION SELECT link FROM link_word
        UNION SELECT link FROM lookup UNION SELECT link FROM carried
        UNION SELECT link FROM page UNION SELECT link FROM visit WHERE link IS NOT NULL
        UNION SELECT link FROM arrival UNION SELECT link FROM found_link
    )
    """,
    "INSERT OR IGNORE INTO pruned SELECT run FROM temp.gone",
    "DELETE FROM said_before",
    "INSERT INTO said_before SELECT * FROM temp.kept_saying",
)
