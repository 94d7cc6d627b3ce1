"""The memory of the run that is under way: rows are added in batches, read back by pages, never changed.

The order is `begin` (or `resume`), `add` each document, `close_plan`; then `web_links` and `observe`, `look_up`; then
`conclude_links`, `conclude_references` and `finish`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from linkcheck.errors import DamageError, StoreError
from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.model import (
    ArchiveAnswer,
    Check,
    DocumentRow,
    Glance,
    Link,
    Lookup,
    PageFacts,
    RunInfo,
    Summary,
)
from linkcheck.store import concluding, documents, looks, lookups, rows, settling
from linkcheck.store.beginning import Begun, begin, begun, reopen, unfinished
from linkcheck.store.chosen import choose
from linkcheck.store.coding import encode
from linkcheck.store.database import Database, put_aside
from linkcheck.store.documents import Also
from linkcheck.store.known import Known
from linkcheck.store.memory import Memory, Remembered
from linkcheck.store.origins import Origins
from linkcheck.store.recalled import Home
from linkcheck.store.retreating import IN_MEMORY, take_along, temporary
from linkcheck.store.rows import Asked, Met, Planned, Seen


class Journal:
    """One run being written, in a file that other runs share."""

    def __init__(self, path: Path | None, *, known: Known | None = None, is_named: bool = True) -> None:
        """Open the history as `Database` does; None is a temporary file. StoreError names the file and the remedy."""
        self.database = temporary() if path is None else Database(path, known=known, is_named=is_named)
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
        self._documents, self._references = documents.next_places(self.database, info.id)
        return True

    def planned(self, document: int) -> Iterator[Planned]:
        """Give the references of a document."""
        return rows.planned(self.database, self.run, document)

    @property
    def carried(self) -> int:
        """How many links an earlier look stands for."""
        return looks.carried(self.database, self.run)

    def observed(self) -> Iterator[tuple[str, Check, bool]]:
        """Give what this run has seen so far, in the order of seeing: URL, check, and whether it was final."""
        return looks.observed(self.database, self.run)

    def answers(self) -> Iterator[ArchiveAnswer]:
        """Give what archives have answered in this run so far."""
        return lookups.answers(self.database, self.run)

    def keep(self, source: bytes, sha256: str) -> None:
        """Keep a document's bytes; equal ones once."""
        documents.keep(self.database, source, sha256)

    def add(
        self,
        row: DocumentRow,
        planned: Sequence[Planned],
        *,
        digest: str = "",
        also: Also = lambda *_: None,
    ) -> int:
        """Add a document with its references; give its place in the run. `also` is written with it, or nothing is."""
        places = self._documents, self._references
        documents.add(self.database, self.run, places, row, planned, digest=digest, also=also)
        return self._added(len(planned))

    def recall(self, home: Home, many: int, *, also: Also) -> int:
        """Add a document as an earlier run has read it, with so many references; give its place in the run."""
        places, ends = (self._documents, self._references), self._references + many
        documents.recall(self.database, self.run, places, home, ends=ends, also=also)
        return self._added(many)

    def close_plan(self, *, is_in_haste: bool = False) -> tuple[int, int, int, int]:
        """Settle which links there are; give how many documents, references, links, and links on the web.

        In haste, which takes half the time, hosts do not take turns: nothing will be asked.
        """
        settling.settle(self.database, self.run, is_in_haste=is_in_haste)
        return *self.size, settling.count_web_links(self.database, self.run)

    @property
    def size(self) -> tuple[int, int, int]:
        """How many documents, references and links the run has, as far as is known."""
        return self._documents, self._references, settling.count_links(self.database, self.run)

    @property
    def has_recalled(self) -> bool:
        """Whether documents point to earlier runs that have read them."""
        return bool(self.database.all("SELECT 1 FROM recalled WHERE run = ? LIMIT 1", self.run))

    def local_links(self) -> Iterator[Link]:
        """Give the links to local files, in the order they were met."""
        return self._links(f"host = '' AND {looks.OPEN}")

    def web_links(self) -> Iterator[Link]:
        """Give the links to ask, hosts taking turns: all that had no final answer when the run began or went on."""
        return self._links(f"host <> '' AND {looks.OPEN}")

    def link(self, url: str) -> Link | None:
        """Give the link of this run with that canonical URL."""
        return next(self._links("link = (SELECT id FROM link WHERE url = :url)", url=url), None)

    def doubted(self) -> Mapping[int, Check]:
        """Give the links that looked bad and wait for another look, with what was seen of them."""
        return looks.doubted(self.database, self.run)

    @property
    def looked_at(self) -> int:
        """How many links have their final look in this run."""
        return looks.looked_at(self.database, self.run)

    def observe(self, seen: Iterable[Seen]) -> None:
        """Add looks at links; the last one of a link counts."""
        looks.observe(self.database, self.run, seen)

    def carry(self, remembered: Iterable[Remembered]) -> None:
        """Let earlier looks stand for links that are not due."""
        looks.carry(self.database, self.run, remembered)

    def look_up(self, link: int, target: str, lookup: Lookup) -> None:
        """Add an archive's answer about a link near a target date (empty: the latest)."""
        self.look_up_all([(link, target, lookup)])

    def look_up_all(self, answers: Iterable[tuple[int, str, Lookup]]) -> None:
        """Add several such answers at once."""
        lookups.look_up(self.database, self.run, answers)

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
        return lookups.lookups(self.database, self.run, link, target)

    def lookups_of(self, link: int) -> tuple[Lookup, ...]:
        """Give what the archives answered about a link, whatever the target date."""
        return lookups.lookups(self.database, self.run, link)

    @property
    def has_lookups(self) -> bool:
        """Whether anything has been looked up in archives."""
        return lookups.has_lookups(self.database, self.run)

    def amend(self, place: int, row: DocumentRow) -> None:
        """Say what a run concludes about the document at a place, beside what was read in it."""
        documents.amend(self.database, self.run, place, row)

    @property
    def origins(self) -> Origins:
        """Give the part that is about the origins of documents."""
        return Origins(self.database, self.run)

    def conclude_links(self, opinions: Iterable[tuple[int, LinkOpinion]]) -> None:
        """Say what the run concludes about links."""
        concluding.conclude_links(self.database, self.run, opinions)

    def conclude_references(self, opinions: Iterable[tuple[Met, ReferenceOpinion]], *, is_part: bool = False) -> None:
        """Say what the run concludes about references; where this is a part of them, see `concluding`."""
        concluding.conclude_references(self.database, self.run, opinions, is_part=is_part)

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

    def _added(self, references: int) -> int:
        """Count a document; give its place."""
        self._documents += 1
        self._references += references
        return self._documents - 1

    def _take_up(self, run: str, manner: str) -> None:
        self.run = run
        self._documents = self._references = 0
        self.memory = Memory(self.database, run, manner=manner, keeps_history=self.keeps_history)
        self.seen_before = looks.last_observation(self.database)

    def _links(self, condition: str, **parameters: Any) -> Iterator[Link]:
        parameters.setdefault("seen", self.seen_before)
        return rows.links(self.database, self.run, condition, **parameters)


def _inode_of(path: Path) -> tuple[int, int] | None:
    """Tell a file from another that has taken its place; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
