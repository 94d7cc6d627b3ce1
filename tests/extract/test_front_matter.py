"""Front matter in YAML and TOML."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract import markdown
from linkcheck.extract.api import Wanted
from linkcheck.extract.front_matter import LIMIT, FrontMatter, claims, key_of, read, urls
from linkcheck.model import Claim, Document


def read_block(text: str) -> FrontMatter:
    front = read(text)
    assert front is not None
    return front


YAML = """---
title: "A \\"b\\": c" # no part of it
authors:
  - Jane Doe
  - name: 'O''Neill'
    url: https://oneill.test/
date: 2017-02-14
canonical: https://a.test/c#d # why
links: [https://b.test/,  "https://c.test/", {u: 'http://d.test'}]
about: |
  see: http://not-a-value.test
tag: &anchor !kind http://e.test
more:
- http://f.test/
- text with http://g.test in it
---
body: http://h.test
"""

TOML = """+++
title = "T\\u00e9" # http://no.test
date = 2017-02-14
links = ["http://a.test", 'http://b.test']
text = \"\"\"
http://c.test\"\"\"
[extra]
original_url = "https://d.test/"
[menu]
title = "not the page's"
+++
body
"""


def test_yaml_values_have_their_keys_places_and_lines() -> None:
    front = read_block(YAML)

    assert front.problem is None
    assert YAML[front.end :].startswith("body")
    assert [(value.path, YAML[value.start : value.end], value.line) for value in urls(front)] == [
        (("authors", "url"), "https://oneill.test/", 6),
        (("canonical",), "https://a.test/c#d", 8),
        (("links",), "https://b.test/", 9),
        (("links",), "https://c.test/", 9),
        (("links", "u"), "http://d.test", 9),
        (("tag",), "http://e.test", 12),
        (("more",), "http://f.test/", 14),
    ]


def test_yaml_fields_are_claims() -> None:
    assert list(claims(read_block(YAML))) == [
        Claim("title", 'A "b": c', "front matter", 2),
        Claim("author", "Jane Doe", "front matter", 4),
        Claim("author", "O'Neill", "front matter", 5),
        Claim("published", "2017-02-14", "front matter", 7),
        Claim("original", "https://a.test/c#d", "front matter", 8),
    ]


def test_toml_values_have_their_keys_places_and_lines() -> None:
    front = read_block(TOML)

    assert front.problem is None
    assert [(value.path, TOML[value.start : value.end], value.line) for value in urls(front)] == [
        (("links",), "http://a.test", 4),
        (("links",), "http://b.test", 4),
        (("extra", "original_url"), "https://d.test/", 8),
    ]
    assert list(claims(front)) == [
        Claim("title", "Té", "front matter", 2),
        Claim("published", "2017-02-14", "front matter", 3),
        Claim("original", "https://d.test/", "front matter", 8),
    ]


def test_a_folded_title_is_one_line() -> None:
    front = read_block("---\ntitle: >\n  long\n  title\nauthor:\n  name: Z\n---\n")

    assert [claim.value for claim in claims(front)] == ["long title", "Z"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(end: str) -> None:
    text = end.join(["---", "a: 1", "url: http://a.test", "---", "text"])
    front = read_block(text)

    assert text[front.end :] == "text"
    assert [value.line for value in urls(front)] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\nFoo\n---\nBar\n---\n",
        "---\n---\n",
        "text\n---\na: b\n---\n",
        "---\n\ntext\n\n---\n",
        "--- \n- a\n---\n",
    ],
)
def test_rules_and_headings_are_not_front_matter(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("---\ntitle: x\ntext", 1, "no `---` line closes it"),
        ("+++\ntitle = 1\n", 1, "no `+++` line closes it"),
        ("---\ntitle: x\n" + "a: b\n" * 20_000 + "---\ntext", 1, "it is longer than 65536 characters"),
        ("+++\ntitle = 1\n" + "a = 1\n" * 20_000 + "+++\ntext", 1, "it is longer than 65536 characters"),
        ("+++\ntitle = 1\n" + "a = 1\n" * 20_000, 1, "no `+++` line closes it"),
        ("---\na: b\nno key\n---\n", 3, "it is not `key: value`"),
        ("---\na: b\n\tc: d\n---\n", 3, "it is not `key: value`"),
        ('---\na: b\nc: "d\ne: f\n---\n', 3, "its quotation mark is never closed"),
        ("---\na: [b, c\n---\n", 2, "its bracket is never closed"),
        ("---\na: ['b, c]\n---\n", 2, "its bracket is never closed"),
        ("+++\na = 1\nb = \n+++\n", 3, "Invalid value"),
        ("+++\na = " + "[" * 5000 + "\n+++\n", 2, "it is nested too deep"),
        ("+++\n" + "a." * 5000 + "b = 1\n+++\n", 2, "it is nested too deep"),
    ],
)
def test_the_first_line_that_cannot_be_read_is_named(text: str, line: int, why: str) -> None:
    problem = read_block(text).problem

    assert problem is not None
    assert problem[0] == line
    assert problem[1].startswith(why)


def test_what_was_read_before_the_problem_counts() -> None:
    front = read_block("---\nurl: http://a.test\nno key\n---\n")

    assert [value.text for value in urls(front)] == ["http://a.test"]


def test_too_long_a_block_is_not_read() -> None:
    front = read_block("---\na: b\n" + "c: d\n" * LIMIT + "---\n")

    assert (front.end, front.values) == (0, ())
    assert front.problem is not None


_FRAGMENTS = st.sampled_from(
    [*"\"'[]{}:,|>#&!*-.=\\\n\t ", "---\n", "+++\n", "a: ", "b = ", "http://a.test", "- ", "\r\n", "é"]
)


@given(st.sampled_from(["---\na: b\n", "+++\na = 1\n"]), st.lists(_FRAGMENTS, max_size=40))
def test_it_never_raises_and_values_stand_within_the_block(opening: str, rest: list[str]) -> None:
    text = opening + "".join(rest) + "\n" + opening[:4]
    front = read_block(text)

    assert all(0 <= value.start <= value.end <= front.end for value in front.values)
    assert all(text[value.start : value.end] == value.text for value in urls(front) if "\\" not in value.text)


@pytest.mark.parametrize(
    "block",
    [
        "---\na: [\n" + '"\\' * 30_000 + "\n---\n",
        "---\na: b" + " " * 60_000 + "c\n---\n",
        "---\na: b\n" + "! " * 30_000 + "\n---\n",
        "+++\n" + '"\\' * 30_000 + "\n+++\n",
        '+++\na="""' + '"a' * 30_000 + "\n+++\n",
        "+++\n" + "".join("a" * 90 + "." + "b." * 90 + f"c{i}=1\n" for i in range(200)) + "+++\n",
    ],
    ids=["escapes", "spaces", "tags", "toml-escapes", "toml-quotes", "toml-dots"],
)
def test_hostile_blocks_take_no_time(block: str) -> None:
    begun = time.process_time()

    read(block)

    assert time.process_time() - begun < 60


@pytest.mark.parametrize(
    ("date", "is_said"),
    [
        ("yesterday", True),
        ("2017-13-45", True),
        ("02/03/2017", True),
        ("2017-02-14", False),
        ("2017-02-14T10:00:00Z", False),
        ("2017-02-14 10:00:00 +0100", False),
        ('"February 14, 2017"', False),
    ],
)
def test_a_date_that_is_none_is_said(date: str, *, is_said: bool) -> None:
    source = f"---\ntitle: T\ndate: {date}\n---\n\nText.\n"
    document = Document(name="a.md", media_type="text/markdown", source=source.encode(), text=source)

    findings = markdown.extract(document, Wanted()).findings
    assert [(one.rule, one.line) for one in findings] == ([("front-matter", 3)] if is_said else [])


def test_what_a_list_of_links_says_is_no_address_of_the_file_itself() -> None:
    text = """---
url: https://a.test/
links:
  - {url: "https://b.test/", text: two}
image:
  src: https://c.test/
params:
  canonical: https://d.test/
  permalink: https://e.test/
---
"""

    assert [key_of(value) for value in urls(read_block(text))] == ["url", "links", "image", "canonical", "permalink"]
