"""The words around references."""

import pytest

from linkcheck.extract import blocks
from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.markdown import extract
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Cited, Document
from tests.cost import is_linear


@pytest.fixture
def around(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Surroundings]]:
    """Text and surroundings of every reference, as they are asked for what they say."""
    asked: list[tuple[str, Surroundings]] = []

    def cited_of(text: str, around: Surroundings) -> Cited | None:
        asked.append((text, around))
        return None

    monkeypatch.setattr(blocks, "cited_of", cited_of)
    return asked


def read(text: str) -> None:
    extract(Document(name="x.md", media_type="text/markdown", source=text.encode(), text=text), Wanted())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Related article:** [a](b)", Surroundings(before="Related article:")),
        ("Original url:\n\n<ab:c>", Surroundings(previous="Original url:")),
        ("# H\n\n## *More* `on`\n\nx\ny [a](b), z", Surroundings("x y", ", z", "More on", "More on")),
        ("- one\n- two [a](b)\n  - three", Surroundings("two", "", "one", "")),
        ("| Source | é http://a.b x |\n|---|---|\n", Surroundings("é", "x", "Source", "")),
        ("> quoted\n\nafter [a](b)", Surroundings("after", "", "quoted", "")),
        ("`code` ![a](b) [other](c) www.d.e", Surroundings("code", "other www.d.e", "", "")),
        ("<p>Via:</p><p>x <a href=b>a</a> y</p>", Surroundings("x", "y", "Via:", "")),
        (r"\*é\* *http://a.b/\_* and http://c.d/ e", Surroundings("*é*", "and http://c.d/ e", "", "")),
        ("---\ncanonical: https://a.b\n---\n", Surroundings(before="canonical:")),
    ],
)
def test_the_words_around_are_plain_text_of_the_same_block(
    around: list[tuple[str, Surroundings]], text: str, expected: Surroundings
) -> None:
    read(text)

    assert around[0][1] == expected


def test_two_bare_urls_in_one_piece_have_their_own_words(around: list[tuple[str, Surroundings]]) -> None:
    read(r"a \_ é http://b.c d *e* http://f.g h")

    assert [(one.before, one.after) for _, one in around] == [
        ("a _ é", "d e http://f.g h"),
        ("a _ é http://b.c d e", "h"),
    ]


def test_only_the_nearest_words_are_kept(around: list[tuple[str, Surroundings]]) -> None:
    read("first " * 100 + "\n\n" + "word " * 100 + "[a](b)" + " word" * 100)

    _, found = around[0]
    assert 250 < len(found.before) <= 300
    assert 250 < len(found.after) <= 300
    assert 250 < len(found.previous) <= 300


def test_many_links_in_one_long_paragraph_are_linear() -> None:
    def work(size: int) -> Extraction:
        text = ("words " * 200 + "[x](http://a.test/) ") * (size // 1200)
        return extract(Document(name="x", media_type="text/markdown", source=text.encode(), text=text), Wanted())

    assert is_linear(work, 4_000_000)
