"""When a slug speaks of another story than its text, and when nothing is said."""

import pytest

from linkcheck.detect.text_target_mismatch import mention as look
from linkcheck.model import Confidence, Role, Severity
from tests.detect.mentions import HEADLINE, MOSCOW, OTHER, mention

ELSEWHERE = "https://paper.test/2018/11/20/council-postpones-the-vote-on-the-lighthouse"


def test_a_slug_of_the_article_itself_contradicts_with_the_words() -> None:
    (finding,) = look(mention(OTHER, MOSCOW))

    assert (finding.severity, finding.confidence) == (Severity.WARNING, Confidence.HIGH)
    assert finding.message == (
        'the text speaks of "top officials call russophobic paranoia", '
        'the URL of "trump security advisor michael claims ..."'
    )
    assert finding.evidence["in_both"] == "russian flynn resignation"
    assert finding.next.startswith("The link is this article itself, as in line 45; find")


def test_a_slug_without_a_common_word_contradicts() -> None:
    (finding,) = look(mention("Officials Say That Sanctions Will Remain Until Crimea Is Returned", ELSEWHERE))

    assert finding.confidence is Confidence.MEDIUM
    assert finding.next.startswith("Open the link")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (HEADLINE, MOSCOW),
        ("Council Postpones the Vote on the Lighthouse for the Third Time", ELSEWHERE),
        (OTHER, None),
        (OTHER, "https://paper.test/news/57137"),
        (OTHER, "https://paper.test/the-lighthouse"),
        (OTHER, "https://paper.test/der-rat-und-die-abstimmung-ueber-das-leuchtfeuer"),
        (OTHER, "https://paper.test/podolski-zavershil-kareru-v-sbornojj"),
        ("You might also like", MOSCOW),
        ("Click to email this to a friend (Opens in new window)", MOSCOW),
        ("Officials stand before the White House in the morning rain. Photo: AP", ELSEWHERE),
        ("Flynn, Putin", ELSEWHERE),
        ("", ELSEWHERE),
    ],
)
def test_who_is_in_doubt_is_silent(text: str, url: str | None) -> None:
    assert list(look(mention(text, url))) == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RELATED}))
def test_only_related_stories_are_linked_by_their_headlines(role: Role) -> None:
    assert list(look(mention(OTHER, MOSCOW, role=role))) == []
