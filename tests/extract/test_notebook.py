"""Jupyter notebooks: places in the JSON as it is stored."""

import json
from typing import Any

import nbformat
import pytest
from nbformat import v3, v4

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.notebook import decoded, extract
from linkcheck.model import Document, Role


def read(text: str, *, include_code: bool = False) -> Extraction:
    document = Document(name="x.ipynb", media_type="application/x-ipynb+json", source=text.encode(), text=text)
    return extract(document, Wanted(include_code=include_code))


def notebook(*cells: Any) -> str:
    return nbformat.writes(v4.new_notebook(cells=list(cells)))


def test_markdown_cells_are_read_and_code_and_outputs_are_not() -> None:
    output = v4.new_output("stream", text="http://output.test/")
    text = notebook(
        v4.new_markdown_cell('# Title\n\n[a](http://a.test/x "t") and ![i](i.png)\n\n[r]\n\n[r]: http://r.test/'),
        v4.new_code_cell("url = 'http://code.test/'", outputs=[output]),
        v4.new_markdown_cell("<http://b.test/>"),
    )

    found = read(text)

    assert [(one.element, one.raw) for one in found.references] == [
        ("link", "http://a.test/x"),
        ("image", "i.png"),
        ("link", "http://r.test/"),
        ("autolink", "http://b.test/"),
    ]
    assert [text[one.span.start : one.span.end] for one in found.references] == [one.raw for one in found.references]
    assert [(one.field, one.value) for one in found.claims] == [("title", "Title")]
    assert found.findings == ()
    code = [one.raw for one in read(text, include_code=True).references if one.element == "code"]
    assert code == ["http://code.test/"]


@pytest.mark.parametrize("ascii_only", [True, False])
def test_places_are_those_of_the_file_whatever_is_escaped(ascii_only: bool) -> None:
    source = 'é😀 "quoted" \t[ä](http://a.test/ü\\_y) [b](http://b.test/)'
    text = json.dumps({"cells": [{"cell_type": "markdown", "source": source}], "nbformat": 4}, ensure_ascii=ascii_only)

    first, second = read(text).references
    stored = text.encode()

    assert [stored[one.span.start : one.span.end].decode() for one in (first, second)] == [first.raw, second.raw]
    assert first.raw == json.dumps("http://a.test/ü\\_y", ensure_ascii=ascii_only)[1:-1]
    assert decoded(first.raw, first.element) == "http://a.test/ü_y"
    assert text[first.span.column - 1 :].startswith(json.dumps("[ä]", ensure_ascii=ascii_only)[1:-1])


def test_slashes_may_be_escaped() -> None:
    (one,) = read(r'{"cells":[{"source":["<http:\/\/a.test\/>"],"cell_type":"markdown"}],"nbformat":4}').references

    assert one.raw == r"http:\/\/a.test\/"
    assert decoded(one.raw, one.element) == "http://a.test/"


def test_a_tag_may_go_over_several_strings() -> None:
    (one,) = read(
        '{"cells":[{"cell_type":"markdown","source":["<a\\n",\n"href=\'http://a.test/\\n", "x\'>y</a>"]}],"nbformat":4}'
    ).references

    assert decoded(one.raw, one.element).replace("\n", "") == "http://a.test/x"


def test_raw_cells_are_in_the_format_they_say() -> None:
    cell = v4.new_raw_cell("`x <http://a.test/>`_", metadata={"raw_mimetype": "text/restructuredtext"})

    assert [(one.element, one.raw) for one in read(notebook(cell)).references] == [("link", "http://a.test/")]


def test_notebooks_of_version_3_are_read() -> None:
    cells = [
        v3.new_heading_cell("See http://h.test/", level=1),
        v3.new_text_cell("markdown", source="[a](http://a.test/)"),
        v3.new_code_cell("'http://code.test/'"),
    ]
    text = json.dumps(v3.new_notebook(worksheets=[v3.new_worksheet(cells=cells)]))

    assert [one.raw for one in read(text).references] == ["http://h.test/", "http://a.test/"]
    assert read(text).findings == ()


def test_notebooks_of_version_2_are_read_and_named() -> None:
    text = '{"nbformat":2,"worksheets":[{"cells":[{"cell_type":"markdown","source":"[a](http://a.test/)"}]}]}'

    found = read(text)

    assert [one.raw for one in found.references] == ["http://a.test/"]
    assert ["version 2" in one.message for one in found.findings] == [True]


def test_a_damaged_notebook_is_read_as_far_as_it_goes() -> None:
    whole = notebook(v4.new_markdown_cell("[a](http://a.test/)"), v4.new_markdown_cell("[b](http://b.test/)"))

    found = read(whole[: whole.index("http://b.test/")])

    assert [one.raw for one in found.references] == ["http://a.test/"]
    assert [(one.rule, one.line) for one in found.findings] == [("damaged-document", 16)]


def test_labels_give_roles_in_notebooks_too() -> None:
    text = notebook(v4.new_markdown_cell("Original url: [x](http://a.test/)"))

    assert [one.role for one in read(text).references] == [Role.ORIGINAL]
