"""How far a run that follows has come: told by what it has kept, so that it can be gone on with at any moment."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from linkcheck.store.coding import decoder, encode
from linkcheck.store.database import Database
from linkcheck.store.recalled import cited_by


class Course(Struct, frozen=True, kw_only=True):
    """What all documents so far come to."""

    arrivals: Counter[str]
    """How many pages came, by what became of them."""
    repeating: int
    """Links that go round in circles."""
    forbidden: Counter[str]
    """By origin: links that robots.txt lets programs not follow."""
    cut: tuple[str, ...]
    """Where pages were found that are larger than is read of one: the first of them."""


class Passed(Struct, frozen=True, kw_only=True):
    """A page that has been read, as it was walked through."""

    url: str
    chain: int
    digest: str | None
    new_links: tuple[str, ...]
    """Those that no document before it had cited."""


class Told(Struct, frozen=True, kw_only=True):
    """What a site answered when it was asked for its robots.txt."""

    url: str = ""
    """Where it was found; empty where there is none."""
    source: bytes = b""
    is_cut: bool = False
    why: str = ""
    """Why it could not be had; empty where it could."""


def course_of(database: Database, run: str, most: int) -> Course:
    """Count what a run has kept so far, and name at most so many pages that were cut."""
    arrivals = database.all("SELECT word, count(*) FROM arrival WHERE run = ? GROUP BY word", run)
    repeating, forbidden = 0, Counter[str]()
    for _, circles, closed in database.pages(_STEPS, run=run):
        repeating += circles
        forbidden.update(_numbers(closed))
    cut = database.all("SELECT cut FROM arrival WHERE run = ? AND cut IS NOT NULL LIMIT ?", run, most)
    return Course(
        arrivals=Counter(dict(arrivals)), repeating=repeating, forbidden=forbidden, cut=tuple(url for (url,) in cut)
    )


def pages_read(database: Database, run: str) -> int:
    """Count the pages of the site that have been read, the sources left out."""
    return int(
        database.all("SELECT count(*) FROM visit WHERE run = ? AND link IS NOT NULL AND is_alias = 0", run)[0][0]
    )


def asked_again(database: Database, run: str) -> set[int]:
    """Give the links that are asked once more, since they had come before they could be read."""
    return {link for (link,) in database.all("SELECT link FROM arrival WHERE run = ? AND word = 'again'", run)}


def passed(database: Database, run: str) -> Iterator[Passed]:
    """Give the pages that have been read, in the order of reading."""
    for document, value, chain, digest in database.pages(_PASSED, run=run):
        new = tuple(url for (url,) in database.all(_NEW, run, document))
        yield Passed(url=_addressed(value).url, chain=chain, digest=digest, new_links=new)


def rules_told(database: Database, run: str) -> Iterator[tuple[str, Told]]:
    """Give the origins whose robots.txt has been asked for in this run, with what they answered."""
    for origin, value in database.all("SELECT origin, value FROM rules WHERE run = ?", run):
        yield origin, _told(value)


def keep_rules(database: Database, run: str, origin: str, told: Told) -> None:
    """Keep what a site answered."""
    database.insert("rules", [(run, origin, encode(told))], is_derived=True)


def pages_of(database: Database, run: str) -> frozenset[int]:
    """Give the places of documents that are no sources: the run has come to them."""
    return frozenset(
        place for (place,) in database.all("SELECT document FROM step WHERE run = ? AND NOT is_source", run)
    )


class _Addressed(Struct):
    url: str


_addressed = decoder(_Addressed)
_numbers = decoder(dict[str, int])
_told = decoder(Told)

_STEPS = """
    SELECT document, repeating, forbidden FROM step WHERE run = :run AND document > :after ORDER BY document LIMIT :size
"""
_PASSED = """
    SELECT visit.document, document.value, page.chain, visit.digest
    FROM step JOIN visit ON visit.run = step.run AND visit.document = step.document AND is_alias = 0
    JOIN page ON page.run = step.run AND page.link = visit.link
    LEFT JOIN recalled ON recalled.run = step.run AND recalled.document = step.document
    JOIN document ON document.run = coalesce(recalled.home, step.run)
    AND document.seq = coalesce(recalled.place, step.document)
    WHERE step.run = :run AND step.document > :after ORDER BY step.document LIMIT :size
"""
_NEW = f"""
    SELECT url FROM asked JOIN link ON link.id = asked.link WHERE asked.run = ?1 AND place IN (
        {cited_by("seq", run="?1", document="?2")}
    ) ORDER BY place
"""
