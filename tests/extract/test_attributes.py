"""The URLs that tags name are those that browsers and crawlers follow."""

import json
import re
from pathlib import Path

import pytest

from linkcheck.extract.attributes import destinations, is_control, role_by_element
from linkcheck.extract.tags import scan
from linkcheck.model import Role


def raws(text: str) -> list[str]:
    found = [destination for tag in scan(text) for destination in destinations(tag, text)]
    assert all(text[one.start : one.end] == one.raw for one in found)
    return [one.raw for one in found]


def roles(text: str) -> list[Role | None]:
    return [role_by_element(tag, one.attribute) for tag in scan(text) for one in destinations(tag, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a href=u><area href='u2'><link rel=alternate href=u3>", ["u", "u2", "u3"]),
        ("<img src=u><script src=u2></script><iframe src=u3></iframe><embed src=u4><frame src=u5>",
         ["u", "u2", "u3", "u4", "u5"]),
        ("<video src=u poster=u2><audio src=u3><track src=u4><source src=u5>", ["u", "u2", "u3", "u4", "u5"]),
        ("<input type=IMAGE src=u><input type=text src=no>", ["u"]),
        ("<img srcset='u 1x, u2 2x'><source srcset=u3><link imagesrcset='u4 100w'>", ["u", "u2", "u3", "u4"]),
        ("<svg><a xlink:href=u><image href=u2 /><image xlink:href=u3 /><use href='#no'/></a></svg>", ["u", "u2", "u3"]),
        ("<object data=u><body background=u2>", ["u", "u2"]),
        ("<blockquote cite=u><q cite=u2><ins cite=u3><del cite=u4>", ["u", "u2", "u3", "u4"]),
        ("<form action=u><button formaction=u2><input formaction=u3>", ["u", "u2", "u3"]),
        ("<meta property=og:url content=u><meta name=twitter:image content=u2><meta name=keywords content=no>",
         ["u", "u2"]),
        ("<link rel=preconnect href=no><link rel='DNS-prefetch' href=no>", []),
        ("<a href=''><a href='#'><a href='javascript:x'><img src=''>", ["", "#", "javascript:x", ""]),
        ("<img src='' data-src=u>", []),
        ("<form action=''><form action='#'><iframe src='about:blank'></iframe><meta property=og:image content=''>", []),
        ("<a href=' \n u\t'>", ["u"]),
        ("<a href='?a&amp;b'>", ["?a&amp;b"]),
        ("<img srcset='a&#46;jpg&#x20;1x,&#32;b?c&amp;d 2x'>", ["a&#46;jpg", "b?c&amp;d"]),
        ("<a data-originalurl=no data-versionurl=no href=u>", ["u"]),
        ("</a href=no>", []),
    ],
)  # fmt: skip
def test_urls_are_found_where_they_stand(text: str, expected: list[str]) -> None:
    assert raws(text) == expected


@pytest.mark.parametrize(("text", "is_lost"), [
    ("<a>", True), ("<a class=x>", True), ("<a name=x>", False), ("<a id=x>", False), ("<a role=button>", False),
    ("<a onclick='x()'>", False), ("<a :href=u>", False), ("<a v-bind:href=u>", False), ("<a routerLink=/u>", False),
    ("<a data-x=y>", True), ("<a target=_blank>", True),
])  # fmt: skip
def test_an_a_that_is_neither_link_nor_anchor_has_lost_its_target(text: str, *, is_lost: bool) -> None:
    assert raws(text) == [""] * is_lost
    for tag in scan(text):
        for one in destinations(tag, text):
            assert one.start == one.end == len("<a")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("5;url=http://a.test/", ["http://a.test/"]),
        ("0; URL = 'http://a.test/' ignored", ["http://a.test/"]),
        ("3,http://a.test/", ["http://a.test/"]),
        ("1.5\n;\nurl=\nb", ["b"]),
        (".5;url=b", ["b"]),
        ("5 url=b", ["b"]),
        ("5;urlb", ["urlb"]),
        ("5", []),
        ("5;url=", []),
        ("x;url=b", []),
        ("٣;url=b", []),
        ("5;url=a?b&amp;c", ["a?b&amp;c"]),
    ],
)
def test_the_url_of_a_refresh_is_found_as_the_html_standard_says(content: str, expected: list[str]) -> None:
    assert raws(f'<meta http-equiv=refresh content="{content}">') == expected


def test_refreshes_of_w3lib_are_found(cases: Path) -> None:
    """Its vectors whose page stands in the call; it reads `<noscript>` and `<script>` on request, browsers do not."""
    lines = (cases / "url" / "w3lib-html.jsonl").read_text(encoding="utf-8").splitlines()
    checked = 0
    for vector in map(json.loads, lines):
        found = re.search(r"'(<meta http-equiv=.*?>)'", vector["call"])
        if found and "get_meta_refresh" in vector["call"] and "ignore_tags" not in vector["call"]:
            assert raws(found[1]) == [vector["expected"][1]]
            checked += 1
    assert checked >= 1


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("<a href=u>", None),
        ("<a rel='nofollow next' href=u>", Role.NAVIGATION),
        ("<q cite=u>", None),
        ("<img src=u>", Role.IMAGE),
        ("<video poster=u>", Role.IMAGE),
        ("<video src=u>", Role.EMBED),
        ("<script src=u>", Role.EMBED),
        ("<form action=u>", Role.EMBED),
        ("<link rel='CANONICAL' href=u>", Role.CANONICAL),
        ("<link rel=stylesheet href=u>", Role.EMBED),
        ("<link rel='shortcut icon' href=u>", Role.IMAGE),
        ("<link rel=alternate href=u>", Role.NAVIGATION),
        ("<meta property=og:url content=u>", Role.CANONICAL),
        ("<meta property=og:image content=u>", Role.IMAGE),
        ("<meta name=twitter:player content=u>", Role.EMBED),
    ],
)
def test_the_element_decides_the_role_of_all_but_links_and_quotations(text: str, role: Role | None) -> None:
    assert roles(text) == [role]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<a href='#' role=button>", True),
        ("<a href='#' data-toggle=dropdown>", True),
        ("<a href='#' onclick='share()'>", True),
        ("<a href='#menu' aria-expanded=false>", True),
        ("<a href='javascript:print()'>", True),
        ("<a href='javascript:void(0)' class='x share-button'>", True),
        ("<a href='javascript:void(0)'>", False),
        ("<a href='javascript:;'>", False),
        ("<a href='#'>", False),
        ("<a href='#' class=btn>", False),
        ("<a href='https://a.test/' onclick='track()'>", False),
        ("<img src='' onclick='zoom()'>", False),
    ],
)
def test_a_button_is_told_from_a_lost_link_by_its_attributes(tag: str, expected: bool) -> None:
    parsed = next(iter(scan(tag)))
    destination = next(iter(destinations(parsed, tag)))

    assert is_control(parsed, destination.raw, is_navigation=False) is expected
    if destination.raw.startswith("#"):
        assert is_control(parsed, destination.raw, is_navigation=True)
