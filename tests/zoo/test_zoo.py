"""Every animal gets the word that it deserves, on every wire; and none is called dead that is not."""

from pathlib import Path

import pytest

from linkcheck.model import Verdict
from tests.zoo.disputed import DISPUTED
from tests.zoo.one_host import is_a_path
from tests.zoo.row import Dispute, Row
from tests.zoo.table import ZOO
from tests.zoo.tour import ENGINES, Tour, tour

ANIMALS = (*ZOO, *(dispute.row for dispute in DISPUTED))


@pytest.fixture(scope="module", params=ENGINES)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tour:
    return tour(ANIMALS, tmp_path_factory.mktemp("zoo"), request.param)


@pytest.mark.parametrize("row", ZOO, ids=lambda row: row.name)
def test_every_animal_gets_its_word(row: Row, seen: Tour) -> None:
    assert str(seen[row.name]) == str(row.word)


@pytest.mark.parametrize("dispute", DISPUTED, ids=lambda dispute: dispute.row.name)
def test_what_is_not_yet_told_apart(dispute: Dispute, seen: Tour) -> None:
    said, row = seen[dispute.row.name], dispute.row
    assert str(said) == str(dispute.today), f"wanted is `{row.word}`; where it is said now, move the row to the table"


@pytest.mark.parametrize("engine", ENGINES)
def test_every_animal_gets_its_word_among_all_others_on_one_host(engine: str, tmp_path: Path) -> None:
    rows = [row for row in ZOO if is_a_path(row)]
    said = tour(rows, tmp_path, engine, is_one_host=True)

    assert len(rows) >= 170
    assert {row.name: str(said[row.name]) for row in rows} == {row.name: str(row.word) for row in rows}


def test_nobody_is_called_dead_who_is_not(seen: Tour) -> None:
    dying = {row.name for row in ANIMALS if row.word.verdict is Verdict.DEAD}

    assert {name for name, word in seen.items() if word.verdict is Verdict.DEAD} <= dying


def test_no_animal_takes_the_run_down(seen: Tour) -> None:
    assert seen.keys() == {row.name for row in ANIMALS}
    assert seen.info.complete, seen.info.notes


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    names = [row.name for row in ANIMALS]

    assert len(set(names)) == len(names) >= 70
