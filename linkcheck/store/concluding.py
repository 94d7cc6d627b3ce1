"""Writes down what a run concludes; what only repeats an earlier run, or a link, is not written a second time."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.store.coding import encode
from linkcheck.store.database import Database
from linkcheck.store.plain import plain
from linkcheck.store.rows import Met


def conclude_links(database: Database, run: str, opinions: Iterable[tuple[int, LinkOpinion]]) -> None:
    """Say what a run concludes about links."""
    said = {link: encode(opinion) for link, opinion in opinions}

    def work(sql: sqlite3.Connection) -> None:
        before = {link: (first, value) for link, first, value in sql.execute(_SAID, (run, json.dumps([*said])))}
        rows = []
        for link, value in said.items():
            first, old = before.get(link, (None, None))
            rows.append((run, link, b"", first) if value == old else (run, link, value, None))
        if sql.execute("SELECT 1 FROM run WHERE id > ?", (run,)).fetchone():
            sql.execute(_LET_GO, (run, json.dumps([*said])))
        sql.executemany("REPLACE INTO link_word (run, link, value, as_of) VALUES (?, ?, ?, ?)", rows)

    database.write(work)


def conclude_references(
    database: Database, run: str, opinions: Iterable[tuple[Met, ReferenceOpinion]], *, is_part: bool
) -> None:
    """Say what a run concludes about references; what only repeats their links is not written down.

    Where this is said of a part of them, each has a row: those without are the others.
    """
    own, plainly = list[tuple[Any, ...]](), list[tuple[str, int]]()
    for met, opinion in opinions:
        is_plain = opinion == plain(met.planned, met.opinion, opinion.fingerprint)
        if is_plain and met.is_recalled and not is_part:
            plainly.append((run, met.seq))
        else:
            own.append((run, met.seq, opinion.fingerprint, b"" if is_plain else encode(opinion)))

    def work(sql: sqlite3.Connection) -> None:
        sql.executemany("DELETE FROM judged_reference WHERE run = ? AND seq = ?", plainly)
        sql.executemany("REPLACE INTO judged_reference VALUES (?, ?, ?, ?)", own)

    database.write(work)


_SAID = """
    SELECT one.value, coalesce(word.as_of, word.run), coalesce(said.value, word.value) FROM json_each(?2) AS one
    JOIN link_word AS word ON word.link = one.value AND word.run = (
        SELECT max(run) FROM link_word WHERE link_word.link = one.value AND link_word.run < ?1
    ) LEFT JOIN link_word AS said ON said.run = word.as_of AND said.link = word.link
"""
_LET_GO = """
    UPDATE link_word SET as_of = NULL, value = (
        SELECT value FROM link_word AS said WHERE said.run = ?1 AND said.link = link_word.link
    ) WHERE link IN (SELECT value FROM json_each(?2)) AND as_of = ?1
"""
"""What later runs have repeated stays said, also where this one comes to say something else."""
