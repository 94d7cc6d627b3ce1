"""Who wrote it, and what is no byline."""

import pytest

from linkcheck.model import Claim
from linkcheck.provenance.author import claims


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("by R.C. Baker", "R.C. Baker"),
        ("By Jane Doe and John Roe", "Jane Doe and John Roe"),
        ("By Jane Doe, John Roe, and Ann O’Neil", "Jane Doe, John Roe, and Ann O’Neil"),  # noqa: RUF001 - a name
        ("By Jane Doe | jdoe@paper.test", "Jane Doe"),
        ("By Jane Doe 8 January 2020, 3:51 pm", "Jane Doe"),
        ("By Jane Doe, February 14, 2017", "Jane Doe"),
        ("Von Max Müller-Lüdenscheidt", "Max Müller-Lüdenscheidt"),
        ("Von Ursula von der Leyen", "Ursula von der Leyen"),
        ("Par Kab Niang Le 17/02/2020", "Kab Niang"),
        ("Por Luciana Bertoia", "Luciana Bertoia"),
        ("Автор: Иван Петров", "Иван Петров"),
    ],
)
def test_a_byline_names_the_author(text: str, names: str) -> None:
    assert claims((), [(1, "Headline"), (4, text)]) == (Claim("author", names, "byline", 4),)


@pytest.mark.parametrize(
    "text",
    [
        "By Thursday Morning",
        "By February 14, 2017",
        "By the end of it, all was lost",
        "By Jane Doe's own account nothing had happened.",
        "By Jane",
        "Photo by Jane Doe",
        "Kathy Willens / AP",
        "Von Berlin nach Moskau",
        "By " + "Jane Doe, " * 50_000,
        "By " + "и " * 98,
        "",
    ],
)
def test_other_blocks_name_nobody(text: str) -> None:
    assert claims((), [(1, text)]) == ()


def test_metadata_are_stronger_than_a_byline_and_profiles_are_no_names() -> None:
    said = [
        Claim("author", "https://social.test/jane", "meta author", 2),
        Claim("author", "By Jane Doe", "meta author", 3),
        Claim("author", "jane@paper.test", "front matter", 4),
    ]

    assert claims(said, [(9, "By J. Doe")]) == (
        Claim("author", "Jane Doe", "meta author", 3),
        Claim("author", "J. Doe", "byline", 9),
    )
