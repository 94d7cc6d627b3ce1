"""What the history knows of one URL, and of all runs: read back in the order of time."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from linkcheck.judge import LinkOpinion
from linkcheck.model import Check, Judgement, Mark, Reference, RunInfo, Standing, Summary
from linkcheck.store.database import Database


class PastCheck(Struct, frozen=True, kw_only=True):
    """One check of a link, and what its run concluded of it."""

    run: str
    at: str
    """UTC, ISO 8601."""
    judgement: Judgement | None
    """None where the run was broken off before it could say."""
    standing: Standing | None = None
    check: Check


class Citing(Struct, frozen=True):
    """Where a document cites a link."""

    document: str
    line: int
    column: int
    text: str


class PastRun(Struct, frozen=True):
    """One run, as it ended."""

    info: RunInfo
    task: str
    """Equal for runs over the same sources."""
    summary: Summary | None
    """None where it was broken off."""


def checks_of(database: Database, url: str) -> Iterator[PastCheck]:
    """Give every check of a link (its canonical URL), oldest first; nothing where it was never checked."""
    for run, value, opinion in database.all(_CHECKS, url):
        check, said = _check(value), _opinion(opinion) if opinion else None
        yield PastCheck(
            run=run,
            at=check.at,
            judgement=said.judgement if said else None,
            standing=said.standing if said else None,
            check=check,
        )


def marks_of(database: Database, url: str) -> list[Mark]:
    """Give what persons have said of a link, oldest first."""
    found = database.all("SELECT value FROM mark WHERE url = ? ORDER BY id", url)
    return [_mark(value) for (value,) in found]


def citing(database: Database, url: str, most: int = 20) -> tuple[str, list[Citing]]:
    """Give where the last run that met a link found it, at most so many places; and that run's id."""
    found = database.all(_CITING, url, most)
    places = []
    for _, path, value in found:
        reference = _planned(value).reference
        places.append(Citing(path, reference.span.line, reference.span.column, reference.text))
    return (found[0][0] if found else ""), places


def past_runs(database: Database) -> Iterator[PastRun]:
    """Give all runs, newest first."""
    for began, task, ended, summary in database.all(_RUNS):
        yield PastRun(_info(ended or began), task, _summary(summary) if summary else None)


class _Planned(Struct):
    reference: Reference


_check = msgspec.json.Decoder(Check).decode
_info = msgspec.json.Decoder(RunInfo).decode
_mark = msgspec.json.Decoder(Mark).decode
_opinion = msgspec.json.Decoder(LinkOpinion).decode
_planned = msgspec.json.Decoder(_Planned).decode
_summary = msgspec.json.Decoder(Summary).decode

_CHECKS = """
    SELECT seen.run, seen.value, judged_link.value
    FROM (
        SELECT run, link, max(id) AS id FROM observation
        WHERE link = (SELECT id FROM link WHERE url = ?) AND value IS NOT NULL GROUP BY run
    ) AS last JOIN observation AS seen ON seen.id = last.id
    LEFT JOIN judged_link ON judged_link.run = seen.run AND judged_link.link = seen.link
    ORDER BY seen.run
"""
_CITING = """
    SELECT reference.run, document.path, reference.value
    FROM reference JOIN document ON document.run = reference.run AND document.seq = reference.document
    WHERE (reference.run, reference.link) = (
        SELECT asked.run, asked.link FROM link JOIN judged_link ON judged_link.link = link.id
        JOIN asked ON asked.run = judged_link.run AND asked.link = link.id
        WHERE url = ? ORDER BY asked.run DESC LIMIT 1
    ) ORDER BY reference.seq LIMIT ?
"""
_RUNS = """
    SELECT run.info, task, conclusion.info, summary
    FROM run LEFT JOIN conclusion ON conclusion.run = run.id ORDER BY run.id DESC
"""
