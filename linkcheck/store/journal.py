"""The memory of the run that is under way: rows are added in batches, read back by pages, never changed.

The order is `begin` (or `resume`), `add` each document, `close_plan`; then `web_links` and `observe`, `look_up`; then
`conclude_links`, `conclude_references` and `finish`.
"""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from linkcheck import uri
from linkcheck.errors import DamageError, StoreError
from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.model import (
    ArchiveAnswer,
    Check,
    DocumentRow,
    Finding,
    Glance,
    Link,
    Lookup,
    PageFacts,
    RunInfo,
    Summary,
)
from linkcheck.store import rows
from linkcheck.store.beginning import Begun, begin, begun, reopen, unfinished
from linkcheck.store.chosen import choose
from linkcheck.store.database import Database, put_aside
from linkcheck.store.decoding import decoder
from linkcheck.store.memory import Memory, Remembered
from linkcheck.store.origins import Origins
from linkcheck.store.plain import plain
from linkcheck.store.recalled import NEXT, Home
from linkcheck.store.retreating import IN_MEMORY, take_along
from linkcheck.store.rows import Asked, Met, Planned, Seen

encode = msgspec.json.Encoder().encode


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
        self.memory = Memory(self.database, "", manner="", keeps_history=self.keeps_history)
        """What earlier runs know."""
        self._documents = self._references = 0
        self.seen_before = 0
        """The last observation that there was when the run began or went on."""

    def begin(self, info: RunInfo, *, task: str = "", manner: str = "") -> RunInfo:
        """Start a run, and give its info: its id comes after all others, even where the clock has jumped back.

        `task` is a digest of what is to be checked, `manner` one of how.
        """
        info = begin(self.database, info, task=task, manner=manner, tell=self.tell)
        self._take_up(info.id, manner)
        return info

    def unfinished(self, task: str) -> RunInfo | None:
        """Give the newest run of this task, if it did not come to its end, and nobody is at it."""
        return unfinished(self.database, task)

    def begun(self, info: RunInfo) -> tuple[Sequence[Begun], bool]:
        """Give the sources that a run has read, in order, and whether it had read all that there were."""
        return begun(self.database, info.id)

    def resume(self, info: RunInfo) -> bool:
        """Go on with a run that was broken off; False where another process has begun to do so.

        What it has concluded when it was interrupted is taken back.
        """
        if not reopen(self.database, info.id):
            return False
        ((manner,),) = self.database.all("SELECT manner FROM run WHERE id = ?", info.id)
        self._take_up(info.id, manner)
        ((self._documents, self._references),) = self.database.all(_NEXT, info.id)
        return True

    def planned(self, document: int) -> Iterator[Planned]:
        """Give the references of a document."""
        return rows.planned(self.database, self.run, document)

    @property
    def carried(self) -> int:
        """How many links an earlier look stands for."""
        return int(self.database.all("SELECT count(*) FROM carried WHERE run = ?", self.run)[0][0])

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
        query = "SELECT json_extract(CAST(value AS TEXT), '$.answer') FROM lookup WHERE run = ?"
        for (word,) in self.database.all(query, self.run):
            yield ArchiveAnswer(word)

    def keep(self, source: bytes, sha256: str) -> None:
        """Keep a document's bytes; equal ones once."""
        self.database.insert("source", [(sha256, zlib.compress(source))], is_derived=True)

    def add(
        self,
        row: DocumentRow,
        planned: Sequence[Planned],
        *,
        digest: str = "",
        also: Callable[[sqlite3.Connection, int], None] = lambda *_: None,
    ) -> int:
        """Add a document with its references; give its place in the run. `also` is written with it, or nothing is."""
        document = (self.run, self._documents, row.path, digest, encode(row))

        def work(sql: sqlite3.Connection) -> None:
            sql.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?)", document)
            sql.executemany(
                "INSERT INTO link (url, host) VALUES (?, ?) ON CONFLICT DO NOTHING",
                ((url, uri.host_of(url)) for url in _new(one.plan.link for one in planned)),
            )
            sql.executemany(
                "INSERT INTO reference VALUES (?, ?, ?, (SELECT id FROM link WHERE url = ?), ?, ?)",
                (
                    (self.run, seq, self._documents, one.plan.link, one.plan.fragment, encode(one))
                    for seq, one in enumerate(planned, start=self._references)
                ),
            )
            also(sql, self._documents)

        self.database.write(work)
        self._documents += 1
        self._references += len(planned)
        return self._documents - 1

    def recall(self, row: Home, many: int, *, also: Callable[[sqlite3.Connection, int], None]) -> int:
        """Add a document as an earlier run has read it, with so many references; give its place in the run."""
        run, place, ends = self.run, self._documents, self._references + many

        def work(sql: sqlite3.Connection) -> None:
            first = sql.execute(_FIRST, (row.run, row.place)).fetchone()[0] or 0
            sql.execute("INSERT OR IGNORE INTO relies VALUES (?, ?)", (run, row.run))
            shift = self._references - first
            sql.execute("INSERT INTO recalled VALUES (?, ?, ?, ?, ?, ?)", (run, place, row.run, row.place, shift, ends))
            also(sql, place)

        self.database.write(work)
        self._documents += 1
        self._references = ends
        return place

    def close_plan(self, *, is_in_haste: bool = False) -> tuple[int, int, int, int]:
        """Settle which links there are; give how many documents, references, links, and links on the web.

        In haste, which takes half the time, hosts do not take turns: nothing will be asked.
        """
        if not self.is_planned:
            settle = _SETTLE_IN_HASTE if is_in_haste else _SETTLE
            self.database.write(lambda sql: sql.execute(settle, {"run": self.run}))
        ((web,),) = self.database.all("SELECT coalesce(sum(host <> ''), 0) FROM asked WHERE run = ?", self.run)
        return *self.size, web

    @property
    def size(self) -> tuple[int, int, int]:
        """How many documents, references and links the run has, as far as is known."""
        ((links,),) = self.database.all("SELECT count(*) FROM asked WHERE run = ?", self.run)
        return self._documents, self._references, links

    @property
    def has_recalled(self) -> bool:
        """Whether documents point to earlier runs that have read them."""
        return bool(self.database.all("SELECT 1 FROM recalled WHERE run = ? LIMIT 1", self.run))

    def local_links(self) -> Iterator[Link]:
        """Give the links to local files, in the order they were met."""
        return self._links(f"host = '' AND {_OPEN}")

    def web_links(self) -> Iterator[Link]:
        """Give the links to ask, hosts taking turns: all that had no final answer when the run began or went on."""
        return self._links(f"host <> '' AND {_OPEN}")

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

    def carry(self, remembered: Iterable[Remembered]) -> None:
        """Let earlier looks stand for links that are not due."""
        self.database.insert("carried", [(self.run, one.link.id, one.observation) for one in remembered])

    def look_up(self, link: int, target: str, lookup: Lookup) -> None:
        """Add an archive's answer about a link near a target date (empty: the latest)."""
        self.look_up_all([(link, target, lookup)])

    def look_up_all(self, answers: Iterable[tuple[int, str, Lookup]]) -> None:
        """Add several such answers at once."""
        self.database.insert(
            "lookup", ((self.run, link, target, one.archive, encode(one)) for link, target, one in answers)
        )

    def asked(self, *, only_chosen: bool = False) -> Iterator[Asked]:
        """Give every link, or every chosen one, with its last observation, in the order they were met."""
        return rows.asked(self.database, self.run, only_chosen=only_chosen)

    def glances(self) -> Iterator[tuple[str, Glance, bool]]:
        """Give every web link that has been seen, with what counts of its last observation, and if it is carried."""
        return rows.glances(self.database, self.run)

    def references(self, *, only_chosen: bool = False) -> Iterator[Met]:
        """Give every reference, or those of chosen links, in document order."""
        return rows.references(self.database, self.run, only_chosen=only_chosen)

    def choose(self, first: Iterable[int], most: int) -> None:
        """Choose so many links that are judged for somebody who has had enough; these before all others."""
        choose(self.database, self.run, first, most)

    def reference(self, document: int, seq: int) -> Met:
        """Give one reference by its document and its place in the run."""
        return rows.reference(self.database, self.run, document, seq)

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

    def lookups_of(self, link: int) -> tuple[Lookup, ...]:
        """Give what the archives answered about a link, whatever the target date."""
        query = "SELECT value FROM lookup WHERE run = ? AND link = ? ORDER BY target, archive"
        return tuple(_lookup(value) for (value,) in self.database.all(query, self.run, link))

    @property
    def has_lookups(self) -> bool:
        """Whether anything has been looked up in archives."""
        return bool(self.database.all("SELECT 1 FROM lookup WHERE run = ? LIMIT 1", self.run))

    def amend(self, place: int, row: DocumentRow) -> None:
        """Say what a run concludes about the document at a place, beside what was read in it."""
        value, run = encode(row), self.run

        def work(sql: sqlite3.Connection) -> None:
            for statement in _UNFOLD:
                sql.execute(statement, {"run": run, "document": place})
            sql.execute("UPDATE document SET value = ? WHERE run = ? AND seq = ?", (value, run, place))

        self.database.write(work)

    @property
    def origins(self) -> Origins:
        """Give the part that is about the origins of documents."""
        return Origins(self.database, self.run)

    def conclude_links(self, opinions: Iterable[tuple[int, LinkOpinion]]) -> None:
        """Say what the run concludes about links."""
        said = {link: encode(opinion) for link, opinion in opinions}

        def work(sql: sqlite3.Connection) -> None:
            before = {link: (run, value) for link, run, value in sql.execute(_SAID, (self.run, json.dumps([*said])))}
            rows = []
            for link, value in said.items():
                run, old = before.get(link, (None, None))
                rows.append((self.run, link, b"", run) if value == old else (self.run, link, value, None))
            if sql.execute("SELECT 1 FROM run WHERE id > ?", (self.run,)).fetchone():
                sql.execute(_LET_GO, (self.run, json.dumps([*said])))
            sql.executemany("REPLACE INTO link_word (run, link, value, as_of) VALUES (?, ?, ?, ?)", rows)

        self.database.write(work)

    def conclude_references(self, opinions: Iterable[tuple[Met, ReferenceOpinion]], *, is_part: bool = False) -> None:
        """Say what the run concludes about references; what only repeats their links is not written down.

        Where this is said of a part of them, each has a row: those without are the others.
        """
        own, plainly = list[tuple[Any, ...]](), list[tuple[str, int]]()
        for met, opinion in opinions:
            is_plain = opinion == plain(met.planned, met.opinion, opinion.fingerprint)
            if is_plain and met.is_recalled and not is_part:
                plainly.append((self.run, met.seq))
            else:
                own.append((self.run, met.seq, opinion.fingerprint, b"" if is_plain else encode(opinion)))

        def work(sql: sqlite3.Connection) -> None:
            sql.executemany("DELETE FROM judged_reference WHERE run = ? AND seq = ?", plainly)
            sql.executemany("REPLACE INTO judged_reference VALUES (?, ?, ?, ?)", own)

        self.database.write(work)

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
        """Go on elsewhere with the run when the file cannot be written, or is damaged; then it is set aside."""
        if not self.run or self.database.path == IN_MEMORY:
            return False
        self.database.retreat = None  # what is read on the way may be damaged, too
        elsewhere = take_along(self.database, self.run)
        self.database.retreat = self._retreat
        if elsewhere is None:
            return False
        path, trouble, why = self.database.path, "cannot be written", str(error.__cause__ or error)
        self.database.lead_to(elsewhere)
        if isinstance(error, DamageError):
            trouble = "is damaged"
            with suppress(OSError):
                why = f"{why}, and kept as {put_aside(path).name}"
        self.tell(f"{path}: {trouble} ({why}); the run goes on, and is not kept")
        return True

    def _look(self, one: Seen) -> tuple[Any, ...]:
        check = encode(one.check) if one.check else None
        return None, self.run, one.link, one.is_final, check, encode(one.findings)

    def _take_up(self, run: str, manner: str) -> None:
        self.run = run
        self._documents = self._references = 0
        self.memory = Memory(self.database, run, manner=manner, keeps_history=self.keeps_history)
        ((self.seen_before,),) = self.database.all("SELECT coalesce(max(id), 0) FROM observation")

    def _links(self, condition: str, **parameters: Any) -> Iterator[Link]:
        parameters.setdefault("seen", self.seen_before)
        return rows.links(self.database, self.run, condition, **parameters)


def _new(urls: Iterable[str | None]) -> Iterator[str]:
    """Leave out what came shortly before: most documents cite some URLs often, and a few cite a million."""
    met: set[str] = set()
    for url in urls:
        if url and url not in met:
            if len(met) >= _REMEMBERED:
                met.clear()
            met.add(url)
            yield url


def _inode_of(path: Path) -> tuple[int, int] | None:
    """Tell a file from another that has taken its place; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


_REMEMBERED = 10_000
_check = decoder(Check)
_findings = decoder(tuple[Finding, ...])
_lookup = decoder(Lookup)

_OPEN = """
    NOT EXISTS (
        SELECT 1 FROM observation WHERE observation.link = asked.link AND observation.run = asked.run AND is_final
        AND observation.id <= :seen
    ) AND NOT EXISTS (SELECT 1 FROM carried WHERE carried.run = asked.run AND carried.link = asked.link)
"""
_SAID = """
    SELECT one.value, coalesce(word.as_of, word.run), coalesce(said.value, word.value) FROM json_each(?2) AS one
    JOIN link_word AS word ON word.link = one.value AND word.run = (
        SELECT max(run) FROM link_word WHERE link_word.link = one.value AND link_word.run < ?1
    ) LEFT JOIN link_word AS said ON said.run = word.as_of AND said.link = word.link
"""
_SETTLE_IN_HASTE = """
    INSERT INTO asked SELECT :run, place, link, host, place FROM (
        SELECT min(seq) AS place, link FROM reference WHERE run = :run AND link IS NOT NULL GROUP BY link ORDER BY place
    ) JOIN link ON link.id = link
"""
_LET_GO = """
    UPDATE link_word SET as_of = NULL, value = (
        SELECT value FROM link_word AS said WHERE said.run = ?1 AND said.link = link_word.link
    ) WHERE link IN (SELECT value FROM json_each(?2)) AND as_of = ?1
"""
"""What later runs have repeated stays said, also where this one comes to say something else."""
_FIRST = "SELECT min(seq) FROM reference INDEXED BY reference_by_document WHERE run = ? AND document = ?"
_NEXT = f"""
    SELECT max(
        coalesce((SELECT max(seq) + 1 FROM document WHERE run = :run), 0),
        coalesce((SELECT max(document) + 1 FROM recalled WHERE run = :run), 0)
    ), {NEXT}
""".replace(":run", "?1")
_UNFOLD = (
    """
    INSERT INTO document SELECT :run, :document, path, digest, value FROM recalled
    JOIN document ON document.run = home AND seq = place WHERE recalled.run = :run AND recalled.document = :document
    """,
    """
    INSERT INTO reference SELECT :run, seq + shift, :document, link, fragment, value FROM recalled
    JOIN reference INDEXED BY reference_by_document ON reference.run = home AND reference.document = place
    WHERE recalled.run = :run AND recalled.document = :document
    """,
    "DELETE FROM recalled WHERE run = :run AND document = :document",
)
"""Write a recalled document down after all, since it is to say something else."""
_SETTLE = """
    WITH met AS (
        SELECT link, min(seq) AS place FROM reference WHERE run = :run AND link IS NOT NULL GROUP BY link
    ), queued AS (
        SELECT place, link, host, row_number() OVER (PARTITION BY host ORDER BY place) AS nth
        FROM met JOIN link ON link.id = met.link
    )
    INSERT INTO asked SELECT :run, place, link, host, row_number() OVER (ORDER BY nth, place) FROM queued
"""
