from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from linkcheck.tui.table import _cell, columns


@given(st.integers(20, 400), st.booleans())
def test_columns_share_the_width_out(width: int, has_documents: bool) -> None:
    wide = columns(width, has_documents=has_documents)

    assert 1 + wide.word + wide.role + wide.text + wide.address + wide.place == width
    assert min(wide.word, wide.text) > 0


def test_a_narrow_table_gives_up_the_role_then_the_place_and_never_verdict_or_text() -> None:
    assert columns(118, has_documents=False).address
    assert not columns(78, has_documents=False).address
    assert columns(78, has_documents=False).role
    assert not columns(60, has_documents=False).role
    assert columns(60, has_documents=False).place
    assert not columns(38, has_documents=False).place
    assert columns(38, has_documents=False).text > 20


@given(st.text(max_size=60), st.integers(0, 40), st.booleans())
def test_a_cell_is_exactly_as_wide_as_its_column(text: str, cells: int, is_address: bool) -> None:
    assert cell_len(_cell(text, cells, is_address=is_address)) == cells
