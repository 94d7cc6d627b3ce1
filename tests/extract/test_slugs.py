"""The ids of headings."""

import re
import tarfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.slugs import Slugs, slug


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Hello World", "hello-world"),
        ("Привет non-latin 你好", "привет-non-latin-你好"),
        ("I ♥ unicode", "i--unicode"),
        ("Dash-dash", "dash-dash"),
        ("en–dash", "endash"),  # noqa: RUF001 - the dash is what is tested
        ("😄 emoji", "-emoji"),
        (":ok: No underscore", "ok-no-underscore"),
        ("ok_hand single", "ok_hand-single"),
        ("C++ & C#", "c--c"),
        ("a  b", "a--b"),
        ("heading with a - dash", "heading-with-a---dash"),
        ("1.2.3 Über", "123-über"),
        ("⚙\N{VARIATION SELECTOR-16} Settings", "\N{VARIATION SELECTOR-16}-settings"),
        ("H₂O m² ½", "ho-m-"),
        ("हिन्दी", "हिन्दी"),
        ("Ⅳ Ⓐ", "ⅳ-ⓐ"),
        ("", ""),
    ],
)
def test_slugs_are_those_of_github_slugger(heading: str, expected: str) -> None:
    assert slug(heading) == expected


def test_a_repeated_heading_gets_a_number() -> None:
    slugs = Slugs()

    assert [slugs.add(heading) for heading in ("Foo", "foo", "Foo!")] == ["foo", "foo-1", "foo-2"]


def test_a_number_that_is_taken_is_passed() -> None:
    slugs = Slugs()

    assert [slugs.add(heading) for heading in ("foo", "foo 1", "foo", "foo 1")] == ["foo", "foo-1", "foo-2", "foo-1-1"]


@given(st.lists(st.text(alphabet="ab1- ", max_size=4)))
def test_no_two_headings_of_a_document_share_an_id(headings: list[str]) -> None:
    slugs = Slugs()

    made = [slugs.add(heading) for heading in headings]

    assert len(set(made)) == len(made)


def test_ten_thousand_headings_of_one_name_take_linear_time() -> None:
    slugs = Slugs()

    made = [slugs.add("x") for _ in range(10_000)]

    assert made[-1] == "x-9999"


def test_the_anchors_of_a_large_book_list_are_found(cases: Path) -> None:
    found = missing = 0
    with tarfile.open(cases / "scale" / "EbookFoundation+free-programming-books.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".md") else None
            if file is None:
                continue
            text = file.read().decode()
            slugs = Slugs()
            anchors = {slugs.add(_plain(heading)) for heading in _HEADING.findall(text)}
            anchors.update(_ID.findall(text))
            for fragment in _IN_PAGE.findall(text):
                found += 1
                missing += unquote(fragment) not in anchors

    assert found > 2300
    assert missing == 59


_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_IN_PAGE = re.compile(r"\]\(#([^)\s]+)\)")
_ID = re.compile(r"<[^>]*?\b(?:id|name)=[\"']([^\"']+)[\"']")


def _plain(heading: str) -> str:
    """Leave out the markup of a heading: links, images, emphasis, tags."""
    heading = re.sub(r"<[^>]*>", "", heading)
    heading = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return heading.replace("*", "").replace("`", "").strip()
