"""Links that no reference names, and a run asks nevertheless: the originals of archived copies."""

import sqlite3
from collections.abc import Iterable

from linkcheck import uri
from linkcheck.store.database import Database


def ask_also(database: Database, run: str, urls: Iterable[str]) -> int:
    """Put links into a run's plan, behind all others; give how many were not in it before."""
    wanted = [(url, uri.host_of(url)) for url in dict.fromkeys(urls)]

    def work(sql: sqlite3.Connection) -> int:
        sql.executemany("INSERT INTO link (url, host) VALUES (?, ?) ON CONFLICT DO NOTHING", wanted)
        before = sql.total_changes
        sql.executemany(_ASK, [{"run": run, "url": url} for url, _ in wanted])
        return sql.total_changes - before

    return database.write(work)


_BEHIND = 1 << 40
"""More than any reference's seq: pages that are read later add links whose place is their first reference's."""
_ASK = f"""
    INSERT INTO asked
    SELECT :run, max((SELECT coalesce(max(place) + 1, 0) FROM asked WHERE run = :run), {_BEHIND}), id, host,
           1 + (SELECT coalesce(max(turn), 0) FROM asked WHERE run = :run)
    FROM link WHERE url = :url
    AND NOT EXISTS (SELECT 1 FROM asked AS known WHERE known.run = :run AND known.link = link.id)
"""
