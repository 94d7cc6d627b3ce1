"""Whatever a server sends, all detectors and the judge answer, and nothing is raised.

How long they take is measured by `python -m tests.bench detect`: no test of it can be told from a slow machine's.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.detect.comparison import compare
from linkcheck.fetch.observe import page_of
from linkcheck.model import Response, Verdict
from tests.eval.judging import judged, page

MEGABYTE = 1 << 20
MONSTERS = {
    "text without spaces": b"<p>" + b"x" * MEGABYTE,
    "spaces": b"<p>" + b" " * MEGABYTE,
    "nested tags": b"<div>" * 10_000 + b"page not found" + b"</div>" * 10_000,
    "unclosed links": b"<a href=x>" * 50_000,
    "a title of 100 kB": b"<title>" + b"page not found " * 7_000 + b"</title>",
    "a title of control characters": b"<title>" + bytes(range(1, 32)) * 3_000 + b"</title>",
    "an open title": b"<title>not found" + b"a" * MEGABYTE,
    "many headings": b"<h1>not found</h1>" * 50_000,
    "scripts only": b"<script>" + b"var a = '<p>';" * 70_000 + b"</script>",
    "many small scripts": b"<script></script>" * 60_000,
    "an open comment": b"<!--" + b"-" * MEGABYTE,
    "open tags": b"<" * MEGABYTE,
    "quotes": b"<a href='" + b'"' * MEGABYTE,
    "entities": b"&#x" * 300_000,
    "bytes of no encoding": bytes(range(128, 256)) * 4_000,
    "nothing": b"",
    "zeros": b"\0" * MEGABYTE,
    "Chinese": "页面不存在".encode() * 40_000,
    "paragraphs": b"<p>not found error 404 forbidden casino domain for sale" * 20_000,
    "a title of works": b"<title>" + b"404 a (" * 20_000 + b"</title><h1>" + b"404 a (" * 20_000,
    "short sentences": b"<title>page not found</title>" + b"<p>" + b"a b c d e. " * 100_000,
    "questions": b"<h1>page not found?</h1>" * 50_000,
    "a domain's name": b"<title>" + b"site.test is " * 8_000 + b"for sale</title>",
    "an unknown charset": b"<meta charset=x-nonsense><title>404</title>\xff\xfe",
    "brackets": b"[](" * 300_000,
    "JSON that nests": b'<script type="application/ld+json">"isAccessibleForFree"' + b"[" * 100_000 + b"</script>",
}


@pytest.mark.parametrize("name", MONSTERS)
@pytest.mark.parametrize("is_mirrored", [True, False])
def test_a_monster_is_judged(name: str, is_mirrored: bool) -> None:
    body = MONSTERS[name]

    opinion = judged(
        page("http://site.test/news/story", body),
        lambda url: page(url, body if is_mirrored else b"", 200 if is_mirrored else 404),
    )

    assert opinion.judgement.verdict in Verdict


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters_are_compared(name: str) -> None:
    one = page_of(page("http://site.test/a", MONSTERS[name]))
    other = page_of(page("http://site.test/a", b"<p>" + b"The sea took eleven metres of the pier. " * 40))

    assert 0 <= compare(one, other).containment <= 1
    assert 0 <= compare(other, one).containment <= 1


TAGS = (
    *("<p>", "</p>", "<div>", "</div>", "<a href=/x>", "</a>", "<h1>", "</h1>"),
    *("<title>", "</title>", "<script>", "<!--"),
)
WORDS = (
    *("404", "not found", "Error", "forbidden", "casino", "this domain is for sale"),
    *("\u200f", "\x1b[31m", "\ud83d", "\u017f", "\u0130"),
)


@settings(max_examples=150)
@given(
    st.lists(st.one_of(st.sampled_from(TAGS), st.sampled_from(WORDS), st.text(max_size=20)), max_size=40),
    st.sampled_from([200, 204, 301, 403, 404, 500, 999]),
    st.sampled_from(["text/html", "text/plain", "", "image/png", "text/html; charset=nonsense"]),
)
def test_any_page_has_a_verdict_and_every_verdict_its_finding(parts: list[str], status: int, media_type: str) -> None:
    body = " ".join(parts).encode("utf-8", "surrogatepass")
    response = page("http://site.test/news/story", body, status)
    answer = Response(response.url, status, (("content-type", media_type),), body, hops=response.hops)

    opinion = judged(answer, lambda url: page(url, body))

    word = opinion.judgement.verdict
    own = [finding for finding in opinion.findings if finding.rule == word]
    assert len(own) == (word not in {Verdict.ALIVE, Verdict.SKIPPED})
    assert not [finding for finding in opinion.findings if finding.rule in set(Verdict) - {word}]
    assert all(finding.message and finding.next and finding.evidence for finding in opinion.findings)
