"""What earlier runs have seen and heard: what a page looked like, and what archives answered."""

from collections.abc import Callable

from linkcheck.model import Check, Lookup, Verdict
from linkcheck.store.coding import decoder
from linkcheck.store.database import Database


def earlier_lookup(database: Database, run: str, link: int, target: str, archive: str) -> Lookup | None:
    """Give the last answer of an archive about a link near a target date, from a run before this one."""
    found = database.all(_EARLIER, link, target, archive, run)
    return _lookup(found[0][0]) if found else None


def last_alive(database: Database, run: str, link: int) -> Check | None:
    """Give the last look at a link in a run before this one that found it alive."""
    found = database.all(_ALIVE, link, run, Verdict.ALIVE, Verdict.MOVED)
    return _check(found[0][0]) if found else None


def left_before(database: Database, run: str) -> Callable[[int, str], bool]:
    """Give what tells of a link and a target date whether the last run that asked archives could not ask about them."""
    ((last,),) = database.all("SELECT max(run) FROM lookup WHERE run < ?", run)
    if not database.all(f"{_LEFT} LIMIT 1", last):
        return lambda _link, _target: False
    return lambda link, target: bool(database.all(f"{_LEFT} AND link = ? AND target = ?", last, link, target))


_check = decoder(Check)
_lookup = decoder(Lookup)

_ANSWER = "json_extract(CAST(value AS TEXT), '$.answer')"
_EARLIER = f"""
    SELECT value FROM lookup
    WHERE link = ? AND target = ? AND archive = ? AND run < ? AND {_ANSWER} IN ('found', 'none')
    ORDER BY run DESC LIMIT 1
"""
_ALIVE = """
    SELECT observation.value FROM judged_link JOIN observation USING (run, link)
    WHERE link = ? AND run < ? AND json_extract(CAST(judged_link.value AS TEXT), '$.judgement.verdict') IN (?, ?)
    ORDER BY run DESC, observation.id DESC LIMIT 1
"""
_LEFT = f"SELECT 1 FROM lookup WHERE run = ? AND {_ANSWER} = 'not-asked'"
