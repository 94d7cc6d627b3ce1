"""Addresses whose scheme was left out, told from words and names of files."""

import pytest

from linkcheck.extract.schemeless import is_address, is_likely, with_scheme


@pytest.mark.parametrize(
    ("text", "is_one", "is_sure"),
    [
        ("www.paper.org", True, True),
        ("paper.org/story?id=1", True, True),
        ("paper.co.uk", True, True),
        ("paper.org:8080/x", True, True),
        ("пример.рф/путь", True, True),
        ("www.intranet.local", True, True),
        ("paper.unheard-of/x", False, False),
        ("intranet.local/x", True, False),
        ("chapter.pdf", True, False),
        ("README.md", True, False),
        ("readme.md/x", True, True),
        ("co.uk", True, False),
        ("docs/paper.org", False, False),
        ("n.a.", False, False),
        ("e.g. this", False, False),
        ("https://paper.org", False, False),
        ("mailto:a@paper.org", False, False),
        ("a..org", False, False),
        ("-a.org", False, False),
        ("1.2", False, False),
        ("", False, False),
    ],
)
def test_hosts_are_told_from_other_words(text: str, *, is_one: bool, is_sure: bool) -> None:
    assert (is_address(text), is_likely(text)) == (is_one, is_sure)
    assert with_scheme(text) == (f"https://{text}" if is_sure else text)
