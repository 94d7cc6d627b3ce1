"""What counts as a parked domain, and what only speaks of domains."""

import pytest

from linkcheck.detect.parked_domain import detect
from linkcheck.model import Confidence
from tests.detect.answers import seen

PROSE = "A registrar explains how this domain is for sale and how to buy this domain at an auction. " * 20


@pytest.mark.parametrize(
    ("body", "confidence"),
    [
        ("<title>friends.org is for sale</title><h1>Buy this domain</h1><p>friends.org", Confidence.HIGH),
        ("<title>x</title><p>This domain is parked. Related searches: lamps, boats", Confidence.MEDIUM),
        (
            "<title>x</title><script src=//google.com/adsense/domains/caf.js></script><p>Related links",
            Confidence.HIGH,
        ),
        ("<script>window.LANDER_SYSTEM='x'</script><p>Loading", Confidence.MEDIUM),
        ("<title>Diese Domain steht zum Verkauf</title><h1>Diese Domain kaufen</h1>", Confidence.MEDIUM),
        ("<title>域名出售</title><h1>此域名出售</h1><p>购买此域名", Confidence.MEDIUM),
        ("<title>x.org</title><p>Sponsored listings</p>" + "<a href=/s?q=1>Cheap flights</a> " * 9, Confidence.MEDIUM),
    ],
)
def test_parked_pages(body: str, confidence: Confidence) -> None:
    (finding,) = detect(*seen(body, url="https://friends.org/"))

    assert finding.confidence is confidence
    assert finding.evidence["signs"]


def test_a_redirect_to_a_parking_service_is_a_proof() -> None:
    (finding,) = detect(*seen("<title>Offer</title>", url="https://friends.org/a", end="https://www.hugedomains.com/d"))

    assert finding.confidence is Confidence.HIGH
    assert "hugedomains.com" in finding.message


@pytest.mark.parametrize(
    "body",
    [
        f"<title>How to sell a domain</title><h1>How to sell a domain</h1><p>{PROSE}",
        "<title>The lamp</title><p>Related searches</p><p>" + "The harbour council voted to keep it lit. " * 20,
        "<title>Farm</title><p>The farm is for sale.",
        "",
    ],
)
def test_what_only_speaks_of_it(body: str) -> None:
    assert list(detect(*seen(body))) == []


def test_a_parking_service_that_was_asked_for_itself_is_none() -> None:
    assert (
        list(detect(*seen("<title>Sedo</title><p>Domains", url="https://sedo.com/x", end="https://sedo.com/y"))) == []
    )


NEWS = (
    "<p>For ninety years the paper came out on Fridays, and its readers met it at the pier with coffee and fresh rolls."
    " Now its last editor keeps the archive in a shed behind the church, where the roof leaks when it rains from the"
    " west. Nobody at the council wants to pay for shelves, and the library has no room left for the bound years.</p>"
)


@pytest.mark.parametrize(
    "body",
    [
        f"<title>'This domain is for sale': a paper is gone</title><h1>'This domain is for sale'</h1>{NEWS}",
        "<title>Where papers go - paper.org</title><p>It says \u201cthis domain is for sale\u201d now. paper.org",
        f"<title>The end | paper.org</title>{NEWS}<p>This domain is for sale, says the page. Buy this domain.",
        '<title>Verkauft</title><p>Dort steht: "Diese Domain steht zum Verkauf." Mehr steht dort nicht. paper.org',
        f"<title>\u4e00\u4efd\u62a5\u7eb8</title><p>\u300c\u57df\u540d\u51fa\u552e\u300d</p>{NEWS}",
    ],
)
def test_a_report_that_quotes_the_words_is_none(body: str) -> None:
    assert list(detect(*seen(body))) == []


def test_what_sells_a_domain_may_say_much_of_it() -> None:
    pitch = "This domain is short and easy to remember. " * 12
    (finding,) = detect(*seen(f"<title>This domain is for sale</title><h1>Buy this domain</h1><p>{pitch}"))

    assert finding.confidence is Confidence.MEDIUM
