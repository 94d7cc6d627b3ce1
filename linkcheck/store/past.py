"""Gives runs back from the history, as reports that can be iterated again and again."""

from collections.abc import Iterator

import msgspec
from msgspec import structs

from linkcheck.errors import UsageError
from linkcheck.judge import ReferenceOpinion
from linkcheck.model import DocumentRow, Judgement, LinkRow, ReferenceRow, RunInfo, Summary
from linkcheck.store import rows
from linkcheck.store.database import Database
from linkcheck.store.rows import Planned
from linkcheck.store.tally import Tally


class StoredReport:
    """A finished run, read from the history row by row (the `Report` protocol)."""

    def __init__(self, database: Database, info: RunInfo, summary: Summary, document: str | None = None) -> None:
        """Use `report` to get one."""
        self._database = database
        self._only = document
        self.run = info
        self.summary = summary

    def only(self, document: str) -> "StoredReport":
        """Give the part that concerns one document; archives are counted for the whole run."""
        part = StoredReport(self._database, self.run, self.summary, document)
        tally = Tally()
        for row in part.documents():
            tally.document(row.findings)
        for reference in part.references():
            tally.reference(Judgement(reference.verdict, reference.reason), reference.findings)
        for link in part.links():
            tally.link(link.verdict)
        part.summary = structs.replace(tally.summary(), archives=self.summary.archives)
        return part

    def documents(self) -> Iterator[DocumentRow]:
        """Give the documents in the order they were read."""
        for _, row in rows.documents(self._database, self.run.id):
            if self._only in {None, row.path}:
                yield row

    def references(self, document: str | None = None) -> Iterator[ReferenceRow]:
        """Give the references in document order, of one document or of all."""
        wanted = document or self._only
        for seq, row in rows.documents(self._database, self.run.id):
            if wanted in {None, row.path}:
                yield from self._references_of(seq, row.path)

    def links(self) -> Iterator[LinkRow]:
        """Give the links in the order they were first met."""
        mine = {reference.link for reference in self.references()} if self._only else None
        for asked in rows.asked(self._database, self.run.id):
            if (opinion := asked.opinion) and (mine is None or asked.link.url in mine):
                yield LinkRow(
                    url=asked.link.url,
                    verdict=opinion.judgement.verdict,
                    reason=opinion.judgement.reason,
                    check=asked.check,
                    findings=opinion.findings,
                )

    def _references_of(self, document: int, path: str) -> Iterator[ReferenceRow]:
        for _, planned, opinion in self._database.pages(_REFERENCES, run=self.run.id, document=document):
            yield _row(path, _planned(planned), _opinion(opinion))


def report(database: Database, run: str) -> StoredReport:
    """Give a run's report; `last` is the newest finished one. UsageError when there is none of that name."""
    query = "SELECT info, summary FROM conclusion WHERE ? IN ('', run) ORDER BY run DESC LIMIT 1"
    found = database.all(query, "" if run == "last" else run)
    if not found:
        raise UsageError(f"{database.path}: there is no finished run {run!r}; `linkcheck check` makes one")
    ((info, summary),) = found
    return StoredReport(database, _info(info), _summary(summary))


def runs(database: Database) -> Iterator[RunInfo]:
    """Give the finished runs, newest first."""
    for (info,) in database.all("SELECT info FROM conclusion ORDER BY run DESC"):
        yield _info(info)


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
    )


_info = msgspec.json.Decoder(RunInfo).decode
_opinion = msgspec.json.Decoder(ReferenceOpinion).decode
_planned = msgspec.json.Decoder(Planned).decode
_summary = msgspec.json.Decoder(Summary).decode

_REFERENCES = """
    SELECT seq, reference.value, judged_reference.value
    FROM reference JOIN judged_reference USING (run, seq)
    WHERE run = :run AND document = :document AND seq > :after ORDER BY seq LIMIT :size
"""
