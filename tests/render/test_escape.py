"""Strings that try to become more than text; GFM is judged by a GFM parser."""

import html
import re

import pyromark
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkcheck.render.escape import LIMIT, address, code, fence_for, inline, link, plain, sentence, uncommanding

GFM = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_FOOTNOTES
)
NASTY = st.text(
    alphabet=st.sampled_from(" ab1.)-+=#|`*_~[]()<>!&;:@\\/$\"'\x1b\x07\u202e\u200b\ud800\r\n\tx"), max_size=40
)


def shown(markdown: str) -> str:
    """What a reader sees, with the zero-width space that breaks mentions taken out."""
    return html.unescape(re.sub(r"<[^>]*>", "", pyromark.html(markdown, options=GFM))).strip().replace("\u200b", "")


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07bell", "]0;titlebell"),
        ("\x9b31mC1", "31mC1"),
        ("user\u202egpj.exe", "usergpj.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("soft\xadhyphen", "softhyphen"),
        ("one\r\ntwo\u2028three\x85four", "one two three four"),
        ("a \x07 b", "a b"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("tag\U000e0041", "tag"),
        ("no \uffffcharacter\ufffe", "no character"),
        ("Привет 漢字 é", "Привет 漢字 é"),
    ],
)
def test_nothing_that_drives_a_terminal_is_left(hostile: str, harmless: str) -> None:
    assert plain(hostile) == harmless


@given(st.text())
def test_plain_text_is_printable_and_stays_as_it_is(text: str) -> None:
    once = plain(text)

    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff]", once)
    assert plain(once) == once


def test_a_text_without_end_is_cut() -> None:
    assert len(plain("x" * 50_000_000)) == LIMIT + 1


@given(NASTY | st.text(max_size=60))
@example("1. not a list")
@example("- not a list")
@example("---")
@example("===")
@example("&copy; &#35;")
@example("www.example.org http://example.org me@example.org")
@example("[x]: http://example.org")
@example("[^1]")
@example("<!-- a -->")
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    markdown = inline(text)
    rendered = pyromark.html(markdown, options=GFM)

    assert shown(markdown) == plain(text)
    assert not rendered or re.fullmatch(r"<p>[^<]*</p>\n", rendered)


@given(NASTY)
def test_escaped_text_stays_within_its_table_cell(text: str) -> None:
    table = pyromark.html(f"| a | b |\n|---|---|\n| {inline(text)} | {code(text)} |\n", options=GFM)

    assert table.count("<td>") == 2


@given(NASTY.filter(lambda text: plain(text) and "|" not in text))
def test_a_code_span_shows_the_text(text: str) -> None:
    rendered = pyromark.html(f"see {code(text)} there", options=GFM)

    assert html.unescape(rendered) == f"<p>see <code>{plain(text)}</code> there</p>\n"


@given(NASTY)
def test_only_what_is_quoted_becomes_code(text: str) -> None:
    without_code = re.sub("<code>.*?</code>", "", pyromark.html(f"So: {sentence(text)}", options=GFM))

    assert re.fullmatch(r"<p>[^<]*</p>\n", without_code)


def test_words_between_backticks_are_code() -> None:
    assert sentence("the target is a bare `#`") == "the target is a bare `#`"
    assert sentence("`a` *b*") == r"`a` \*b\*"


def test_nobody_is_mentioned_and_no_issue_is_linked() -> None:
    assert inline("@octocat fixed #12") == r"@&#8203;octocat fixed \#&#8203;12"


def test_a_bare_address_does_not_link_itself() -> None:
    assert inline("https://a.test www.a.test mailto:me") == r"https\://a.test www\.a.test mailto\:me"


@given(st.text(max_size=40) | NASTY)
@example("a?x=1&copy;=2")
@example("\\")
def test_an_address_stays_one_link(path: str) -> None:
    rendered = pyromark.html(f"[text]({address(f'https://a.test/{path}')})", options=GFM)

    assert re.fullmatch(r'<p><a href="https://a\.test/[^"<>\s]*">text</a></p>\n', rendered)


def test_parentheses_in_an_address_need_no_escape() -> None:
    assert address("https://a.test/x_(y) z") == "<https://a.test/x_(y)%20z>"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "#", ""])
def test_only_web_addresses_can_be_followed(url: str) -> None:
    assert "<a" not in pyromark.html(link("text", url), options=GFM)


def test_a_fence_is_longer_than_what_it_holds() -> None:
    assert fence_for("``` and ````", 3) == "`````"
    assert fence_for("plain", 3) == "```"


@pytest.mark.parametrize(
    ("line", "harmless"),
    [
        ("::set-output name=exit-code::0", ": :set-output name=exit-code::0"),
        ("   ::add-mask::e", "   : :add-mask::e"),
        ("\x1b[1m::stop-commands::x", "\x1b[1m: :stop-commands::x"),
        ("a title ##[add-mask]e", "a title ## [add-mask]e"),
        ("##vso[task.setvariable variable=x]y", "## vso[task.setvariable variable=x]y"),
        ("##teamcity[buildStop]", "## teamcity[buildStop]"),
        ("std::vector, ## A heading, page.md#a", "std::vector, ## A heading, page.md#a"),
    ],
)
def test_a_line_of_a_log_commands_no_ci(line: str, harmless: str) -> None:
    assert uncommanding(line) == harmless
