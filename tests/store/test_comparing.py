"""What was concluded of a reference before is found at once, however many references a run has."""

from contextlib import closing
from pathlib import Path

from linkcheck.store import Database, report
from tests.cost import is_linear
from tests.store.test_pruning import run


def test_what_was_said_before_is_found_in_time_that_does_not_grow_with_the_run(tmp_path: Path) -> None:
    asking = {}
    for size in (1 << 10, 1 << 12):
        store = tmp_path / f"{size}.sqlite"
        for day, status in ((1, 200), (2, 404)):
            run(store, day, "t", {f"https://a.org/{number}": status for number in range(size)})
        asking[size] = store

    def ask(size: int) -> None:
        with closing(Database(asking[size])) as database:
            found = report(database, "last")
            assert all(found.before(row) for row in found.references())

    assert is_linear(ask, 1 << 12)
