"""Puts two histories together; the result is the same whichever is named first.

A run that both have is taken from the one that knows more of it. Links get new ids, in the order of their URLs, looks
in the order of their runs; what is remembered of links that both have checked is told anew.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from msgspec import structs

from linkcheck.errors import StoreError
from linkcheck.judge import LinkOpinion
from linkcheck.model import Record
from linkcheck.standing import FINE, Rule, remember, standing_of
from linkcheck.store.coding import decoder, encode
from linkcheck.store.copying import copied
from linkcheck.store.database import Database

_SIDES = ("a", "b")
_RULE = Rule()
_WORKSHOP, _LOCK = ".linkcheck-merge-", "lock"


def merge(sources: Iterable[Path], out: Path, rule: Rule = _RULE) -> tuple[int, int]:
    """Write what several histories know into a new file; give how many runs and links it has. StoreError.

    The rule says how many checks it takes: what both sides have checked is counted anew by it.
    """
    if out.exists():
        raise StoreError(f"{out}: is there already; a merge makes a new file")
    with _workshop(out.absolute().parent) as folder:
        made = None
        for number, source in enumerate(sources):
            copy = copied(source, folder / f"{number}.sqlite")
            if made is None:
                made = copy
                continue
            target = folder / f"{number}-merged.sqlite"
            _merge(made, copy, target, rule)
            made = target
        if made is None:
            raise StoreError("there is nothing to merge")
        with closing(Database(made)) as database, database.writing() as sql:
            runs, links = (sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("run", "link"))
        made.rename(out)
    return runs, links


@contextmanager
def _workshop(beside: Path) -> Iterator[Path]:
    """Make a folder for the files of one merge, and delete those that killed merges have left.

    Each merge holds a lock of SQLite in its folder, which ends with the process, however that ends.
    """
    for left in beside.glob(f"{_WORKSHOP}*"):
        if (left / _LOCK).is_file() and not left.is_symlink() and not _is_locked(left / _LOCK):
            rmtree(left, ignore_errors=True)
    with (
        TemporaryDirectory(prefix=_WORKSHOP, dir=beside) as name,
        closing(sqlite3.connect(Path(name) / _LOCK, isolation_level=None)) as lock,
    ):
        lock.execute("BEGIN EXCLUSIVE")
        yield Path(name)


def _is_locked(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=0)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return True
    except sqlite3.Error:
        return False
    return False


def _merge(first: Path, second: Path, target: Path, rule: Rule) -> None:
    with closing(Database(target)) as database, _both(database, first, second) as sql:
        _take_links(sql)
        _choose_runs(sql)
        _number_looks(sql)
        for table in _tables(sql):
            _take(sql, table)
        _say_in_full(sql)
        _remember_anew(sql, rule)


@contextmanager
def _both(database: Database, first: Path, second: Path) -> Iterator[sqlite3.Connection]:
    """Lay two files beside the new one, and write all or nothing."""
    database.attach(dict(zip(_SIDES, (first, second), strict=True)))
    with database.writing() as sql:
        yield sql


def _take_links(sql: sqlite3.Connection) -> None:
    sql.execute("INSERT INTO link (url, host) SELECT url, host FROM (" + _union("url, host", "link") + ") ORDER BY url")
    sql.execute("CREATE TEMP TABLE new_link (side, old, new, PRIMARY KEY (side, old))")
    for side in _SIDES:
        sql.execute(
            f"INSERT INTO new_link SELECT '{side}', theirs.id, ours.id"
            f" FROM {side}.link AS theirs JOIN main.link AS ours USING (url)"
        )


def _choose_runs(sql: sqlite3.Connection) -> None:
    """Take each run from where most of it is; of equals the choice does not matter, but must not depend on the side."""
    sql.execute("CREATE TEMP TABLE chosen (run PRIMARY KEY, side)")
    knows = " UNION ALL ".join(
        f"SELECT run.id AS run, '{side}' AS side, conclusion.run IS NOT NULL AS is_done,"
        f" (SELECT count(*) FROM {side}.observation WHERE observation.run = run.id) AS looks,"
        f" (SELECT count(*) FROM {side}.judged_reference WHERE judged_reference.run = run.id) AS words,"
        f" coalesce(conclusion.info, run.info) AS info"
        f" FROM {side}.run LEFT JOIN {side}.conclusion ON conclusion.run = run.id"
        for side in _SIDES
    )
    best = sql.execute(f"SELECT run, side FROM ({knows}) ORDER BY run, is_done DESC, looks DESC, words DESC, info")
    sql.executemany("INSERT OR IGNORE INTO chosen VALUES (?, ?)", best.fetchall())


def _number_looks(sql: sqlite3.Connection) -> None:
    """Give looks their new ids; a look is known again by its run, its link, and which of several it was."""
    looks = " UNION ALL ".join(
        f"SELECT '{side}' AS side, observation.id AS old, run, new AS link,"
        f" row_number() OVER (PARTITION BY run, link ORDER BY observation.id) AS nth"
        f" FROM {side}.observation JOIN new_link ON side = '{side}' AND new_link.old = link"
        for side in _SIDES
    )
    sql.execute(f"CREATE TEMP TABLE look AS {looks}")
    sql.execute("CREATE INDEX look_by_name ON look (run, link, nth)")
    sql.execute(
        "CREATE TEMP TABLE new_name AS SELECT run, link, nth, row_number() OVER (ORDER BY run, old) AS new"
        " FROM look JOIN chosen USING (run, side)"
    )
    sql.execute("CREATE INDEX new_name_by_name ON new_name (run, link, nth)")
    sql.execute("CREATE TEMP TABLE new_look (side, old, new, PRIMARY KEY (side, old))")
    sql.execute("INSERT INTO new_look SELECT side, old, new FROM look JOIN new_name USING (run, link, nth)")


def _tables(sql: sqlite3.Connection) -> list[str]:
    found = sql.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in found.fetchall() if name not in {"link", "identity"}]


def _take(sql: sqlite3.Connection, table: str) -> None:
    """Take a table's rows: those of a run from where it was chosen, all others from both sides."""
    info = sql.execute(f"SELECT name, type, pk FROM pragma_table_info('{table}', 'main')").fetchall()
    columns = [name for name, _, _ in info]
    run = "id" if table == "run" else "run"
    if run not in columns:
        kept = ", ".join(name for name in columns if name != "id")
        order = "CAST(value AS TEXT), " if "value" in columns else ""
        sql.execute(
            f"INSERT OR IGNORE INTO {table} ({kept}) SELECT {kept} FROM ({_union(kept, table)}) ORDER BY {order}{kept}"
        )
        return
    is_numbered = table != "observation" and any(row == ("id", "INTEGER", 1) for row in info)
    names = [name for name in columns if not (is_numbered and name == "id")]
    parts = []
    for side in _SIDES:
        values = ", ".join(_value(table, name, side) for name in names)
        parts.append(
            f"SELECT {values}, t.{run} AS run_, {'t.id' if is_numbered else 0} AS id_ FROM {side}.{table} AS t"
            f" JOIN chosen ON chosen.run = t.{run} AND chosen.side = '{side}'"
        )
    listed = ", ".join(names)
    rows = f"SELECT {listed} FROM ({' UNION ALL '.join(parts)}) ORDER BY run_, id_"
    sql.execute(f"INSERT OR IGNORE INTO {table} ({listed}) {rows}")


def _value(table: str, column: str, side: str) -> str:
    """Give a column's value in the new file: ids are new."""
    if column == "link":
        return f"(SELECT new FROM new_link WHERE side = '{side}' AND old = t.link) AS link"
    if column == "observation" or (table == "observation" and column == "id"):
        return f"(SELECT new FROM new_look WHERE side = '{side}' AND old = t.{column}) AS {column}"
    return f"t.{column} AS {column}"


def _union(columns: str, table: str) -> str:
    return f"SELECT {columns} FROM a.{table} UNION SELECT {columns} FROM b.{table}"


def _say_in_full(sql: sqlite3.Connection) -> None:
    """Let a run not repeat another that was taken from the other side, and says something else there."""
    for side in _SIDES:
        sql.execute(f"""
            UPDATE main.link_word SET as_of = NULL, value = own.value FROM (
                SELECT word.run, new_link.new AS link, said.value FROM {side}.link_word AS word
                JOIN chosen ON chosen.run = word.run AND chosen.side = '{side}'
                JOIN chosen AS home ON home.run = word.as_of AND home.side <> '{side}'
                JOIN new_link ON new_link.side = '{side}' AND new_link.old = word.link
                JOIN {side}.link_word AS said ON said.run = word.as_of AND said.link = word.link
                LEFT JOIN main.link_word AS kept ON kept.run = word.as_of AND kept.link = new_link.new
                WHERE kept.value IS NOT said.value
            ) AS own WHERE main.link_word.run = own.run AND main.link_word.link = own.link
        """)


def _remember_anew(sql: sqlite3.Connection, rule: Rule) -> None:
    """Tell the records of links anew that runs of both sides have checked."""
    shared = """
        SELECT said.link, said.run, said.value, as_of FROM main.judged_link AS said
        JOIN main.link_word AS word ON word.run = said.run AND word.link = said.link WHERE said.link IN (
            SELECT link FROM main.link_word JOIN chosen USING (run) GROUP BY link HAVING count(DISTINCT side) > 1
        ) ORDER BY said.link, said.run
    """
    rows = sql.execute(shared).fetchall()
    for link, past in groupby(rows, key=itemgetter(0)):
        record, told = None, set[str]()
        anew: dict[str, bytes] = {}
        for _, run, value, as_of in past:
            opinion = _opinion(value)
            if opinion.record is None:
                continue
            if opinion.record.last.at not in told:
                told.add(opinion.record.last.at)
                record = remember(record, opinion.record.last, rule)
            assert record
            record = _with_captures(record, opinion.record)
            standing = standing_of(record, rule) if opinion.standing else None
            anew[run] = encode(structs.replace(opinion, record=record, standing=standing))
            if as_of is None or anew[run] != anew.get(as_of):
                said = (anew[run], run, link)
                sql.execute("UPDATE main.link_word SET value = ?, as_of = NULL WHERE run = ? AND link = ?", said)


def _with_captures(record: Record, told: Record) -> Record:
    """Keep what archives have said of a link, while nothing but failure is known of it."""
    is_failing = record.since == record.first and not record.answered and record.last.verdict not in FINE
    return structs.replace(record, captured=max(record.captured, told.captured)) if is_failing else record


_opinion = decoder(LinkOpinion)
