"""What counts as a login instead of a page."""

import pytest
from msgspec import structs

from linkcheck.detect.api import Context
from linkcheck.detect.login_wall import detect
from linkcheck.model import Check, Confidence
from tests.detect.answers import URL, seen

FORM = "<title>Log in</title><form>Your name <input name=u> <input type='password' name=p></form>"
LONG = "<title>Guide</title><p>" + "All that there is to know about it. " * 40
HEADER_FORM = "<form><input type=password></form>" + LONG


def found(check: Check, context: Context) -> list[Confidence]:
    return [finding.confidence for finding in detect(check, context)]


@pytest.mark.parametrize(
    "end",
    [
        "https://paper.org/login",
        "https://paper.org/users/sign_in",
        "https://paper.org/wp-login.php",
        "https://paper.org/Sign-In.aspx",
        "https://login.paper.org/",
        "https://accounts.google.com/v3/identifier",
        "https://idp.springer.com/start",
        "https://sso.paper.org/adfs",
    ],
)
def test_a_redirect_to_a_login_is_a_wall(end: str) -> None:
    assert found(*seen(FORM, end=end)) == [Confidence.HIGH]


def test_a_login_that_sends_back_is_certain_whatever_it_shows() -> None:
    end = "https://paper.org/account/start?return=https%3A%2F%2Fpaper.org%2F2017%2F02%2F14%2Fstory"

    assert found(*seen(LONG, end=end)) == [Confidence.HIGH]
    assert found(*seen("", end="https://paper.org/login")) == [Confidence.MEDIUM]


def test_the_finding_says_where_it_led() -> None:
    (finding,) = detect(*seen(FORM, end="https://paper.org/login?x=1"))

    assert finding.message == "redirects to a login (paper.org/login)"
    assert finding.evidence == {
        "from": URL,
        "to": "https://paper.org/login?x=1",
        "word": "login",
        "password_field": True,
    }


def test_status_401_says_how_it_wants_a_login() -> None:
    (finding,) = detect(*seen("", 401, headers=(("www-authenticate", 'Basic realm="Desk"'),)))

    assert (finding.confidence, finding.message) == (
        Confidence.HIGH,
        "asks for a login: status 401, www-authenticate: Basic",
    )
    assert found(*seen("", 401, headers=(("www-authenticate", " "),))) == [Confidence.HIGH]


def test_a_page_that_is_nothing_but_a_login_is_likely_a_wall() -> None:
    assert found(*seen(FORM)) == [Confidence.MEDIUM]


@pytest.mark.parametrize("end", ["https://paper.org/customer/account/login/", "https://paper.org/securelogin.php"])
def test_a_login_in_a_shop_full_of_words_is_a_login(end: str) -> None:
    assert found(*seen(LONG + FORM, end=end)) == [Confidence.HIGH]


@pytest.mark.parametrize(
    "body",
    [
        "<title>Sign in | Paper</title><div id=root></div><script></script>",
        "<title>Paper</title><p>You must be logged in to view this page.</p>",
        "<title>Paper</title><h2>Welcome</h2><a href=/oauth>Sign in with dex</a>",
        "<title>Zeitung</title><p>Bitte melden Sie sich an.</p>",
        "<title>ログイン</title>",
    ],
)
def test_a_login_without_a_form_is_told_by_its_words(body: str) -> None:
    assert found(*seen(body)) == [Confidence.MEDIUM]
    assert found(*seen(body + LONG)) == []


@pytest.mark.parametrize(
    ("url", "end", "body"),
    [
        ("https://paper.org/login", "https://paper.org/en/login", FORM),  # a login is what was cited
        ("https://paper.org/login", "", FORM),
        ("https://paper.org/", "", FORM),  # so is the home page of a service
        (URL, "https://paper.org/2017/other", LONG),
        (URL, "https://paper.org/docs/login", LONG),  # a page about logins
        (URL, "https://paper.org/accounts/annual", ""),
        (URL, "https://paper.org/authors/x", ""),
        (URL, "https://paper.org/blog/login-with-x", ""),
        (URL, "", HEADER_FORM),
        (URL, "", ""),
    ],
)
def test_other_pages_are_no_walls(url: str, end: str, body: str) -> None:
    assert found(*seen(body, url=url, end=end)) == []


@pytest.mark.parametrize("status", [404, 410, 500])
def test_an_error_is_an_error_wherever_it_stands(status: int) -> None:
    assert found(*seen(FORM, status, end="https://paper.org/login")) == []


def test_without_an_answer_there_is_nothing_to_see() -> None:
    check, _ = seen()

    assert found(check, Context(url=URL)) == []


def test_a_page_that_was_cut_may_have_its_words_further_on() -> None:
    check, context = seen(FORM)
    assert context.page

    assert found(check, structs.replace(context, page=structs.replace(context.page, is_whole=False))) == []


def test_a_file_that_holds_such_bytes_is_no_login() -> None:
    assert found(*seen(FORM, media_type="image/png")) == []
