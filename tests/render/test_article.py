"""The corrected article: recovered targets in their places, every other byte as it was."""

import json
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linkcheck.errors import OutputError
from linkcheck.extract import html, markdown, notebook
from linkcheck.extract.api import Wanted
from linkcheck.extract.decode import decode
from linkcheck.model import (
    Document,
    DocumentRow,
    Reason,
    ReasonCode,
    Reference,
    ReferenceRow,
    Rescue,
    RescueKind,
    Role,
    Verdict,
)
from linkcheck.render.api import Style
from linkcheck.render.article import PLUGIN, corrected, spelt
from tests.render.staged import StagedReport, repository

LOST = Reason(ReasonCode.NO_TARGET, "the target is a bare `#`")
CNN = "http://cnn.com/(final)?a=1&amp=2&b"
MARKDOWN, HTML = "text/markdown", "text/html"


def rescue(url: str = CNN, *, confidence: float = 0.95, uri_m: str | None = None, kind: str = "recovered") -> Rescue:
    return Rescue(kind=RescueKind(kind), url=url, uri_m=uri_m, confidence=confidence, message="the capture says so")


def rows(references: Iterator[Reference], *rescues: Rescue) -> list[ReferenceRow]:
    """Lost references, each with these rescues."""
    return [
        ReferenceRow(
            document="a.md",
            line=one.span.line,
            column=one.span.column,
            start=one.span.start,
            end=one.span.end,
            raw=one.raw,
            element=one.element,
            role=one.role,
            verdict=Verdict.PLACEHOLDER,
            reason=LOST,
            rescues=rescues,
        )
        for one in references
        if one.raw in {"", "#"}
    ]


def fixed(source: bytes, *rescues: Rescue, media_type: str = MARKDOWN, confidence: float = 0.9) -> tuple[bytes, str]:
    """Correct a document, and give it with its encoding."""
    decoded = decode(source, media_type=media_type)
    document = Document(
        name="a.md",
        media_type=media_type,
        source=source,
        text=decoded.text,
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
    )
    extractor = (markdown if media_type == MARKDOWN else html).PLUGIN
    found = extractor.extract(document, Wanted()).references
    row = DocumentRow(path="a.md", media_type=media_type, encoding=decoded.encoding)
    return corrected(source, row, iter(rows(iter(found), *rescues)), confidence), decoded.encoding


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A [b](#) c", r"A [b](http://cnn.com/\(final\)?a=1&amp=2&b) c"),
        ("A [b](<#>) c", "A [b](<http://cnn.com/(final)?a=1&amp=2&b>) c"),
        ("A [b]() c\r\n\ttail \r\n", "A [b](http://cnn.com/\\(final\\)?a=1&amp=2&b) c\r\n\ttail \r\n"),
        ("[b][l] [c][l]\n\n[l]: # 'title'\n", "[b][l] [c][l]\n\n[l]: http://cnn.com/\\(final\\)?a=1&amp=2&b 'title'\n"),
        ('A <a href="#">b</a>', 'A <a href="http://cnn.com/(final)?a=1&amp;amp=2&amp;b">b</a>'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_exactly_the_destination_changes(before: str, after: str, encoding: str) -> None:
    assert fixed(before.encode(encoding), rescue())[0] == after.encode(encoding)


def test_bytes_that_mean_nothing_stay_as_they_are() -> None:
    assert fixed(b"\xff\xfa [b](#) \x80\r", rescue("http://a.test/"))[0] == b"\xff\xfa [b](http://a.test/) \x80\r"


def test_what_is_gone_by_now_gets_its_capture() -> None:
    assert fixed(b"[b](#)", rescue(uri_m="http://archive.test/1/"))[0] == b"[b](http://archive.test/1/)"


@pytest.mark.parametrize(
    "proposed",
    [
        (),
        (rescue(confidence=0.89),),
        (rescue(kind="memento", uri_m="http://archive.test/"),),
        (rescue(kind="redirect"),),
        (rescue("http://a.test/\u202e"),),
        (rescue("http://a.test/ b"),),
        (rescue(confidence=0.5), rescue(confidence=0.4)),
    ],
)
def test_what_is_not_sure_is_left_alone(proposed: tuple[Rescue, ...]) -> None:
    assert fixed(b"[b](#) [c](http://c.test/)", *proposed)[0] == b"[b](#) [c](http://c.test/)"


def test_how_sure_is_the_persons_to_say() -> None:
    assert fixed(b"[b](#)", rescue("http://a.test/", confidence=0.6), confidence=0.5)[0] == b"[b](http://a.test/)"


def test_one_definition_with_two_targets_is_left_alone() -> None:
    source = b"[b][l] [c][l]\n\n[l]: #\n"
    document = Document(name="a.md", media_type=MARKDOWN, source=source, text=source.decode())
    first, second = rows(iter(markdown.PLUGIN.extract(document, Wanted()).references), rescue("http://a.test/"))
    second = replace(second, rescues=(rescue("http://b.test/"),))
    row = DocumentRow(path="a.md", media_type=MARKDOWN)

    assert corrected(source, row, iter([first, second]), 0.9) == source
    assert corrected(source, row, iter([first, first]), 0.9) == b"[b][l] [c][l]\n\n[l]: http://a.test/\n"


URLS = st.lists(st.sampled_from([*"ab/?&=()#;_*~!$'+,:@.%-[]", "&amp;", "&lt;", "&#38;"]), max_size=30).map("".join)


@given(URLS, st.sampled_from(["link", "link in angles", "image", "a", "json-ld", "front-matter"]))
def test_a_url_means_itself_in_every_syntax(tail: str, kind: str) -> None:
    url, element = f"https://a.test/{tail}", kind.partition(" ")[0]
    written = spelt(url, element, is_in_angles=kind.endswith("angles"))
    extractor = html.PLUGIN if element in {"a", "json-ld"} else markdown.PLUGIN

    assert extractor.decoded(written, element) == url


@given(URLS)
def test_the_corrected_article_has_the_target_and_nothing_else_of_it_has_moved(tail: str) -> None:
    url = f"https://a.test/{tail}"
    source = "Ä [b](#) ö, [c](<#>)\n".encode()
    after = fixed(source, rescue(url))[0]
    document = Document(name="a.md", media_type=MARKDOWN, source=after, text=after.decode())
    found = markdown.PLUGIN.extract(document, Wanted()).references

    assert [markdown.PLUGIN.decoded(one.raw, one.element) for one in found] == [url, url]
    assert [one.text for one in found] == ["b", "c"]


def test_a_notebook_stays_sound_json() -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": ['A [b](#) "c".\n']}
    source = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    kind = "application/x-ipynb+json"
    document = Document(name="a.ipynb", media_type=kind, source=source, text=source.decode())
    found = rows(iter(notebook.PLUGIN.extract(document, Wanted()).references), rescue('http://a.test/b_(c)?d="e\\'))

    after = corrected(source, DocumentRow(path="a.ipynb", media_type=kind), iter(found), 0.9)

    assert json.loads(after)["cells"][0]["source"] == ['A [b](http://a.test/b_%28c%29?d=%22e%5C) "c".\n']


def test_what_is_packed_is_refused_rather_than_damaged() -> None:
    row = ReferenceRow(
        document="a.docx",
        line=1,
        column=1,
        start=0,
        end=0,
        raw="#",
        element="link",
        role=Role.CITATION,
        verdict=Verdict.PLACEHOLDER,
        reason=LOST,
        rescues=(rescue(),),
    )
    document = DocumentRow(path="a.docx", media_type="application/zip")

    with pytest.raises(OutputError, match="hold no addresses"):
        corrected(b"PK", document, iter([row]), 0.9)


def test_several_documents_are_no_article() -> None:
    with pytest.raises(OutputError, match=r"\{name\}"):
        PLUGIN.render(repository(), BytesIO(), Style())


def test_a_document_whose_text_was_not_kept_is_refused() -> None:
    report = StagedReport(document_rows=(DocumentRow(path="a.md", media_type=MARKDOWN),))

    with pytest.raises(OutputError, match="was not kept"):
        PLUGIN.render(report, BytesIO(), Style())


def test_only_an_older_version_of_the_article_is_replaced() -> None:
    source = b"A [b](#) c [d](#)\n"
    document = Document(name="a.md", media_type=MARKDOWN, source=source, text=source.decode())
    found = rows(iter(markdown.PLUGIN.extract(document, Wanted()).references))
    report = StagedReport(
        document_rows=(DocumentRow(path="a.md", media_type=MARKDOWN),),
        reference_rows=tuple(found),
        sources={"a.md": source},
    )
    is_older = PLUGIN.is_older
    assert is_older

    assert is_older(source, report)
    assert is_older(b"A [b](http://b.test/) c [d](#)\n", report)
    assert is_older(b"A [b]() c [d](http://d.test/)\n", report)
    assert not is_older(b"A [b](#) c [d](#)\n\nMore.\n", report)
    assert not is_older(b"B [b](#) c [d](#)\n", report)
    assert not is_older(b"# Something else\n", report)
    assert not is_older(b"", report)
