"""A reference is told what to do: its capture, its new address, or that nobody has been heard."""

import pytest
from msgspec import structs

from linkcheck.judge import World, judge_link, refer
from linkcheck.judge.reference import fingerprint
from linkcheck.judge.rescue import needs_archive
from linkcheck.model import ArchiveAnswer, Lookup, RescueKind, Verdict
from tests.judge.making import URL, check, finding, hops, memento


def test_a_dead_link_is_told_its_capture() -> None:
    opinion = judge_link(URL, check(404, confirmed=True), (), {}, World())
    found = Lookup(archive="wayback", answer=ArchiveAnswer.FOUND, mementos=(memento(),))

    told = refer(URL, opinion, (), (found,), World())

    assert "https://a.org/1/x" in told.findings[0].next
    assert [one.kind for one in told.rescues] == [RescueKind.MEMENTO]
    assert told.archives[0].answer is ArchiveAnswer.FOUND


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ArchiveAnswer.NONE, "no archive that was asked"),
        (ArchiveAnswer.FAILED, "run again"),
        (ArchiveAnswer.NOT_ASKED, "run again"),
    ],
)
def test_an_archive_that_was_not_heard_is_never_called_empty(answer: ArchiveAnswer, words: str) -> None:
    opinion = judge_link(URL, check(404, confirmed=True), (), {}, World())

    told = refer(URL, opinion, (), (Lookup(archive="wayback", answer=answer),), World())

    assert words in told.findings[0].next


def test_a_capture_that_was_seen_to_be_wrong_is_not_offered() -> None:
    opinion = judge_link(URL, check(404, confirmed=True), (), {}, World())
    found = Lookup(archive="wayback", answer=ArchiveAnswer.FOUND, mementos=(memento(validated=False),))

    assert refer(URL, opinion, (), (found,), World()).rescues == ()


def test_a_link_to_the_wrong_page_is_offered_no_copy_of_it() -> None:
    opinion = judge_link(URL, check(404, confirmed=True), (), {}, World())
    found = Lookup(archive="wayback", answer=ArchiveAnswer.FOUND, mementos=(memento(),))
    wrong = finding("self-reference")

    told = refer(URL, opinion, (wrong,), (found,), World())

    assert told.rescues == ()
    assert {one.next for one in told.findings} == {wrong.next}


def test_a_moved_link_is_told_its_address() -> None:
    one = check(200, hops=hops((URL, 301), ("https://paper.org/new", 200)), final_url="https://paper.org/new")

    told = refer(URL, judge_link(URL, one, (), {}, World()), (), (), World())

    assert told.rescues[0].url == "https://paper.org/new"
    assert told.findings[0].next == "Update the link to https://paper.org/new"


def test_a_moved_link_keeps_its_fragment_unless_the_page_lacks_it() -> None:
    one = check(200, hops=hops((URL, 301), ("https://paper.org/new", 200)), final_url="https://paper.org/new")
    opinion = judge_link(URL, one, (), {}, World())
    lacking = structs.replace(
        opinion, findings=(*opinion.findings, structs.replace(finding("missing-fragment"), evidence={"fragment": "b"}))
    )

    assert refer(URL, opinion, (), (), World(), fragment="b").rescues[0].url == "https://paper.org/new#b"
    assert refer(URL, lacking, (), (), World(), fragment="b").rescues[0].url == "https://paper.org/new"


def test_archives_help_where_content_is_lost() -> None:
    assert {word for word in Verdict if needs_archive(word)} == {
        Verdict.DEAD,
        Verdict.SOFT_404,
        Verdict.USURPED,
        Verdict.DRIFTED,
    }


def test_a_fingerprint_survives_the_moving_of_the_line() -> None:
    assert fingerprint("a.md", URL, 0) == fingerprint("a.md", URL, 0)
    assert len({fingerprint("a.md", URL, 0), fingerprint("a.md", URL, 1), fingerprint("b.md", URL, 0)}) == 3
