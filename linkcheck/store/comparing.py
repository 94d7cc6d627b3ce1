"""Finds what was concluded of a reference at the check before: what is new since, and what is not."""

from collections.abc import Iterator
from typing import Any

from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.model import Verdict
from linkcheck.store.coding import decoder
from linkcheck.store.database import Database
from linkcheck.store.plain import plain
from linkcheck.store.rows import Planned


def before(database: Database, run: str, fingerprint: str) -> ReferenceOpinion | None:
    """Give what was concluded of a run's reference at the check before that run's; None where there was none."""
    found = _concluded(database, run, fingerprint)
    now = checked_at(_said(found[0][2])) if found else None
    for _, opinion in sayings(database, fingerprint, run, unlike=now):
        return opinion
    return None


def sayings(
    database: Database, fingerprint: str, until: str, *, unlike: str | None = None
) -> Iterator[tuple[tuple[str, str | None], ReferenceOpinion]]:
    """Give what runs before a run have concluded of a reference, newest first: run, instant of the check, opinion.

    What was only waiting to be checked is left out, and what rests on the same check as the one before: each check is
    told once. `unlike` is the instant of one that was told before.
    """
    last = unlike
    for run, at, value in database.all(_RUNS, fingerprint, until):
        if at is not None and at == last:
            continue
        opinion = _opinion(value) if value else told(database, run, fingerprint)
        is_waiting = opinion.judgement.verdict is Verdict.SKIPPED and not opinion.judgement.reason.code.is_by_design
        if not is_waiting:
            last = at
            yield (run, at), opinion


def told(database: Database, run: str, fingerprint: str) -> ReferenceOpinion:
    """Give what a run has concluded of a reference that it has."""
    ((value, opinion, link),) = _concluded(database, run, fingerprint)
    return _opinion(opinion) if opinion else plain(_planned(value), _said(link), fingerprint)


def checked_at(said: LinkOpinion | None) -> str | None:
    """Give when a link was checked, as far as its opinion knows."""
    return said.record.last.at if said and said.record else None


def _concluded(database: Database, run: str, fingerprint: str) -> list[tuple[Any, ...]]:
    return database.all(_CONCLUDED, run, fingerprint) or database.all(_RECALLED, run, fingerprint)


def _said(opinion: bytes | None) -> LinkOpinion | None:
    return _link_opinion(opinion) if opinion else None


_link_opinion = decoder(LinkOpinion)
_opinion = decoder(ReferenceOpinion)
_planned = decoder(Planned)

_AT = """(
    SELECT json_extract(CAST(value AS TEXT), '$.record.last.at') FROM judged_link
    WHERE judged_link.run = {}.run AND judged_link.link = reference.link
)"""
_RUNS = f"""
    SELECT run, {_AT.format("judged_reference")}, NULL FROM judged_reference JOIN reference USING (run, seq)
    WHERE fingerprint = ?1 AND run < ?2 AND run NOT IN (SELECT run FROM pruned)
    UNION SELECT recalled.run, {_AT.format("recalled")}, NULL
    FROM judged_reference JOIN reference USING (run, seq)
    JOIN recalled ON home = reference.run AND place = reference.document
    WHERE fingerprint = ?1 AND recalled.run < ?2
    UNION SELECT run, at, value FROM said_before WHERE fingerprint = ?1 AND run < ?2
    ORDER BY run DESC LIMIT 100
"""
_CONCLUDED = """
    SELECT reference.value, judged_reference.value, judged_link.value
    FROM judged_reference INDEXED BY judged_reference_by_fingerprint JOIN reference USING (run, seq)
    LEFT JOIN judged_link USING (run, link) WHERE run = ? AND fingerprint = ? LIMIT 1
"""
_RECALLED = """
    SELECT reference.value, said.value, judged_link.value
    FROM judged_reference AS told JOIN reference USING (run, seq)
    JOIN recalled INDEXED BY recalled_by_home
    ON home = reference.run AND place = reference.document AND recalled.run = ?1
    LEFT JOIN judged_reference AS said ON said.run = ?1 AND said.seq = reference.seq + shift
    LEFT JOIN judged_link ON judged_link.run = ?1 AND judged_link.link = reference.link
    WHERE told.fingerprint = ?2 LIMIT 1
"""
