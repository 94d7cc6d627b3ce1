"""MDX: Markdown between JSX."""

import pytest

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.mdx import decoded, extract
from linkcheck.model import Document, Role
from tests.cost import is_linear


def read(text: str, *, include_code: bool = False) -> Extraction:
    document = Document(name="x.mdx", media_type="text/mdx", source=text.encode(), text=text)
    return extract(document, Wanted(include_code=include_code))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](http://a.test) in **text**", [("link", "http://a.test")]),
        ("import {Chart} from 'http://no.test'\nexport const x = 'http://no.test'\n\n[a](http://a.test)", [
            ("link", "http://a.test")]),
        ("export const x = {\n  a: 'http://no.test',\n\n  b: '}'\n}\n\nhttp://a.test", [("bare", "http://a.test")]),
        ("{/* http://no.test */} http://a.test", [("bare", "http://a.test")]),
        ("{list.map((x) => <a href={`http://no.test/${x}`}>{'}'}</a>)} http://a.test", [("bare", "http://a.test")]),
        ("<a href='http://a.test'>x</a>", [("a", "http://a.test")]),
        ('<a href={"http://a.test"}>x</a>', [("a", "http://a.test")]),
        ("<a href={url}>x</a> <img src={logo} alt='x' /> <a href=''>y</a> <a {...z}>z</a>", [("a", "")]),
        ("<Link to={`http://a.test/b`}>x</Link> <a href={`http://no.test/${x}`}>y</a>", [
            ("component", "http://a.test/b")]),
        ("<Image src='/a.png' /> <Video src={v} poster='p.png' />", [("component", "/a.png")]),
        ("<Link to='/docs/x'>X</Link>", [("component", "/docs/x")]),
        ("<Card title='T' href='http://a.test' />", [("component", "http://a.test")]),
        ("<Button onClick={() => go('http://no.test')} href={'http://a.test'}>b</Button>", [
            ("component", "http://a.test")]),
        ("<Tabs>\n    <Tab>\n        [a](http://a.test)\n\n        - [b](http://b.test)\n    </Tab>\n</Tabs>", [
            ("link", "http://a.test"), ("link", "http://b.test")]),
        ("<Note>\n[a](http://a.test)\n</Note>", [("link", "http://a.test")]),
        ("<>\n[a](http://a.test)\n</>", [("link", "http://a.test")]),
        ("```jsx\n<a href='http://no.test'>\n```\n`<a href='http://no.test'>` [a](http://a.test)", [
            ("link", "http://a.test")]),
        ("[r]\n\n[r]: http://a.test 'T'", [("link", "http://a.test")]),
        ("a < b and {1 < 2} [a](http://a.test)", [("link", "http://a.test")]),
        ("[a](http://a.test/{id}) \\{ http://b.test", [("link", "http://a.test/{id}"), ("bare", "http://b.test")]),
        ("---\nurl: http://f.test\n---\n[a](http://a.test)", [("front-matter", "http://f.test"), (
            "link", "http://a.test")]),
        ("{ never closed [a](http://a.test)", [("link", "http://a.test")]),
        ("<Card href='http://no.test' never closed [a](http://a.test)", [
            ("bare", "http://no.test"), ("link", "http://a.test")]),
    ],
)  # fmt: skip
def test_links_of_mdx(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.element, one.raw) for one in read(text).references if one.raw or one.element == "link"] == [
        (element, raw) for element, raw in expected if raw
    ]


def test_places_are_those_of_the_file() -> None:
    text = "import x from 'ü'\n\n<Card>\n    é [a](http://a.test) <Link to='/ü'>t</Link>\n</Card>\n"
    link, component = read(text).references
    stored = text.encode()

    assert [stored[one.span.start : one.span.end].decode() for one in (link, component)] == ["http://a.test", "/ü"]
    assert [(one.span.line, one.span.column) for one in (link, component)] == [(4, 7), (4, 26)]


def test_fragments_are_ids_of_headings_and_tags() -> None:
    assert read("# One Two\n\n## Three {#own}\n\n<Card id='four' />\n").anchors == (
        "one-two",
        "own",
        "three",
        "four",
    )


def test_roles_and_texts_of_components() -> None:
    one, image = read("Original url: <Link to='http://a.test'>The story</Link> <Hero src='a.png' />").references

    assert (one.role, one.text) == (Role.ORIGINAL, "The story")
    assert image.role is Role.IMAGE


def test_attributes_are_decoded() -> None:
    assert decoded("/a?b&amp;c", "component") == "/a?b&c"
    assert decoded("a\\_b", "link") == "a_b"


@pytest.mark.parametrize("piece", ["{/*", "{// ", "{a ", '{"\\"', "{`\\`", "export const a = {/* "])
def test_unclosed_braces_are_linear(piece: str) -> None:
    assert is_linear(lambda count: read(piece * count), 16_000)
