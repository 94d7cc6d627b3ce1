"""Org: the forms of links in its manual."""

import pytest

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.org import decoded, extract
from linkcheck.model import Document, Role


def read(text: str, *, include_code: bool = False) -> Extraction:
    document = Document(name="x.org", media_type="text/org", source=text.encode(), text=text)
    return extract(document, Wanted(include_code=include_code))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[https://orgmode.org][Org]]", [("link", "https://orgmode.org", "Org")]),
        ("[[https://orgmode.org]]", [("link", "https://orgmode.org", "https://orgmode.org")]),
        ("https://orgmode.org/x.", [("bare", "https://orgmode.org/x", "https://orgmode.org/x")]),
        ("<https://orgmode.org/>", [("bare", "https://orgmode.org/", "https://orgmode.org/")]),
        ("[[file:/home/dominik/images/jupiter.jpg]]", [("image", "file:/home/dominik/images/jupiter.jpg", "")]),
        ("[[file:papers/last.pdf][Paper]]", [("link", "file:papers/last.pdf", "Paper")]),
        ("[[./papers/last.pdf]]", [("link", "./papers/last.pdf", "")]),
        ("[[file:projects.org::some words][P]]", [("link", "file:projects.org", "P")]),
        ("[[file+sys:./x.pdf][X]]", [("link", "file+sys:./x.pdf", "X")]),
        ("[[doi:10.1000/182][D]]", [("link", "doi:10.1000/182", "D")]),
        ("[[id:B7423F4D]] [[#custom]] [[*Heading]] [[words]] [[g:tag]]", []),
        ("#+LINK: g http://no.test/%s", []),
        ("#+BEGIN_SRC sh\ncurl http://no.test\n#+END_SRC\nhttp://a.test", [("bare", "http://a.test", "http://a.test")]),
        ("#+begin_example\nhttp://no.test\n#+end_example", []),
        ("#+begin_quote\nhttp://a.test\n#+end_quote", [("bare", "http://a.test", "http://a.test")]),
        ("#+begin_comment\nhttp://no.test\n#+end_comment", []),
        ("#+begin_export html\n<a href='http://a.test'>x</a>\n#+end_export", [("a", "http://a.test", "x")]),
        ("#+begin_src\nhttp://a.test never closed", [("bare", "http://a.test", "http://a.test")]),
        ("# http://no.test\n: http://no.test", []),
        ("=http://no.test= and ~http://no.test~", []),
        ("* Heading http://a.test\n** TODO [[http://b.test][B]]", [
            ("bare", "http://a.test", "http://a.test"), ("link", "http://b.test", "B")]),
        ("| [[http://a.test][A]] | http://b.test |", [
            ("link", "http://a.test", "A"), ("bare", "http://b.test", "http://b.test")]),
        ("#+CAPTION: See http://a.test", [("bare", "http://a.test", "http://a.test")]),
        ("[fn:1] http://a.test", [("bare", "http://a.test", "http://a.test")]),
    ],
)  # fmt: skip
def test_links_of_org(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.element, one.raw, one.text) for one in read(text).references] == expected


@pytest.mark.parametrize(
    ("raw", "meaning"),
    [
        ("file:papers/last.pdf", "papers/last.pdf"),
        ("file:///home/x", "/home/x"),
        ("http://a.test/\\[x\\]", "http://a.test/[x]"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("https://a.test", "https://a.test"),
    ],
)
def test_what_is_written_is_understood(raw: str, meaning: str) -> None:
    assert decoded(raw, "link") == meaning


def test_the_document_says_what_it_is_called() -> None:
    text = "#+TITLE: The Title\n#+AUTHOR: Jane\n#+DATE: <2019-02-03>\n* See also\n- [[http://a.test][A]]\n"
    found = read(text)

    assert [(one.field, one.value, one.line) for one in found.claims] == [
        ("title", "The Title", 1), ("author", "Jane", 2), ("published", "2019-02-03", 3)]  # fmt: skip
    assert [one.role for one in found.references] == [Role.RELATED]


def test_code_counts_when_it_is_asked_for() -> None:
    text = "#+BEGIN_SRC\nhttp://a.test\n#+END_SRC\n: http://b.test"

    assert [one.raw for one in read(text, include_code=True).references] == ["http://a.test", "http://b.test"]
