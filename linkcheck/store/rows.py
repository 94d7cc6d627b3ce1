"""What the history's rows are as values, and the queries that give them back page by page."""

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from typing import Any

from msgspec import Struct

from linkcheck.judge import LinkOpinion
from linkcheck.model import Check, DocumentRow, Finding, FragmentAnswer, Glance, Link, PageFacts, Reference
from linkcheck.plan import Plan
from linkcheck.store.chosen import among_chosen
from linkcheck.store.coding import decoder
from linkcheck.store.database import Database
from linkcheck.store.recalled import DOCUMENTS, FRAGMENTS, cited, home_of, homes


class Planned(Struct, frozen=True, omit_defaults=True):
    """A reference, and what is to be done about it."""

    reference: Reference
    plan: Plan
    own: FragmentAnswer | None = None
    """The answer for a fragment of the document itself."""


class Met(Struct, frozen=True):
    """A planned reference, with its place in the run and the id of its link."""

    seq: int
    document: int
    link: int | None
    planned: Planned
    opinion: LinkOpinion | None
    """What the run concludes about its link, once it has."""
    is_recalled: bool = False
    """Whether an earlier run has read it, of a document that was not read anew."""


class Seen(Struct, frozen=True):
    """What one look at a link gave."""

    link: int
    check: Check | None
    """None when it was not asked."""
    findings: tuple[Finding, ...] = ()
    is_final: bool = True
    """False when it looked bad, and another look is to follow."""


class Asked(Struct, frozen=True):
    """A link of this run with its last observation and, at the end, its opinion."""

    link: Link
    check: Check | None
    findings: tuple[Finding, ...]
    opinion: LinkOpinion | None
    is_carried: bool = False
    """Whether the observation is an earlier run's, since the link was not due."""


def links(database: Database, run: str, condition: str, **parameters: Any) -> Iterator[Link]:
    """Give a run's links that meet a condition (ours, on `asked`), hosts taking turns."""
    for _, link, url, fragments in database.pages(_LINKS + condition + _IN_TURN, run=run, **parameters):
        yield Link(link, url, _fragments(fragments))


def links_after(
    database: Database, run: str, condition: str, after: int, size: int = 500
) -> Iterator[tuple[int, Link]]:
    """Give the turn and the link of the next so many of a run's links that meet a condition (ours, on `asked`)."""
    query = _LINKS.replace("turn > :after", "turn > ?2").replace(":run", "?1") + condition + " ORDER BY turn LIMIT ?3"
    for turn, link, url, fragments in database.all(query, run, after, size):
        yield turn, Link(link, url, _fragments(fragments))


def asked(database: Database, run: str, *, only_chosen: bool = False) -> Iterator[Asked]:
    """Give a run's links, or those that were chosen, with what was seen and concluded, in the order they were met."""
    query = among_chosen(_ASKED, "asked") if only_chosen else _ASKED
    for _, link, url, fragments, check, findings, opinion, seen_in in database.pages(query, run=run):
        yield Asked(
            link=Link(link, url, _fragments(fragments)),
            check=_check(check) if check else None,
            findings=_findings(findings) if findings else (),
            opinion=_link_opinion(opinion) if opinion else None,
            is_carried=seen_in is not None and seen_in != run,
        )


def glances(database: Database, run: str) -> Iterator[tuple[str, Glance, bool]]:
    """Give the URLs of a run's web links with what counts of the observation that counts for them.

    Last comes whether that is an earlier run's. They come in the order they were met.
    """
    for _, url, check, is_carried in database.pages(_GLANCES, run=run):
        yield url, _glance(check), bool(is_carried)


def references(database: Database, run: str, *, only_chosen: bool = False) -> Iterator[Met]:
    """Give a run's references, in document order: all, or those of chosen links, and those that have none."""
    own, theirs = _REFERENCES, _RECALLED
    if only_chosen:
        own, theirs = among_chosen(own, "reference"), among_chosen(theirs, "reference")
    last: tuple[int | None, LinkOpinion | None] = (None, None)
    found = ((*row, False) for row in database.pages(own, run=run))
    for seq, document, link, value, opinion, is_recalled in merge(
        found, _recalled(database, run, theirs), key=itemgetter(0)
    ):
        if link is None or link != last[0]:
            last = (link, _link_opinion(opinion) if opinion else None)
        yield Met(seq, document, link, _planned(value), last[1], is_recalled)


def _recalled(database: Database, run: str, query: str) -> Iterator[tuple[Any, ...]]:
    """Give the references of recalled documents, in order: seq, document, link, value, opinion, and that it is so."""
    for document, home in homes(database, run):
        for seq, *row in database.pages(query, run=run, home=home.run, document=home.place):
            yield seq + home.shift, document, *row, True


def reference(database: Database, run: str, document: int, seq: int) -> Met:
    """Give one reference of a run by its document and its place in the run."""
    home = home_of(database, run, document)
    ((link, value, opinion),) = database.all(_REFERENCE, run, home.run, seq - home.shift)
    last = _link_opinion(opinion) if opinion else None
    return Met(seq, document, link, _planned(value), last, is_recalled=home.run != run)


class _Shown(Struct, frozen=True):
    """As much of a check as says what its page is called."""

    status: int | None = None
    facts: PageFacts | None = None


def facts(database: Database, run: str, link: int) -> PageFacts | None:
    """Give what the last look at a link kept of its page, where a page came (2xx)."""
    for (value,) in database.all(LOOK, run, link):
        shown = _shown(value) if value else _Shown()
        return shown.facts if shown.status is not None and 200 <= shown.status < 300 else None
    return None


def citations(database: Database, run: str, link: int) -> Iterator[tuple[Planned, DocumentRow]]:
    """Give the first references of a link, each with its document."""
    for value, document in database.all(_CITATIONS, run, link):
        yield _planned(value), _document(document)


def planned(database: Database, run: str, document: int) -> Iterator[Planned]:
    """Give the references of one document, in order."""
    home = home_of(database, run, document)
    for _, value in database.pages(_CITED, run=home.run, document=home.place):
        yield _planned(value)


def documents(database: Database, run: str) -> Iterator[tuple[int, DocumentRow]]:
    """Give a run's documents, each with its place."""
    for seq, value in database.pages(DOCUMENTS, run=run):
        yield seq, _document(value)


_check = decoder(Check)
_document = decoder(DocumentRow)
_glance = decoder(Glance)
_findings = decoder(tuple[Finding, ...])
_fragments = decoder(tuple[str, ...])
_link_opinion = decoder(LinkOpinion)
_shown = decoder(_Shown)
_planned = decoder(Planned)

LAST = """coalesce(
        (SELECT max(id) FROM observation WHERE observation.link = asked.link AND observation.run = asked.run),
        (SELECT observation FROM carried WHERE carried.run = asked.run AND carried.link = asked.link)
    )"""
"""The observation that counts for a row of `asked`: the last of its run, else the one that was carried forward."""
_LINKS = f"""
    SELECT turn, link.id, url, {FRAGMENTS}
    FROM asked JOIN link ON link.id = asked.link WHERE run = :run AND turn > :after AND asked."""
_IN_TURN = " ORDER BY turn LIMIT :size"
_ASKED = f"""
    SELECT place, asked.link, url, {FRAGMENTS}, last.value, last.findings, judged_link.value, last.run
    FROM asked JOIN link ON link.id = asked.link
    LEFT JOIN observation AS last ON last.id = {LAST}
    LEFT JOIN judged_link ON judged_link.run = asked.run AND judged_link.link = asked.link
    WHERE asked.run = :run AND place > :after ORDER BY place LIMIT :size
"""
_GLANCES = f"""
    SELECT place, url, last.value, last.run <> asked.run
    FROM asked JOIN link ON link.id = asked.link JOIN observation AS last ON last.id = {LAST}
    WHERE asked.run = :run AND asked.host <> '' AND last.value IS NOT NULL AND place > :after
    ORDER BY place LIMIT :size
"""
_RECALLED = """
    SELECT seq, reference.link, reference.value, judged_link.value
    FROM reference INDEXED BY reference_by_document
    LEFT JOIN judged_link ON judged_link.run = :run AND judged_link.link = reference.link
    WHERE reference.run = :home AND document = :document AND seq > :after ORDER BY seq LIMIT :size
"""
_REFERENCE = """
    SELECT reference.link, reference.value, judged_link.value
    FROM reference LEFT JOIN judged_link ON judged_link.run = ? AND judged_link.link = reference.link
    WHERE reference.run = ? AND seq = ?
"""
_REFERENCES = """
    SELECT seq, document, link, reference.value, judged_link.value
    FROM reference LEFT JOIN judged_link USING (run, link)
    WHERE run = :run AND seq > :after ORDER BY seq LIMIT :size
"""
LOOK = f"SELECT (SELECT value FROM observation WHERE id = {LAST}) FROM asked WHERE run = ? AND link = ?"
"""The check that counts for a link of a run."""
_CITATIONS = f"""
    SELECT cited.value, document.value
    FROM {cited("seq, value, home, place", run="?1", link="?2")} AS cited
    JOIN document ON document.run = cited.home AND document.seq = cited.place ORDER BY cited.seq LIMIT 20
"""
_CITED = """
    SELECT seq, value FROM reference INDEXED BY reference_by_document
    WHERE run = :run AND document = :document AND seq > :after ORDER BY seq LIMIT :size
"""
"""Of its own accord SQLite walks over all references of the run, since these are in order."""
