"""The memory of the run that is under way: rows are added in batches, read back by pages, never changed.

The order is `begin` (or `resume`), `add` each document, `close_plan`; then `web_links` and `observe`, `look_up`; then
`conclude_links`, `conclude_references` and `finish`.
"""

import os
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from socket import gethostname
from typing import Any

import msgspec
from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.errors import StoreError
from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.model import (
    ArchiveAnswer,
    Check,
    DocumentRow,
    Finding,
    Glance,
    Link,
    Lookup,
    Mark,
    PageFacts,
    Record,
    RunInfo,
    Summary,
)
from linkcheck.standing import answer_of
from linkcheck.store import rows
from linkcheck.store.database import Database
from linkcheck.store.origins import Origins
from linkcheck.store.retreating import IN_MEMORY, take_along
from linkcheck.store.rows import Asked, Met, Planned, Seen

encode = msgspec.json.Encoder().encode


class Begun(Struct, frozen=True):
    """A document that an interrupted run has read."""

    path: str
    digest: str
    """SHA-256 of its bytes; empty where they were not read."""
    row: DocumentRow


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


class Journal:
    """One run being written, in a file that other runs share."""

    def __init__(self, path: Path | None) -> None:
        """Open the history; None is a temporary file. StoreError names the file and the remedy."""
        self.database = Database(path)
        self.database.retreat = self._retreat
        self._inode = _inode_of(self.database.path)
        self.tell: Callable[[str], None] = lambda _: None
        """Hears what has become of the file, as one sentence."""
        self.is_kept = path is not None
        """Whether what is written outlives the run."""
        self.run = ""
        self.keeps_history = path is not None
        """Whether earlier runs are remembered, and this one will be."""
        self._manner = ""
        self._has_past: bool | None = None
        self._has_marks = False
        self._documents = self._references = 0
        self._seen_before = 0
        """The last observation that there was when the run began or went on."""

    def begin(self, info: RunInfo, *, task: str = "", manner: str = "") -> RunInfo:
        """Start a run, and give its info: its id comes after all others, even where the clock has jumped back.

        `task` is a digest of what is to be checked, `manner` one of how.
        """
        ((newest,),) = self.database.all("SELECT coalesce(max(id), '') FROM run")
        if info.id <= newest:
            if info.id[:_SECOND] < newest[:_SECOND]:  # else somebody began at the same moment
                self.tell("the clock has jumped back: there is a later run in the history; this one is kept after it")
            info = structs.replace(info, id=_after(newest))
        self.database.insert("run", [(info.id, task, manner, f"{gethostname()}:{os.getpid()}", encode(info))])
        self._take_up(info.id, manner)
        return info

    def unfinished(self, task: str) -> RunInfo | None:
        """Give the newest run of this task, if it did not come to its end, and nobody is at it."""
        query = """
            SELECT run.info, process FROM run LEFT JOIN conclusion ON conclusion.run = run.id
            WHERE task = ? AND conclusion.run IS NULL AND run.id > coalesce(
                (SELECT max(conclusion.run) FROM conclusion JOIN run ON run.id = conclusion.run WHERE task = ?), ''
            ) ORDER BY run.id DESC LIMIT 1
        """
        found = self.database.all(query, task, task)
        return _info(found[0][0]) if found and not _is_alive(found[0][1]) else None

    def resume(self, info: RunInfo) -> Sequence[Begun]:
        """Go on with a run that was broken off, and give the documents that it has read, in order."""
        ((manner,),) = self.database.all("SELECT manner FROM run WHERE id = ?", info.id)
        self._take_up(info.id, manner)
        found = self.database.all("SELECT path, digest, value FROM document WHERE run = ? ORDER BY seq", info.id)
        query = "SELECT coalesce(max(seq) + 1, 0) FROM reference WHERE run = ?"
        self._documents, ((self._references,),) = len(found), self.database.all(query, info.id)
        return [Begun(path, digest, _document(value)) for path, digest, value in found]

    @property
    def is_planned(self) -> bool:
        """Whether it is settled which links there are."""
        return bool(self.database.all("SELECT 1 FROM asked WHERE run = ? LIMIT 1", self.run))

    def observed(self) -> Iterator[tuple[str, Check, bool]]:
        """Give what this run has seen so far, in the order of seeing: URL, check, and whether it was final."""
        query = """
            SELECT observation.id, url, value, is_final FROM observation JOIN link ON link.id = link
            WHERE run = :run AND value IS NOT NULL AND observation.id > :after ORDER BY observation.id LIMIT :size
        """
        for _, url, value, is_final in self.database.pages(query, run=self.run):
            yield url, _check(value), bool(is_final)

    def answers(self) -> Iterator[ArchiveAnswer]:
        """Give what archives have answered in this run so far."""
        for (value,) in self.database.all("SELECT value FROM lookup WHERE run = ?", self.run):
            yield _lookup(value).answer

    def keep(self, source: bytes, sha256: str) -> None:
        """Keep a document's bytes; equal ones once."""
        self.database.insert("source", [(sha256, zlib.compress(source))], is_derived=True)

    def add(self, row: DocumentRow, planned: Sequence[Planned], *, digest: str = "") -> int:
        """Add a document with its references; give its place in the run."""
        urls = dict.fromkeys(one.plan.link for one in planned if one.plan.link)
        document = (self.run, self._documents, row.path, digest, encode(row))

        def work(sql: sqlite3.Connection) -> None:
            sql.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?)", document)
            sql.executemany(
                "INSERT INTO link (url, host) VALUES (?, ?) ON CONFLICT DO NOTHING",
                ((url, uri.host_of(url)) for url in urls),
            )
            sql.executemany(
                "INSERT INTO reference VALUES (?, ?, ?, (SELECT id FROM link WHERE url = ?), ?, ?)",
                (
                    (self.run, seq, self._documents, one.plan.link, one.plan.fragment, encode(one))
                    for seq, one in enumerate(planned, start=self._references)
                ),
            )

        self.database.write(work)
        self._documents += 1
        self._references += len(planned)
        return self._documents - 1

    def close_plan(self) -> tuple[int, int, int, int]:
        """Settle which links there are; give how many documents, references, links, and links on the web."""
        if not self.is_planned:
            self.database.write(lambda sql: sql.execute(_SETTLE, {"run": self.run}))
        ((links, web),) = self.database.all(
            "SELECT count(*), coalesce(sum(host <> ''), 0) FROM asked WHERE run = ?", self.run
        )
        return self._documents, self._references, links, web

    def local_links(self) -> Iterator[Link]:
        """Give the links to local files, in the order they were met."""
        return self._links(f"host = '' AND {_OPEN}")

    def web_links(self) -> Iterator[Link]:
        """Give the links to ask, hosts taking turns: all that had no final answer when the run began or went on."""
        return self._links(f"host <> '' AND {_OPEN}")

    def due(self, host: str) -> Iterator[Link]:
        """Give the links of a host that this run has not looked at yet, and that no earlier look stands for."""
        return self._links(
            "host = :host AND NOT EXISTS"
            " (SELECT 1 FROM observation WHERE observation.run = :run AND observation.link = asked.link)"
            " AND NOT EXISTS (SELECT 1 FROM carried WHERE carried.run = :run AND carried.link = asked.link)",
            host=host,
        )

    def link(self, url: str) -> Link | None:
        """Give the link of this run with that canonical URL."""
        return next(self._links("link = (SELECT id FROM link WHERE url = :url)", url=url), None)

    def doubted(self) -> Mapping[int, Check]:
        """Give the links that looked bad and wait for another look, with what was seen of them."""
        query = """
            SELECT link, value FROM observation WHERE id IN (
                SELECT max(id) FROM observation JOIN asked USING (run, link) WHERE run = ? GROUP BY link
            ) AND NOT is_final AND value IS NOT NULL
        """
        return {link: _check(value) for link, value in self.database.all(query, self.run)}

    @property
    def looked_at(self) -> int:
        """How many links have their final look in this run."""
        query = """
            SELECT count(*) FROM asked WHERE run = ? AND EXISTS (SELECT 1 FROM observation
            WHERE observation.run = asked.run AND observation.link = asked.link AND is_final)
        """
        return int(self.database.all(query, self.run)[0][0])

    def observe(self, seen: Iterable[Seen]) -> None:
        """Add looks at links; the last one of a link counts."""
        self.database.insert("observation", map(self._look, seen))

    def remembered(self, link: Link) -> Remembered | None:
        """Give what earlier runs know of a link, if their last look is the one that their verdict rests on."""
        found = self.database.all(_REMEMBERED, link.id, self.run)
        record = self.record(link.id)
        if not found or record is None:
            return None
        ((observation, value, findings, manner),) = found
        check = _check(value)
        if check.at != record.last.at:
            return None
        return Remembered(link, record, observation, check, _findings(findings), manner == self._manner)

    def unreachable(self) -> Iterator[tuple[str, str, Record]]:
        """Give the links of this run that could not be reached when they were last checked: URL, host, record."""
        for _, url, host, value in self.database.pages(_UNREACHABLE, run=self.run):
            if record := _recorded(value).record:
                yield url, host, record

    def record(self, link: int) -> Record | None:
        """Give what is remembered of a link's checks before this run."""
        query = "SELECT value FROM judged_link WHERE link = ? AND run < ? ORDER BY run DESC LIMIT 1"
        found = self.database.all(query, link, self.run)
        return _recorded(found[0][0]).record if found else None

    @property
    def has_past(self) -> bool:
        """Whether there are verdicts of earlier runs."""
        if self._has_past is None:
            query = "SELECT 1 FROM judged_link WHERE run < ? LIMIT 1"
            self._has_past = self.keeps_history and bool(self.database.all(query, self.run))
        return self._has_past

    def mark(self, url: str) -> Mark | None:
        """Give what a person has said of a URL last."""
        if not self._has_marks:
            return None
        found = self.database.all("SELECT value FROM mark WHERE url = ? ORDER BY id DESC LIMIT 1", url)
        return _mark(found[0][0]) if found else None

    def say(self, url: str, mark: Mark) -> str | None:
        """Keep what a person says of a URL, with what it answered at its last check; give that answer, if any."""
        query = """
            SELECT value FROM observation WHERE link = (SELECT id FROM link WHERE url = ?) AND is_final
            AND value IS NOT NULL ORDER BY run DESC, id DESC LIMIT 1
        """
        found = self.database.all(query, url)
        answer = answer_of(_check(found[0][0])) if found else None
        self.database.insert("mark", [(None, url, encode(structs.replace(mark, answer=answer)))])
        return answer

    def answer_after(self, link: int, at: str) -> str | None:
        """Give what a link answered at its first check since an instant (ISO 8601)."""
        query = "SELECT value FROM observation WHERE link = ? AND is_final AND value IS NOT NULL ORDER BY run, id"
        checks = (_check(value) for (value,) in self.database.all(query, link))
        return next((answer_of(check) for check in checks if check.at >= at), None)

    def carry(self, remembered: Iterable[Remembered]) -> None:
        """Let earlier looks stand for links that are not due."""
        self.database.insert("carried", [(self.run, one.link.id, one.observation) for one in remembered])

    def look_up(self, link: int, target: str, lookup: Lookup) -> None:
        """Add an archive's answer about a link near a target date (empty: the latest)."""
        self.database.insert("lookup", [(self.run, link, target, lookup.archive, encode(lookup))])

    def asked(self, *, but_unasked: bool = False) -> Iterator[Asked]:
        """Give every link with its last observation, in the order they were met."""
        return rows.asked(self.database, self.run, but_unasked=but_unasked)

    def glances(self) -> Iterator[tuple[str, Glance, bool]]:
        """Give every web link that has been seen, with what counts of its last observation, and if it is carried."""
        return rows.glances(self.database, self.run)

    def references(self, *, but_unasked: bool = False) -> Iterator[Met]:
        """Give every reference, in document order."""
        return rows.references(self.database, self.run, but_unasked=but_unasked)

    def facts(self, link: int) -> PageFacts | None:
        """Give what the last look at a link kept of its page, where a page came (2xx)."""
        return rows.facts(self.database, self.run, link)

    def citations(self, link: int) -> Iterator[tuple[Planned, DocumentRow]]:
        """Give the first references of a link, each with its document."""
        return rows.citations(self.database, self.run, link)

    def documents(self) -> Iterator[tuple[int, DocumentRow]]:
        """Give every document with its place."""
        return rows.documents(self.database, self.run)

    def lookups(self, link: int, target: str) -> tuple[Lookup, ...]:
        """Give what the archives answered about a link near a target date."""
        query = "SELECT value FROM lookup WHERE run = ? AND link = ? AND target = ? ORDER BY archive"
        found = self.database.all(query, self.run, link, target)
        return tuple(map(_lookup, (value for (value,) in found)))

    def looked_up(self) -> frozenset[tuple[int, str]]:
        """Give which links have been looked up in archives, near which target dates."""
        return frozenset(self.database.all("SELECT DISTINCT link, target FROM lookup WHERE run = ?", self.run))

    def amend(self, place: int, row: DocumentRow) -> None:
        """Say what a run concludes about the document at a place, beside what was read in it."""
        value, run = encode(row), self.run

        def work(sql: sqlite3.Connection) -> None:
            sql.execute("UPDATE document SET value = ? WHERE run = ? AND seq = ?", (value, run, place))

        self.database.write(work)

    @property
    def origins(self) -> Origins:
        """Give the part that is about the origins of documents."""
        return Origins(self.database, self.run)

    def conclude_links(self, opinions: Iterable[tuple[int, LinkOpinion]]) -> None:
        """Say what the run concludes about links."""
        self.database.insert(
            "judged_link", ((self.run, link, encode(opinion)) for link, opinion in opinions), is_derived=True
        )

    def conclude_references(self, opinions: Iterable[tuple[int, ReferenceOpinion]]) -> None:
        """Say what the run concludes about references."""
        self.database.insert(
            "judged_reference",
            ((self.run, seq, opinion.fingerprint, encode(opinion)) for seq, opinion in opinions),
            is_derived=True,
        )

    def finish(self, info: RunInfo, summary: Summary) -> None:
        """End the run, or its last look again."""
        self.database.insert("conclusion", [(self.run, encode(info), encode(summary))], is_derived=True)
        path = self.database.path
        if not self.database.is_temporary and path != IN_MEMORY and _inode_of(path) != self._inode:
            self.tell(f"{path}: was taken away while the run went on, so this run is not kept")

    def close(self) -> None:
        """Let go of the file; a temporary one is deleted."""
        self.database.close()

    def _retreat(self, error: StoreError) -> bool:
        """Go on elsewhere with the run when the file cannot be written."""
        if not self.run or self.database.path == IN_MEMORY:
            return False
        elsewhere = take_along(self.database, self.run)
        if elsewhere is None:
            return False
        why = error.__cause__ or error
        self.tell(f"{self.database.path}: cannot be written ({why}); the run goes on, and is not kept")
        self.database.lead_to(elsewhere)
        return True

    def _look(self, one: Seen) -> tuple[Any, ...]:
        check = encode(one.check) if one.check else None
        return None, self.run, one.link, one.is_final, check, encode(one.findings)

    def _take_up(self, run: str, manner: str) -> None:
        self.run, self._manner = run, manner
        self._documents = self._references = 0
        self._has_past = None
        self._has_marks = bool(self.database.all("SELECT 1 FROM mark LIMIT 1"))
        ((self._seen_before,),) = self.database.all("SELECT coalesce(max(id), 0) FROM observation")

    def _links(self, condition: str, **parameters: Any) -> Iterator[Link]:
        parameters.setdefault("seen", self._seen_before)
        return rows.links(self.database, self.run, condition, **parameters)


def _inode_of(path: Path) -> tuple[int, int] | None:
    """Tell a file from another that has taken its place; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_alive(process: str) -> bool:
    """Tell whether the process that began a run is still there, as far as can be told from this machine."""
    host, _, number = process.rpartition(":")
    if host != gethostname() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class _Recorded(Struct):
    """What a look at a link's past reads of a verdict."""

    record: Record | None = None


_SECOND = len("20170214T120000")
"""As much of an id as says when its run began, to the second."""


def _after(newest: str) -> str:
    """Give an id that sorts right after another."""
    stem, _, number = newest.rpartition("+") if _NUMBERED.search(newest) else (newest, "", "0")
    return f"{stem}+{int(number) + 1:06d}"


_NUMBERED = re.compile(r"\+\d{6}$")
_check = msgspec.json.Decoder(Check).decode
_document = msgspec.json.Decoder(DocumentRow).decode
_findings = msgspec.json.Decoder(tuple[Finding, ...]).decode
_info = msgspec.json.Decoder(RunInfo).decode
_mark = msgspec.json.Decoder(Mark).decode
_lookup = msgspec.json.Decoder(Lookup).decode
_recorded = msgspec.json.Decoder(_Recorded).decode

_OPEN = """
    NOT EXISTS (
        SELECT 1 FROM observation WHERE observation.link = asked.link AND observation.run = asked.run AND is_final
        AND observation.id <= :seen
    ) AND NOT EXISTS (SELECT 1 FROM carried WHERE carried.run = asked.run AND carried.link = asked.link)
"""
_REMEMBERED = """
    SELECT observation.id, value, findings, manner FROM observation JOIN run ON run.id = observation.run
    WHERE link = ? AND is_final AND run < ? AND value IS NOT NULL ORDER BY run DESC, observation.id DESC LIMIT 1
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
_SETTLE = """
    WITH met AS (
        SELECT link, min(seq) AS place FROM reference WHERE run = :run AND link IS NOT NULL GROUP BY link
    ), queued AS (
        SELECT place, link, host, row_number() OVER (PARTITION BY host ORDER BY place) AS nth
        FROM met JOIN link ON link.id = met.link
    )
    INSERT INTO asked SELECT :run, place, link, host, row_number() OVER (ORDER BY nth, place) FROM queued
"""
