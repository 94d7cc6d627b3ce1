"""The frontier of a run that follows links: which are pages to read, which have been read, and what is still to ask.

All of it lies in the file, so that memory does not grow with the site, and a run that ends early can be taken up.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec
from msgspec import Struct

from linkcheck.model import Check, Finding, Link
from linkcheck.store import rows
from linkcheck.store.database import Database
from linkcheck.store.journal import Journal, encode
from linkcheck.store.rows import Seen


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
    document: int
    link: int | None = None
    digest: str | None = None
    is_alias: bool = False
    """Whether that is only an address that the page gives itself."""
    anchors: tuple[str, ...] | None = None
    """What fragments may name in it; None where that cannot be told."""


class Late(Struct, frozen=True):
    """A page of which fragments were asked when it had been answered."""

    link: Link
    """With these fragments alone."""
    seen: Seen
    anchors: tuple[str, ...] | None


class Repeated(Struct, frozen=True):
    """Pages that say the same."""

    digest: str
    count: int
    links: tuple[int, ...]


class Pages:
    """The pages of the run that a journal is writing."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._last_turn: int | None = None

    @property
    def _database(self) -> Database:
        return self._journal.database

    def want(self, pages: Iterable[Page]) -> None:
        """Let links be read when they are answered; each once, and of those with one identity the first."""
        run = self._journal.run
        with self._database.writing() as sql:
            sql.executemany(
                "INSERT INTO page SELECT ?, id, ?, ?, ?, ? FROM link WHERE url = ? ON CONFLICT DO NOTHING",
                ((run, _hash(one.identity), one.depth, one.chain, one.is_list, one.url) for one in pages),
            )

    def wanted(self, link: Link) -> Page | None:
        """Give what is known of a link that may be read."""
        query = "SELECT depth, chain, is_list FROM page WHERE run = ? AND link = ?"
        for depth, chain, is_list in self._database.all(query, self._journal.run, link.id):
            return Page(url=link.url, identity="", depth=depth, chain=chain, is_list=bool(is_list))
        return None

    def met(self, urls: Iterable[str]) -> frozenset[str]:
        """Give which of these URLs a document of the run has cited already."""
        query = """
            SELECT url FROM json_each(?) JOIN link ON link.url = json_each.value
            WHERE EXISTS (SELECT 1 FROM reference WHERE run = ? AND reference.link = link.id)
        """
        return frozenset(url for (url,) in self._database.all(query, json.dumps(list(urls)), self._journal.run))

    def settle(self, document: int) -> int:
        """Let the links be asked that a document has brought, behind all others; give how many there are."""
        last = self._turn()
        with self._database.writing() as sql:
            sql.execute(_SETTLE, {"run": self._journal.run, "document": document, "last": last})
            (added,) = sql.execute("SELECT changes()").fetchone()
        self._last_turn = last + added
        return int(added)

    def ask_again(self, link: int) -> None:
        """Put a link that was asked, but not read, behind all others."""
        self._last_turn = self._turn() + 1
        with self._database.writing() as sql:
            sql.execute(
                "UPDATE asked SET turn = ? WHERE run = ? AND link = ?", (self._last_turn, self._journal.run, link)
            )

    def visit(self, visits: Iterable[Visit]) -> None:
        """Note pages that have been read, and the addresses that they give themselves; the first of each counts."""
        run = self._journal.run
        with self._database.writing() as sql:
            sql.executemany(_VISIT, ((run, _hash(one.identity), *_columns(one)) for one in visits))

    def visited(self, identity: str) -> Visit | None:
        """Give the page that was read at an address, or that calls it its own."""
        query = "SELECT document, link, digest, is_alias FROM visit WHERE run = ? AND identity = ?"
        for document, link, digest, is_alias in self._database.all(query, self._journal.run, _hash(identity)):
            return Visit(identity=identity, document=document, link=link, digest=digest, is_alias=bool(is_alias))
        return None

    def links(self) -> "Growing":
        """Give the web links in turn, and after the last one those that have come meanwhile."""
        return Growing(self._journal)

    def repeated(self, least: int) -> Iterator[Repeated]:
        """Give the texts that so many pages or more have in common, with the links of these pages."""
        query = """
            SELECT digest, count(*), json_group_array(link) FROM visit
            WHERE run = ? AND digest IS NOT NULL AND is_alias = 0 GROUP BY digest HAVING count(*) >= ?
        """
        for digest, count, links in self._database.all(query, self._journal.run, least):
            yield Repeated(digest, count, tuple(link for link in json.loads(links) if link is not None))

    def late(self) -> Iterator[Late]:
        """Give the pages of which fragments were asked too late, each with what was seen of it."""
        run = self._journal.run
        for _, link, url, fragments, check, findings, anchors in self._database.pages(_LATE, run=run):
            seen = Seen(link, _check(check), _findings(findings))
            yield Late(Link(link, url, _names(fragments)), seen, _names(anchors) if anchors else None)

    def late_links(self) -> Iterator[Link]:
        """Give those of these links that have to be asked again, with all their fragments."""
        for link in [one.link for one in self.late()]:
            if found := self._journal.link(link.url):
                yield found

    def _turn(self) -> int:
        if self._last_turn is None:
            query = "SELECT coalesce(max(turn), 0) FROM asked WHERE run = ?"
            ((self._last_turn,),) = self._database.all(query, self._journal.run)
        return self._last_turn or 0


class Growing:
    """Links in turn; whoever has come to the end may ask again later, and gets those that have been added."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._after = -1
        self._waiting: deque[Link] = deque()

    def __iter__(self) -> "Growing":
        return self

    def __next__(self) -> Link:
        """Give the next link; StopIteration for now."""
        if not self._waiting:
            for turn, link in rows.links_after(self._journal.database, self._journal.run, "host <> ''", self._after):
                self._after = turn
                self._waiting.append(link)
        if not self._waiting:
            raise StopIteration
        return self._waiting.popleft()


def _columns(visit: Visit) -> tuple[int | None, int, str | None, bool, bytes | None]:
    anchors = None if visit.anchors is None else encode(visit.anchors)
    return visit.link, visit.document, visit.digest, visit.is_alias, anchors


def _hash(identity: str) -> int:
    return int.from_bytes(blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


_SETTLE = """
    INSERT INTO asked (run, place, link, host, turn)
    SELECT :run, place, link, host, :last + row_number() OVER (ORDER BY place) FROM (
        SELECT reference.link, min(seq) AS place FROM reference
        WHERE run = :run AND document = :document AND reference.link IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM asked WHERE asked.run = :run AND asked.link = reference.link)
        GROUP BY reference.link
    ) AS met JOIN link ON link.id = met.link
"""
_VISIT = """
    INSERT INTO visit (run, identity, link, document, digest, is_alias, anchors) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
        link = excluded.link, document = excluded.document, digest = excluded.digest, anchors = excluded.anchors,
        is_alias = 0
    WHERE is_alias AND NOT excluded.is_alias
"""
_LATE = """
    SELECT asked.place, asked.link, url, json_group_array(DISTINCT wanted.fragment), last.value, last.findings, (
        SELECT anchors FROM visit WHERE visit.run = :run AND visit.link = asked.link LIMIT 1
    )
    FROM asked JOIN link ON link.id = asked.link
    JOIN observation AS last ON last.run = asked.run AND last.link = asked.link AND last.id = (
        SELECT max(id) FROM observation WHERE observation.run = asked.run AND observation.link = asked.link
    )
    JOIN reference AS wanted ON wanted.run = asked.run AND wanted.link = asked.link AND wanted.fragment IS NOT NULL
    WHERE asked.run = :run AND asked.host <> '' AND asked.place > :after AND last.value IS NOT NULL
    AND json_extract(CAST(last.value AS TEXT), '$.status') = 200
    AND NOT EXISTS (
        SELECT 1 FROM json_each(CAST(last.value AS TEXT), '$.fragments') WHERE key = wanted.fragment
    )
    GROUP BY asked.place ORDER BY asked.place LIMIT :size
"""
_check = msgspec.json.Decoder(Check).decode
_findings = msgspec.json.Decoder(tuple[Finding, ...]).decode
_names = msgspec.json.Decoder(tuple[str, ...]).decode
