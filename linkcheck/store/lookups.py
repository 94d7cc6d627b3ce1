"""Writes down what archives have answered about links, and gives it back."""

from collections.abc import Iterable, Iterator

from linkcheck.model import ArchiveAnswer, Lookup
from linkcheck.store.coding import decoder, encode
from linkcheck.store.database import Database


def look_up(database: Database, run: str, answers: Iterable[tuple[int, str, Lookup]]) -> None:
    """Add answers about links (their ids) near target dates (empty: the latest)."""
    database.insert("lookup", ((run, link, target, one.archive, encode(one)) for link, target, one in answers))


def answers(database: Database, run: str) -> Iterator[ArchiveAnswer]:
    """Give what archives have answered in a run so far."""
    for (word,) in database.all(_ANSWERS, run):
        yield ArchiveAnswer(word)


def lookups(database: Database, run: str, link: int, target: str | None = None) -> tuple[Lookup, ...]:
    """Give what was answered about a link near a target date; None is any."""
    found = database.all(_ABOUT, run, link) if target is None else database.all(_NEAR, run, link, target)
    return tuple(_lookup(value) for (value,) in found)


def has_lookups(database: Database, run: str) -> bool:
    """Tell whether anything has been looked up in archives."""
    return bool(database.all("SELECT 1 FROM lookup WHERE run = ? LIMIT 1", run))


_lookup = decoder(Lookup)

_ANSWERS = "SELECT json_extract(CAST(value AS TEXT), '$.answer') FROM lookup WHERE run = ?"
_NEAR = "SELECT value FROM lookup WHERE run = ? AND link = ? AND target = ? ORDER BY archive"
_ABOUT = "SELECT value FROM lookup WHERE run = ? AND link = ? ORDER BY target, archive"
