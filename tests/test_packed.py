"""What is packed is what comes out, in order, as often as it is looked at."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkcheck.model import Reference, Role, Span
from linkcheck.packed import Packed

numbers = st.integers(0, 2**63)
references = st.builds(
    Reference,
    raw=st.text(),
    span=st.builds(Span, numbers, numbers, numbers, numbers),
    element=st.text(),
    text=st.text(),
    role=st.sampled_from(Role),
)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.packed._SIZE", 3)
    monkeypatch.setattr("linkcheck.packed._OPEN", 2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it is the same for every example
@given(st.lists(references))
def test_what_is_packed_comes_out(values: list[Reference]) -> None:
    packed = Packed(Reference, values)

    assert list(packed) == list(packed) == values
    assert len(packed) == len(values)
    assert list(packed[1:-1]) == values[1:-1]
    assert packed == Packed(Reference, values)
    assert packed != Packed(Reference, [*values, Reference("x", Span(0, 0, 1, 1), "link")])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it is the same for every example
@given(st.lists(references, min_size=1), references, st.data())
def test_one_is_replaced_and_no_other(values: list[Reference], other: Reference, data: st.DataObject) -> None:
    packed, index = Packed(Reference, values), data.draw(st.integers(0, len(values) - 1))

    packed.replace(index, other)
    values[index] = other

    assert list(packed) == values
    packed.append(other)
    assert list(packed) == [*values, other]
