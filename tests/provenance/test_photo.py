"""Whose photo it is."""

import pytest

from linkcheck.model import Claim
from linkcheck.provenance.photo import claims


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Kathy Willens / AP", "Kathy Willens / AP"),
        ("Noah Berger/Getty Images", "Noah Berger/Getty Images"),
        ("Reuters / Jane Doe", "Reuters / Jane Doe"),
        ("Photo: Ines Varga / Harbour Gazette", "Ines Varga / Harbour Gazette"),
        ("Photo by Jane Doe", "Jane Doe"),
        ("Foto: © Max Müller", "Max Müller"),
        ("Bild: Jürgen Breitenbaumer", "Jürgen Breitenbaumer"),
        ("Crédit photo : Kab Niang", "Kab Niang"),
        ("Фото: Иван Петров / ТАСС", "Иван Петров / ТАСС"),  # noqa: RUF001 - Cyrillic
        ("The governor speaks to the press in the rain. (Photo: Jane Doe/Reuters)", "Jane Doe/Reuters"),
    ],
)
def test_a_credit_line_names_whose_it_is(text: str, credit: str) -> None:
    assert list(claims([(3, "Headline"), (9, text)])) == [Claim("photo", credit, "credit line", 9)]


@pytest.mark.parametrize(
    "text",
    [
        "Home / World News",
        "Politics / AP",
        "By Jane Doe / Reuters",
        "Photo gallery",
        "Image: the harbour as it was seen by the fishermen",
        "Fotos von der Demonstration in der ganzen Stadt",
        "photo",
        "Photo: " + "Jane " * 100_000,
        "(" * 100_000 + "Photo: Jane",
        "",
    ],
)
def test_other_blocks_are_no_credit(text: str) -> None:
    assert list(claims([(9, text)])) == []


def test_a_credit_that_is_repeated_is_given_once() -> None:
    assert len(list(claims([(3, "Photo: Jane Doe"), (5, "Photo: Jane Doe"), (7, "Photo: John Roe")]))) == 2
