"""Originals that are not what they should be: a claim, a finding or "cannot tell", and never a wrong target.

What `test_copied` stages of them is not repeated here: these are the nastier ones. Its world is used.
"""

from pathlib import Path

import pytest

from linkcheck.demo.table import Capture, Page
from linkcheck.model import Verdict
from tests.pipeline.test_copied import (
    ACCUSED,
    BAN,
    CALLS,
    CHATTER,
    GERMAN,
    HEADLINE,
    LOST,
    ORIGINAL,
    TEXT,
    THEN,
    Run,
    check,
    published,
    story,
)

LURE = '<p><a href="http://casino.example/bonus">According to the harbour radio</a> one may win.</p>'
"""The words of a lost link, which lead elsewhere."""
ELSEWHERE = "http://gazette.example/2024/05/05/ten-recipes-for-herring"
HTML = (("content-type", "text/html"),)
INDEXED = {words: url for words, url in LOST.items() if url == ACCUSED}
"""What the archive's index gives, whatever the original shows."""


def findings(run: Run, rule: str) -> list[dict[str, str]]:
    return [
        {"severity": one.severity.value, "message": one.message, "next": one.next}
        for one in run.document.findings
        if one.rule == rule
    ]


def is_honest(run: Run) -> bool:
    """Every lost link has a next step, and nothing that the original did not say is put in its place."""
    lost = [row for row in run.rows if row.verdict is Verdict.PLACEHOLDER]
    is_told = all(one.next.strip() for row in lost for one in row.findings) and all(row.findings for row in lost)
    return len(lost) == 3 and is_told and all(LOST[words] == url for words, url in run.recovered.items())


@pytest.mark.parametrize(
    "page",
    [
        Page(body=story("Ten Recipes for Herring", LURE + CHATTER)),
        Page(body=story(HEADLINE, LURE + CHATTER)),
        Page(body=story("Beraterin tritt zurück", LURE + GERMAN)),
        Page(body=story(HEADLINE, f"<p>Subscribe to read on.</p>{LURE}")),
        Page(status=403, body=story(HEADLINE, LURE)),
        Page(headers=HTML, body=b"%PDF-1.7\n" + LURE.encode() * 9),
        Page(headers=(("content-type", "application/pdf"),), body=LURE.encode() * 9),
        Page(headers=HTML, body=b"<p>And so on. </p>" * 400_000 + published()),
        Page(headers=(("content-type", "text/html; charset=utf-16"),), body=published()),
        Page(status=200, body=b""),
        Page(status=302, headers=(("location", "/2024/05/05/ten-recipes-for-herring"),)),
        Page(status=302, headers=(("location", ORIGINAL.removeprefix("http://gazette.example")),)),
        Page(status=301, headers=(("location", "http://10.0.0.1/secret"),)),
        Page(headers=(("refresh", "0; url=http://gazette.example/2024/05/05/ten-recipes-for-herring"), *HTML)),
    ],
    ids=[
        "another article", "another text under the headline", "another language", "a wall at 200", "a wall at 403",
        "a PDF that says it is a page", "a PDF", "the article behind 7 MB", "another charset", "nothing",
        "a redirect to another article", "a redirect to itself", "a redirect to a private address",
        "a refresh",
    ],
)  # fmt: skip
def test_what_is_not_the_article_recovers_nothing_and_accuses_nobody(tmp_path: Path, page: Page) -> None:
    run = check(tmp_path, {ORIGINAL: page, ELSEWHERE: Page(body=story("Ten Recipes for Herring", LURE + CHATTER))})

    assert is_honest(run)
    assert run.recovered == INDEXED
    assert not {"copy-differs", "quote-altered", "quote-missing", "author-differs", "date-conflict"} & run.rules
    (radio,) = [row for row in run.rows if row.text.startswith("According")]
    assert "the original could not be read" in radio.findings[0].next
    assert "casino" not in str(radio.rescues)
    assert run.document.copy is None


@pytest.mark.parametrize(
    ("lie", "severities"),
    [
        ("2024-05-05T09:00:00Z", ["note"]),
        ("1970-01-01T00:00:00Z", ["note"]),
        ("2099-12-31", ["note"]),
        ("2017-14-02", []),
        ("0000-00-00", []),
        ("yesterday", []),
    ],
)
@pytest.mark.parametrize("is_captured", [True, False])
def test_a_date_that_the_original_lies_about_is_a_note_where_its_address_agrees(
    tmp_path: Path, lie: str, severities: list[str], *, is_captured: bool
) -> None:
    head = f"<meta property=article:published_time content='{lie}'>"
    lying = published(head=head).replace(b"February 14, 2017", b"")

    run = check(tmp_path, {ORIGINAL: Page(body=lying)}, (THEN,) if is_captured else ())

    assert run.recovered == LOST
    # The capture of that time is nearer to the truth than what the page says now.
    assert [one["severity"] for one in findings(run, "date-conflict")] == ([] if is_captured else severities)
    first = next(claim for claim in run.document.claims if claim.field == "published")
    assert (first.value, first.said_by) == ("2017-02-14", "date line")


def test_a_date_that_nothing_backs_is_a_warning_with_both_days(tmp_path: Path) -> None:
    head = "<meta property=article:published_time content=2015-05-05>"
    undated, bare = ORIGINAL.replace("/2017/02/14/", "/"), TEXT.replace("ORIGINAL", ORIGINAL.replace("/2017/02/14", ""))

    run = check(tmp_path, {undated: Page(body=published(head=head).replace(b"February 14, 2017", b""))}, (), bare)

    assert run.recovered == LOST
    (said,) = findings(run, "date-conflict")
    assert said["severity"] == "warning"
    assert ("2017-02-14" in said["message"], "2015-05-05" in said["message"]) == (True, True)
    assert said["next"] == "Find out which day is right."


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "H", // who wrote it\n"author": {"name": "Ann Smith"},}',
        '/* by the CMS */ [{"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ann Smith",}],},]',
        '<!-- {"@graph": [{"@type": "NewsArticle", "author": {"name": "Ann Smith"}, /* , */ }, ] } -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "author": "Ann Smith", "description": "one\ntwo", }\n//]]>',
    ],
    ids=["comment", "trailing commas", "an HTML comment", "CDATA and a bare line end"],
)
def test_what_dirty_json_says_is_a_claim_and_is_compared(tmp_path: Path, script: str) -> None:
    head = f"<script type=application/ld+json>{script}</script>"
    text = TEXT.replace("**Ines Varga / HG**", "By Hanna Berg\n\n**Ines Varga / HG**")
    live = published(text, head=head).replace(b"By Hanna Berg", b"")

    run = check(tmp_path, {ORIGINAL: Page(body=live)}, (), text)

    assert run.recovered == LOST
    said = [(claim.field, claim.value, claim.said_by) for claim in run.document.claims if claim.field == "author"]
    assert said == [("author", "Hanna Berg", "byline"), ("author", "Ann Smith", "the live original (JSON-LD)")]
    assert [one["severity"] for one in findings(run, "author-differs")] == ["warning"]


@pytest.mark.parametrize("script", ['{"author": ' * 5000, '{"@type": "NewsArticle", "author"', "{]" * 9999, "[,]"])
def test_json_that_nobody_can_read_says_nothing(tmp_path: Path, script: str) -> None:
    run = check(tmp_path, {ORIGINAL: Page(body=published(head=f"<script type=application/ld+json>{script}</script>"))})

    assert run.recovered == LOST
    assert [claim for claim in run.document.claims if claim.field == "author"] == []


@pytest.mark.parametrize(
    ("prefix", "is_told"),
    [
        ("/web/20170214091500/", True),
        ("//wayback.example/web/20170214091500/", True),
        ("http://wayback.example/web/20170214091500id_/", True),
        ("http://archive.elsewhere.example/all/20170214091500mp_/", True),
        ("https://web.archive.org/web/20170214091500/http://wayback.example/web/20170214091500/", True),
        ("http://wayback.example/web/*/", True),
        ("/web/2017*/", True),
        ("https://proxy.example/-----", True),
        ("/saved/page.php?to=", False),
        ("http://wayback.example/search?all=", False),
        ("http://wayback.example/saved/page.php?to=", False),
        ("javascript:void(0)//", False),
    ],
)
def test_links_that_a_memento_has_rewritten_lead_to_what_they_were_or_nowhere(
    tmp_path: Path, prefix: str, *, is_told: bool
) -> None:
    rewritten = published(prefix=prefix)

    run = check(tmp_path, {}, (Capture("20170214091500", ORIGINAL, body=rewritten),))

    assert is_honest(run)
    assert run.recovered == LOST if is_told else run.recovered.items() <= {**INDEXED, **LOST}.items()
    assert all("wayback.example" not in one.url for row in run.rows for one in row.rescues)


@pytest.mark.parametrize("target", [ORIGINAL, "http://gazette.example/", "http://wayback.example/", "#top"])
def test_a_memento_whose_links_all_lead_to_one_page_recovers_none_of_them(tmp_path: Path, target: str) -> None:
    page = published(prefix="SAME ")
    for url in LOST.values():
        page = page.replace(f"SAME {url}".encode(), target.encode())

    run = check(tmp_path, {}, (Capture("20170214091500", ORIGINAL, body=page),))

    assert is_honest(run)
    assert set(run.recovered.values()) <= {ACCUSED, BAN, CALLS}


@pytest.mark.parametrize("is_named", [True, False])
def test_two_originals_of_which_none_can_be_read_are_named(tmp_path: Path, *, is_named: bool) -> None:
    second = "http://mirror.example/brandt-resigns"
    text = f"---\noriginal_url: {second}\n---\n{TEXT}" if is_named else f"{TEXT}\nOriginal url:\n\n<{second}>\n"

    run = check(tmp_path, {second: Page(status=410)}, (), text)

    assert {claim.value for claim in run.document.claims if claim.field == "original"} == {ORIGINAL, second}
    assert is_honest(run)
    assert run.recovered == INDEXED
    (said,) = findings(run, "original-unreachable")
    assert "404" in said["message"] or "410" in said["message"]


def test_two_originals_of_which_one_is_a_wall_are_read_from_the_other(tmp_path: Path) -> None:
    second = "http://mirror.example/brandt-resigns"
    wall = Page(status=403, headers=(("cf-mitigated", "challenge"),), body=story("Just a moment...", LURE))

    run = check(tmp_path, {ORIGINAL: wall, second: Page(body=published())}, (), f"{TEXT}\nOriginal url: <{second}>\n")

    assert run.recovered == {words: url for words, url in LOST.items() if url != CALLS}  # what it leads to is open
    assert not {"original-unreachable", "no-original-stated"} & run.rules
