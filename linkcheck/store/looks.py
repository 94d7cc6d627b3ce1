"""Writes down what was seen of links, and gives back which have been looked at, and how."""

from collections.abc import Iterable, Iterator, Mapping

from linkcheck.model import Check
from linkcheck.store.coding import decoder, encode
from linkcheck.store.database import Database
from linkcheck.store.memory import Remembered
from linkcheck.store.rows import Seen


def observe(database: Database, run: str, seen: Iterable[Seen]) -> None:
    """Add looks at links; the last one of a link counts."""
    database.insert(
        "observation",
        (
            (None, run, one.link, one.is_final, encode(one.check) if one.check else None, encode(one.findings))
            for one in seen
        ),
    )


def carry(database: Database, run: str, remembered: Iterable[Remembered]) -> None:
    """Let earlier looks stand for links that are not due."""
    database.insert("carried", [(run, one.link.id, one.observation) for one in remembered])


def carried(database: Database, run: str) -> int:
    """Count the links that an earlier look stands for."""
    return int(database.all("SELECT count(*) FROM carried WHERE run = ?", run)[0][0])


def observed(database: Database, run: str) -> Iterator[tuple[str, Check, bool]]:
    """Give what a run has seen so far, in the order of seeing: URL, check, and whether it was final."""
    for _, url, value, is_final in database.pages(_OBSERVED, run=run):
        yield url, _check(value), bool(is_final)


def doubted(database: Database, run: str) -> Mapping[int, Check]:
    """Give the links that looked bad and wait for another look, with what was seen of them."""
    return {link: _check(value) for link, value in database.all(_DOUBTED, run)}


def looked_at(database: Database, run: str) -> int:
    """Count the links that have their final look."""
    return int(database.all(_LOOKED_AT, run)[0][0])


def last_observation(database: Database) -> int:
    """Give the id of the last observation that there is."""
    return int(database.all("SELECT coalesce(max(id), 0) FROM observation")[0][0])


OPEN = """
    NOT EXISTS (
        SELECT 1 FROM observation WHERE observation.link = asked.link AND observation.run = asked.run AND is_final
        AND observation.id <= :seen
    ) AND NOT EXISTS (SELECT 1 FROM carried WHERE carried.run = asked.run AND carried.link = asked.link)
"""
"""Of a row of `asked`: it has no final look up to the observation `:seen`, nor does an earlier one stand for it."""
_check = decoder(Check)

_OBSERVED = """
    SELECT observation.id, url, value, is_final FROM observation JOIN link ON link.id = link
    WHERE run = :run AND value IS NOT NULL AND observation.id > :after ORDER BY observation.id LIMIT :size
"""
_DOUBTED = """
    SELECT link, value FROM observation WHERE id IN (
        SELECT max(id) FROM observation JOIN asked USING (run, link) WHERE run = ? GROUP BY link
    ) AND NOT is_final AND value IS NOT NULL
"""
_LOOKED_AT = """
    SELECT count(*) FROM asked WHERE run = ? AND EXISTS (SELECT 1 FROM observation
    WHERE observation.run = asked.run AND observation.link = asked.link AND is_final)
"""
