"""Candidates of `srcset` are those of the HTML standard."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.srcset import candidates

VIEWPORT = 1000
"""CSS pixels that `sizes` comes to; any will do, since widths are never mixed with densities in the vectors."""


def selected(value: str) -> str:
    """Choose as a browser does at one image pixel per CSS pixel: the least density that is enough, else the most."""
    by_density: dict[float, str] = {}
    for candidate in candidates(value):
        width_density = candidate.width / VIEWPORT if candidate.width else 1.0
        density = width_density if candidate.density is None else candidate.density
        by_density.setdefault(density, value[candidate.start : candidate.end])
    enough = [density for density in by_density if density >= 1]
    return by_density[min(enough) if enough else max(by_density)] if by_density else ""


def test_all_vectors_of_the_w3c_select_the_right_candidate(cases: Path) -> None:
    lines = (cases / "extract" / "w3c-srcset.jsonl").read_text(encoding="utf-8").splitlines()
    vectors = [json.loads(line) for line in lines]
    wrong = [case["srcset"] for case in vectors if selected(case["srcset"]) != case["expect_selected"]]

    assert len(vectors) == 229
    assert wrong == []


def test_a_candidate_says_its_descriptors() -> None:
    found = list(candidates("a.jpg 2x, b.jpg 300w 200h, c.jpg, d,e.jpg 1.5x"))

    assert [(c.width, c.density, c.height) for c in found] == [(None, 2, None), (300, None, 200), (None, None, None),
                                                               (None, 1.5, None)]  # fmt: skip


@given(st.text(alphabet="a,() \t12.xwh-e"))
def test_candidates_are_in_order_and_hold_no_space(value: str) -> None:
    end = 0
    for candidate in candidates(value):
        assert end <= candidate.start < candidate.end
        assert not set(value[candidate.start : candidate.end]) & set(" \t")
        end = candidate.end


@pytest.mark.parametrize("piece", [",", " ", "(", "a (", "a ", "a, ", "a 1w ", "1"])
def test_a_million_hostile_characters_are_parsed_at_once(piece: str) -> None:
    value = "a 1" + piece * (1_000_000 // len(piece)) + "w"

    assert sum(1 for _ in candidates(value)) <= 500_000
