"""Who is accused of leading back to the article, and who never is."""

import pytest
from msgspec.structs import replace

from linkcheck.detect.self_reference import mention as look
from linkcheck.model import Claim, Role, Severity
from tests.detect.mentions import HEADLINE, MOSCOW, OTHER, mention

BARE = MOSCOW.removeprefix("https://www.")


def test_a_related_story_that_is_the_article_is_the_wrong_page() -> None:
    (finding,) = look(mention(OTHER, MOSCOW))

    assert finding.severity is Severity.ERROR
    assert finding.message == "the link is this article (same URL as line 45), but its text names another story"
    assert finding.next.startswith("The link is this article itself, as in line 45; find the story")
    assert finding.next.endswith("put its URL in line 41.")
    assert finding.evidence["same_as_line"] == 45
    assert finding.evidence["text"] == OTHER


@pytest.mark.parametrize(
    "url",
    [
        f"http://{BARE}",
        f"https://{BARE}",
        f"{MOSCOW}/",
        f"{MOSCOW}?utm_source=feed&fbclid=x",
        f"{MOSCOW}#xtor=RSS-1",
        f"{MOSCOW}#",
    ],
)
def test_scheme_www_slash_and_tracking_are_set_aside(url: str) -> None:
    assert len(list(look(mention(OTHER, url)))) == 1


def test_running_text_is_accused_only_where_it_surely_names_another_story() -> None:
    other = "Council Postpones Vote on Old Lighthouse Until Autumn"

    assert len(list(look(mention(other, MOSCOW, role=Role.CITATION)))) == 1
    assert list(look(mention("according to officials in Moscow", MOSCOW, role=Role.CITATION))) == []


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (OTHER, None),
        (OTHER, "https://www.themoscowtimes.com/2017/02/14/top-russian-officials-a57140"),
        (OTHER, f"{MOSCOW}?page=2"),
        (OTHER, f"{MOSCOW}#comments"),
        (OTHER, "https://www.themoscowtimes.com/"),
        (OTHER, "mailto:desk@themoscowtimes.com"),
        (HEADLINE, MOSCOW),
        ("Michael Flynn Resigns", MOSCOW),
        ("Flynn Resigns Amid Claims of Talks With Ambassador", MOSCOW),
        ("Read the full story on our website", MOSCOW),
        ("Continue reading at The Moscow Times", MOSCOW),
        (MOSCOW, MOSCOW),
        ("Share this on Facebook", MOSCOW),
        ("here", MOSCOW),
        ("", MOSCOW),
    ],
)
def test_other_pages_and_what_means_the_article_itself_are_not_accused(text: str, url: str | None) -> None:
    assert list(look(mention(text, url))) == []
    assert list(look(mention(text, url, role=Role.CITATION))) == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RELATED, Role.CITATION}))
def test_only_stories_are_looked_at(role: Role) -> None:
    assert list(look(mention(OTHER, MOSCOW, role=role))) == []


def test_a_page_of_the_web_is_known_by_its_address() -> None:
    asked = mention(OTHER, MOSCOW, originals=())
    read_there = replace(asked, document=replace(asked.document, url=MOSCOW))

    assert list(look(asked)) == []
    assert len(list(look(read_there))) == 1


def test_a_digest_with_several_originals_is_not_one_of_them() -> None:
    originals = (
        Claim("original", MOSCOW, "original link", 45),
        Claim("original", "https://paper.test/another-story", "original link", 60),
    )

    assert list(look(mention(OTHER, MOSCOW, originals=originals))) == []


def test_a_canonical_home_page_is_no_article() -> None:
    home = (Claim("original", "https://paper.test/", "rel=canonical", 2),)

    assert list(look(mention(OTHER, "https://paper.test/", originals=home))) == []


def test_a_commented_original_is_called_by_its_own_name() -> None:
    text = "Michael Flynn Resigns Amid Claims of Talks"

    assert list(look(mention(text, MOSCOW, title="What We Think of Last Week in Washington"))) == []
