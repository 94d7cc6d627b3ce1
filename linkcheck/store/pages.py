"""The frontier of a run that follows links: which are pages to read, which have been read, and what is still to ask.

All of it lies in the file, so that memory does not grow with the site, and a run that ends early can be taken up.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

import msgspec
from msgspec import Struct

from linkcheck.model import Check, DocumentRow, Finding, Link
from linkcheck.store import rows
from linkcheck.store.database import Database
from linkcheck.store.journal import Journal, encode
from linkcheck.store.rows import Planned, Seen


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


class Recalled(Struct, frozen=True):
    """A page as an earlier run of the same task has read it."""

    row: DocumentRow
    planned: tuple[Planned, ...]
    digest: str | None
    anchors: tuple[str, ...] | None


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

    def want(self, pages: Iterable[Page]) -> None:
        """Let links be read when they are answered; each once, and of those with one identity the first."""
        run = self._journal.run
        added = [(run, _hash(one.identity), one.depth, one.chain, one.is_list, one.url) for one in pages]
        query = "INSERT INTO page SELECT ?, id, ?, ?, ?, ? FROM link WHERE url = ? ON CONFLICT DO NOTHING"
        self._database.write(lambda sql: sql.executemany(query, added))

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
        settled = {"run": self._journal.run, "document": document, "last": last}
        added = self._database.write(lambda sql: sql.execute(_SETTLE, settled).rowcount)
        self._last_turn = last + added
        return added

    def ask_again(self, link: int) -> None:
        """Put a link that was asked, but not read, behind all others."""
        self._last_turn = turn = self._turn() + 1
        query = "UPDATE asked SET turn = ? WHERE run = ? AND link = ?"
        self._database.write(lambda sql: sql.execute(query, (turn, self._journal.run, link)))

    def visit(self, visits: Iterable[Visit]) -> None:
        """Note pages that have been read, and the addresses that they give themselves; the first of each counts."""
        run = self._journal.run
        added = [(run, _hash(one.identity), *_columns(one)) for one in visits]
        self._database.write(lambda sql: sql.executemany(_VISIT, added))

    def visited(self, identity: str) -> Visit | None:
        """Give the page that was read at an address, or that calls it its own."""
        query = "SELECT document, link, digest, is_alias FROM visit WHERE run = ? AND identity = ?"
        for document, link, digest, is_alias in self._database.all(query, self._journal.run, _hash(identity)):
            return Visit(identity=identity, document=document, link=link, digest=digest, is_alias=bool(is_alias))
        return None

    def links(self) -> "Growing":
        """Give the web links to ask in turn, and after the last one those that have come meanwhile."""
        return Growing(self._journal, lambda: self.considered)

    def all_links(self) -> "Growing":
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
            found = self._database.all("SELECT value FROM document WHERE run = ? AND seq = ?", earlier, document)
            cited = self._database.all(_CITED, earlier, document)
            for (value,) in found:
                planned = tuple(_planned(one) for (one,) in cited)
                return Recalled(_document(value), planned, digest, _names(anchors) if anchors else None)
        return None

    def changed(self, link: Link) -> str | None:
        """Give when a page was changed last, as a sitemap says, read in this run or in the last one of this task."""
        ((changed,),) = self._database.all(_CHANGED, link.id, self._journal.run)
        return changed if isinstance(changed, str) else None

    def failing_first(self) -> None:
        """Let those links come first that failed when they were checked last."""
        self._database.write(lambda sql: sql.execute(_FAILING_FIRST, {"run": self._journal.run}))

    def repeated(self, least: int) -> Iterator[Repeated]:
        """Give the texts that so many pages or more have in common, with the links of these pages."""
        query = """
            SELECT digest, count(*), json_group_array(link) FROM visit
            WHERE run = ? AND digest IS NOT NULL AND is_alias = 0 GROUP BY digest HAVING count(*) >= ?
        """
        for digest, count, links in self._database.all(query, self._journal.run, least):
            yield Repeated(digest, count, tuple(link for link in json.loads(links) if link is not None))

    def seen(self, links: Iterable[int]) -> Iterator[Seen]:
        """Give what was seen of these links last."""
        for link, check, findings in self._database.all(_SEEN, json.dumps(list(links)), self._journal.run):
            yield Seen(link, _check(check), _findings(findings))

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

    @property
    def last_turn(self) -> int:
        """The turn of the last link."""
        return self._turn()

    def _turn(self) -> int:
        if self._last_turn is None:
            query = "SELECT coalesce(max(turn), 0) FROM asked WHERE run = ?"
            ((self._last_turn,),) = self._database.all(query, self._journal.run)
        return self._last_turn or 0


class Growing:
    """Links in turn; whoever has come to the end may ask again later, and gets those that have been added."""

    def __init__(self, journal: Journal, until: Callable[[], int | None]) -> None:
        self._journal = journal
        self._until = until
        self._after = -1
        self._waiting: deque[tuple[int, Link]] = deque()
        self.turn = -1
        """Of the link that was given last."""
        self.given = 0
        """How many have been given."""

    def skip(self, turn: int) -> None:
        """Go on behind a turn."""
        self._after = self.turn = turn
        self._waiting.clear()

    def __iter__(self) -> "Growing":
        return self

    def __next__(self) -> Link:
        """Give the next link; StopIteration for now."""
        if not self._waiting:
            until = self._until()
            condition = _TO_ASK if until is None else f"{_TO_ASK} AND turn <= {until}"
            for turn, link in rows.links_after(self._journal.database, self._journal.run, condition, self._after):
                self._after = turn
                self._waiting.append((turn, link))
        if not self._waiting:
            raise StopIteration
        self.turn, link = self._waiting.popleft()
        self.given += 1
        return link


def _columns(visit: Visit) -> tuple[int | None, int, str | None, bool, bytes | None]:
    anchors = None if visit.anchors is None else encode(visit.anchors)
    return visit.link, visit.document, visit.digest, visit.is_alias, anchors


def _hash(identity: str) -> int:
    return int.from_bytes(blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


_SETTLE = """
    INSERT INTO asked (run, place, link, host, turn)
    SELECT :run, place, link, host, :last + row_number() OVER (ORDER BY place) FROM (
        SELECT reference.link, min(seq) AS place FROM reference INDEXED BY reference_by_document
        WHERE run = :run AND document = :document AND reference.link IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM asked WHERE asked.run = :run AND asked.link = reference.link)
        GROUP BY reference.link
    ) AS met JOIN link ON link.id = met.link
"""
_TO_ASK = """host <> '' AND NOT EXISTS (
    SELECT 1 FROM carried WHERE carried.run = asked.run AND carried.link = asked.link
)"""
_CITED = """
    SELECT value FROM reference INDEXED BY reference_by_document WHERE run = ? AND document = ? ORDER BY seq
"""
"""Of its own accord SQLite walks over all references of the run, since these are in order."""
_RECALLED = """
    SELECT visit.run, document, digest, anchors FROM visit JOIN run ON run.id = visit.run
    WHERE link = ?1 AND visit.run < ?2 AND is_alias = 0 AND task = (SELECT task FROM run WHERE id = ?2)
    ORDER BY visit.run DESC LIMIT 1
"""
_LAST_RUN = "(SELECT max(id) FROM run WHERE id < ?2 AND task = (SELECT task FROM run WHERE id = ?2))"
_RECALLED_AS = f"SELECT run, document, digest, anchors FROM visit WHERE identity = ?1 AND run = {_LAST_RUN}"
_CHANGED = f"""
    SELECT max(changed) FROM (
        SELECT json_extract(CAST(value AS TEXT), '$.reference.changed') AS changed
        FROM reference INDEXED BY reference_by_link WHERE link = ?1 AND run IN (?2, {_LAST_RUN}) LIMIT 100
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
_SEEN = """
    SELECT last.link, last.value, last.findings FROM json_each(?1) JOIN observation AS last
    ON last.run = ?2 AND last.link = json_each.value AND last.value IS NOT NULL AND last.id = (
        SELECT max(id) FROM observation WHERE observation.run = ?2 AND observation.link = json_each.value
    )
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
_document = msgspec.json.Decoder(DocumentRow).decode
_planned = msgspec.json.Decoder(Planned).decode
_check = msgspec.json.Decoder(Check).decode
_findings = msgspec.json.Decoder(tuple[Finding, ...]).decode
_names = msgspec.json.Decoder(tuple[str, ...]).decode
