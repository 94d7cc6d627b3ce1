"""Rules about single answers that need no more than a table."""

import pytest
from msgspec import structs

from linkcheck import registry
from linkcheck.detect.api import Detector
from linkcheck.model import Check, FailureKind, Finding, FragmentAnswer, Hop, Severity, Trouble
from tests.detect.answers import URL, seen


def found(rule: str, *args: object, **said: object) -> list[Finding]:
    plugin: Detector = registry.load("detect", rule)
    assert plugin.detect
    return list(plugin.detect(*seen(*args, **said)))  # type: ignore[arg-type]  # test shorthand


STORY = "<title>The storm</title><p>" + "The sea took eleven metres of the pier. " * 20


@pytest.mark.parametrize(
    ("end", "is_found"),
    [
        ("https://paper.org/404", True),
        ("https://paper.org/404.html", True),
        ("https://paper.org/errors/page-not-found.aspx", True),
        ("https://paper.org/notfound?from=/story", True),
        ("https://paper.org/index.php?error=404", True),
        ("https://paper.org/error", True),
        ("https://paper.org/story-of-404", False),
        ("https://paper.org/errors-of-the-council/story", False),
        ("https://paper.org/news", False),
    ],
)
def test_error_page_redirect(end: str, is_found: bool) -> None:
    assert bool(found("error-page-redirect", STORY, end=end)) is is_found


def test_an_error_page_that_was_asked_for_is_no_redirect_to_one() -> None:
    assert found("error-page-redirect", STORY, url="https://a.org/404", end="https://a.org/404.html") == []
    assert found("error-page-redirect", STORY) == []


@pytest.mark.parametrize(
    ("body", "is_found"),
    [
        ("", True),
        ("  \n ", True),
        ("<title>Home</title><body></body>", True),
        ("<img src=a.png>", False),
        ("<iframe src=/x></iframe>", False),
        ("<script>go()</script>", False),
        ("word", False),
        ("<form><input name=q></form>", False),
    ],
)
def test_blank_page(body: str, is_found: bool) -> None:
    assert bool(found("blank-page", body)) is is_found


@pytest.mark.parametrize(
    ("body", "words", "is_found"),
    [
        (b"The council met on Saturday.", 5, False),
        ("Der Rat tagte, die Zuhörer auch".encode("latin-1"), 6, False),
        ("日本語の文書です".encode(), 4, False),
        (b"", 0, True),
        (b"\r\n", 0, True),
        (b"<!doctype html><title>x</title><body></body>", 0, True),
        (b"<title>x</title>Hello", 1, False),
        (b"\x89PNG\r\n\x1a\n\x00\x00 IHDR", 0, False),
        (b"%PDF-1.4\x00 stream", 0, False),
    ],
)
def test_what_has_no_media_type_is_read_as_what_it_looks_like(body: bytes, words: int, is_found: bool) -> None:
    check, _ = seen(body, media_type="")

    assert (check.facts and check.facts.words) == words
    assert bool(found("blank-page", body, media_type="")) is is_found


def test_an_error_page_without_a_media_type_is_one() -> None:
    assert found("not-found-words", "404 Not Found", media_type="")


def test_an_empty_answer_of_another_type_or_status_is_no_blank_page() -> None:
    assert found("blank-page", b"", media_type="image/png") == []
    assert found("blank-page", b"", 404) == []


@pytest.mark.parametrize(
    ("title", "url", "is_found"),
    [
        ("Welcome to nginx!", URL, True),
        ("Apache2 Ubuntu Default Page: It works", "https://a.org/", True),
        ("IIS Windows Server", URL, True),
        ("Account Suspended", URL, True),
        ("Coming soon", URL, True),
        ("Coming soon", "https://a.org/", False),
        ("Index of /files", "https://a.org/files/", False),
        ("The storm", URL, False),
    ],
)
def test_default_page(title: str, url: str, is_found: bool) -> None:
    assert bool(found("default-page", f"<title>{title}</title><h1>{title}</h1><p>Words.", url=url)) is is_found


@pytest.mark.parametrize(
    ("body", "url", "is_found"),
    [
        ("<title>App</title><div id=root></div><script>build()</script>", URL, True),
        (STORY, URL, False),
        (STORY, "https://www.instagram.com/p/abc/", True),
        (STORY, "https://www.instagram.com/", False),
        (STORY, "https://www.youtube.com/watch?v=abc", False),
        ('<script type="application/ld+json">{"a": "' + "b" * 900 + '"}</script><p>Few words', URL, False),
    ],
)
def test_content_not_judged(body: str, url: str, is_found: bool) -> None:
    assert bool(found("content-not-judged", body, url=url)) is is_found


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_temporary_redirect(status: int) -> None:
    plugin: Detector = registry.load("detect", "temporary-redirect")
    check, context = seen(STORY, end="https://paper.org/today")
    check = structs.replace(check, hops=(Hop(URL, status, "/today"), check.hops[1]))

    assert plugin.detect
    assert bool(list(plugin.detect(check, context))) is (status in {302, 303, 307})


@pytest.mark.parametrize(
    ("url", "end", "is_found"),
    [
        ("http://paper.org/story", "https://paper.org/story", True),
        ("http://paper.org/story", "https://paper.org/other", False),
        ("http://paper.org/story", "", False),
        ("https://paper.org/story", "https://paper.org/other", False),
    ],
)
def test_http_upgrade(url: str, end: str, is_found: bool) -> None:
    assert bool(found("http-upgrade", STORY, url=url, end=end)) is is_found


@pytest.mark.parametrize(
    ("canonical", "is_found"),
    [
        ("https://paper.org/2017/02/14/story", False),
        ("http://www.paper.org/2017/02/14/story/", False),
        ("https://paper.org/2017/02/14/story.html", False),
        ("https://paper.org/", True),
        ("https://agency.org/2017/story", True),
        ("nonsense:", False),
    ],
)
def test_canonical_elsewhere(canonical: str, is_found: bool) -> None:
    findings = found("canonical-elsewhere", f'<link rel=canonical href="{canonical}">{STORY}')

    assert bool(findings) is is_found
    assert all(finding.severity is Severity.NOTE for finding in findings)


@pytest.mark.parametrize(
    ("fragment", "is_found"),
    [
        (":~:text=eleven%20metres", False),
        (":~:text=Eleven%20Metres%20of", False),
        (":~:text=eleven,pier", False),
        (":~:text=sea-,took%20eleven,-metres", False),
        (":~:text=nine%20metres", True),
        (":~:text=pier%20of,nothing", True),
        ("part:~:text=nine%20metres", True),
        (":~:text=eleven&text=nine%20metres", True),
        (":~:text=", False),
        ("part", False),
    ],
)
def test_missing_text_fragment(fragment: str, is_found: bool) -> None:
    plugin: Detector = registry.load("detect", "missing-text-fragment")
    check, context = seen(STORY)
    check = structs.replace(check, fragments={fragment: FragmentAnswer(None)})

    assert plugin.detect
    findings = list(plugin.detect(check, context))
    assert bool(findings) is is_found
    assert all(finding.evidence["fragment"] == fragment for finding in findings)


def test_expired_certificate() -> None:
    plugin: Detector = registry.load("detect", "expired-certificate")
    _, context = seen()
    expired = Check(at="2026-11-24T14:02:00Z", failure=Trouble(FailureKind.TLS_EXPIRED, "expired on 2026-11-01"))
    refused = Check(at="2026-11-24T14:02:00Z", failure=Trouble(FailureKind.REFUSED, "connection refused"))

    assert plugin.detect
    assert [one.message for one in plugin.detect(expired, context)] == ["expired on 2026-11-01"]
    assert list(plugin.detect(refused, context)) == []
