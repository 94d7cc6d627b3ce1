"""What MkDocs indents and MyST fences is text, and stands where it stands."""

import pytest

from linkcheck.extract.admonitions import has_any, opened
from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.markdown import extract
from linkcheck.model import Document
from tests.cost import is_linear


def read(text: str, *, passages: bool = False) -> Extraction:
    document = Document(name="x.md", media_type="text/markdown", source=text.encode(), text=text)
    return extract(document, Wanted(passages=passages))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!!! note\n\n    [a](http://a.test)\n", ["http://a.test"]),
        ('!!! note "T"\r\n\r\n    é [a](http://a.test)\r\n', ["http://a.test"]),
        ("??? tip\n\n\t[a](http://a.test)\n", ["http://a.test"]),
        ("???+ tip\n    [a](http://a.test)\n\n    [b](http://b.test)\n", ["http://a.test", "http://b.test"]),
        (
            '=== "Tab"\n\n    [a](http://a.test)\n\n=== "Other"\n\n    [b](http://b.test)\n',
            ["http://a.test", "http://b.test"],
        ),
        (
            "!!! a\n\n    !!! b\n\n        [a](http://a.test)\n\n    [b](http://b.test)\n",
            ["http://a.test", "http://b.test"],
        ),
        ("- x\n\n    !!! a\n\n        [a](http://a.test)\n", ["http://a.test"]),
        ("!!! a\n\n    x\n\n        [no](http://no.test)\n\nb\n\n    [no](http://no.test)\n", []),
        ("!!! a\n\n    x\n\n```\n!!! b\n\n    [no](http://no.test)\n```\n\n    [no](http://no.test)\n", []),
        ("```{note}\n[a](http://a.test)\n```\n\n```\n[no](http://no.test)\n```\n", ["http://a.test"]),
        (
            "````{tip} Title\n:class: x\n\n```python\n# http://no.test\n```\n[a](http://a.test)\n````\nhttp://b.test\n",
            ["http://a.test", "http://b.test"],
        ),
        (
            "~~~{warning}\r\n~~~{note}\r\n[a](http://a.test)\r\n~~~\r\n~~~\r\n[b](http://b.test)\r\n",
            ["http://a.test", "http://b.test"],
        ),
        ("```{r}\n# [no](http://no.test)\n```\n", []),
        ("```{note}\n[a](http://a.test)\n", ["http://a.test"]),
        ("```{note}\n```{code}\n[no](http://no.test)\n```\n[a](http://a.test)\n```\n", ["http://a.test"]),
        ("```code``` here\n\n!!! note\n\n    [a](http://a.test)\n", ["http://a.test"]),
        ("!!!\n\n    [no](http://no.test)\n", []),
    ],
)
def test_what_is_indented_in_a_block_is_text(text: str, expected: list[str]) -> None:
    found = read(text).references

    assert [one.raw for one in found] == expected
    assert [text.encode()[one.span.start : one.span.end].decode() for one in found] == expected
    for one in found:
        line = text.replace("\r\n", "\n").split("\n")[one.span.line - 1]
        assert line[one.span.column - 1] in "[h"


def test_passages_have_the_lines_of_the_document() -> None:
    found = read("# T\n\n!!! note\n\n    Some [words](http://a.test).\n", passages=True)

    assert [(one.text, one.line) for one in found.passages] == [("T", 1), ("!!! note", 3), ("Some words.", 5)]
    assert found.passages[-1].anchors[0].reference == 0


def test_most_texts_have_none() -> None:
    assert not has_any("# T\n\n    code\n\nWow!!! That is all.\n\n=== x\n")


def test_long_words_and_many_backticks_are_looked_at_once() -> None:
    assert is_linear(lambda size: has_any(f"!!! {'a' * size}\nb"), 1 << 15)
    assert is_linear(lambda size: opened(f"```{{note}}\n{'`' * size}x`{'y' * size}\n```\n"), 1 << 16)
