"""An article from which the line with its original was lost: a guess only where one page shows it, else what to do.

Its world is that of `test_copied`; nothing of a guess is ever used as if the article stated it.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from linkcheck.demo.table import Capture, Fault, Page
from linkcheck.model import PlacedFinding
from tests.pipeline.test_copied import (
    ACCUSED,
    BAN,
    CALLS,
    GERMAN,
    HEADLINE,
    ORIGINAL,
    TEXT,
    Run,
    check,
    published,
    story,
)

BARE = TEXT.partition("Original url:")[0].replace("](ORIGINAL)", "](#)")
"""Nothing in it leads to its original or to its publisher."""
NAMED = f"{BARE}\nFirst published on gazette.example.\n"
THEN = Capture("20170214091500", ORIGINAL, body=published())
TWIN = ORIGINAL.replace("a57137", "57137")
HOME = "http://gazette.example/"


def said(run: Run) -> PlacedFinding:
    """Give the finding; nothing may have been recovered from what is only guessed."""
    (found,) = [one for one in run.document.findings if one.rule == "no-original-stated"]
    assert run.recovered == {}
    assert {claim.field for claim in run.document.claims} & {"original", "canonical"} == set()
    assert not {"original-unreachable", "copy-differs", "original-drifted"} & run.rules
    assert found.severity.value == "note"
    assert found.next.strip()
    return found


def test_an_address_with_the_words_of_the_title_is_read_and_is_the_guess(tmp_path: Path) -> None:
    text = TEXT.partition("Original url:")[0]

    found = said(check(tmp_path, {ORIGINAL: Page(body=published())}, (), text))

    assert found.next == f"If it is, state it in a line `Original url: <...>`, and check again: {ORIGINAL}"
    assert found.evidence["guess"] == ORIGINAL
    assert found.evidence["share"] >= 0.9
    assert "searched" not in found.evidence


def test_the_index_of_the_publishers_site_is_searched(tmp_path: Path) -> None:
    run = check(tmp_path, {}, (THEN,), NAMED)

    found = said(run)
    assert found.evidence["guess"] == ORIGINAL
    assert "20170214091500" in found.evidence["capture"]
    assert found.evidence["searched"] == [
        {"site": "gazette.example", "basis": "the article says that it stood there first"}
    ]
    assert "under this headline in its capture of 2017-02-14" in found.message
    assert len([one for one in run.asked if "matchType=host" in one]) == 1


def test_what_was_guessed_recovers_everything_once_the_article_states_it(tmp_path: Path) -> None:
    found = said(check(tmp_path, {}, (THEN,), NAMED))
    line = found.next.partition("`")[2].partition("`")[0].replace("...", found.next.rpartition(" ")[2])

    run = check(tmp_path, {}, (THEN,), f"{NAMED}\n{line}\n")

    assert "no-original-stated" not in run.rules
    assert run.recovered.keys() >= {"According to the harbour radio"}


@pytest.mark.parametrize(
    "site",
    [
        f"Originally published at [Harbour Gazette]({HOME}).",
        f"This article first appeared in the [Harbour Gazette]({HOME}).",
        f"**Related article:** [Ban Stays]({BAN})",
        "By Ines Varga, ines@gazette.example",
    ],
    ids=["an original that is only a site", "a sentence", "a related story", "a byline"],
)
def test_the_site_is_known_from_what_the_article_has(tmp_path: Path, site: str) -> None:
    run = check(tmp_path, {}, (THEN,), f"{BARE}\n{site}\n")

    (found,) = [one for one in run.document.findings if one.rule == "no-original-stated"]
    assert found.evidence["guess"] == ORIGINAL
    assert "original-unreachable" not in run.rules


def test_a_sitemap_is_read_where_no_archive_has_the_page(tmp_path: Path) -> None:
    xml = (("content-type", "text/xml"),)
    pages = {
        ORIGINAL: Page(body=published()),
        f"{HOME}sitemap.xml": Page(
            headers=xml, body=f"<urlset><url><loc>{ORIGINAL}</loc></url><url><loc>{BAN}</loc></url></urlset>".encode()
        ),
    }

    found = said(check(tmp_path, pages, (), NAMED))

    assert found.evidence["guess"] == ORIGINAL
    assert "the site's sitemap has it" in found.message


def test_a_feed_that_the_home_page_names_is_read(tmp_path: Path) -> None:
    there = f"{HOME}a57137"
    feed = f"<rss><channel><item><title>{HEADLINE}</title><link>{there}</link></item></channel></rss>"
    pages = {
        HOME: Page(body=b"<link rel=alternate type=application/rss+xml href=/rss><h1>Harbour Gazette</h1>"),
        f"{HOME}rss": Page(headers=(("content-type", "text/xml"),), body=feed.encode()),
        there: Page(body=published()),
    }

    assert said(check(tmp_path, pages, (), NAMED)).evidence["guess"] == there


def test_where_no_publisher_is_known_nothing_is_searched(tmp_path: Path) -> None:
    run = check(tmp_path, {ORIGINAL: Page(body=published())}, (THEN,), BARE)

    found = said(run)
    assert found.evidence == {}
    assert found.message.endswith(", nor on which site and by which words to look")
    assert found.next.startswith("Find out who published it, state the original in a line `Original url: <...>`")
    assert [one for one in run.asked if "matchType=host" in one or "sitemap" in one] == []


def test_pages_that_show_the_same_are_all_named_and_none_is_the_guess(tmp_path: Path) -> None:
    found = said(check(tmp_path, {}, (THEN, Capture("20170215091500", TWIN, body=published())), NAMED))

    assert "guess" not in found.evidence
    assert {one["url"] for one in found.evidence["candidates"]} == {ORIGINAL, TWIN}
    assert found.next.startswith("Look which of them it is, state that in a line `Original url: <...>`")
    assert {*found.next.rpartition(": ")[2].split()} == {ORIGINAL, TWIN}


def series(number: int) -> bytes:
    return story(f"{HEADLINE}, Part {number}")


@pytest.mark.parametrize(
    ("pages", "captures"),
    [
        ({}, (Capture("20170214091500", ORIGINAL, body=story("Ten Recipes for Herring")),)),
        ({}, (Capture("20170214091500", ORIGINAL, body=story(HEADLINE)),)),
        ({}, (Capture("20170214091500", ORIGINAL, body=series(2)),)),
        ({ORIGINAL: Page(body=series(2))}, (Capture("20170214091500", ORIGINAL, body=series(2)),)),
        ({}, (Capture("20170214091500", ORIGINAL, body=story("Beraterin tritt zurück", GERMAN)),)),
        ({}, (Capture("20170214091500", f"{HOME}tag/{ORIGINAL.rpartition('/')[2]}", body=published()),)),
        ({HOME: Page(body=published())}, ()),
    ],
    ids=["another title", "another text", "a series", "a live series", "another language", "a tag", "the home page"],
)
def test_a_page_that_is_another_one_is_neither_guess_nor_candidate(
    tmp_path: Path, pages: dict[str, Page], captures: Sequence[Capture]
) -> None:
    found = said(check(tmp_path, pages, captures, NAMED))

    assert found.evidence.keys() == {"searched"}
    assert found.message.endswith("gazette.example was searched for its headline in vain")
    assert found.next.startswith("Search the web for its headline, state the original in a line")


def test_the_same_text_under_another_title_is_left_to_a_person(tmp_path: Path) -> None:
    renamed = published(title="Ferry Company Denies Everything")

    found = said(check(tmp_path, {}, (Capture("20170214091500", ORIGINAL, body=renamed),), NAMED))

    assert "guess" not in found.evidence
    assert "under another title" in found.message
    assert found.next.startswith("Look at it; if it is, state it in a line")


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.RATE_LIMIT, Fault.PAGE, Fault.EXCLUDED])
def test_an_archive_that_is_down_cannot_tell(tmp_path: Path, fault: Fault) -> None:
    found = said(check(tmp_path, {}, (THEN,), NAMED, faults=frozenset({fault})))

    assert found.evidence == {
        "searched": [{"site": "gazette.example", "basis": "the article says that it stood there first"}],
        "was_heard": False,
    }
    assert "not everybody who may know of gazette.example has answered" in found.message
    assert found.next.startswith("Run again; or state it in a line")


def test_what_is_searched_is_bounded(tmp_path: Path) -> None:
    twins = tuple(Capture("20170215091500", f"{ORIGINAL}{n}", body=story(HEADLINE)) for n in range(40))
    related = "".join(f"\n**Related article:** [One](http://site{n}.example/a)\n" for n in range(9))
    without, run = check(tmp_path, {}, (), BARE + related), check(tmp_path, {}, twins, NAMED + related)

    # Two sites: one question to the index for each, a sitemap and the home page; four pages, and captures of each.
    assert len([one for one in run.asked if "matchType=host" in one]) == 2
    assert len(run.asked) - len(without.asked) <= 4 * (2 + 1 + 2 * 2 + 4)
    assert {one for one in run.asked if CALLS in one or ACCUSED in one} == set()


def test_an_original_that_is_not_to_be_asked_is_stated_all_the_same(tmp_path: Path) -> None:
    run = check(tmp_path, {}, (THEN,), f"{BARE}\nOriginal url: <{ORIGINAL}>\n", exclude=("gazette",))

    assert "no-original-stated" not in run.rules
    assert [one for one in run.asked if "matchType=host" in one] == []


@pytest.mark.parametrize("settings", [{"offline": True}, {"provenance": False}])
def test_nothing_is_searched_where_nothing_is_to_be_asked(tmp_path: Path, settings: dict[str, bool]) -> None:
    run = check(tmp_path, {}, (THEN,), NAMED, **settings)

    assert "no-original-stated" not in run.rules
    assert run.asked == []


def test_a_run_that_is_out_of_time_searches_nothing(tmp_path: Path) -> None:
    run = check(tmp_path, {}, (THEN,), NAMED, max_time=0.0)

    assert said(run).evidence == {"was_heard": False}
    assert run.asked == []


def test_nothing_is_searched_for_an_article_that_has_lost_nothing_or_states_it(tmp_path: Path) -> None:
    whole = NAMED.replace("(#)", f"({BAN})")
    stated = f"{NAMED}\nOriginal url: <http://gone.example/2017/02/14/x>\n"

    for text in (whole, stated):
        run = check(tmp_path, {}, (THEN,), text)
        assert "no-original-stated" not in run.rules
