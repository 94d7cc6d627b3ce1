"""The laws that hold for every format: spans are exact, order is the document's, nothing raises."""

import time
from codecs import BOM_UTF8, BOM_UTF16_LE

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck import registry
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.decode import decode
from linkcheck.model import Document

EXTRACTORS: dict[str, Extractor] = dict(registry.load_all("extract"))
TEXTS = sorted(name for name, plugin in EXTRACTORS.items() if not plugin.signature)
BINARIES = sorted(name for name, plugin in EXTRACTORS.items() if plugin.signature)

PIECES = {
    "feed": [
        "<rss>",
        "<item>",
        "<link>",
        "http://a.test/x",
        "</link>",
        "<link href='http://b.test'/>",
        "<![CDATA[",
        "]]>",
    ],
    "sitemap": ["<urlset>", "<url>", "<loc>", "http://a.test/x", "</loc>", "&amp;", "<!--", "-->", "<sitemap>"],
    "asciidoc": [
        "link:",
        "xref:",
        "image::",
        "[",
        "]",
        "http://a.test/x",
        ":u: http://b.test\n",
        "{u}",
        "<<",
        ">>",
        "----\n",
        "////\n",
        "++",
        "= T\n",
        "include::a[]\n",
        "^",
        "`",
    ],
    "bibtex": [
        "@article{",
        "k,",
        "url",
        " = ",
        "{",
        "}",
        '"',
        "http://a.test/x",
        "doi",
        "10.1000/1",
        "#",
        "\\url{",
        "title",
        "@",
        "(",
        ")",
        "%",
    ],
    "bookmarks": [
        "<DT>",
        "<A HREF=",
        '"',
        "http://a.test/x",
        ">",
        "</A>",
        "<H3>",
        "</H3>",
        "<DD>",
        "ADD_DATE=",
        "1500000000",
        "javascript:x",
        "&amp;",
    ],
    "csv": [",", ";", '"', '""', "http://a.test/x", "url", "title", "\t", "a,b"],
    "har": [
        '{"log":{"entries":[',
        '{"request":{"url":"http://a.test/x"}}',
        ",",
        "]",
        "}",
        '"',
        "\\",
        "\\u00e9",
        "{",
        '"startedDateTime":"2020-01-02T00:00:00Z"',
    ],
    "html": ["<a href=", '"', "http://a.test/x", ">", "</a>", "<!--", "-->", "<img src=x>", "&amp;", "'"],
    "jsonl": ['{"url":', '"http://a.test/x"', "}", ",", '"', "\\/", "\\u00e9", "[", "]", "\\ud800", "{"],
    "latex": [
        "\\url{",
        "\\href{",
        "}{",
        "}",
        "%",
        "\\%",
        "http://a.test/x",
        "\\begin{verbatim}",
        "\\end{verbatim}",
        "\\verb|",
        "|",
        "\\section{T}",
        "\\_",
        "\\title{",
        "{",
        '\\"o',
    ],
    "markdown": [
        "[a](",
        "!!! note\n\n    ",
        "```{note}\n",
        ")",
        "[",
        "]",
        "(",
        "http://a.test/x",
        "<",
        ">",
        "`",
        "#",
        "![",
        "[x]: http://b.test\n",
        "---\n",
    ],
    "mdx": [
        "[a](",
        ")",
        "<a href=",
        "{",
        "}",
        '"',
        "'",
        "`",
        "http://a.test/x",
        "import a from 'b'\n",
        "<Link to='/x'>",
        "</Link>",
        "{/*",
        "*/}",
        "export const a = {",
        "<",
    ],
    "notebook": [
        '{"cells":[',
        '{"cell_type":"markdown","source":[',
        '"[a](http://a.test/x)\\n"',
        '"<http:\\/\\/b.test>"',
        ",",
        "]",
        "}",
        '"',
        "\\",
        "\\u00e9",
        "\\n",
    ],
    "org": [
        "[[",
        "][",
        "]]",
        "http://a.test/x",
        "#+BEGIN_SRC\n",
        "#+END_SRC\n",
        "* H\n",
        "file:",
        "#+LINK: g http://g.test/%s\n",
        "g:",
        "=",
        "~",
        "# ",
        "<",
        ">",
        "id:",
    ],
    "plain": ["http://a.test/x", "(", ")", ".", "'", "Source:"],
    "rst": [
        "`",
        "a <http://a.test/x>",
        "`_",
        "`__",
        ".. _n: http://b.test/\n",
        "n_",
        "``",
        ".. image:: x.png\n",
        "   :target: http://c.test\n",
        "::\n",
        "|n|",
        "====\n",
        ".. raw:: html\n\n   <a href=x>\n",
        "__ http://d.test\n",
        "\\",
    ],
    "urls": ["http://a.test/x", "#", "<", ">", " ", "a.test"],
    "wikitext": [
        "{{",
        "}}",
        "[[",
        "]]",
        "[http://a.test/x",
        "]",
        "|",
        "cite web",
        "|url=http://b.test/y",
        "|archive-url=https://web.archive.org/web/2017/http://b.test",
        "<ref>",
        "</ref>",
        "<nowiki>",
        "</nowiki>",
        "<!--",
        "-->",
        "{{dead link}}",
        "{|",
        "|}",
        "'''",
        "==",
        "{{!}}",
        "http://c.test",
        "&amp;",
        "<ref name=x/>",
    ],
}


def document(stored: bytes, name: str) -> Document:
    media_type = EXTRACTORS[name].media_types[0]
    if name in BINARIES:
        return Document(name="x", media_type=media_type, source=stored, text="")
    text, encoding, basis = decode(stored, media_type=media_type)
    return Document(name="x", media_type=media_type, source=stored, text=text, encoding=encoding, encoding_basis=basis)


def read(stored: bytes, name: str, **wanted: bool) -> tuple[Document, Extraction]:
    given = document(stored, name)
    return given, EXTRACTORS[name].extract(given, Wanted(**wanted))


def check(given: Document, found: Extraction, name: str) -> None:
    order = [(one.span.line, one.span.column) for one in found.references]
    assert order == sorted(order)
    for one in found.references:
        stored = given.source[one.span.start : one.span.end]
        if "\ufffd" not in one.raw or given.encoding == "utf-8":  # a multi-byte codec resumes elsewhere in a cut-out
            assert stored.decode(given.encoding, "replace") == one.raw
        assert one.span.line >= 1
        assert one.span.column >= 1
        assert isinstance(EXTRACTORS[name].decoded(one.raw, one.element), str)


def test_every_format_has_its_pieces() -> None:
    assert sorted(PIECES) == TEXTS


@pytest.mark.parametrize("name", TEXTS)
def test_spans_are_the_stored_bytes_and_nothing_raises(name: str) -> None:
    pieces = st.sampled_from([*PIECES[name], " ", "\n", "\r\n", "\n\n", "é", "😀", "\ufeff", "word", "   "])

    @settings(max_examples=150)
    @given(st.lists(pieces | st.text(max_size=3), max_size=25), st.sampled_from(["utf-8", "bom", "utf-16", "raw"]))
    def law(parts: list[str], stored_as: str) -> None:
        text = "".join(parts)
        utf8 = text.encode("utf-8", "replace")
        stored = {
            "utf-8": utf8,
            "bom": BOM_UTF8 + utf8,
            "utf-16": BOM_UTF16_LE + text.encode("utf-16-le", "replace"),
            "raw": utf8 + b"\xff\xfe\x80 http://z.test/\xff",
        }[stored_as]
        check(*read(stored, name), name)
        check(*read(stored, name, include_code=True), name)

    law()


@pytest.mark.parametrize("name", BINARIES)
def test_no_bytes_raise(name: str) -> None:
    @given(st.binary(max_size=400))
    def law(stored: bytes) -> None:
        _, found = read(stored, name)

        assert isinstance(found, Extraction)
        assert all(EXTRACTORS[name].decoded(one.raw, one.element) for one in found.references)

    law()


HOSTILE = {
    "opening brackets": "[" * 200_000,
    "opening braces": "{" * 200_000,
    "templates": "{{a|" * 20_000,
    "links": "[[a|" * 20_000,
    "quotation marks": '"' * 200_001,
    "backticks": "`" * 200_001,
    "pipes": "|" * 200_000,
    "angles": "<" * 200_000,
    "tags": "<a " * 50_000,
    "escapes": "\\" * 200_001,
    "underscores": "a_" * 100_000,
    "white space": " " * 200_000,
    "empty lines": "\n" * 200_000,
    "one long line": "http://a.test/x," * 20_000,
    "colons": ":" * 200_000,
    "stars": "*" * 200_000,
    "comments": "<!--" * 50_000,
    "equals": "=" * 200_000,
    "dots": ".. _a:\n" * 20_000,
    "commands": "\\url{" * 30_000,
    "entries": "@a{b,c={" * 20_000,
    "open entries": "@a{b, url={--\n" * 30_000,
    "JSON": '{"a":[' * 30_000,
    "macros": "link:a[" * 30_000,
    "addresses in addresses": "http://a.b/(" * 10_000,
    "admonitions": "!!! a\n\n    x\n \n" * 20_000,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_text_takes_time_that_grows_with_its_length_only(name: str, what: str) -> None:
    begin = time.process_time()
    given, found = read(HOSTILE[what].encode(), name)
    check(given, found, name)

    assert time.process_time() - begin < 60
