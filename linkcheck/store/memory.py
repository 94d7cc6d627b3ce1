"""What earlier runs know of links, and what persons have said of them."""

from collections.abc import Iterator

from msgspec import Struct, structs

from linkcheck.model import Check, Finding, Judgement, Link, Mark, ReasonCode, Record
from linkcheck.standing import answer_of
from linkcheck.store.coding import decoder, encode
from linkcheck.store.database import Database


class Remembered(Struct, frozen=True):
    """What earlier runs know of a link."""

    link: Link
    record: Record
    observation: int
    """Which look it was."""
    check: Check
    findings: tuple[Finding, ...]
    is_comparable: bool
    """Whether that run asked and looked in the same manner as this one."""


class Memory:
    """The past of one run."""

    def __init__(self, database: Database, run: str, *, manner: str, keeps_history: bool) -> None:
        self._database = database
        self._run = run
        self._manner = manner
        self._keeps_history = keeps_history
        self._has_past: bool | None = None
        self._has_marks = bool(database.all("SELECT 1 FROM mark LIMIT 1"))

    def remembered(self, link: Link) -> Remembered | None:
        """Give what earlier runs know of a link, if their last look is the one that their verdict rests on."""
        found = self._database.all(_REMEMBERED, link.id, self._run)
        record = self.record(link.id)
        if not found or record is None:
            return None
        ((observation, value, findings, manner),) = found
        check = _check(value)
        if check.at != record.last.at:
            return None
        return Remembered(link, record, observation, check, _findings(findings), manner == self._manner)

    def gone(self, link: int) -> Check | None:
        """Give the last look at a link of a run that asked like this one, if it was judged to be gone, or nearly so.

        Nearly: it said so once, and there was no time to ask again.
        """
        for value, said, manner in self._database.all(_GONE, link, self._run):
            if manner == self._manner and _judged(said).judgement.reason.code in _LOST:
                return _check(value)
        return None

    def unreachable(self) -> Iterator[tuple[str, str, Record]]:
        """Give the links of this run that could not be reached when they were last checked: URL, host, record."""
        for _, url, host, value in self._database.pages(_UNREACHABLE, run=self._run):
            if record := _recorded(value).record:
                yield url, host, record

    def record(self, link: int) -> Record | None:
        """Give what is remembered of a link's checks before this run."""
        query = "SELECT value FROM judged_link WHERE link = ? AND run < ? ORDER BY run DESC LIMIT 1"
        found = self._database.all(query, link, self._run)
        return _recorded(found[0][0]).record if found else None

    @property
    def has_past(self) -> bool:
        """Whether there are verdicts of earlier runs."""
        if self._has_past is None:
            query = "SELECT 1 FROM judged_link WHERE run < ? LIMIT 1"
            self._has_past = self._keeps_history and bool(self._database.all(query, self._run))
        return self._has_past

    def mark(self, url: str) -> Mark | None:
        """Give what a person has said of a URL last."""
        if not self._has_marks:
            return None
        found = self._database.all("SELECT value FROM mark WHERE url = ? ORDER BY id DESC LIMIT 1", url)
        return _mark(found[0][0]) if found else None

    def say(self, url: str, mark: Mark) -> str | None:
        """Keep what a person says of a URL, with what it answered at its last check; give that answer, if any."""
        query = """
            SELECT value FROM observation WHERE link = (SELECT id FROM link WHERE url = ?) AND is_final
            AND value IS NOT NULL ORDER BY run DESC, id DESC LIMIT 1
        """
        found = self._database.all(query, url)
        answer = answer_of(_check(found[0][0])) if found else None
        self._database.insert("mark", [(None, url, encode(structs.replace(mark, answer=answer)))])
        return answer

    def answer_after(self, link: int, at: str) -> str | None:
        """Give what a link answered at its first check since an instant (ISO 8601)."""
        query = "SELECT value FROM observation WHERE link = ? AND is_final AND value IS NOT NULL ORDER BY run, id"
        checks = (_check(value) for (value,) in self._database.all(query, link))
        return next((answer_of(check) for check in checks if check.at >= at), None)


class _Recorded(Struct):
    """What a look at a link's past reads of a verdict."""

    record: Record | None = None


class _Judged(Struct):
    judgement: Judgement


_LOST = frozenset({ReasonCode.HTTP_NOT_FOUND, ReasonCode.HTTP_GONE, ReasonCode.NOT_CONFIRMED})
_judged = decoder(_Judged)
_check = decoder(Check)
_findings = decoder(tuple[Finding, ...])
_mark = decoder(Mark)
_recorded = decoder(_Recorded)

_REMEMBERED = """
    SELECT observation.id, value, findings, manner FROM observation JOIN run ON run.id = observation.run
    WHERE link = ? AND is_final AND run < ? AND value IS NOT NULL ORDER BY run DESC, observation.id DESC LIMIT 1
"""
_GONE = """
    SELECT observation.value, judged_link.value, manner FROM observation JOIN run ON run.id = observation.run
    JOIN judged_link ON judged_link.run = observation.run AND judged_link.link = observation.link
    WHERE observation.link = ? AND observation.run < ? AND observation.value IS NOT NULL
    ORDER BY observation.run DESC, observation.id DESC LIMIT 1
"""
_UNREACHABLE = """
    SELECT place, url, host, value FROM (
        SELECT place, url, asked.host, (
            SELECT value FROM judged_link WHERE judged_link.link = asked.link AND judged_link.run < :run
            ORDER BY judged_link.run DESC LIMIT 1
        ) AS value
        FROM asked JOIN link ON link.id = asked.link WHERE run = :run AND asked.host <> '' AND place > :after
    ) WHERE json_extract(CAST(value AS TEXT), '$.record.last.verdict') = 'unreachable' ORDER BY place LIMIT :size
"""
