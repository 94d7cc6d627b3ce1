"""What is kept of a fetched page."""

import hashlib
import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from linkcheck.extract.outline import outline
from linkcheck.extract.page import Reading, read, simhash, visible_words
from linkcheck.model import FragmentAnswer, PageFacts, Response
from tests.cost import is_linear

HTML = "text/html; charset=utf-8"


def response(body: str | bytes, content_type: str = HTML, *, truncated: bool = False, **headers: str) -> Response:
    pairs = [("content-type", content_type)] if content_type else []
    pairs += [(name.replace("_", "-"), value) for name, value in headers.items()]
    stored = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return Response("https://a.test/dir/page", 200, tuple(pairs), stored, truncated=truncated)


def page(body: str, *fragments: str, truncated: bool = False) -> Reading:
    return read(response(body, truncated=truncated), fragments)


def test_a_page_says_what_it_is() -> None:
    reading = read(
        response(
            "<!-- <title>No</title> --><html lang=de><head><TITLE>Story &amp; more\n</TITLE>"
            "<meta property='og:title' content='Story'><base href=/base/><link href=x rel='Canonical nofollow'></head>"
            "<body><script>var x = '<h1>no</h1>'</script><h1 class=x>The <b>St</b>ory</h1><p>Text.</p></body>",
            etag='"1"',
            last_modified="Tue, 14 Feb 2017 10:00:00 GMT",
        )
    )

    assert reading.text == "The Story Text."
    assert reading.facts == PageFacts(
        title="Story & more",
        h1="The Story",
        og_title="Story",
        language="de",
        canonical="https://a.test/base/x",
        words=3,
        text_digest=hashlib.sha256(b"The Story Text.").hexdigest(),
        simhash=reading.facts.simhash,
        etag='"1"',
        last_modified="Tue, 14 Feb 2017 10:00:00 GMT",
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a</p><p>b</p>", "a b"),
        ("P<b>ar</b>is <i>x</i> <i>y</i>", "Paris x y"),
        ("a<br>b<td>c", "a b c"),
        ("a<style>x</style>b<!-- > -->c<noscript>no</noscript><template><p>no</p></template>", "a b c"),
        ("<p title='a > b'>c <img alt=\"'\">d", "c d"),
        ("<a href='x''>it's</a> <p class=a\"b>c \"d\"", 'it\'s c "d"'),
        ("1 < 2 &lt; 3&nbsp;&hellip;", "1 < 2 < 3 …"),
        ("<p>a<script>", "a"),
        ("a<!-- b", "a"),
    ],
)
def test_the_visible_text_is_what_a_reader_sees(markup: str, text: str) -> None:
    assert page(markup).text == text


def test_what_is_no_text_has_facts_without_words() -> None:
    reading = read(response(b"%PDF-1.7", "application/pdf", etag='"1"'), ("page=2",))

    assert (reading.facts, reading.text) == (PageFacts(etag='"1"'), "")
    assert reading.answers == {"page=2": FragmentAnswer(None, note="not a page")}


def test_plain_text_has_words_and_no_title() -> None:
    reading = read(response("<title>x</title> a", "text/plain"), ("x",))

    assert (reading.text, reading.facts.title) == ("<title>x</title> a", None)
    assert reading.answers["x"].found is None


def test_a_body_of_undeclared_type_is_a_page_when_it_looks_like_one() -> None:
    assert read(response("\n<title>x</title>", "")).facts.title == "x"
    assert read(response("GIF89a", "")).facts.title is None


def test_the_charset_of_the_header_is_used() -> None:
    assert read(response("<p>für".encode("cp1252"), 'text/html; charset="ISO-8859-1"')).text == "für"


def test_fragments_are_answered_from_ids_and_names() -> None:
    answers = page("<p id=one><a name=two>x</a><p id=install>", "one", "two", "top", "instal").answers

    assert [answers[name].found for name in ("one", "two", "top", "instal")] == [True, True, True, False]
    assert answers["instal"].nearest == "install"


def test_a_page_that_was_cut_cannot_say_that_an_id_is_missing() -> None:
    answers = page("<p id=one>", "one", "two", truncated=True).answers

    assert [answers[name].found for name in ("one", "two")] == [True, None]


@pytest.mark.parametrize(
    "body",
    [
        "<div id='root'></div><script src=app.js></script>",
        "<p>Loading</p><script>" + "x" * 1000 + "</script>",
    ],
)
def test_a_page_that_a_script_builds_cannot_say_that_an_id_is_missing(body: str) -> None:
    assert page(body, "id").answers["id"].found is None


def test_a_short_page_without_scripts_can_say_that_an_id_is_missing() -> None:
    assert page("<p>Short.", "id").answers["id"].found is False


def test_simhash_differs_in_few_bits_for_much_the_same_text_and_in_many_for_another() -> None:
    words = [f"word{number}" for number in range(500)]
    changed = [*words[:250], "another", *words[251:]]
    other = [f"other{number}" for number in range(500)]
    first, second, third = (simhash(text) or 0 for text in (words, changed, other))

    assert (first ^ second).bit_count() <= 8
    assert 16 <= (first ^ third).bit_count() <= 48


def simhash_bit_by_bit(words: list[str]) -> int:
    """Compute it as the paper says: for each bit the majority of the shingles."""
    digests = [hashlib.blake2b(word.encode(), digest_size=8).digest() for word in words]
    shingles = [
        int.from_bytes(a) ^ int.from_bytes(b[3:] + b[:3]) ^ int.from_bytes(c[5:] + c[:5])
        for a, b, c in zip(digests, digests[1:], digests[2:], strict=False)
    ]
    return sum(1 << bit for bit in range(64) if 2 * sum(one >> bit & 1 for one in shingles) > len(shingles))


@given(st.lists(st.text(alphabet="abcé", max_size=5), min_size=3))
def test_simhash_is_the_majority_of_the_shingles_in_every_bit(words: list[str]) -> None:
    assert simhash(words) == simhash_bit_by_bit(words)


@pytest.mark.parametrize("count", [3, 253, 254, 255, 256, 257, 258, 300])
def test_simhash_is_the_majority_however_many_words_there_are(count: int) -> None:
    for words in (["same"] * count, [f"word{number % 7}" for number in range(count)]):
        assert simhash(words) == simhash_bit_by_bit(words)


def test_simhash_tells_the_order_of_words_and_has_none_without_words() -> None:
    assert simhash(["a", "b", "c"]) != simhash(["c", "b", "a"])
    assert simhash(["a"]) not in (None, simhash(["b"]))
    assert simhash([]) is None


def test_titles_of_real_pages_are_those_that_a_browser_engine_finds(cases: Path) -> None:
    wrong: list[str] = []
    total = 0
    for archive in ("newspaper4k", "goose3"):
        with tarfile.open(cases / "pages" / f"{archive}.tar.xz") as pages:
            for member in pages:
                if not member.name.endswith(".html") or (stored := pages.extractfile(member)) is None:
                    continue
                body = stored.read()
                facts = read(response(body, "text/html")).facts
                tree = LexborHTMLParser(body)
                node = tree.css_first("title")
                title = " ".join(node.text().split()) or None if node else None
                total += 1
                if facts.title != title:
                    wrong.append(member.name)
    assert total > 100
    assert len(wrong) <= 0.03 * total, wrong


def test_words_of_the_servers_error_pages_are_read(cases: Path) -> None:
    folder = cases / "pages" / "errors-default"
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))

    assert labels
    for path in sorted(folder.rglob("*.html"))[:50]:
        assert read(response(path.read_bytes(), "text/html")).facts.words > 0, path.name


@given(st.text(alphabet="<>/!-abipscrt=\"' &;#x\n") | st.text())
def test_no_body_makes_it_raise_and_no_word_holds_a_space(body: str) -> None:
    reading = page(body, "x")

    assert reading.text == " ".join(reading.text.split())
    assert all(word.strip() for word in visible_words(body))


@given(st.binary())
def test_no_bytes_make_it_raise(body: bytes) -> None:
    assert read(response(body, "text/html")).facts.words >= 0


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<",
            "<a ",
            '<a b="',
            "<!--",
            "<!-",
            "<script>",
            "<script",
            "<title>",
            "</title",
            "<h1>",
            "x<a>",
            "a<b><i>",
            "x",
        ),
        *(
            "<link rel=canonical ",
            "<meta og:title>",
            "<base href>",
            "<html>",
            "&#1",
            "=",
            "<div id=root ",
            "<div id=a>",
        ),
    ],
)
def test_a_megabyte_of_hostile_markup_is_read_at_once(piece: str) -> None:
    found: list[bool | None] = []

    def work(size: int) -> None:
        found.append(page(piece * (size // len(piece)), "id").answers["id"].found)

    assert is_linear(work, 1_000_000)
    assert True not in found


@pytest.mark.parametrize("text", ["<!", "<![CDATA[", "x<!DOCTYPE", "<<!"])
def test_declarations_that_never_end_are_linear(text: str) -> None:
    assert is_linear(lambda size: outline(text * (size // len(text)), "https://a.test/"), 400_000)


def test_inline_tags_that_never_end_are_linear() -> None:
    def work(size: int) -> Reading:
        return page("<a -" * (size // 8) + "<form>" * (size // 12))

    assert is_linear(work, 200_000)
