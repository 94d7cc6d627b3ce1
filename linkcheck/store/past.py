"""Gives runs back from the history, as reports that can be iterated again and again."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, structs

from linkcheck.errors import DamageError, UsageError
from linkcheck.judge import LinkOpinion, ReferenceOpinion, World, judge_link, refer
from linkcheck.model import (
    Check,
    DocumentRow,
    Judgement,
    LinkRow,
    Reason,
    ReasonCode,
    ReferenceRow,
    RunInfo,
    Standing,
    Summary,
    Verdict,
)
from linkcheck.occurrences import Occurrences
from linkcheck.store import rows
from linkcheck.store.coding import decoder
from linkcheck.store.comparing import before
from linkcheck.store.database import Database
from linkcheck.store.origins import remarked
from linkcheck.store.plain import fingerprint_of, plain
from linkcheck.store.recalled import DOCUMENTS, Home, cited_by, home_of
from linkcheck.store.rows import Planned
from linkcheck.store.totals import Totals


class _Places(Struct, frozen=True):
    """Which documents a run has, so that one is found without reading the others."""

    paths: Mapping[int, str]
    """By seq, in order."""
    seqs: Mapping[str, Sequence[int]]
    """By path; more than one where paths differ only in what cannot be shown."""


class StoredReport:
    """A finished run, read from the history row by row (the `Report` protocol).

    Of an interrupted one that was too long to judge all of it, it lists what was judged; see `whole`.
    """

    def __init__(
        self,
        database: Database,
        info: RunInfo,
        summary: Summary,
        *,
        places: _Places,
        document: str | None = None,
        is_whole: bool = False,
    ) -> None:
        """Use `report` to get one."""
        self._database = database
        self._places = places
        self._only = document
        self._is_whole = is_whole or not summary.not_reached
        self.run = info
        self.summary = summary

    def whole(self) -> "StoredReport":
        """Give the same with every reference and link, also those that an interrupted run has not come to judge."""
        if self._is_whole:
            return self
        return StoredReport(
            self._database, self.run, self.summary, places=self._places, document=self._only, is_whole=True
        )

    def only(self, document: str) -> "StoredReport":
        """Give the part that concerns one document; archives are counted for the whole run."""
        if len(self._places.paths) == 1:
            return self
        part = StoredReport(
            self._database, self.run, self.summary, places=self._places, document=document, is_whole=self._is_whole
        )
        tally = Totals()
        for row in part.documents():
            tally.document(row.findings)
        for reference in part.references():
            tally.reference(Judgement(reference.verdict, reference.reason), reference.findings)
        for link in part.links():
            tally.link(link.verdict)
        if self.summary.not_reached:
            tally.fill_up(**self._size(document))
        part.summary = structs.replace(tally.summary(), archives=self.summary.archives)
        return part

    def documents(self) -> Iterator[DocumentRow]:
        """Give the documents in the order they were read."""
        if self._only is None:
            for seq, row in rows.documents(self._database, self.run.id):
                yield remarked(self._database, self.run.id, seq, row)
            return
        for seq in self._seqs_of(self._only):
            home = home_of(self._database, self.run.id, seq)
            ((value,),) = self._database.all(_DOCUMENT, home.run, home.place)
            yield remarked(self._database, self.run.id, seq, _document(value))

    def references(self, document: str | None = None) -> Iterator[ReferenceRow]:
        """Give the references in document order, of one document or of all."""
        wanted = document or self._only
        for seq in self._places.paths if wanted is None else self._seqs_of(wanted):
            path, home = self._places.paths[seq], home_of(self._database, self.run.id, seq)
            if self._is_whole:
                yield from self._references(path, home)
            else:
                yield from self._judged(path, home)

    def _references(self, path: str, home: Home) -> Iterator[ReferenceRow]:
        met, is_cut = Occurrences(), bool(self.summary.not_reached)
        for _, value, said, link, is_seen in self._rows(_REFERENCES, home):
            planned = _planned(value)
            name = fingerprint_of(path, planned, met)
            if said is None and is_cut:
                rest = refer(planned.plan.link, _SEEN_ONLY if is_seen else _UNSEEN, (), (), _WORLD)
                yield _row(path, planned, structs.replace(rest, fingerprint=name))
            else:
                yield _row(path, planned, _opinion(said) if said else plain(planned, _said(link), name))

    def _judged(self, path: str, home: Home) -> Iterator[ReferenceRow]:
        """Give the references of a document that an interrupted run has judged: each has its own row."""
        for _, value, said, link, name in self._rows(_JUDGED, home):
            planned = _planned(value)
            yield _row(path, planned, _opinion(said) if said else plain(planned, _said(link), name))

    def _rows(self, query: str, home: Home) -> Iterator[tuple[Any, ...]]:
        return self._database.pages(query, run=self.run.id, home=home.run, document=home.place, shift=home.shift)

    def _size(self, document: str) -> dict[str, int]:
        """Count the references and links of a document."""
        references, met = 0, set[int]()
        for seq in self._seqs_of(document):
            cited = self._database.all(_CITED, self.run.id, seq)
            references += len(cited)
            met.update(link for (link,) in cited if link is not None)
        return {"references": references, "links": len(met)}

    def links(self) -> Iterator[LinkRow]:
        """Give the links in the order they were first met."""
        if self._only is None:
            yield from self._links(_LINKS)
            return
        met: set[str] = set()
        for seq in self._seqs_of(self._only):
            for link in self._links(_LINKS_OF, document=seq):
                if link.url not in met:
                    met.add(link.url)
                    yield link

    def source(self, document: DocumentRow) -> bytes | None:
        """Return a document's bytes; None where they were not kept."""
        if held := self._database.withheld.get(document.sha256):
            return held
        found = self._database.all("SELECT value FROM source WHERE sha256 = ?", document.sha256)
        try:
            return zlib.decompress(found[0][0]) if found else None
        except zlib.error as error:
            said = f"{self._database.path}: is damaged (the text of {document.path} cannot be read: {error})"
            raise DamageError(f"{said}; check it again") from error

    def before(self, row: ReferenceRow) -> ReferenceOpinion | None:
        """Give what was concluded of the same reference at the check before this one; None where there was none."""
        return before(self._database, self.run.id, row.fingerprint)

    def document_before(self, path: str) -> DocumentRow | None:
        """Give a document as the run before this one had it."""
        found = self._database.all(_DOCUMENT_BEFORE, path, self.run.id)
        return _document(found[0][0]) if found else None

    def _seqs_of(self, document: str) -> Iterable[int]:
        return self._places.seqs.get(document, ())

    def _links(self, query: str, **parameters: int) -> Iterator[LinkRow]:
        if self._is_whole and self.summary.not_reached:
            query = query.replace("JOIN judged_link", "LEFT JOIN judged_link")
        for _, url, check, opinion in self._database.pages(query, run=self.run.id, **parameters):
            said = _link_opinion(opinion) if opinion else _SEEN_ONLY if check else _UNSEEN
            yield LinkRow(
                url=url,
                verdict=said.judgement.verdict,
                reason=said.judgement.reason,
                check=_check(check) if check else None,
                findings=said.findings,
                last_known=said.last_known,
                **_stands(said.standing),
            )


def report(database: Database, run: str) -> StoredReport:
    """Give a run's report; `last` is the newest finished one. UsageError when there is none of that name."""
    found = database.all(_CONCLUSION, "" if run == "last" else run)
    if not found and database.all("SELECT 1 FROM pruned WHERE run = ?", run):
        raise UsageError(f"{database.path}: run {run} was pruned; `linkcheck runs` lists those that are whole")
    if not found:
        raise UsageError(f"{database.path}: there is no finished run {run!r}; `linkcheck check` makes one")
    ((info, summary),) = found
    told = _info(info)
    return StoredReport(database, told, _summary(summary), places=_places(database, told.id))


def runs(database: Database) -> Iterator[RunInfo]:
    """Give the finished runs that are whole, newest first."""
    query = "SELECT info FROM conclusion WHERE run NOT IN (SELECT run FROM pruned) ORDER BY run DESC"
    for (info,) in database.all(query):
        yield _info(info)


def _places(database: Database, run: str) -> _Places:
    paths = {seq: _named(value).path for seq, value in database.pages(DOCUMENTS, run=run)}
    seqs = defaultdict(list)
    for seq, path in paths.items():
        seqs[path].append(seq)
    return _Places(paths, dict(seqs))


def _row(path: str, planned: Planned, opinion: ReferenceOpinion) -> ReferenceRow:
    reference, plan = planned.reference, planned.plan
    return ReferenceRow(
        document=path,
        **structs.asdict(reference.span),
        raw=reference.raw,
        url=plan.url,
        link=plan.link,
        text=reference.text,
        element=reference.element,
        role=reference.role,
        cited=reference.cited,
        verdict=opinion.judgement.verdict,
        reason=opinion.judgement.reason,
        findings=opinion.findings,
        archives=opinion.archives,
        mementos=opinion.mementos,
        rescues=opinion.rescues,
        fingerprint=opinion.fingerprint,
        last_known=opinion.last_known,
        **_stands(opinion.standing),
    )


def _stands(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {}
    return {
        "standing": standing.word.value,
        "strikes": standing.strikes,
        "strikes_of": standing.of,
        "since": standing.since,
    }


def _said(opinion: bytes | None) -> LinkOpinion | None:
    return _link_opinion(opinion) if opinion else None


class _Named(Struct):
    """What a look over all documents reads of each."""

    path: str


_check = decoder(Check)
_document = decoder(DocumentRow)
_info = decoder(RunInfo)
_link_opinion = decoder(LinkOpinion)
_named = decoder(_Named)
_opinion = decoder(ReferenceOpinion)
_planned = decoder(Planned)
_summary = decoder(Summary)

_WORLD = World()
_UNSEEN = judge_link("", None, (), {}, _WORLD)
_SEEN_ONLY = LinkOpinion(
    judgement=Judgement(
        Verdict.SKIPPED, Reason(ReasonCode.NOT_ASKED, "asked, but not judged: the run was interrupted before")
    )
)
"""What is said of links that an interrupted run has not come to judge."""

_CONCLUSION = """
    SELECT info, summary FROM conclusion WHERE ? IN ('', run) AND run NOT IN (SELECT run FROM pruned)
    ORDER BY run DESC LIMIT 1
"""
_DOCUMENT = "SELECT value FROM document WHERE run = ? AND seq = ?"
_DOCUMENT_BEFORE = """
    SELECT value FROM (
        SELECT run, value FROM document WHERE path = ?1 AND run < ?2
        UNION ALL SELECT recalled.run, value FROM document JOIN recalled ON home = document.run AND place = seq
        WHERE path = ?1 AND recalled.run < ?2
    ) ORDER BY run DESC LIMIT 1
"""
_REFERENCES = """
    SELECT reference.seq, reference.value, said.value, judged_link.value, EXISTS (
        SELECT 1 FROM observation WHERE observation.link = reference.link AND observation.run = :run
    )
    FROM reference INDEXED BY reference_by_document
    LEFT JOIN judged_reference AS said ON said.run = :run AND said.seq = reference.seq + :shift
    LEFT JOIN judged_link ON judged_link.run = :run AND judged_link.link = reference.link
    WHERE reference.run = :home AND document = :document AND reference.seq > :after
    ORDER BY reference.seq LIMIT :size
"""
"""With what is said of them, where that is not just what their link says, and whether the run has seen their link."""
_JUDGED = """
    SELECT reference.seq, reference.value, said.value, judged_link.value, said.fingerprint
    FROM judged_reference AS said CROSS JOIN reference ON reference.run = :home AND reference.seq = said.seq - :shift
    LEFT JOIN judged_link ON judged_link.run = :run AND judged_link.link = reference.link
    WHERE said.run = :run AND said.seq > :shift + max(:after, (
        SELECT min(seq) - 1 FROM reference INDEXED BY reference_by_document WHERE run = :home AND document = :document
    )) AND said.seq <= :shift + (
        SELECT max(seq) FROM reference INDEXED BY reference_by_document WHERE run = :home AND document = :document
    ) ORDER BY said.seq LIMIT :size
"""
_CITED = cited_by("link", run="?1", document="?2")
_SEEN = f"""
    SELECT place, url, (SELECT value FROM observation WHERE id = {rows.LAST}), judged_link.value
    FROM asked JOIN judged_link USING (run, link) JOIN link ON link.id = asked.link
    WHERE run = :run AND """
_BY_PLACE = " ORDER BY place LIMIT :size"
_LINKS = f"{_SEEN} place > :after {_BY_PLACE}"
_OF_DOCUMENT = f"""asked.link IN (
    {cited_by("link", run=":run", document=":document")}
    UNION SELECT link FROM found_link WHERE run = :run AND document = :document
)"""
_LINKS_OF = f"{_SEEN} place > :after AND {_OF_DOCUMENT} {_BY_PLACE}".replace(
    "asked JOIN", "asked INDEXED BY asked_by_link JOIN"
)
"""Of its own accord SQLite walks over all links of the run to find those of one document."""
