"""What counts as a gate before a page: by its address, and by what it says."""

from urllib.parse import quote

import pytest

from linkcheck.detect.api import Context
from linkcheck.detect.gate import detect
from linkcheck.model import Check, Confidence
from tests.detect.answers import URL, seen

ASKS = "<title>paper.org</title><h1>Welcome</h1><p>Some words.</p><form action=go><button>OK</button></form>"
LONG = "<title>Guide</title><p>" + "All that there is to know about it. " * 60
BACK = quote(URL, safe="")


def found(check: Check, context: Context) -> list[tuple[str, Confidence]]:
    return [(finding.evidence["kind"], finding.confidence) for finding in detect(check, context)]


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ("https://consent.google.com/ml?gl=DE&m=0", "consent"),
        ("https://guce.yahoo.com/consent?gcrumb=x", "consent"),
        ("https://consent.yahoo.com/v2/collectConsent?sessionId=3_cc", "consent"),
        (f"https://www.spiegel.example/consent-a-?targetUrl={BACK}", "consent"),
        (f"https://paper.org/zustimmung?url={BACK}", "consent"),
        (f"https://paper.org/gdpr-consent/?next_url={BACK}", "consent"),
        (f"https://myprivacy.dpgmedia.nl/consent?callbackUrl=https%3A%2F%2Fpaper.org%2Fok%3Furi%3D{BACK}", "consent"),
        (f"https://choice.paper.org/index.html?origin={BACK}", "consent"),
        (f"https://paper.org/privacy?return={BACK}", "consent"),
        ("https://store.steampowered.com/agecheck/app/1/", "age"),
        (f"https://www.reddit.com/over18?dest={BACK}", "age"),
        (f"https://www.blogger.com/blogin.g?blogspotURL={BACK}", "age"),
        (f"https://paper.org/age-verification/?redirect={BACK}", "age"),
        (f"https://paper.org/select-region?return={BACK}", "region"),
        (f"https://paper.org/country?returnUrl={BACK}", "region"),
        ("https://paper.org/unsupported-eu", "region"),
        ("https://paper.queue-it.net/?c=paper&e=event", "queue"),
        (f"https://paper.org/waitingroom?t={BACK}", "queue"),
        (f"https://paper.org/queue/?target={BACK}", "queue"),
        (f"https://paper.org/open-app?to={BACK}", "app"),
        (f"https://yandex.example/showcaptcha?retpath={BACK}", "check"),
        ("https://paper.org/blocked?uuid=1&url=LzIwMTcvMDIvMTQvc3Rvcnk=", "check"),
        (f"https://validate.perfdrive.com/?ssc={BACK}", "check"),
        (f"https://www.google.com/sorry/index?continue={BACK}", "check"),
        (f"https://paper.org/subscribe?next={BACK}", "pay"),
    ],
)
def test_a_gate_is_told_by_its_address(end: str, kind: str) -> None:
    assert [one for one, _ in found(*seen(ASKS, end=end))] == [kind]


def test_a_story_that_leads_to_a_store_of_apps_is_behind_a_gate_and_a_short_address_is_not() -> None:
    store = "https://apps.apple.com/us/app/paper/id1"

    assert found(*seen(ASKS, url="https://paper.org/the-mayor-promises-a-bridge", end=store)) == [
        ("app", Confidence.HIGH)
    ]
    assert found(*seen(ASKS, url="https://paper.org/app", end=store)) == []
    assert found(*seen(ASKS, url="https://get.paper.org/x", end=store)) == []


def test_the_address_that_is_carried_along_is_enough_on_a_short_page() -> None:
    assert found(*seen(ASKS, end=f"https://paper.org/hello?continue={BACK}")) == [("other", Confidence.MEDIUM)]
    assert found(*seen(LONG, end=f"https://paper.org/hello?continue={BACK}")) == []


def test_the_finding_says_in_plain_words_what_stands_there() -> None:
    (finding,) = detect(*seen(ASKS, end=f"https://consent.youtube.com/m?continue={BACK}"))

    assert finding.confidence is Confidence.HIGH
    assert finding.message == (
        "the site asks for consent to cookies or tracking before it shows anything (consent.youtube.com/m)"
    )
    assert finding.next.startswith("Open it in a browser")


def test_what_a_directory_knows_of_a_video_comes_before_the_gate() -> None:
    url = "https://www.youtube.com/watch?v=abc"

    assert found(*seen(ASKS, url=url, end="https://consent.youtube.com/m")) == [("consent", Confidence.MEDIUM)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<title>Before you continue to YouTube</title><form></form>", "consent"),
        ("<title>Beer</title><h1>Are you of legal drinking age?</h1><a href=#>Yes</a>", "age"),
        ("<title>Лавка</title><p>Вам уже исполнилось 18 лет?</p>", "age"),
        ("<title>Tickets</title><h2>You are now in line</h2>", "queue"),
        ("<title>Shop</title><h1>Select your country</h1>", "region"),
        ("<title>Post</title><p>Open in the app</p>", "app"),
    ],
)
def test_a_gate_without_a_redirect_is_told_by_its_words(body: str, kind: str) -> None:
    assert found(*seen(body)) == [(kind, Confidence.MEDIUM)]


@pytest.mark.parametrize(
    ("url", "end", "body"),
    [
        (
            URL,
            "",
            "<div>Are you over 18? Before you continue, accept cookies.</div>" + LONG,
        ),  # a banner over an article
        ("https://beer.org/", "", "<h1>Are you over 18?</h1>"),
        ("https://paper.org/consent", "https://paper.org/en/consent", ASKS),  # the gate is what was cited
        ("https://consent.google.com/a", "https://consent.google.com/b", ASKS),
        ("https://play.google.com/store/old", "https://play.google.com/store/new", ASKS),
        (URL, "https://paper.org/privacy", ASKS),
        (URL, "https://paper.org/country/france", ASKS),
        (URL, f"https://paper.org/404?next={BACK}", ASKS),
        (URL, f"https://paper.org/x?continue={BACK}", "<title>Page not found</title><h1>404 Not Found</h1>"),
        (URL, f"{URL}?redirected=1&return={BACK}", ASKS),
        (URL, f"{URL.replace('paper', 'www.paper')}?return={BACK}", ASKS),
        ("https://paper.org/informed-consent", "https://paper.org/health/consent", ASKS),
        (URL, "https://paper.org/health/consent", "<p>" + "What one must know. " * 200),
        ("https://paper.org/stores/country", "", "<h1>Select your country</h1>"),
        (URL, "https://paper.org/new/story", ASKS),
        (URL, "", ASKS),
    ],
)
def test_other_pages_are_no_gates(url: str, end: str, body: str) -> None:
    assert found(*seen(body, url=url, end=end)) == []


def test_an_error_is_no_gate_and_a_queue_at_503_is_one() -> None:
    end = f"https://paper.org/queue?target={BACK}"

    assert found(*seen(ASKS, 404, end=end)) == []
    assert found(*seen(ASKS, 503, end=end)) == [("queue", Confidence.HIGH)]


def test_without_an_answer_there_is_nothing_to_see() -> None:
    check, _ = seen()

    assert found(check, Context(url=URL)) == []
