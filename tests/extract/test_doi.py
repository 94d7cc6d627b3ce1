"""DOIs in running text, in every format that has any."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract import bare
from linkcheck.extract.doi import with_dois
from linkcheck.extract.plain import urls
from tests.cli.conftest import Run

WILEY = "DOI: 10.1002/(SICI)1097-4571(199806)49:8"


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in with_dois(urls(text), text)]


@pytest.mark.parametrize(
    ("text", "dois"),
    [
        ("see doi:10.1000/182.", ["doi:10.1000/182"]),
        (f"({WILEY}<693::AID-ASI4>3.0.CO;2-O)", [WILEY]),
        ("[**doi:10.1038/nphys1170**; DOI:\u00a010.1016/S0378-7206(01)00095-6]",
         ["doi:10.1038/nphys1170", "DOI:\u00a010.1016/S0378-7206(01)00095-6"]),
        ("(doi:10.1000/182), (see doi:10.1000/a(b)).", ["doi:10.1000/182", "doi:10.1000/a(b)"]),
        ("10.1000/182 mydoi:10.1000/1 doi:10.1/2 doi:10.1000/ doi:11.1000/1 ratio: 10.1234/5", []),
        ("https://doi.org/doi:10.1000/182 doi:10.1000/183", ["https://doi.org/doi:10.1000/182", "doi:10.1000/183"]),
    ],
)  # fmt: skip
def test_a_doi_ends_where_a_reader_would_end_it(text: str, dois: list[str]) -> None:
    assert found(text) == dois
    assert [text[start:end] for start, end in bare.find(text)] == dois


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.rst", "a.org", "a.adoc"])
def test_a_doi_is_checked_at_its_resolver(name: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / name).write_text("A paper\n=======\n\nAs said in Nature, doi:10.1038/nphys1170, and elsewhere.\n")

    (reference,) = run("check", "--offline", "--no-store", "--format", "json", name).report["references"]
    assert (reference["raw"], reference["link"]) == ("doi:10.1038/nphys1170", "https://doi.org/10.1038/nphys1170")


@given(st.text(alphabet="doi:10./2 (a)hts"))
def test_places_are_in_order_and_apart(text: str) -> None:
    places = list(with_dois(urls(text), text))

    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
