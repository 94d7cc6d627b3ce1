"""Which format a document is in, and that what is known beforehand is what the extractors say."""

import subprocess
import sys
from pathlib import PurePath

import pytest

from linkcheck import registry
from linkcheck.sources import formats
from tests.cost import is_linear


@pytest.mark.parametrize("name", formats.USUAL)
def test_the_usual_extractors_are_those_that_would_be_found_among_all(name: str) -> None:
    claiming = [known for known, each in formats.extractors().items() if name in (*each.suffixes, *each.media_types)]

    assert claiming == [formats.USUAL[name]]


@pytest.mark.parametrize("piece", ["<!---->", "<!-- x -->\n", "<?xml ?>", "<!-- ", "<?x", "\n <!DOCTYPE x>"])
def test_a_page_of_nothing_but_comments_is_looked_at_once(piece: str) -> None:
    def look(size: int) -> None:
        formats.by_looks(piece * (size // len(piece)))

    assert is_linear(look, 4096)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<!-- a --><!-- b --> <!doctype  html>", "text/html"),
        ("\n<?xml version='1.0'?>\n<!-- a --> <html lang=en>", "text/html"),
        ("<!-- it says <html> --> # No page", "text/plain"),
        ("<!-- a --> <urlset xmlns='x'>", formats.SITEMAP),
    ],
)
def test_comments_may_stand_before_the_root(head: str, expected: str) -> None:
    assert formats.by_looks(head) == expected


def test_a_usual_document_loads_no_other_extractor() -> None:
    code = (
        "import sys; from pathlib import PurePath; from linkcheck.sources import formats;"
        "print(formats.by_suffix(PurePath('a.md')), formats.extractor_of('text/markdown') is not None,"
        "'linkcheck.extract.latex' in sys.modules, 'linkcheck.extract.docx' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert said.split() == ["text/markdown", "True", "False", "False"]


def test_an_extractor_of_a_third_party_is_asked_in_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = registry.load("extract", "org")
    monkeypatch.setattr(registry, "has_foreign", lambda family: family == "extract")
    monkeypatch.setattr(formats, "extractors", lambda: {"acme": theirs, "markdown": registry.load("extract", "plain")})

    assert formats.extractor_of("text/org") is theirs
    assert formats.by_suffix(PurePath("a.md")) is None
