"""User names and passwords in URLs, found in linear time in text of any format."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.userinfo import blanked, blanked_json, hidden, hidden_in_json, places
from tests.cost import is_linear

HELD = [
    ("https://me:pass@a.test/x?y=:z@", "https://***@a.test/x?y=:z@"),
    ("//me:p@ss@a.test/", "//***@a.test/"),
    ("ftp://me:@a.test", "ftp://***@a.test"),
    ("https://token@a.test", "https://***@a.test"),
    ("http://:pass@a.test", "http://***@a.test"),
    ("https://user:pw&#64;host/", "https://***&#64;host/"),
    ("https:me:pass@a.test", "https:***@a.test"),
    ("http:\\\\me:pass@a.test/", "http:\\\\***@a.test/"),
    ("https:\\/\\/me:pass@a.test", "https:\\/\\/***@a.test"),
    ("https&#58;&#47;&#47;me:pass@a.test", "https&#58;&#47;&#47;***@a.test"),
    ("https://me:pass\\@a.test", "https://***\\@a.test"),
    ("/web/2020/https://me:p@a.test", "/web/2020/https://***@a.test"),
    ("?u=https%3A%2F%2Fme%3Apw%40a.test&b=c@d", "?u=https%3A%2F%2F***%40a.test&b=c@d"),
    ("https://m%40e:p@a.test", "https://***@a.test"),
    ("https://me:p\u00e4ss1@a.test", "https://***@a.test"),
]
NONE = [
    "https://a.test/\nme@b.test", "https://a.test/\\nme@b.test", "a/\\nme@b.test", "C:\\me@b.test", "x\\\nme@b.test",
    "https://\\nme@b.test", "https:\\nme@b.test",
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), HELD)
def test_it_is_hidden_and_a_blanked_text_is_hidden_alike(text: str, shown: str) -> None:
    assert hidden(text) == shown
    assert hidden(shown) == shown
    assert len(blanked(text.encode())) == len(text.encode())
    assert hidden(blanked(text.encode()).decode()) == shown
    assert places(text.encode()) == places(blanked(text.encode()))
    assert json.loads(hidden_in_json(json.dumps([text]).encode())) == [shown]


@pytest.mark.parametrize("text", NONE)
def test_an_escape_behind_a_slash_is_no_slash(text: str) -> None:
    assert hidden(text) == text
    assert blanked(text.encode()) == text.encode()


@given(st.lists(st.text(st.sampled_from('/\\:@abn1%\n"&#;47 ') | st.characters(exclude_categories=["Cs"]))))
def test_json_stays_json(texts: list[str]) -> None:
    data = json.dumps(texts, ensure_ascii=False).encode()

    assert json.loads(hidden_in_json(data)) == [hidden(text) for text in texts]
    assert len(json.loads(blanked_json(data))) == len(texts)
    assert len(json.loads(blanked(data))) == len(texts)


@pytest.mark.parametrize(
    "pattern",
    ["//", "https:", "//a", "//a:", "https:\\/", "https:&", "&#47;", "https:&#47;", "%2f%2fa%3a", "ws:a:", "//a@", "@"],
)
def test_it_takes_linear_time(pattern: str) -> None:
    assert is_linear(lambda size: hidden("@" + pattern * size), 1 << 14)
