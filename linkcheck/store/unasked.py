"""Says of all links that a run did not come to, and of their references, the same at once: for who is in a hurry."""

import sqlite3

import msgspec

from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.store.database import Database


def conclude_unasked(
    database: Database, run: str, link: LinkOpinion, reference: ReferenceOpinion, *, least: int
) -> tuple[int, int]:
    """Conclude so of web links that nothing is known of, now or from before; give how many links and references.

    Nothing is said if these are fewer than `least`. Then `Journal.asked` and `references` can pass over the others.
    """

    def work(sql: sqlite3.Connection) -> tuple[int, int]:
        sql.execute("CREATE TEMP TABLE IF NOT EXISTS unasked (link INTEGER PRIMARY KEY)")
        sql.execute("DELETE FROM temp.unasked")
        if sql.execute(_UNASKED, (run,)).rowcount < least:
            sql.execute("DELETE FROM temp.unasked")
            return 0, 0
        links = sql.execute(_LINKS, (run, encode(link))).rowcount
        own = sql.execute(_REFERENCES, (encode(reference), run)).rowcount
        return links, own + sql.execute(_RECALLED, (run,)).fetchone()[0]

    return database.write(work)


encode = msgspec.json.Encoder().encode

_UNASKED = """
    INSERT INTO temp.unasked SELECT link FROM asked WHERE run = ?1 AND host <> ''
    AND NOT EXISTS (SELECT 1 FROM observation WHERE observation.link = asked.link AND observation.run = ?1)
    AND NOT EXISTS (SELECT 1 FROM carried WHERE carried.link = asked.link AND carried.run = ?1)
    AND NOT EXISTS (SELECT 1 FROM judged_link WHERE judged_link.link = asked.link AND judged_link.run < ?1)
"""
_LINKS = "REPLACE INTO link_word (run, link, value) SELECT ?, link, ? FROM temp.unasked"
_REFERENCES = """
    REPLACE INTO judged_reference SELECT run, seq, '', ? FROM reference
    WHERE run = ? AND link IN (SELECT link FROM temp.unasked)
"""
_RECALLED = """
    SELECT count(*) FROM recalled JOIN reference ON reference.run = home AND reference.document = place
    WHERE recalled.run = ? AND link IN (SELECT link FROM temp.unasked)
"""
"""These say what their links say, without a row of their own."""
