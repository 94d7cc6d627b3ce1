"""Wikitext: twenty-two pages with what stands in real ones, read as a whole, and what they do not show.

The pages lie in `wiki/`; beside each is what must be read from it, approved with UPDATE_GOLDENS=1 after a look.
"""

import json
import os
import time
from pathlib import Path
from typing import Any

import mwparserfromhell
import pytest
from msgspec import structs

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.wikitext import decoded, extract
from linkcheck.model import Document, Role

PAGES = sorted((Path(__file__).parent / "wiki").glob("*.wiki"))


def read(text: str) -> Extraction:
    document = Document(name="x.wiki", media_type="text/x-wiki", source=text.encode(), text=text)
    return extract(document, Wanted())


def told(text: str) -> dict[str, Any]:
    extraction = read(text)
    return {
        "references": [
            {
                "raw": one.raw,
                "url": decoded(one.raw, one.element),
                "at": f"{one.span.line}:{one.span.column}",
                "element": one.element,
                "role": one.role.value,
                "text": one.text,
                **({name: value for name, value in structs.asdict(one.cited).items() if value} if one.cited else {}),
            }
            for one in extraction.references
        ],
        "findings": [f"{one.line}:{one.column} {one.rule}" for one in extraction.findings],
        "claims": [f"{one.field} {one.value}" for one in extraction.claims],
    }


def test_there_are_twenty_two_pages() -> None:
    assert len(PAGES) == 22


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_all_of_this_and_nothing_else(page: Path) -> None:
    actual = json.dumps(told(page.read_text(encoding="utf-8")), ensure_ascii=False, indent=1) + "\n"
    expected = page.with_suffix(".json")
    if os.environ.get("UPDATE_GOLDENS"):
        expected.write_text(actual, encoding="utf-8")

    assert actual == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_spans_are_exact_whatever_comes_before(page: Path) -> None:
    text = "ü😀 {{x|y}}\n\n" + page.read_text(encoding="utf-8")
    stored = text.encode()

    assert [stored[one.span.start : one.span.end].decode() for one in read(text).references] == [
        one.raw for one in read(text).references
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_url_of_the_page_is_missed(page: Path) -> None:
    """Every `http://x.test` that is not called `no` is a reference, an archived copy, or within one."""
    text = page.read_text(encoding="utf-8")
    extraction = read(text)
    said = " ".join(
        one.raw + " " + ((one.cited.archive_url if one.cited else None) or "") for one in extraction.references
    )
    code = mwparserfromhell.parse(text)
    for link in code.filter_external_links():
        host = str(link.url).partition("//")[2].partition("/")[0].partition("{")[0]
        if host.endswith(".test") and not host.startswith("no"):
            assert host in said


def test_a_bare_page_of_prose_is_passed_over_quickly() -> None:
    text = ("Some prose with [[links]] and ''marks''.\n\n" * 50) * 1000
    begin = time.process_time()

    assert read(text).references == ()
    assert time.process_time() - begin < 60


def test_the_opening_holds_no_half_of_a_note_or_template() -> None:
    text = "The firm.<ref>{{cite web|url=http://a.test|title=" + "T " * 500 + "}}</ref> It was big."

    assert read(text).opening == ((1, "The firm."),)


def test_citations_under_external_links_have_roles() -> None:
    roles = [one.role for one in read("== See also ==\n* [http://a.test A]\n\n== X ==\n[http://b.test B]\n").references]

    assert roles == [Role.RELATED, Role.CITATION]


def test_the_date_style_is_what_most_dates_have() -> None:
    text = "{{cite web|url=http://a.test|date=January 2, 2017|access-date=March 3, 2018}} |date=2 May 2019"

    assert [(one.field, one.value) for one in read(text).claims] == [("date-style", "mdy")]
    assert read("no dates").claims == ()


@pytest.mark.parametrize(
    ("names", "url", "title"),
    [
        (("Internetquelle", "internetquelle"), "url", "titel"),
        (("Literatur",), "Online", "Titel"),
        (("Lien web", "Lien_web", "Article", "Ouvrage", "Lien brisé"), "url", "titre"),
        (("Ouvrage", "Article", "Chapitre"), "lire en ligne", "titre"),
        (("Cita web", "Cita libro", "Cita noticia", "Cita publicación"), "url", "título"),
        (("Cita web", "Cita news", "Cita libro", "Cita pubblicazione"), "url", "titolo"),
        (("Citar web", "citar jornal", "Citar livro", "Citar periódico"), "url", "título"),
        (("cite web", "Cite news"), "url", "title"),
        (("Публикация", "Статья", "Книга"), "ссылка", "заглавие"),
    ],
)
def test_citation_templates_of_seven_wikipedias_are_known_by_their_names(
    names: tuple[str, ...], url: str, title: str
) -> None:
    for name in names:
        text = f"<ref>{{{{{name} |{title}=The title |{url}=https://a.test/x}}}}</ref>"

        (one,) = read(text).references

        assert one.raw == "https://a.test/x"
        assert one.cited is not None
        assert one.cited.title == "The title"
