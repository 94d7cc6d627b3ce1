"""Lists of URLs: one a line, in a column, or under a key."""

import time

import pytest

from linkcheck.extract import csv, jsonl, urls
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.model import Cited, Document


def read(plugin: Extractor, text: str, column: str | None = None) -> Extraction:
    document = Document(name="x", media_type=plugin.media_types[0], source=text.encode(), text=text)
    return plugin.extract(document, Wanted(column=column))


def raws(plugin: Extractor, text: str, column: str | None = None) -> list[str]:
    return [one.raw for one in read(plugin, text, column).references]


def test_one_a_line_with_comments_as_in_rfc_2483() -> None:
    text = "# urn:isbn:0-201-08372-8\r\nhttp://www.huh.org/books/foo.html\r\nhttp://www.huh.org/books/foo.pdf\r\n"

    assert raws(urls.PLUGIN, text) == ["http://www.huh.org/books/foo.html", "http://www.huh.org/books/foo.pdf"]


@pytest.mark.parametrize(
    ("line", "raw", "meaning", "text"),
    [
        ("http://a.test/x", "http://a.test/x", "http://a.test/x", ""),
        ("  <http://a.test/x>", "http://a.test/x", "http://a.test/x", ""),
        ("http://a.test/x\tthe title", "http://a.test/x", "http://a.test/x", "the title"),
        ("a.test/x", "a.test/x", "http://a.test/x", ""),
        ("a.test", "a.test", "http://a.test", ""),
        ("mailto:a@b.test", "mailto:a@b.test", "mailto:a@b.test", ""),
        ("http://a.test/x#part", "http://a.test/x#part", "http://a.test/x#part", ""),
        ("/path", "/path", "/path", ""),
    ],
)
def test_a_line_is_an_entry(line: str, raw: str, meaning: str, text: str) -> None:
    (one,) = read(urls.PLUGIN, line).references

    assert (one.raw, urls.decoded(one.raw, one.element), one.text) == (raw, meaning, text)


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("url,title\nhttp://a.test/,A\n", None, ["http://a.test/"]),
        ("title;URL\nA;http://a.test/\nB;b/c.html\n", None, ["http://a.test/", "b/c.html"]),
        ("title\tLink\nA\thttp://a.test/\n", None, ["http://a.test/"]),
        ('url\n"http://a.test/?q=1,2"\n', None, ["http://a.test/?q=1,2"]),
        ('a,b\n"x\ny",http://a.test/\n', None, ["http://a.test/"]),
        ('"http://a.test/""x"""\n', None, ['http://a.test/""x""']),
        ("http://a.test/,http://b.test/\n", None, ["http://a.test/", "http://b.test/"]),
        ("a,b\nhttp://a.test/,http://b.test/\n", "b", ["http://b.test/"]),
        ("a,b\nhttp://a.test/,http://b.test/\n", "2", ["http://b.test/"]),
        ("http://a.test/,http://b.test/\n", "1", ["http://a.test/"]),
        ("url\n http://a.test/ \n\n\n", None, ["http://a.test/"]),
        (
            "url\nhttp://a.test/; http://b.test/?u=http://c.test/;\n",
            None,
            ["http://a.test/", "http://b.test/?u=http://c.test/"],
        ),
        ("url\r\nhttp://a.test/\r\nhttp://b.test/", None, ["http://a.test/", "http://b.test/"]),
        ("url,archive_url\nhttp://a.test/,http://m.test/\n", None, ["http://a.test/"]),
        ("", None, []),
        ("url\n", None, []),
    ],
)
def test_a_column_of_a_table(text: str, column: str | None, expected: list[str]) -> None:
    assert raws(csv.PLUGIN, text, column) == expected


def test_other_columns_say_what_the_source_is() -> None:
    (one,) = read(
        csv.PLUGIN,
        "Title,Author,Date,Accessed,Archive URL,URL\n"
        '"A ""title""",Jane,2017-02-14,1 March 2018,http://m.test/,http://a.test/\n',
    ).references

    assert one.text == 'A "title"'
    assert one.cited == Cited(
        title='A "title"', author="Jane", published="2017-02-14", accessed="2018-03-01", archive_url="http://m.test/"
    )


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    found = read(csv.PLUGIN, "name,link\nx,http://a.test/\n", "adress")

    assert found.references == ()
    assert [(one.rule, one.next) for one in found.findings] == [
        ("damaged-document", "Name one that is there: name, link.")
    ]


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ('{"url":"http://a.test/"}\n{"url":"http://b.test/"}\n', None, ["http://a.test/", "http://b.test/"]),
        ('{"name":"x","href":"http:\\/\\/a.test\\/"}', None, ["http:\\/\\/a.test\\/"]),
        ('"http://a.test/"\n"no url"\n', None, ["http://a.test/"]),
        ('[{"url":"http://a.test/"},{"url":"http://b.test/"}]', None, ["http://a.test/", "http://b.test/"]),
        ('["http://a.test/","http://b.test/"]', None, ["http://a.test/", "http://b.test/"]),
        ('{"url":["http://a.test/","http://b.test/"]}', None, ["http://a.test/", "http://b.test/"]),
        ('{"a":{"b":"http://a.test/"},"url":"http://b.test/"}', "a.b", ["http://a.test/"]),
        ('{"url":"http://a.test/"}\n{"broken\n{"url":"http://b.test/"}', None, ["http://a.test/", "http://b.test/"]),
        ('{"url":null,"x":1}\n{"url":"http://a.test/"}', None, ["http://a.test/"]),
        ("", None, []),
    ],
)
def test_a_key_of_json_lines(text: str, column: str | None, expected: list[str]) -> None:
    assert raws(jsonl.PLUGIN, text, column) == expected


@pytest.mark.parametrize(
    ("raw", "meaning"),
    [("www.a.test", "https://www.a.test"), ("a.org/x", "https://a.org/x"), ("b/c.html", "b/c.html"), ("c.md", "c.md")],
)
def test_a_host_in_a_column_is_on_the_web(raw: str, meaning: str) -> None:
    assert (csv.decoded(raw, "cell"), jsonl.decoded(raw, "value")) == (meaning, meaning)


def test_a_line_that_is_cut_off_costs_itself_only() -> None:
    text = '{"url": "http://a.test/"}\n{"url": "http://cut.te\n{"url": "http://b.test/", "x": {"y": 1\n{"url": "http://c.test/"}'

    assert raws(jsonl.PLUGIN, text) == ["http://a.test/", "http://b.test/", "http://c.test/"]


def test_json_escapes_are_undone() -> None:
    assert jsonl.decoded(r"http:\/\/a.test\/\u00e9?x=\"1\"", "value") == 'http://a.test/é?x="1"'


def test_a_line_of_fifty_megabytes_is_one_row() -> None:
    text = "url,x\nhttp://a.test/," + "x" * 50_000_000 + "\nhttp://b.test/,y\n"
    begin = time.process_time()

    assert raws(csv.PLUGIN, text) == ["http://a.test/", "http://b.test/"]
    assert time.process_time() - begin < 60
