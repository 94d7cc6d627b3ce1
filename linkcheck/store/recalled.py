"""Documents of a run that point to an earlier run, which has read them: queries that look there, too.

A recalled document has its row in `recalled` instead of `document`, and its references are those of its home, with
their seqs shifted. It never points to one that is recalled itself.
"""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.store.database import Database


class Home(Struct, frozen=True):
    """Where a document's rows are."""

    run: str
    place: int
    shift: int = 0
    """What is to be added to the seqs of its references."""


def home_of(database: Database, run: str, document: int) -> Home:
    """Give where a document's rows are: mostly, that is the run itself."""
    for home, place, shift in database.all(_HOME, run, document):
        return Home(home, place, shift)
    return Home(run, document)


def homes(database: Database, run: str) -> Iterator[tuple[int, Home]]:
    """Give the recalled documents of a run, by their seqs."""
    for document, home, place, shift in database.pages(_HOMES, run=run):
        yield document, Home(home, place, shift)


_OWN = {"home": "run AS home", "place": "document AS place"}
_THEIRS = {
    "seq": "theirs.seq + shift",
    "document": "recalled.document",
    "link": "theirs.link",
    "fragment": "theirs.fragment",
    "value": "theirs.value",
    "home": "theirs.run",
    "place": "theirs.document",
    "1": "1",
}


def cited(columns: str, *, run: str, link: str) -> str:
    """Give a subquery for what a run has of the references of a link; `run` and `link` are SQL.

    It may ask for `seq`, `document` (both as in this run), `fragment` and `value`; and for `home` and `place`, where
    the document's rows are.
    """
    names = [name.strip() for name in columns.split(",")]
    own = ", ".join(_OWN.get(name, name) for name in names)
    theirs = ", ".join(_THEIRS[name] for name in names)
    return f"""(
        SELECT {own} FROM reference INDEXED BY reference_by_link WHERE run = {run} AND link = {link}
        UNION ALL SELECT {theirs} FROM relies
        CROSS JOIN reference AS theirs INDEXED BY reference_by_link
        ON theirs.run = relies.home AND theirs.link = {link}
        CROSS JOIN recalled INDEXED BY recalled_by_home
        ON recalled.home = theirs.run AND recalled.place = theirs.document AND recalled.run = {run}
        WHERE relies.run = {run}
    )"""


def cited_by(columns: str, *, run: str, document: str) -> str:
    """Give a query for what a run has of the references of a document; `run` and `document` are SQL.

    It may ask for `link`, and for `seq` as in this run.
    """
    theirs = ", ".join(_THEIRS[name.strip()] for name in columns.split(","))
    return f"""
        SELECT {columns} FROM reference INDEXED BY reference_by_document WHERE run = {run} AND document = {document}
        UNION ALL SELECT {theirs} FROM recalled
        CROSS JOIN reference AS theirs INDEXED BY reference_by_document
        ON theirs.run = recalled.home AND theirs.document = recalled.place
        WHERE recalled.run = {run} AND recalled.document = {document}
    """


FRAGMENTS = f"""(
    SELECT json_group_array(DISTINCT fragment) FROM {cited("fragment", run=":run", link="asked.link")}
    WHERE fragment IS NOT NULL
)"""
"""What is asked of a row of `asked`, as JSON."""
DOCUMENTS = """
    SELECT seq, value FROM document WHERE run = :run AND seq > :after
    UNION ALL SELECT recalled.document, theirs.value FROM recalled
    CROSS JOIN document AS theirs ON theirs.run = recalled.home AND theirs.seq = recalled.place
    WHERE recalled.run = :run AND recalled.document > :after ORDER BY seq LIMIT :size
"""
"""The documents of a run, in order."""
NEXT = """max(
    coalesce((SELECT max(seq) + 1 FROM reference WHERE run = :run), 0),
    coalesce((SELECT max(ends) FROM recalled WHERE run = :run), 0)
)"""
"""The seq that comes after the last reference."""
_HOME = "SELECT home, place, shift FROM recalled WHERE run = ? AND document = ?"
_HOMES = """
    SELECT document, home, place, shift FROM recalled WHERE run = :run AND document > :after
    ORDER BY document LIMIT :size
"""
