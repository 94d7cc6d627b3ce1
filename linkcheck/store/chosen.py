"""Chooses the links that a run still judges when a person has had enough: as many as take no time."""

import json
import sqlite3
from collections.abc import Iterable

from linkcheck.store.database import Database


def choose(database: Database, run: str, first: Iterable[int], most: int) -> None:
    """Choose at most so many of a run's links, for `Journal.asked` and `references` to give these alone.

    In this order: links of which it is said that they come first, what was seen in this run, what an earlier look
    stands for, and what was judged before: who was told that a link was dead is told so again.
    """

    def work(sql: sqlite3.Connection) -> None:
        sql.execute(_MAKE)
        sql.execute("DELETE FROM temp.chosen")
        sql.execute(_FIRST, (run, json.dumps(list(first)), most))
        for query in (_SEEN, _CARRIED, _KNOWN):
            ((many,),) = sql.execute("SELECT count(*) FROM temp.chosen").fetchall()
            if many < most:
                sql.execute(query, (run, most - many))

    database.write(work)


def take_choice(old: Database, new: Database) -> None:
    """Let what was chosen in one database, if anything was, be chosen in another that has the same links."""
    if not old.all("SELECT 1 FROM temp.sqlite_master WHERE name = 'chosen'"):
        return
    links = old.all("SELECT link FROM temp.chosen")

    def work(sql: sqlite3.Connection) -> None:
        sql.execute(_MAKE)
        sql.executemany("INSERT INTO temp.chosen VALUES (?)", links)

    new.write(work)


def among_chosen(query: str, table: str) -> str:
    """Let a paged query give only rows of a table whose link was chosen, or that have none."""
    chosen = f"AND ({table}.link IS NULL OR {table}.link IN (SELECT link FROM temp.chosen)) ORDER BY"
    return query.replace("ORDER BY", chosen)


_MAKE = "CREATE TEMP TABLE IF NOT EXISTS chosen (link INTEGER PRIMARY KEY)"
_FIRST = """
    INSERT OR IGNORE INTO temp.chosen SELECT value FROM json_each(?2)
    WHERE value IN (SELECT link FROM asked WHERE run = ?1 AND link = value) LIMIT ?3
"""
_OTHERS = """
    INSERT INTO temp.chosen SELECT link FROM asked
    WHERE run = ?1 AND link NOT IN (SELECT link FROM temp.chosen) AND EXISTS ({}) ORDER BY place LIMIT ?2
"""
_SEEN = _OTHERS.format("SELECT 1 FROM observation AS seen WHERE seen.link = asked.link AND seen.run = ?1")
_CARRIED = _OTHERS.format("SELECT 1 FROM carried WHERE carried.link = asked.link AND carried.run = ?1")
_KNOWN = _OTHERS.format("SELECT 1 FROM link_word AS said WHERE said.link = asked.link AND said.run < ?1")
