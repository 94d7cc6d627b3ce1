"""What is secret does not stand in evidence, and chains that turn on cookies can be walked all the same."""

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.config import Config, HostSettings
from linkcheck.evidence.discreet import HIDDEN, Discretion
from linkcheck.evidence.recorder import _secret_headers

KEPT = Discretion(b"key", {"X-Api-Key"})
VALUES = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=";"), min_size=1, max_size=5000)


def test_credentials_are_hidden_whatever_they_are_called() -> None:
    said = [("Authorization", "Bearer s3cr3t"), ("proxy-authorization", "Basic s3cr3t"), ("x-api-key", "s3cr3t")]

    assert KEPT.headers(said) == tuple((name, HIDDEN) for name, _ in said)


def test_headers_that_the_environment_fills_in_are_credentials() -> None:
    hosts = {"a.org": HostSettings(headers={"X-One": "${LINKCHECK_SECRET_A}", "x-open": "1", "X-Api-Key": "2"})}

    assert _secret_headers(Config(hosts=hosts)) == {"X-One", "X-Api-Key"}


def test_what_is_not_secret_is_kept() -> None:
    said = (("content-type", "text/html"), ("location", "/a?b=c"), ("etag", '"x=y"'))

    assert KEPT.headers(said) == said


def test_a_redirect_gives_no_password_away() -> None:
    assert KEPT.headers([("location", "http://me:s3cr3t@a.org/")]) == (("location", "http://***@a.org/"),)


@given(VALUES, VALUES)
def test_cookies_are_told_apart_and_not_told(one: str, other: str) -> None:
    ((_, first), (_, second), (_, sent)) = KEPT.headers(
        [("set-cookie", f"sid={one}; Path=/; HttpOnly"), ("set-cookie", f"sid={other}"), ("cookie", f"a=1; sid={one}")]
    )
    name, _, token = first.partition(";")[0].partition("=")

    assert name == "sid"
    assert first.endswith("; Path=/; HttpOnly")
    assert sent.endswith(f"sid={token}")
    assert (token == second.removeprefix("sid=")) == (one == other)
    assert len(token) >= len(one)
    assert len(one) < 4 or one not in token


def test_the_same_cookie_looks_otherwise_in_every_run() -> None:
    assert KEPT.headers([("cookie", "a=b")]) != Discretion(b"other").headers([("cookie", "a=b")])
