"""What a run knows of one link: who cites it, in which words, and what it looked like."""

import msgspec

from linkcheck.judge import LinkOpinion
from linkcheck.model import Check, DocumentRow
from linkcheck.store.database import Database
from linkcheck.store.rows import LAST, Planned

_MOST = 50
"""References to one link that are read; more say nothing new."""


def citing(database: Database, run: str, link: int) -> list[tuple[Planned, DocumentRow]]:
    """Give the first references to a link, each with its document."""
    found = database.all(_CITING, run, link, _MOST)
    return [(_planned(planned), _document(document)) for planned, document in found]


def last_look(database: Database, run: str, link: int) -> tuple[Check | None, LinkOpinion | None]:
    """Give what a run saw of a link last, and what it concludes, as far as it is written down."""
    seen = database.all(_LAST, run, link)
    concluded = database.all("SELECT value FROM judged_link WHERE run = ? AND link = ?", run, link)
    check = _check(seen[0][0]) if seen and seen[0][0] else None
    return check, _opinion(concluded[0][0]) if concluded else None


_planned = msgspec.json.Decoder(Planned).decode
_document = msgspec.json.Decoder(DocumentRow).decode
_check = msgspec.json.Decoder(Check).decode
_opinion = msgspec.json.Decoder(LinkOpinion).decode

_CITING = """
    SELECT reference.value, document.value
    FROM reference JOIN document ON document.run = reference.run AND document.seq = reference.document
    WHERE reference.run = ? AND reference.link = ? ORDER BY reference.seq LIMIT ?
"""
_LAST = f"SELECT (SELECT value FROM observation WHERE id = {LAST}) FROM asked WHERE run = ? AND link = ?"  # noqa: S608 - of constants
