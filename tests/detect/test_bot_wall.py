"""What counts as a wall against programs, and that no ordinary page does."""

import json
import tarfile
from functools import partial
from pathlib import Path

import pytest

from linkcheck.detect.api import Context
from linkcheck.detect.bot_wall import detect
from linkcheck.model import Check, Confidence, Finding
from tests.cost import is_linear
from tests.detect.answers import seen

CLOUDFLARE = (("server", "cloudflare"),)
MOMENT = (
    "<title>Just a moment...</title><body><h1>paper.org</h1><p>Verifying you are human. This may take a few seconds."
    "<script>window._cf_chl_opt={cvId:'3'};a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=8'</script>"
)
BLOCKED = (
    "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1><h2>You are unable to access "
    "paper.org</h2><h2>Why have I been blocked?</h2><p>This website is using a security service to protect itself from "
    "online attacks. The action you just performed triggered the security solution.</p>Cloudflare Ray ID: 8f"
)
DENIED = (
    "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n You don't have permission to "
    'access "http&#58;&#47;&#47;paper&#46;org&#47;" on this server.<P>\nReference&#32;&#35;18&#46;2d7f1402&#46;17\n'
    "<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;2d7f1402\n</BODY>\n</HTML>"
)
PERIMETERX = (
    "<title>Access to this page has been denied</title><div id=px-captcha></div><script>window._pxAppId='P'</script>"
)
DATADOME = (
    "<title>paper.org</title><p>Please enable JS and disable any ad blocker</p>"
    "<script>var dd={'host':'geo.captcha-delivery.com'}</script><script src=https://ct.captcha-delivery.com/c.js></script>"
)
IMPERVA = (
    '<META NAME="robots" CONTENT="noindex,nofollow"><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31'
    '&xinfo=1&incident_id=7-1">Request unsuccessful. Incapsula incident ID: 7-1</iframe>'
)
F5 = (
    "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your "
    "administrator.<br><br>Your support ID is: 17</body></html>"
)
CAPTCHA = "<title>paper.org</title><p>Please confirm you are human</p><div class='h-captcha' data-sitekey=x></div>"
CONTACT = (
    "<title>Contact</title><form><input type=text name=n><input type=email name=e><textarea></textarea>"
    "<div class=g-recaptcha></div></form><script src=https://www.google.com/recaptcha/api.js></script>"
)
ORDINARY_JSD = (
    "<title>Not found</title><p>There is no such page.<script>window.__CF$cv$params={};"
    "a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>"
)
ABOUT_CAPTCHAS = (
    "<title>Verify you are human: a history of the captcha</title><p>" + "Long ago, not a robot knew. " * 40
)


def found(check: Check, context: Context) -> list[Finding]:
    return list(detect(check, context))


def certain(check: Check, context: Context) -> str | None:
    """Give who guards the site, where that is certain."""
    return next((one.evidence["vendor"] for one in detect(check, context) if one.confidence is Confidence.HIGH), None)


@pytest.mark.parametrize("status", [200, 403, 404, 429, 503])
@pytest.mark.parametrize(
    ("body", "vendor"),
    [
        (MOMENT, "Cloudflare"),
        (BLOCKED, "Cloudflare"),
        (DENIED, "Akamai"),
        (PERIMETERX, "PerimeterX"),
        (DATADOME, "DataDome"),
        (IMPERVA, "Imperva"),
        (F5, "F5"),
    ],
)
def test_the_page_of_a_challenge_is_a_wall_at_any_status(body: str, vendor: str, status: int) -> None:
    assert certain(*seen(body, status)) == vendor


@pytest.mark.parametrize("status", [200, 202, 403, 404, 405, 503])
@pytest.mark.parametrize(
    ("header", "vendor"),
    [
        (("cf-mitigated", "challenge"), "Cloudflare"),
        (("x-amzn-waf-action", "captcha"), "AWS WAF"),
        (("x-vercel-mitigated", "challenge"), "Vercel"),
    ],
)
def test_a_header_that_says_so_is_enough(header: tuple[str, str], vendor: str, status: int) -> None:
    assert certain(*seen("", status, headers=(header,))) == vendor


def test_the_finding_says_which_header_and_which_words() -> None:
    (finding,) = found(*seen(MOMENT, 403, headers=(*CLOUDFLARE, ("cf-mitigated", "challenge"))))

    assert finding.evidence == {
        "status": 403,
        "vendor": "Cloudflare",
        "signs": [
            "cf-mitigated: challenge",
            "`_cf_chl_opt` in the page",
            'the title "Just a moment..."',
            'the words "verifying you are human"',
            "status 403",
            "server: cloudflare",
        ],
    }
    assert finding.message == (
        "a wall against programs (Cloudflare): cf-mitigated: challenge, `_cf_chl_opt` in the page"
    )
    assert finding.next.startswith("Open it in a browser")


def test_status_999_is_a_wall_by_itself() -> None:
    assert certain(*seen("", 999)) == "LinkedIn"


@pytest.mark.parametrize("code", [1006, 1010, 1015, 1020])
def test_a_code_in_plain_text_is_a_wall(code: int) -> None:
    assert certain(*seen(f"error code: {code}", 403, media_type="text/plain")) == "Cloudflare"


@pytest.mark.parametrize(
    ("body", "status", "headers"),
    [
        ("<title>Forbidden</title>", 403, CLOUDFLARE),
        ("<title>Forbidden</title>", 403, (("server", "AkamaiGHost"),)),
        ("<title>Robot Check</title>", 200, ()),
        ("<title>x</title><div class=g-recaptcha></div>", 200, ()),
        ("<title>Just a moment...</title>", 404, ()),
    ],
)
def test_one_sign_makes_a_wall_likely_and_no_more(body: str, status: int, headers: tuple[tuple[str, str], ...]) -> None:
    (finding,) = found(*seen(body, status, headers=headers))

    assert finding.confidence is Confidence.MEDIUM
    assert finding.message.startswith("most likely a wall")


def test_a_captcha_at_200_and_nothing_else_is_a_wall() -> None:
    assert [one.confidence for one in found(*seen(CAPTCHA))] == [Confidence.HIGH]


@pytest.mark.parametrize(
    "body",
    [
        "<title>paper.org</title><h1>Prove your humanity</h1><form><button>Go</button></form>",
        "<title>Automated Access Detected</title><p>Reference 0123456789abcdef</p>",
        "<p>Our systems have detected unusual traffic.</p><form><input name=captcha type=text></form>",
        "<title>Ой!</title><p>Подтвердите, что запросы отправляли вы</p><img src=c.png>",
        "<p>Potwierdź, że nie jesteś robotem</p><form><input name=code></form>",
        "<h1>Please verify</h1><iframe src=https://newassets.hcaptcha.com/captcha/v1/abc></iframe>",
        "<p>Verdächtig? Bestätigen Sie, dass Sie kein Roboter sind.</p><script>go()</script>",
    ],
)
def test_a_stub_that_asks_for_a_person_is_a_wall_in_any_language(body: str) -> None:
    assert found(*seen(body))


def test_a_page_that_only_sets_a_cookie_and_is_loaded_again_is_a_challenge() -> None:
    assert found(*seen("<script>document.cookie='a=1';location.reload(true)</script>"))
    assert found(*seen("<script>document.cookie='a=1';location.reload(true)</script><p>" + "Text. " * 9)) == []
    assert found(*seen("<script>document.cookie='a=1'</script><div id=root></div>")) == []
    assert found(*seen("<script>document.cookie='a=1';location.href='/old';" + "x();" * 2000 + "</script>")) == []


def test_status_202_and_hardly_a_word_is_a_challenge() -> None:
    assert found(*seen("<script>location.reload()</script>", 202))
    assert found(*seen("<p>Accepted: your order is being worked on.</p>", 202)) == []


@pytest.mark.parametrize(
    ("end", "vendor"),
    [
        ("https://paper.org/.well-known/sgcaptcha/?r=%2F", "SiteGround"),
        ("https://www.google.com/sorry/index?q=x", "Google"),
        ("https://geo.captcha-delivery.com/captcha/?cid=1", "DataDome"),
    ],
)
def test_the_address_of_a_challenge_tells_it(end: str, vendor: str) -> None:
    assert certain(*seen("<script></script>", end=end)) == vendor


@pytest.mark.parametrize(
    ("body", "status", "headers"),
    [
        (CONTACT, 200, CLOUDFLARE),
        (CONTACT.replace("<textarea>", "I'm not a robot<textarea>"), 200, ()),
        (ORDINARY_JSD, 404, CLOUDFLARE),
        (ORDINARY_JSD, 200, CLOUDFLARE),
        (ABOUT_CAPTCHAS, 200, CLOUDFLARE),
        ("<title>Forbidden</title>", 403, ()),
        ("<title>Access denied</title>", 403, (("server", "nginx"),)),
        ("<title>x</title>", 403, (("server", "CloudFront"),)),
        ("<title>Too Many Requests</title>", 429, CLOUDFLARE),
        ("<title>Bad gateway</title>", 503, CLOUDFLARE),
        ("<title>paper.org | 522: Connection timed out</title>", 522, CLOUDFLARE),
        ("<p>Are you human?</p>", 200, CLOUDFLARE),
        ("error code: 1016", 530, CLOUDFLARE),
    ],
)
def test_ordinary_answers_are_no_walls(body: str, status: int, headers: tuple[tuple[str, str], ...]) -> None:
    assert found(*seen(body, status, headers=headers)) == []


def test_without_an_answer_there_is_nothing_to_see() -> None:
    check, _ = seen()

    assert found(check, Context(url="https://paper.org/")) == []


def test_a_hostile_page_takes_no_time() -> None:
    def work(piece: bytes, size: int) -> None:
        found(*seen(piece * (size // len(piece))))

    for piece in (b"type=", b"type         ", b"<div class=g-recaptcha>", b"_" * 9):
        assert is_linear(partial(work, piece), 900_000)


def test_no_article_of_a_real_site_is_a_wall(cases: Path) -> None:
    looked = 0
    with tarfile.open(cases / "pages" / "trafilatura-eval-meta.tar.xz") as pages:
        for member in pages:
            if member.name.endswith(".html") and (file := pages.extractfile(member)):
                assert found(*seen(file.read(1 << 20), headers=CLOUDFLARE)) == [], member.name
                looked += 1
    assert looked > 800


@pytest.mark.parametrize("status", [200, 404])
def test_no_real_page_or_error_page_is_a_wall(cases: Path, status: int) -> None:
    servers, sites = cases / "pages" / "errors-default", cases / "pages" / "soft404"
    labels = json.loads((servers / "labels.json").read_text())
    lines = (sites / "labels.jsonl").read_text().splitlines()
    files = [servers / label["file"] for label in labels] + [sites / json.loads(line)["file"] for line in lines]

    for file in files:
        assert found(*seen(file.read_bytes(), status, headers=CLOUDFLARE)) == [], file.name
    assert len(files) > 250


def test_no_error_page_of_a_server_is_a_wall_at_its_own_status(cases: Path) -> None:
    folder = cases / "pages" / "errors-default"

    for label in json.loads((folder / "labels.json").read_text()):
        assert found(*seen((folder / label["file"]).read_bytes(), label["status"] or 200)) == [], label["file"]
