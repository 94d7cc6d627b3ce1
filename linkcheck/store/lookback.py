"""What the history knows of one URL, and of all runs: read back in the order of time."""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.judge import LinkOpinion
from linkcheck.model import Check, Judgement, Mark, Record, Reference, RunInfo, Standing, Summary, Verdict
from linkcheck.store.coding import decoder
from linkcheck.store.database import Database
from linkcheck.store.recalled import cited


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
    is_pruned: bool = False
    """Whether it cannot be shown any more."""


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
    places = []
    for run, link in database.all(_LAST_MET, url):
        for path, value in database.all(_CITING, run, link, most):
            reference = _planned(value).reference
            places.append(Citing(path, reference.span.line, reference.span.column, reference.text))
        return (run if places else ""), places
    return "", places


class LinkNow(Struct, frozen=True):
    """What a link was when it was last judged."""

    url: str
    host: str
    verdict: Verdict
    record: Record | None


class CheckRow(Struct, frozen=True, kw_only=True):
    """One check as a row of a table, for people who analyse."""

    run: str
    url: str
    host: str
    at: str
    verdict: str | None
    reason: str | None
    reason_text: str | None
    standing: str | None
    strikes: int
    status: int | None
    failure: str | None
    final_url: str | None
    redirects: int
    media_type: str | None
    title: str | None
    bytes: int
    elapsed_ms: float
    attempts: int
    confirmed: bool
    inferred: bool
    unchanged: bool
    text_digest: str | None
    simhash: str | None
    """16 hexadecimal digits."""


def links_now(database: Database) -> Iterator[LinkNow]:
    """Give every link on the web with its last verdict."""
    for _, url, host, value in database.pages(_LINKS_NOW):
        if value:
            said = _opinion(value)
            is_known = said.judgement.verdict is not Verdict.SKIPPED
            if is_known or said.record:
                verdict = said.judgement.verdict if is_known or said.record is None else said.record.last.verdict
                yield LinkNow(url, host, verdict, said.record)


def check_rows(database: Database) -> Iterator[CheckRow]:
    """Give every check of every run, in the order in which they were kept; local files are checks, too."""
    for _, run, url, host, value, opinion in database.pages(_EVERY_CHECK):
        check, said = _check(value), _opinion(opinion) if opinion else None
        facts = check.facts
        yield CheckRow(
            run=run,
            url=url,
            host=host,
            at=check.at,
            verdict=said.judgement.verdict.value if said else None,
            reason=said.judgement.reason.code.value if said else None,
            reason_text=said.judgement.reason.text if said else None,
            standing=said.standing.word.value if said and said.standing else None,
            strikes=said.standing.strikes if said and said.standing else 0,
            status=check.status,
            failure=check.failure.kind.value if check.failure else None,
            final_url=check.final_url,
            redirects=max(len(check.hops) - 1, 0),
            media_type=check.media_type,
            title=check.title,
            bytes=check.bytes,
            elapsed_ms=check.elapsed_ms,
            attempts=check.attempts,
            confirmed=check.confirmed or check.also_on is not None,
            inferred=check.inferred,
            unchanged=check.unchanged,
            text_digest=facts.text_digest if facts else None,
            simhash=f"{facts.simhash:016x}" if facts and facts.simhash is not None else None,
        )


def past_runs(database: Database) -> Iterator[PastRun]:
    """Give all runs, newest first."""
    for began, task, ended, summary, is_pruned in database.all(_RUNS):
        yield PastRun(_info(ended or began), task, _summary(summary) if summary else None, bool(is_pruned))


class _Planned(Struct):
    reference: Reference


_check = decoder(Check)
_info = decoder(RunInfo)
_mark = decoder(Mark)
_opinion = decoder(LinkOpinion)
_planned = decoder(_Planned)
_summary = decoder(Summary)

_CHECKS = """
    SELECT seen.run, seen.value, judged_link.value
    FROM (
        SELECT run, link, max(id) AS id FROM observation
        WHERE link = (SELECT id FROM link WHERE url = ?) AND value IS NOT NULL GROUP BY run
    ) AS last JOIN observation AS seen ON seen.id = last.id
    LEFT JOIN judged_link ON judged_link.run = seen.run AND judged_link.link = seen.link
    ORDER BY seen.run
"""
_LAST_MET = """
    SELECT asked.run, asked.link FROM link JOIN judged_link ON judged_link.link = link.id
    JOIN asked ON asked.run = judged_link.run AND asked.link = link.id
    WHERE url = ? ORDER BY asked.run DESC LIMIT 1
"""
_CITING = f"""
    SELECT document.path, cited.value FROM {cited("seq, value, home, place", run="?1", link="?2")} AS cited
    JOIN document ON document.run = cited.home AND document.seq = cited.place ORDER BY cited.seq LIMIT ?3
"""
_RUNS = """
    SELECT run.info, task, conclusion.info, summary, run.id IN (SELECT run FROM pruned)
    FROM run LEFT JOIN conclusion ON conclusion.run = run.id ORDER BY run.id DESC
"""
_LINKS_NOW = """
    SELECT id, url, host, (SELECT value FROM judged_link WHERE judged_link.link = link.id ORDER BY run DESC LIMIT 1)
    FROM link WHERE host <> '' AND id > :after ORDER BY id LIMIT :size
"""
_EVERY_CHECK = """
    SELECT observation.id, observation.run, url, host, observation.value, judged_link.value
    FROM observation JOIN link ON link.id = observation.link
    LEFT JOIN judged_link ON judged_link.run = observation.run AND judged_link.link = observation.link
    WHERE is_final AND observation.value IS NOT NULL AND observation.id > :after ORDER BY observation.id LIMIT :size
"""
