"""Many marks are found in one pass, as if each had been looked for by itself."""

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.detect.marks import Marks

_WORDS = st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=6, unique=True)


@given(_WORDS, st.text("abc", max_size=40))
def test_all_marks_are_found_in_their_own_order(words: list[str], text: str) -> None:
    marks = [word.encode() for word in words]

    assert Marks(marks).all_in(text.encode()) == [mark for mark in marks if mark in text.encode()]
