"""What all pages of a site together make worth a second thought: fragments asked too late, pages that say the same."""

import json
from collections.abc import Iterable, Iterator

from msgspec import Struct

from linkcheck.model import Check, Finding, Link
from linkcheck.store.coding import decoder
from linkcheck.store.database import Database
from linkcheck.store.recalled import FRAGMENTS
from linkcheck.store.rows import Seen


class Late(Struct, frozen=True):
    """A page of which fragments were asked when it had been answered."""

    link: Link
    """With these fragments alone."""
    seen: Seen
    anchors: tuple[str, ...] | None


class Repeated(Struct, frozen=True):
    """Pages that say the same."""

    digest: str
    links: tuple[int, ...]


def repeated(database: Database, run: str, least: int) -> Iterator[Repeated]:
    """Give the texts that so many pages or more have in common, with the links of these pages."""
    query = """
        SELECT digest, json_group_array(link) FROM visit
        WHERE run = ? AND digest IS NOT NULL AND is_alias = 0 GROUP BY digest HAVING count(*) >= ?
    """
    for digest, links in database.all(query, run, least):
        yield Repeated(digest, tuple(link for link in json.loads(links) if link is not None))


def seen(database: Database, run: str, links: Iterable[int]) -> Iterator[Seen]:
    """Give what was seen of these links last."""
    for link, check, findings in database.all(_SEEN, json.dumps(list(links)), run):
        yield Seen(link, _check(check), _findings(findings))


def late(database: Database, run: str) -> Iterator[Late]:
    """Give the pages of which fragments were asked too late, each with what was seen of it."""
    for _, link, url, fragments, check, findings, anchors in database.pages(_LATE, run=run):
        seen = Seen(link, _check(check), _findings(findings))
        wanted = tuple(name for name in _names(fragments) if seen.check and name not in seen.check.fragments)
        if wanted:
            yield Late(Link(link, url, wanted), seen, _names(anchors) if anchors else None)


_SEEN = """
    SELECT last.link, last.value, last.findings FROM json_each(?1) JOIN observation AS last
    ON last.run = ?2 AND last.link = json_each.value AND last.value IS NOT NULL AND last.id = (
        SELECT max(id) FROM observation WHERE observation.run = ?2 AND observation.link = json_each.value
    )
"""
_LATE = f"""
    SELECT asked.place, asked.link, url, {FRAGMENTS} AS wanted, last.value, last.findings, (
        SELECT anchors FROM visit INDEXED BY visit_by_link
        WHERE visit.run = :run AND visit.link = asked.link AND is_alias = 0 LIMIT 1
    )
    FROM asked JOIN link ON link.id = asked.link
    JOIN observation AS last ON last.run = asked.run AND last.link = asked.link AND last.id = (
        SELECT max(id) FROM observation WHERE observation.run = asked.run AND observation.link = asked.link
    )
    WHERE asked.run = :run AND asked.host <> '' AND asked.place > :after AND last.value IS NOT NULL
    AND wanted <> '[]' AND json_extract(CAST(last.value AS TEXT), '$.status') = 200 ORDER BY asked.place LIMIT :size
"""
_check = decoder(Check)
_findings = decoder(tuple[Finding, ...])
_names = decoder(tuple[str, ...])
