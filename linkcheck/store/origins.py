"""Keeps what was learnt about documents from elsewhere: their text meanwhile, recovered targets, remarks."""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.judge import LinkOpinion
from linkcheck.model import Check, Claim, Copy, DocumentRow, Finding, Link, Passage, PlacedFinding, Rescue
from linkcheck.store.citing import last_look
from linkcheck.store.coding import decoder
from linkcheck.store.database import Database
from linkcheck.store.recalled import NEXT
from linkcheck.userinfo import hidden_in_json

LARGEST = 1 << 20
"""Characters of a text that is kept for a comparison; a longer one is no article."""


class Remark(Struct, frozen=True, kw_only=True):
    """What the comparison of a document with its original says."""

    claims: tuple[Claim, ...] = ()
    findings: tuple[PlacedFinding, ...] = ()
    copy: Copy | None = None


class Recovered(Struct, frozen=True):
    """What was found of a lost target."""

    rescues: tuple[Rescue, ...] = ()
    """Best first."""
    sought: str = ""
    """Where it was looked for in vain, in words; empty where it was found."""
    was_heard: bool = True
    """Whether everybody who might know has answered."""
    advice: str = ""
    """Where a person may still find it; empty where nobody knows."""


class Origins:
    """The part of one run's journal that is about origins."""

    def __init__(self, database: Database, run: str) -> None:
        """Write beside the journal of that run."""
        self._database = database
        self._run = run

    def keep_text(self, document: int, passages: Sequence[Passage]) -> None:
        """Keep a document's text until it has been compared; one that is too long for an article is not kept.

        The passages hold no userinfo: to take it out here would move their anchors.
        """
        if sum(len(passage.text) for passage in passages) <= LARGEST:
            self._database.insert("document_text", [(self._run, document, _write(passages))], is_derived=True)

    def text(self, document: int) -> tuple[Passage, ...] | None:
        """Give a document's text; None where it was not kept."""
        found = self._database.all(
            "SELECT value FROM document_text WHERE run = ? AND document = ?", self._run, document
        )
        return _passages(found[0][0]) if found else None

    def has_texts(self) -> bool:
        """Tell whether any document's text was kept."""
        return bool(self._database.all("SELECT 1 FROM document_text WHERE run = ? LIMIT 1", self._run))

    def add_link(self, document: int, url: str) -> Link:
        """Make a recovered target a link of the run, after all others; one that is a link already stays as it is."""

        def work(sql: sqlite3.Connection) -> Link:
            sql.execute("INSERT INTO link (url, host) VALUES (?, ?) ON CONFLICT DO NOTHING", (url, uri.host_of(url)))
            ((link, host),) = sql.execute("SELECT id, host FROM link WHERE url = ?", (url,)).fetchall()
            sql.execute(_ADD_LINK, {"run": self._run, "link": link, "host": host})
            sql.execute("INSERT INTO found_link VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (self._run, document, link))
            return Link(link, url)

        return self._database.write(work)

    def seen(self, link: int) -> tuple[Check | None, LinkOpinion | None]:
        """Give a link's last look and the run's opinion of it, as far as there are any."""
        return last_look(self._database, self._run, link)

    def recover(self, found: Iterable[tuple[int, Recovered]]) -> None:
        """Say what was recovered, by the seq of the reference."""
        self._database.insert(
            "recovered", [(self._run, reference, _encode(one)) for reference, one in found], is_derived=True
        )

    def recovered(self) -> dict[int, Recovered]:
        """Give what was recovered, by the seq of the reference."""
        found = self._database.all("SELECT reference, value FROM recovered WHERE run = ?", self._run)
        return {reference: _recovered(value) for reference, value in found}

    def remark(self, document: int, remark: Remark) -> None:
        """Say what the comparison of a document shows."""
        self._database.insert("remark", [(self._run, document, _encode(remark))], is_derived=True)

    def remark_on(self, found: Iterable[tuple[int, Sequence[Finding]]]) -> None:
        """Say what looks elsewhere show about references, by their seq."""
        rows = [(self._run, reference, _encode(findings)) for reference, findings in found]
        self._database.insert("remark_on_reference", rows, is_derived=True)

    def remarks_on(self) -> dict[int, tuple[Finding, ...]]:
        """Give what looks elsewhere have shown about references, by their seq."""
        found = self._database.all("SELECT reference, value FROM remark_on_reference WHERE run = ?", self._run)
        return {reference: _findings(value) for reference, value in found}


def remarked(database: Database, run: str, document: int, row: DocumentRow) -> DocumentRow:
    """Add to a document's row what the comparison with its original says."""
    found = database.all("SELECT value FROM remark WHERE run = ? AND document = ?", run, document)
    if not found:
        return row
    remark = _remark(found[0][0])
    return structs.replace(
        row, claims=row.claims + remark.claims, findings=row.findings + remark.findings, copy=remark.copy
    )


_write = msgspec.json.Encoder(enc_hook=str).encode


def _encode(value: object) -> bytes:
    return hidden_in_json(_write(value))


_passages = decoder(tuple[Passage, ...])
_recovered = decoder(Recovered)
_findings = decoder(tuple[Finding, ...])
_remark = decoder(Remark)

_ADD_LINK = f"""
    INSERT INTO asked
    SELECT :run, max(coalesce(max(place) + 1, 0), {NEXT}), :link, :host,
           coalesce(max(turn), 0) + 1
    FROM asked WHERE run = :run
    ON CONFLICT DO NOTHING
"""
