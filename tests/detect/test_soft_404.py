"""What the site shows where nothing can be decides what a suspicious page is."""

from msgspec import structs

from linkcheck.detect import soft_404
from linkcheck.detect.api import Citation, Context
from linkcheck.detect.not_found_words import detect as hear
from linkcheck.detect.soft_404 import probe, when
from linkcheck.detect.trouble_page import detect as trouble
from linkcheck.model import (
    Confidence,
    Failure,
    FailureKind,
    Finding,
    Once,
    Response,
    Role,
    Severity,
)
from tests.detect.answers import seen
from tests.play import play

LOST = "<title>Page not found</title><h1>Page not found</h1><p>Sorry, the page does not exist. {0}"
VAGUE = "<title>The Paper</title><h1>Oh no</h1><p>We could not find the page. " + "Read other stories instead. " * 15
STORY = "<title>The storm</title><h1>The storm</h1><p>" + "The sea took eleven metres of the pier in the night. " * 30


def answer(body: str, status: int = 200, url: str = "https://paper.org/2017/02/14/zzz") -> Response:
    return Response(url, status, (("content-type", "text/html"),), body.encode())


def asked(body: str, sibling: Response | Failure, **said: str) -> tuple[Finding, ...]:
    check, context = seen(body, **said)
    assert when(tuple(hear(check, context)), check, context)
    questions: list[Once] = []
    found = play(probe(check, context), [sibling], asked=questions)
    assert questions[0].request.url.startswith("https://paper.org/2017/02/14/")
    return tuple(found)


def test_the_same_page_for_what_cannot_exist_is_a_proof() -> None:
    (finding,) = asked(LOST.format("/2017/02/14/story"), answer(LOST.format("/2017/02/14/zzz")))

    assert (finding.rule, finding.confidence) == (soft_404.RULE, Confidence.HIGH)
    assert finding.evidence["likeness"] == 1.0
    assert str(finding.evidence["sibling"]).startswith("https://paper.org/2017/02/14/")


def test_a_vague_page_is_proven_too() -> None:
    (finding,) = asked(VAGUE, answer(VAGUE))

    assert finding.confidence is Confidence.HIGH


def test_an_honest_site_clears_a_vague_page() -> None:
    assert asked(VAGUE, answer("", 404)) == ()


def test_an_honest_site_makes_a_plain_page_less_certain() -> None:
    (finding,) = asked(LOST, answer("", 404))

    assert finding.confidence is Confidence.MEDIUM


def test_a_link_that_asks_for_a_page_about_errors_gets_one() -> None:
    check, context = seen(LOST, url="https://paper.org/codes/404")
    assert play(probe(check, context), [answer("", 404)]) == ()
    check, context = seen(LOST)
    citing = structs.replace(context, citations=lambda: (Citation(role=Role.CITATION, text="404 Not Found"),))
    assert play(probe(check, citing), [answer("", 404)]) == ()


def test_without_an_answer_only_a_plain_page_is_called_one() -> None:
    silence = Failure(FailureKind.TIMEOUT_READ, "no answer in 30 s")
    (finding,) = asked(LOST, silence)

    assert finding.confidence is Confidence.MEDIUM
    assert finding.evidence["not_compared"] == "the site shows no page for comparison (no answer in 30 s)"
    assert asked(VAGUE, silence) == ()


def test_another_page_there_leaves_a_vague_page_alone() -> None:
    assert asked(VAGUE, answer(STORY)) == ()


def test_a_site_that_says_not_found_with_200_elsewhere_confirms() -> None:
    frame = "<footer>" + " ".join(f"word{n}" for n in range(60)) + "</footer>"
    vague = "<title>The Paper</title><h1>{0}</h1><p>We could not find the page." + frame
    (finding,) = asked(vague.format("Our stories"), answer(LOST + frame))
    (plainer,) = asked(vague.format("Oh no"), answer(LOST + frame))

    assert finding.confidence is Confidence.MEDIUM
    assert plainer.confidence is Confidence.HIGH


def test_where_error_pages_look_otherwise_a_vague_page_is_none() -> None:
    assert asked(VAGUE, answer(LOST)) == ()


def test_a_page_that_names_its_own_address_is_cleared() -> None:
    own = '<link rel=canonical href="https://paper.org/2017/02/14/story">'

    assert asked(own + VAGUE, answer(VAGUE)) == ()


def test_a_root_is_never_compared() -> None:
    check, context = seen(LOST, url="https://paper.org/")

    (finding,) = play(probe(check, context), [])

    assert finding.confidence is Confidence.MEDIUM


def test_a_redirect_to_where_the_nonsense_goes_is_a_proof() -> None:
    end = "https://paper.org/news"
    check, context = seen(STORY, url="https://paper.org/2017/02/14/council-votes", end=end)

    assert when((), check, context)
    (finding,) = play(probe(check, context), [answer(STORY, url=end)])
    assert finding.confidence is Confidence.HIGH
    assert "leads to the same page" in finding.message


def test_without_suspicion_nothing_is_asked() -> None:
    check, context = seen(STORY)

    assert list(hear(check, context)) == []
    assert not when((), check, context)


def test_a_wall_ends_the_question() -> None:
    check, context = seen(LOST)
    wall = Finding(rule="bot-wall", severity=Severity.WARNING, message="", next="")

    assert not when((*hear(check, context), wall), check, context)


def test_what_is_no_page_and_what_failed_is_not_asked() -> None:
    check, context = seen(LOST, 404)

    assert not when(tuple(hear(check, context)), check, context)
    assert not when((), check, Context(url="https://paper.org/x"))


WELCOME = (
    "<title>Welcome to Northwind</title><h1>Welcome to Northwind</h1><p>" + "Cloud hosting for teams of any size. " * 8
)
SHOP = "<title>Northwind</title><nav>" + "<a href=/x>Anchors, chains and ropes</a> " * 90 + "</nav><p>"


def cited(body: str, text: str, sibling: Response, role: Role = Role.CITATION) -> tuple[Finding, ...]:
    check, context = seen(body)
    context = structs.replace(context, citations=lambda: (Citation(role=role, text=text),))
    assert when((), check, context)
    return tuple(play(probe(check, context), [sibling]))


def test_a_page_with_nothing_of_the_title_that_cites_it_is_compared_whatever_the_role() -> None:
    for role in (Role.CITATION, Role.NAVIGATION, Role.RELATED):
        (finding,) = cited(WELCOME, "Storm tears a hole in the eastern pier", answer(WELCOME), role)
        assert finding.confidence is Confidence.MEDIUM
        assert "Storm tears a hole" in finding.message

    assert cited(WELCOME, "Storm tears a hole in the eastern pier", answer("", 404)) == ()
    assert cited(WELCOME, "Storm tears a hole in the eastern pier", answer(STORY)) == ()


def test_a_page_that_has_words_of_its_title_or_is_cited_without_one_is_not_compared() -> None:
    for text in ("cloud hosting for small teams in offices", "the report", "https://paper.org/a-storm-in-the-east", ""):
        check, context = seen(WELCOME)
        assert not when(
            (), check, structs.replace(context, citations=lambda text=text: (Citation(role=Role.RELATED, text=text),))
        )


def test_what_surrounds_the_text_of_every_page_does_not_make_two_pages_one() -> None:
    text = " ".join(f"Sentence {number} of this page is about tides." for number in range(12))

    assert cited(SHOP + text, "Storm tears a hole in the eastern pier", answer(SHOP + "Welcome")) == ()
    assert cited(SHOP + "Hello", "Storm tears a hole in the eastern pier", answer(SHOP + "Hello"))


def test_a_front_page_may_be_cited_by_any_text() -> None:
    one = Citation(role=Role.CITATION, text="Storm tears a hole in the eastern pier")
    for path, is_asked in [
        ("en/", False),
        ("pt-BR", False),
        ("about", False),
        ("news/story", True),
        ("storm-in-the-east", True),
        ("x?id=7", True),
    ]:
        check, context = seen(WELCOME, url=f"https://paper.org/{path}")
        assert when((), check, structs.replace(context, citations=lambda: (one,))) is is_asked, path


def test_a_site_in_trouble_is_not_asked_for_what_its_page_is_called() -> None:
    body = "<title>Error establishing a database connection</title><h1>Error establishing a database connection</h1>"
    check, context = seen(body)
    one = Citation(role=Role.CITATION, text="Storm tears a hole in the eastern pier")
    context = structs.replace(context, citations=lambda: (one,))
    (finding,) = trouble(check, context)

    assert not when((finding,), check, context)
    assert when((), check, context)
