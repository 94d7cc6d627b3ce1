"""What names a page is told from what only leads to it."""

import pytest

from linkcheck.detect.naming import is_title_like, is_unlike


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("Storm tears a hole in the eastern pier", True),
        ("Sturm reißt ein Loch in die östliche Mole", True),
        ("東部の埠頭に嵐で穴が開く", True),
        ("according to the report", False),
        ("here", False),
        ("read the full story on our website", False),
        ("https://paper.example/storm-tears-a-hole-in-the-pier", False),
        ("www.paper.example/storm-tears-hole-in-pier", False),
    ],
)
def test_a_title_has_words_of_content(text: str, is_title: bool) -> None:
    assert is_title_like(text) is is_title


def test_a_page_is_unlike_a_title_of_which_it_has_next_to_nothing() -> None:
    title = "Storm tears a hole in the eastern pier"

    assert is_unlike(title, ("Welcome to Northwind",), "Cloud hosting for teams of any size.")
    assert not is_unlike(title, ("The night the pier broke",), "Cloud hosting for teams of any size.")
    assert not is_unlike(title, ("Northwind",), "The storm came at night and the eastern pier gave way.")
    assert not is_unlike("the report", ("Northwind",), "Cloud hosting.")
