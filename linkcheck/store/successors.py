"""What was seen of the pages of one domain, and of those that a rule holds against it."""

from collections.abc import Iterator

from linkcheck.model import Check, Finding
from linkcheck.store.coding import decoder
from linkcheck.store.database import Database
from linkcheck.store.rows import Seen


def usurped(database: Database, run: str, rule: str) -> Iterator[tuple[str, Seen]]:
    """Yield the address and the last look of each link with an error by this rule."""
    for url, seen in _looks(database, run, f"CAST(last.findings AS TEXT) LIKE '%{rule}%'"):
        if any(one.rule == rule and one.severity.value == "error" for one in seen.findings):
            yield url, seen


def looks_at(database: Database, run: str, domain: str) -> Iterator[tuple[str, Seen]]:
    """Yield the address and the last look of each link whose address has the domain's name."""
    yield from _looks(database, run, "instr(link.url, ?) > 0", domain)


def _looks(database: Database, run: str, condition: str, *values: str) -> Iterator[tuple[str, Seen]]:
    for url, link, check, findings in database.all(f"{_LAST} AND {condition}", run, *values):
        yield url, Seen(link, _check(check), _findings(findings))


_LAST = """
    SELECT link.url, last.link, last.value, last.findings FROM observation AS last JOIN link ON link.id = last.link
    WHERE last.run = ? AND last.value IS NOT NULL AND last.id = (
        SELECT max(id) FROM observation WHERE observation.run = last.run AND observation.link = last.link
    )
"""
_check = decoder(Check)
_findings = decoder(tuple[Finding, ...])
