"""The frontier of a run that follows links: which are pages to read, which have been read, and what is still to ask.

All of it lies in the file, so that memory does not grow with the site, and a run that ends early can be taken up.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from hashlib import blake2b

from msgspec import Struct, structs

from linkcheck.model import DocumentRow, Link
from linkcheck.store import rows, second_thoughts
from linkcheck.store.coding import decoder, encode
from linkcheck.store.database import Database
from linkcheck.store.growing import Growing
from linkcheck.store.journal import Journal
from linkcheck.store.recalled import Home, cited, cited_by, home_of
from linkcheck.store.rows import Planned


class Page(Struct, frozen=True, kw_only=True):
    """A link that may be read."""

    url: str
    identity: str
    """Its address without what only says who is looking; of several with the same, one is read."""
    depth: int
    chain: int = 0
    is_list: bool = False


class Visit(Struct, frozen=True, kw_only=True):
    """A page that has been read."""

    identity: str
    document: int = 0
    link: int | None = None
    digest: str | None = None
    is_alias: bool = False
    """Whether that is only an address that the page gives itself."""
    anchors: tuple[str, ...] | None = None
    """What fragments may name in it; None where that cannot be told."""


class Arrival(StrEnum):
    """What became of a page that came."""

    READ = "read"
    FOLDED = "folded"
    """It was read at another address."""
    LEFT_OUT = "left-out"
    """There are more pages than are to be read."""
    EARLY = "early"
    """No page that had been read by then led to it."""
    AGAIN = "again"
    """It came early, and is to be asked once more."""
    OTHERWISE = "otherwise"
    """It was asked once more, and could not be read then."""


class Step(Struct, frozen=True, kw_only=True):
    """What a document does for a run that follows: all of it is kept, or nothing."""

    visits: Sequence[Visit] = ()
    """Where it was read; their `document` is filled in."""
    wanted: Sequence[Page] = ()
    """What it leads to."""
    repeating: int = 0
    """How many of its links go round in circles."""
    forbidden: Mapping[str, int] = {}
    """By origin: how many of its links robots.txt lets programs not follow."""
    is_source: bool = False
    cut: str | None = None
    """Where it was found, if it was larger than is read of one."""


class Taken(Struct, frozen=True):
    """What a step came to."""

    document: int
    added: int
    """Links to be asked that it has brought, those included that are asked once more."""
    again: frozenset[int]
    """Links that are asked once more, since they had come before they could be read."""


class Recalled(Struct, frozen=True):
    """A page as an earlier run of the same task has read it."""

    row: DocumentRow
    planned: tuple[Planned, ...]
    digest: str | None
    anchors: tuple[str, ...] | None
    home: Home | None = None
    """Where its rows are; None where these are not all that a run must know of it."""


class Pages:
    """The pages of the run that a journal is writing."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.considered: int | None = None
        """The turn up to which it is settled whether links are due; None where all are asked."""
        self._last_turn: int | None = None

    @property
    def _database(self) -> Database:
        return self._journal.database

    def enter(
        self, row: DocumentRow, planned: Sequence[Planned], step: Step, *, recalled: Recalled | None = None
    ) -> Taken:
        """Add a page with its references, and let the links be asked that it has brought, behind all others.

        One that is just as it was recalled is not written down anew.
        """
        taken = Taken(0, 0, frozenset())

        def also(sql: sqlite3.Connection, place: int) -> None:
            nonlocal taken
            taken = self._take(sql, place, step)

        last = self.last_turn
        if recalled and recalled.home and len(planned) == len(recalled.planned):
            self._journal.recall(recalled.home, len(planned), also=also)
        else:
            self._journal.add(row, planned, also=also)
        self._last_turn = last + taken.added
        return taken

    def take_source(self, document: int, step: Step) -> None:
        """Take up a source that has been added; once is enough, and twice does no harm."""
        self._database.write(lambda sql: self._note(sql, document, step))

    def take_list(self, row: DocumentRow, planned: Sequence[Planned], step: Step) -> None:
        """Add a document that stands for a source before it is settled which links there are."""
        self._journal.add(row, planned, also=lambda sql, place: self._note(sql, place, step))

    def note(self, link: int, arrival: Arrival, *, cut: str | None = None) -> None:
        """Say what became of a page that came."""
        self._database.insert("arrival", [(self._journal.run, link, arrival.value, cut)], is_derived=True)

    def wanted(self, link: Link) -> Page | None:
        """Give what is known of a link that may be read."""
        query = "SELECT depth, chain, is_list FROM page WHERE run = ? AND link = ?"
        for depth, chain, is_list in self._database.all(query, self._journal.run, link.id):
            return Page(url=link.url, identity="", depth=depth, chain=chain, is_list=bool(is_list))
        return None

    def met(self, urls: Iterable[str]) -> frozenset[str]:
        """Give which of these URLs a document of the run has cited already."""
        return frozenset(url for (url,) in self._database.all(_MET, json.dumps(list(urls)), self._journal.run))

    def visited(self, identity: str) -> Visit | None:
        """Give the page that was read at an address, or that calls it its own."""
        query = "SELECT document, link, digest, is_alias FROM visit WHERE run = ? AND identity = ?"
        for document, link, digest, is_alias in self._database.all(query, self._journal.run, _hash(identity)):
            return Visit(identity=identity, document=document, link=link, digest=digest, is_alias=bool(is_alias))
        return None

    def has_read(self, link: int) -> bool:
        """Tell whether the page has been read that came of a link."""
        query = "SELECT 1 FROM visit WHERE link = ? AND run = ? AND is_alias = 0"
        return bool(self._database.all(query, link, self._journal.run))

    def links(self) -> Growing:
        """Give the web links to ask in turn, and after the last one those that have come meanwhile."""
        return Growing(self._journal, lambda: self.considered)

    def all_links(self) -> Growing:
        """Give all web links in turn, whether or not it is settled that they are due."""
        return Growing(self._journal, lambda: None)

    def recalled(self, link: Link) -> Recalled | None:
        """Give what the last run of this task has read at a link."""
        return self._recalled(_RECALLED, link.id)

    def recalled_as(self, identity: str) -> Recalled | None:
        """Give what the last run of this task has read of a page that was there, or gave itself that address."""
        return self._recalled(_RECALLED_AS, _hash(identity))

    def _recalled(self, query: str, key: int) -> Recalled | None:
        for earlier, document, digest, anchors in self._database.all(query, key, self._journal.run):
            home = home_of(self._database, earlier, document)
            planned = tuple(rows.planned(self._database, home.run, home.place))
            for value, is_whole in self._database.all(_READ, home.run, home.place):
                row = _document(value)
                points = home if is_whole and not row.ignores else None
                return Recalled(row, planned, digest, _names(anchors) if anchors else None, points)
        return None

    def changed(self, link: Link) -> str | None:
        """Give when a page was changed last, as a sitemap says, read in this run or in the last one of this task."""
        ((changed,),) = self._database.all(_CHANGED, link.id, self._journal.run)
        return changed if isinstance(changed, str) else None

    def failing_first(self) -> None:
        """Let those links come first that failed when they were checked last."""
        self._database.write(lambda sql: sql.execute(_FAILING_FIRST, {"run": self._journal.run}))

    @property
    def last_turn(self) -> int:
        """The turn of the last link."""
        if self._last_turn is None:
            query = "SELECT coalesce(max(turn), 0) FROM asked WHERE run = ?"
            ((self._last_turn,),) = self._database.all(query, self._journal.run)
        return self._last_turn or 0

    def late_links(self) -> Iterator[Link]:
        """Give those of these links that have to be asked again, with all their fragments."""
        late = second_thoughts.late(self._database, self._journal.run)
        for link in [one.link for one in late]:
            if found := self._journal.link(link.url):
                yield found

    def _take(self, sql: sqlite3.Connection, document: int, step: Step) -> Taken:
        run, last = self._journal.run, self.last_turn
        self._note(sql, document, step)
        added = sql.execute(_SETTLE, {"run": run, "document": document, "last": last}).rowcount
        wanted = json.dumps([page.url for page in step.wanted])
        again = [link for (link,) in sql.execute(_EARLY, (wanted, run)).fetchall()]
        for turn, link in enumerate(again, start=last + added + 1):
            sql.execute("UPDATE asked SET turn = ? WHERE run = ? AND link = ?", (turn, run, link))
            sql.execute("UPDATE arrival SET word = 'again' WHERE run = ? AND link = ?", (run, link))
        return Taken(document, added + len(again), frozenset(again))

    def _note(self, sql: sqlite3.Connection, document: int, step: Step) -> None:
        run = self._journal.run
        visits = [structs.replace(one, document=document) for one in step.visits]
        sql.executemany(_VISIT, [(run, _hash(one.identity), *_columns(one)) for one in visits])
        sql.executemany(
            "INSERT INTO page SELECT ?, id, ?, ?, ?, ? FROM link WHERE url = ? ON CONFLICT DO NOTHING",
            [(run, _hash(one.identity), one.depth, one.chain, one.is_list, one.url) for one in step.wanted],
        )
        forbidden = encode(step.forbidden)
        counted = (run, document, step.is_source, step.repeating, forbidden)
        sql.execute("REPLACE INTO step VALUES (?, ?, ?, ?, ?)", counted)
        for one in visits:
            if one.link is not None and not one.is_alias:
                sql.execute("REPLACE INTO arrival VALUES (?, ?, 'read', ?)", (run, one.link, step.cut))


def _columns(visit: Visit) -> tuple[int | None, int, str | None, bool, bytes | None]:
    anchors = None if visit.anchors is None else encode(visit.anchors)
    return visit.link, visit.document, visit.digest, visit.is_alias, anchors


def _hash(identity: str) -> int:
    return int.from_bytes(blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


_SETTLE = f"""
    INSERT INTO asked (run, place, link, host, turn)
    SELECT :run, place, link, host, :last + row_number() OVER (ORDER BY place) FROM (
        SELECT cited.link, min(cited.seq) AS place
        FROM ({cited_by("link, seq", run=":run", document=":document")}) AS cited
        WHERE cited.link IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM asked WHERE asked.run = :run AND asked.link = cited.link)
        GROUP BY cited.link
    ) AS met JOIN link ON link.id = met.link
"""
_MET = f"""
    SELECT url FROM json_each(?1) JOIN link ON link.url = json_each.value
    WHERE EXISTS (SELECT 1 FROM {cited("1", run="?2", link="link.id")})
"""
_READ = """
    SELECT value, EXISTS (SELECT 1 FROM conclusion WHERE conclusion.run = document.run)
    FROM document WHERE run = ? AND seq = ?
"""
"""What a run that was broken off has read is not pointed to: it has said nothing of it."""
_EARLY = """
    SELECT arrival.link FROM json_each(?1) JOIN link ON link.url = json_each.value
    JOIN arrival ON arrival.run = ?2 AND arrival.link = link.id AND word = 'early'
    WHERE EXISTS (SELECT 1 FROM page WHERE page.run = ?2 AND page.link = link.id)
"""
_RECALLED = """
    SELECT visit.run, document, digest, anchors FROM visit JOIN run ON run.id = visit.run
    WHERE link = ?1 AND visit.run < ?2 AND is_alias = 0 AND task = (SELECT task FROM run WHERE id = ?2)
    ORDER BY visit.run DESC LIMIT 1
"""
_LAST_RUN = "(SELECT max(id) FROM run WHERE id < ?2 AND task = (SELECT task FROM run WHERE id = ?2))"
_RECALLED_AS = f"SELECT run, document, digest, anchors FROM visit WHERE identity = ?1 AND run = {_LAST_RUN}"
_CHANGED = f"""
    SELECT max(changed) FROM (
        SELECT json_extract(CAST(value AS TEXT), '$.reference.changed') AS changed FROM (
            SELECT value FROM {cited("value", run="?2", link="?1")}
            UNION ALL SELECT value FROM {cited("value", run=_LAST_RUN, link="?1")}
        ) LIMIT 100
    )
"""
_FAILING_FIRST = """
    UPDATE asked SET turn = ranked.place FROM (
        SELECT one.link, row_number() OVER (ORDER BY coalesce((
            SELECT json_extract(CAST(value AS TEXT), '$.judgement.verdict') IN ('alive', 'moved', 'skipped')
            FROM judged_link WHERE judged_link.link = one.link AND judged_link.run < :run
            ORDER BY judged_link.run DESC LIMIT 1
        ), 1), one.turn) AS place
        FROM asked AS one WHERE one.run = :run
    ) AS ranked WHERE asked.run = :run AND asked.link = ranked.link
"""
_VISIT = """
    INSERT INTO visit (run, identity, link, document, digest, is_alias, anchors) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
        link = excluded.link, document = excluded.document, digest = excluded.digest, anchors = excluded.anchors,
        is_alias = 0
    WHERE is_alias AND NOT excluded.is_alias
"""
_document = decoder(DocumentRow)
_names = decoder(tuple[str, ...])
