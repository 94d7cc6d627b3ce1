"""Settles which links a run has, once all documents have been read, and in which order they are asked."""

from linkcheck.store.database import Database


def is_settled(database: Database, run: str) -> bool:
    """Tell whether it is settled which links there are."""
    return bool(database.all("SELECT 1 FROM asked WHERE run = ? LIMIT 1", run))


def settle(database: Database, run: str, *, is_in_haste: bool) -> None:
    """Settle it, once. In haste, which takes half the time, hosts do not take turns: nothing will be asked."""
    if not is_settled(database, run):
        query = _SETTLE_IN_HASTE if is_in_haste else _SETTLE
        database.write(lambda sql: sql.execute(query, {"run": run}))


def count_links(database: Database, run: str) -> int:
    """Count the links that there are, which an index tells at once."""
    return int(database.all("SELECT count(*) FROM asked WHERE run = ?", run)[0][0])


def count_web_links(database: Database, run: str) -> int:
    """Count the links on the web."""
    return int(database.all("SELECT coalesce(sum(host <> ''), 0) FROM asked WHERE run = ?", run)[0][0])


_SETTLE_IN_HASTE = """
    INSERT INTO asked SELECT :run, place, link, host, place FROM (
        SELECT min(seq) AS place, link FROM reference WHERE run = :run AND link IS NOT NULL GROUP BY link ORDER BY place
    ) JOIN link ON link.id = link
"""
_SETTLE = """
    WITH met AS (
        SELECT link, min(seq) AS place FROM reference WHERE run = :run AND link IS NOT NULL GROUP BY link
    ), queued AS (
        SELECT place, link, host, row_number() OVER (PARTITION BY host ORDER BY place) AS nth
        FROM met JOIN link ON link.id = met.link
    )
    INSERT INTO asked SELECT :run, place, link, host, row_number() OVER (ORDER BY nth, place) FROM queued
"""
