"""Markdown: the specifications' own examples first, then what they do not say."""

import json
import re
import tarfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.extract import markdown
from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.decode import decode
from linkcheck.extract.destination import decoded
from linkcheck.extract.markdown import PLUGIN, extract
from linkcheck.model import Claim, Document, Reference, Severity

LINES = [
    "- a [x](http://a/)\n",
    "  - b <http://b/>\n",
    "\n",
    "1. n http://c/\n",
    "   para [u][]\n",
    "> q [y](z)\n",
    "```\n",
    "code http://d\n",
    "~~~\n",
    "<div>\n",
    "</div>\n",
    "<a href='k'>\n",
    "</a>\n",
    "# h *[e](f)*\n",
    "Set\n",
    "===\n",
    "---\n",
    "* * *\n",
    "    ind\n",
    "\tt\n",
    " - s\n",
    "   * w\n",
    "    - v\n",
    "| a | b |\n|---|---|\n| [t](u) | c |\n",
    "<!-- \n",
    "-->\n",
    "<script>\n",
    "</script>\n",
    "lazy [l](m\n",
    "n)\n",
    "10) x\n",
    "[a][b][c]\n",
    "![i](j)\r\n",
    "é [ü](ö)\n",
    "- [ ] task\n",
    "-\n",
    "<pre>\n",
    "</pre>\n",
    "> - ql\n",
    "+ p\n\n  more\n",
    "`` co\n",
    "``\n",
]
"""Beginnings and ends of all kinds of blocks, whole and broken."""


def document(source: str | bytes, declared: str | None = None) -> Document:
    stored = source.encode() if isinstance(source, str) else source
    text, encoding, basis = decode(stored, media_type="text/markdown", declared=declared)
    return Document(
        name="x.md", media_type="text/markdown", source=stored, text=text, encoding=encoding, encoding_basis=basis
    )


def read(source: str | bytes, *, include_code: bool = False) -> Extraction:
    return extract(document(source), Wanted(include_code=include_code))


def written(text: str, **options: Any) -> list[tuple[str, str, str]]:
    """Give element, destination and text of every reference."""
    return [(found.element, found.raw, found.text) for found in read(text, **options).references]


# --- the specifications -------------------------------------------------------------------------------------------

_SAFE = "-_.+!*'(),%#@?=;:/,+&$~"
"""What cmark leaves as it is in a URL: https://github.com/commonmark/cmark/blob/master/src/houdini_href_e.c."""
_INVENTED = re.compile(r"#fn(ref)?\d+")
"""Links between footnotes, which the renderer makes and nobody wrote."""


def as_cmark_writes(found: Reference) -> str:
    url = decoded(found.raw, found.element)
    return url if found.element in ("a", "img") else quote(url, safe=_SAFE)


def differences(cases: Path, name: str) -> dict[int, tuple[list[str], list[str]]]:
    lines = (cases / "extract" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    wrong = {}
    for example in map(json.loads, lines):
        elements = {"link", "image", "autolink", "a", "img"}
        if example["ext"] == "autolink" or name == "gfm-extensions":
            elements.add("bare")  # the other examples are rendered without this extension
        references = read(example["markdown"]).references
        # An `<a>` without href is a placeholder to us, and no link to the specification.
        found = [
            as_cmark_writes(one)
            for one in references
            if one.element in elements and (one.element, one.raw) != ("a", "")
        ]
        expected = [link["url"] for link in example["expected_links"] if not _INVENTED.fullmatch(link["url"])]
        if found != expected:
            wrong[example["example"]] = (found, expected)
    return wrong


@pytest.mark.parametrize("name", ["commonmark", "gfm-spec", "gfm-extensions", "gfm-regression", "gfm-smart"])
def test_every_example_has_the_links_that_the_specification_gives_it(cases: Path, name: str) -> None:
    assert differences(cases, name) == {}


def test_the_links_that_others_extract_are_extracted(cases: Path) -> None:
    lines = (cases / "extract" / "markdown-link-extractor.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = {}
    for case in map(json.loads, lines):
        found = [decoded(one.raw, one.element) for one in read(case["input"]).references]
        if found != case["expected"]:
            wrong[case["test"]] = (found, case["expected"])

    assert wrong == {}


# --- what is a reference ------------------------------------------------------------------------------------------


def test_every_kind_of_link_is_found_in_document_order() -> None:
    text = """\
[a *b* `c`](/inline "t") [d][ref] [ref][] [ref] <https://auto.test> <me@auto.test>
www.bare.test https://bare.test me@bare.test ![alt *x*](/image) [![badge](/inner)](/outer)

> - quoted [e](/quoted)

| [f](/table\\|cell) | https://cell.test |
|---|---|
| x[^1] | y |

[^1]: see [g](/footnote)

<p>an <a href="/html">h <b>i</b></a></p>

[ref]: <some where> "title"
"""
    assert written(text) == [
        ("link", "/inline", "a b c"),
        ("link", "some where", "d"),
        ("link", "some where", "ref"),
        ("link", "some where", "ref"),
        ("autolink", "https://auto.test", "https://auto.test"),
        ("autolink", "me@auto.test", "me@auto.test"),
        ("bare", "www.bare.test", "www.bare.test"),
        ("bare", "https://bare.test", "https://bare.test"),
        ("bare", "me@bare.test", "me@bare.test"),
        ("image", "/image", "alt x"),
        ("link", "/outer", "badge"),
        ("image", "/inner", "badge"),
        ("link", "/quoted", "e"),
        ("link", "/table\\|cell", "f"),
        ("bare", "https://cell.test", "https://cell.test"),
        ("link", "/footnote", "g"),
        ("a", "/html", "h i"),
    ]


def test_a_reference_style_link_stands_at_its_use_and_its_span_in_the_definition() -> None:
    text = "é [a]\n\n[b][A]\n\n[a]: /u\n"
    first, second = read(text).references

    assert (first.span.line, first.span.column, second.span.line) == (1, 3, 3)
    assert first.span.start == second.span.start == text.encode().index(b"/u")


@pytest.mark.parametrize("text", ["[text]()", "[text](<>)", "[text][a]\n\n[a]: <>"])
def test_an_empty_destination_is_a_placeholder_with_a_place(text: str) -> None:
    (found,) = read(text).references

    assert (found.raw, found.text, found.span.end - found.span.start) == ("", "text", 0)
    assert text[found.span.start :][:1] in (")", ">")


def test_links_in_the_text_of_an_image_are_its_text() -> None:
    assert written("![a [b](/c) ![d](/e)](/f)") == [("image", "/f", "a b d")]


def test_a_url_is_bare_only_where_nothing_else_claims_it() -> None:
    text = (
        "[http://a.test](/b) `http://c.test` <code>http://d.test</code> **http://e.test/_f_/g** <i>http://g.test</i>\n"
    )

    assert [raw for _, raw, _ in written(text)] == ["/b", "http://e.test/_f_/g", "http://g.test"]


def test_escapes_and_entities_stay_as_written_in_bare_urls() -> None:
    text = r"\* http://a.test/b\_c?d&amp;e, é \_x http://f.test"

    assert [raw for _, raw, _ in written(text)] == [r"http://a.test/b\_c?d&amp;e", "http://f.test"]


@pytest.mark.parametrize(
    "text", ["`` x http://a.test ``", "```\nhttp://a.test\n```", "    http://a.test", "<kbd>http://a.test</kbd>"]
)
def test_urls_in_code_are_found_only_where_they_are_wanted(text: str) -> None:
    assert written(text) == []
    assert written(text, include_code=True) == [("code", "http://a.test", "http://a.test")]


# --- what else the document says ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("x [text][nope] [te\nxt][]", ["nope", "te xt"]),
        ('"while [Flynn] had [no] recollection"', []),
        ("- [ ] a\n- [x] b", []),
        ("a[^1] b[^2] [c][^3]\n\n[^1]: d", []),
        ("[a][b][c]\n\n[c]: /d", []),
        ("[a][b][c]", ["b"]),
        ("[![a](b)][c]", ["c"]),
        ("`[a][b]`", []),
        ("[a][" + "b" * 100 + "]", ["b" * 59 + "…"]),
    ],
)
def test_only_full_and_collapsed_references_can_be_undefined(text: str, labels: list[str]) -> None:
    findings = read(text).findings

    assert [re.findall(r"label \[(.*)\]", finding.message)[0] for finding in findings] == labels
    assert all((finding.rule, finding.severity) == ("undefined-reference", Severity.NOTE) for finding in findings)


def test_an_undefined_reference_is_placed() -> None:
    (finding,) = read("é\n\n> 中 [text][nope]").findings

    assert (finding.line, finding.column) == (3, 5)
    assert "`[nope]: URL`" in finding.next


def test_front_matter_gives_references_claims_and_problems() -> None:
    text = '\ufeff---\ntitle: "Né"\ncanonical: https://a.test/b\nbad\n---\n# É\n\n[c](/d)\n'
    found = read(text)

    assert [(one.element, one.raw, one.span.line) for one in found.references] == [
        ("front-matter", "https://a.test/b", 3),
        ("link", "/d", 8),
    ]
    assert all(text.encode()[one.span.start : one.span.end] == one.raw.encode() for one in found.references)
    assert found.claims == (
        Claim("title", "Né", "front matter", 2),
        Claim("original", "https://a.test/b", "front matter", 3),
        Claim("title", "É", "H1", 6),
    )
    assert [(one.rule, one.severity, one.line) for one in found.findings] == [("front-matter", Severity.NOTE, 4)]


def test_unclosed_front_matter_is_text() -> None:
    found = read("---\ntitle: x\n\n[a](/b)\n")

    assert [one.raw for one in found.references] == ["/b"]
    assert [one.rule for one in found.findings] == ["front-matter"]


def test_anchors_are_slugs_ids_names_and_footnotes() -> None:
    text = """\
# Hello `code` & *more* ![alt](x)
## Hello {#own}
## Hello
<a name="named"></a> <p id="identified"></p> <img name="no">
x[^note]

[^note]: y
"""
    anchors = read(text).anchors

    assert [anchor for anchor in anchors if not anchor.startswith("fn")] == [
        "hello-code--more-",
        "own",
        "hello",
        "hello-1",
        "named",
        "identified",
    ]
    assert {"fn-note", "fn:note", "fnref-note"} <= set(anchors)


def test_the_opening_is_the_first_blocks_with_their_lines() -> None:
    text = "\n# Title\n\nFebruary 14, 2017\n\n---\n\n**By** *Jane*\n\n- a\n- b\n" + "\nx\n" * 20
    opening = read(text).opening

    assert opening[:5] == ((2, "Title"), (4, "February 14, 2017"), (8, "By Jane"), (10, "a"), (11, "b"))
    assert len(opening) == 12


# --- laws ---------------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *(
            "[",
            "](",
            "]",
            "[a](",
            ")",
            "[b]",
            "[b]: ",
            "[a][b]",
            "[^1]",
            "[^1]: ",
            "![",
            "<",
            ">",
            "(",
            "\\",
            "`",
            "*",
            "_",
        ),
        *(
            "> ",
            "- ",
            "1. ",
            "# ",
            "    ",
            "| ",
            "|-|\n",
            "```\n",
            "---\n",
            "+++\n",
            "a: ",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\t",
            " ",
        ),
        *(
            "http://a.b",
            "www.c.d",
            "e@f.g",
            "/u",
            "x",
            "é",
            "中",
            "😀",
            "&amp;",
            "&#41;",
            "\x00",
            "\ufeff",
            '"t"',
            "{#i}",
        ),
        *('<a href="q">', "</a>", "<img src=z alt=w>", "<h1>", "</h1>", "<code>", "<!--", "-->", "<http://h.i>", "~~"),
    ]
)
markup = st.lists(_PIECES, max_size=40).map("".join)


@settings(max_examples=300)
@given(markup | st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), st.booleans())
def test_the_stored_bytes_of_a_span_are_the_destination(text: str, encoding: str, include_code: bool) -> None:
    source = text.encode(encoding, "ignore")
    read = document(source, "windows-1252" if encoding == "cp1252" else None)

    for found in extract(read, Wanted(include_code=include_code)).references:
        stored = source[found.span.start : found.span.end]
        assert stored.decode(read.encoding, "replace") == found.raw


@settings(max_examples=200)
@given(st.lists(_PIECES.map(str.encode) | st.binary(max_size=2), max_size=40).map(b"".join))
def test_damaged_utf8_is_placed_too(source: bytes) -> None:
    read = document(source, "utf-8")

    for found in extract(read, Wanted()).references:
        stored = source[found.span.start : found.span.end]
        assert re.sub("[\udc80-\udcff]", "\ufffd", stored.decode("utf-8", "surrogateescape")) == found.raw


@settings(max_examples=200)
@given(markup)
def test_references_come_in_document_order(text: str) -> None:
    places = [(found.span.line, found.span.column) for found in read(text).references]

    assert places == sorted(places)


@given(markup)
def test_writing_a_destination_over_itself_changes_nothing(text: str) -> None:
    before = read(text)
    source = text.encode()
    for found in before.references:
        source = source[: found.span.start] + found.raw.encode() + source[found.span.end :]

    assert read(source) == before


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000 + "a" + "]" * 100_000,
        "[" * 50_000 + "a" + "](b)" * 50_000,
        "![" * 20_000 + "a" * 100_000 + "](b)" * 20_000,
        "![a](b) " * 20_000,
        "[a][b] " * 20_000,
        "[é][b] " * 20_000 + "\n\n[b]: /c",
        "é http://a.b/c " * 20_000,
        "<div>" + '<a href="x">é</a> ' * 20_000,
        "<a href=x>\n\n" * 10_000,
        "> " * 20_000 + "[a](b)",
        "x" * 2_000_000,
    ],
    ids=["brackets", "links", "images", "row", "undefined", "uses", "bare", "html", "unclosed", "quotes", "word"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    begun = time.process_time()

    read(text, include_code=True)

    assert time.process_time() - begun < 60


def test_two_hundred_thousand_links_are_all_there() -> None:
    assert len(read("* [a](http://a.test/b)\n" * 200_000).references) == 200_000


def test_in_page_links_of_a_large_collection_are_found_in_its_headings(cases: Path) -> None:
    asked, missing = 0, 0
    with tarfile.open(cases / "scale" / "EbookFoundation+free-programming-books.tar.xz") as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".md") and (file := archive.extractfile(member)):
                found = read(file.read())
                fragments = [decoded(one.raw, one.element)[1:] for one in found.references if one.raw.startswith("#")]
                asked += len(fragments)
                missing += sum(unquote(fragment) not in found.anchors for fragment in fragments if fragment)

    assert asked > 2_400
    assert missing < 60


def test_the_plugin_reads_markdown_files() -> None:
    assert PLUGIN.suffixes == (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd")
    assert PLUGIN.extract is extract


@given(lines=st.lists(st.sampled_from(LINES), min_size=5, max_size=80), piece=st.sampled_from([20, 50, 100, 200]))
@settings(max_examples=150)
def test_a_long_document_that_is_read_piece_by_piece_says_what_it_says_as_a_whole(lines: list[str], piece: int) -> None:
    long = document("".join(lines))
    wanted = Wanted(include_code=True, passages=True)
    whole = extract(long, wanted)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_LONG", 0)
        patch.setattr(markdown, "_PIECE", piece)
        pieces = extract(long, wanted)

    assert pieces == whole


def test_definitions_hold_for_the_whole_of_a_long_document() -> None:
    item = "- as [one][far] says, and [another][none]\n"
    source = item * 8_000 + "\n[far]: http://a.test/\n"

    found = extract(document(source), Wanted())

    assert {reference.raw for reference in found.references} == {"http://a.test/"}
    assert len(found.references) == len(found.findings) == 8_000


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way_that_the_specification_knows(end: str) -> None:
    text = end.join(["# A head", "", "See [a](#) here.", "", "## B <http://b.test/>", "[c]", "", "[c]: http://c.test/"])
    document = Document(name="a.md", media_type="text/markdown", source=text.encode(), text=text)

    found = extract(document, Wanted()).references

    assert [(one.raw, one.span.line) for one in found] == [("#", 3), ("http://b.test/", 5), ("http://c.test/", 6)]
    assert [text.encode()[one.span.start : one.span.end].decode() for one in found] == [one.raw for one in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("14. März 2020", "14. März 2020"),
        ("3. Februar 2017, 10:15 Uhr", "3. Februar 2017, 10:15 Uhr"),
        ("2. The year 2017 was wet", "The year 2017 was wet"),
        ("1. April showers", "April showers"),
    ],
)
def test_a_date_alone_on_a_line_is_no_item_of_a_list(line: str, expected: str) -> None:
    source = f"# Der Rat tagt\n\n{line}\n\nDer Rat hat heute getagt.\n"
    document = Document(name="a.md", media_type="text/markdown", source=source.encode(), text=source)

    assert markdown.extract(document, Wanted()).opening[1] == (3, expected)
