from typing import Any

from linkcheck.model import Failure, FailureKind, Response
from linkcheck.provenance import quoted
from linkcheck.provenance.api import Source, Text
from linkcheck.provenance.faithful import compare
from tests.play import play
from tests.provenance.pages import HTML, NOWHERE, article, captures, context, html, response

QUOTE = "we have never spoken of any tariffs at all"
URL = "http://b.test/speech"
FILLER = "".join(f"<p>Paragraph {n} of the long speech went on about farms and fields.</p>" for n in range(30))


def rules(ours: str, theirs: str, *, is_cut: bool = False) -> list[tuple[str, int | None]]:
    copied = article(ours)
    text = context().read(response(html(theirs)))
    assert text
    source = Source(url="http://a.test/", text=Text(passages=text.passages, base="", is_cut=is_cut), share=1.0)
    return [
        (one.rule, one.line) for one in quoted.findings(copied.passages, [source], compare(copied.passages, source))
    ]


def test_each_quotation_is_checked_by_itself() -> None:
    said = f'"{QUOTE}," the minister had told the paper on Sunday morning in his garden.'

    assert rules(said, said) == []
    assert rules(said, said.replace("of any", "about any")) == [("quote-altered", 5)]
    assert rules(said, "The minister had told the paper on Sunday morning in his garden.") == [("quote-missing", 5)]


def test_a_page_that_was_cut_accuses_nobody() -> None:
    assert rules(f'"{QUOTE}," he said in his garden that morning.', "Nothing of it.", is_cut=True) == []


def sought(*answers: Any, is_gone: bool = False) -> Any:
    return play(quoted.seek(QUOTE, URL, None, is_gone=is_gone, context=context()), answers)


def page(words: str) -> Response:
    return Response(URL, 200, HTML, f"<h1>Speech</h1><p>{words}</p>{FILLER}".encode())


def test_words_beside_a_link_are_looked_for_behind_it() -> None:
    assert sought(page(f"He said that {QUOTE}.")) is None

    found = sought(page("He said that we have never spoken of tariffs at all."), NOWHERE)

    assert found.rule == "quote-not-found"
    assert "we have never spoken of tariffs at all" in found.message


def test_words_that_a_capture_still_has_are_no_accusation_of_the_author() -> None:
    found = sought(
        page("All of it was taken down."), captures("20170215000000", url=URL), page(f"He said that {QUOTE}.")
    )

    assert found.message == "the page no longer has the quoted words; its capture of 2017-02-15 has them"
    assert found.next.endswith(f"/web/20170215000000/{URL}")


def test_a_page_that_is_gone_is_read_in_its_capture() -> None:
    assert sought(captures("20170215000000", url=URL), page(f"So {QUOTE}."), is_gone=True) is None


def test_walls_short_pages_and_silence_tell_nothing() -> None:
    assert sought(Response(URL, 403, HTML, b"no")) is None
    assert sought(Response(URL, 200, HTML, b"<p>Please log in.</p>")) is None
    assert sought(Failure(FailureKind.RESET, "reset")) is None
    assert sought(Response(URL, 200, (("content-type", "application/pdf"),), b"%PDF")) is None
