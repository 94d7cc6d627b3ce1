"""The memory of the run that is under way: rows are added in batches, read back by pages, never changed.

The order is `begin`, `add` each document, `close_plan`; then `web_links` and `observe`, `look_up`; then
`conclude_links`, `conclude_references` and `finish`.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from linkcheck import uri
from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.model import DocumentRow, Link, Lookup, RunInfo, Summary
from linkcheck.store import rows
from linkcheck.store.database import Database
from linkcheck.store.origins import Origins
from linkcheck.store.rows import Asked, Met, Planned, Seen

encode = msgspec.json.Encoder().encode


class Journal:
    """One run being written, in a file that other runs share."""

    def __init__(self, path: Path | None) -> None:
        """Open the history; None is a temporary file. StoreError names the file and the remedy."""
        self.database = Database(path)
        self.run = ""
        self._documents = self._references = self._observations = 0

    def begin(self, info: RunInfo) -> None:
        """Start a run."""
        self.run = info.id
        self.database.insert("run", [(info.id, encode(info))])

    def add(self, row: DocumentRow, planned: Sequence[Planned]) -> None:
        """Add a document with its references."""
        urls = {one.plan.link for one in planned if one.plan.link}
        with self.database.writing() as sql:
            sql.execute("INSERT INTO document VALUES (?, ?, ?)", (self.run, self._documents, encode(row)))
            sql.executemany(
                "INSERT INTO link (url, host) VALUES (?, ?) ON CONFLICT DO NOTHING",
                ((url, uri.host_of(url)) for url in urls),
            )
            sql.executemany(
                "INSERT INTO reference VALUES (?, ?, ?, (SELECT id FROM link WHERE url = ?), ?, ?)",
                (
                    (self.run, seq, self._documents, one.plan.link, one.plan.fragment, encode(one))
                    for seq, one in enumerate(planned, start=self._references)
                ),
            )
        self._documents += 1
        self._references += len(planned)

    def close_plan(self) -> tuple[int, int, int, int]:
        """Settle which links there are; give how many documents, references, links, and links on the web."""
        with self.database.writing() as sql:
            sql.execute(_SETTLE, {"run": self.run})
        ((links, web),) = self.database.all(
            "SELECT count(*), coalesce(sum(host <> ''), 0) FROM asked WHERE run = ?", self.run
        )
        return self._documents, self._references, links, web

    def local_links(self) -> Iterator[Link]:
        """Give the links to local files, in the order they were met."""
        return self._links("host = ''")

    def web_links(self) -> Iterator[Link]:
        """Give the links to ask, hosts taking turns."""
        return self._links("host <> ''")

    def due(self, host: str) -> Iterator[Link]:
        """Give the links of a host that this run has not looked at yet."""
        return self._links(
            "host = :host AND NOT EXISTS"
            " (SELECT 1 FROM observation WHERE observation.run = :run AND observation.link = asked.link)",
            host=host,
        )

    def link(self, url: str) -> Link | None:
        """Give the link of this run with that canonical URL."""
        return next(self._links("link = (SELECT id FROM link WHERE url = :url)", url=url), None)

    def observe(self, seen: Iterable[Seen]) -> None:
        """Add looks at links; the last one of a link counts."""
        added = []
        for one in seen:
            self._observations += 1
            check = encode(one.check) if one.check else None
            added.append((self.run, one.link, self._observations, check, encode(one.findings)))
        self.database.insert("observation", added)

    def look_up(self, link: int, target: str, lookup: Lookup) -> None:
        """Add an archive's answer about a link near a target date (empty: the latest)."""
        self.database.insert("lookup", [(self.run, link, target, lookup.archive, encode(lookup))])

    def asked(self) -> Iterator[Asked]:
        """Give every link with its last observation, in the order they were met."""
        return rows.asked(self.database, self.run)

    def references(self) -> Iterator[Met]:
        """Give every reference, in document order."""
        return rows.references(self.database, self.run)

    def documents(self) -> Iterator[tuple[int, DocumentRow]]:
        """Give every document with its place."""
        return rows.documents(self.database, self.run)

    def lookups(self, link: int, target: str) -> tuple[Lookup, ...]:
        """Give what the archives answered about a link near a target date."""
        query = "SELECT value FROM lookup WHERE run = ? AND link = ? AND target = ? ORDER BY archive"
        found = self.database.all(query, self.run, link, target)
        return tuple(msgspec.json.decode(value, type=Lookup) for (value,) in found)

    def looked_up(self) -> frozenset[tuple[int, str]]:
        """Give which links have been looked up in archives, near which target dates."""
        return frozenset(self.database.all("SELECT DISTINCT link, target FROM lookup WHERE run = ?", self.run))

    @property
    def origins(self) -> Origins:
        """Give the part that is about the origins of documents."""
        return Origins(self.database, self.run)

    @property
    def last_document(self) -> int:
        """Give the place of the document that was added last."""
        return self._documents - 1

    def conclude_links(self, opinions: Iterable[tuple[int, LinkOpinion]]) -> None:
        """Say what the run concludes about links."""
        self.database.insert(
            "judged_link", ((self.run, link, encode(opinion)) for link, opinion in opinions), is_derived=True
        )

    def conclude_references(self, opinions: Iterable[tuple[int, ReferenceOpinion]]) -> None:
        """Say what the run concludes about references."""
        self.database.insert(
            "judged_reference", ((self.run, seq, encode(opinion)) for seq, opinion in opinions), is_derived=True
        )

    def finish(self, info: RunInfo, summary: Summary) -> None:
        """End the run, or its last look again."""
        self.database.insert("conclusion", [(self.run, encode(info), encode(summary))], is_derived=True)

    def close(self) -> None:
        """Let go of the file; a temporary one is deleted."""
        self.database.close()

    def _links(self, condition: str, **parameters: Any) -> Iterator[Link]:
        return rows.links(self.database, self.run, condition, **parameters)


_SETTLE = """
    WITH met AS (
        SELECT link, min(seq) AS place FROM reference WHERE run = :run AND link IS NOT NULL GROUP BY link
    ), queued AS (
        SELECT place, link, host, row_number() OVER (PARTITION BY host ORDER BY place) AS nth
        FROM met JOIN link ON link.id = met.link
    )
    INSERT INTO asked SELECT :run, place, link, host, row_number() OVER (ORDER BY nth, place) FROM queued
"""
