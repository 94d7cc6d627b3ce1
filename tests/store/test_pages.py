"""The frontier of a site lies in the file: what is wanted, what has been read, and what has come meanwhile."""

from collections.abc import Iterator

import pytest

from linkcheck.judge import LinkOpinion
from linkcheck.model import (
    Check,
    DocumentRow,
    Finding,
    FragmentAnswer,
    Judgement,
    Link,
    Reason,
    ReasonCode,
    Reference,
    RunInfo,
    Severity,
    Span,
    Verdict,
)
from linkcheck.plan import Plan
from linkcheck.store import Arrival, Journal, Page, Pages, Planned, Seen, Step, Visit, second_thoughts
from linkcheck.store.pages import Taken

AT = "2026-11-24T14:02:00Z"
A, B, C = (f"https://a.test/{name}" for name in "abc")


@pytest.fixture
def journal() -> Iterator[Journal]:
    opened = Journal(None)
    opened.begin(RunInfo(id="r1", started=AT))
    yield opened
    opened.close()


def planned(*links: str) -> list[Planned]:
    made = []
    for link in links:
        url, _, fragment = link.partition("#")
        reference = Reference(raw=link, span=Span(0, 1, 1, 1), element="a")
        made.append(Planned(reference, Plan(url=link, link=url, fragment=fragment or None)))
    return made


def add(journal: Journal, path: str, *links: str) -> int:
    return journal.add(DocumentRow(path=path, media_type="text/html"), planned(*links))


def enter(pages: Pages, path: str, *links: str, step: Step = Step()) -> Taken:  # noqa: B008 - a frozen value
    return pages.enter(DocumentRow(path=path, media_type="text/html"), planned(*links), step)


def urls(links: Iterator[Link]) -> list[str]:
    return [link.url for link in links]


def link(journal: Journal, url: str) -> Link:
    found = journal.link(url)
    assert found
    return found


def test_links_that_come_meanwhile_are_given_behind_the_others(journal: Journal) -> None:
    add(journal, "one", A, "https://b.test/", A)
    journal.close_plan()
    pages = Pages(journal)
    growing = pages.links()

    assert urls(growing) == [A, "https://b.test/"]
    assert urls(growing) == []
    assert enter(pages, "two", C, A, B, "file:///x").added == 3
    assert urls(growing) == [C, B]
    assert enter(pages, "three", A).added == 0
    assert urls(growing) == []
    assert sorted(urls(pages.links())) == sorted([A, "https://b.test/", C, B])


def test_more_links_than_a_page_of_rows_are_all_given(journal: Journal) -> None:
    many = [f"https://a.test/{number}" for number in range(1203)]
    add(journal, "one", *many[:600])
    journal.close_plan()
    pages = Pages(journal)
    growing = pages.links()
    first = [next(growing) for _ in range(10)]
    enter(pages, "two", *many[600:])

    assert [one.url for one in first] + urls(growing) == many


def test_a_page_that_came_too_early_is_asked_again_once(journal: Journal) -> None:
    add(journal, "one", A, B)
    journal.close_plan()
    pages = Pages(journal)
    growing = pages.links()
    urls(growing)

    pages.note(link(journal, A).id, Arrival.EARLY)
    pages.note(link(journal, B).id, Arrival.FOLDED)
    wanted = [Page(url=url, identity=url, depth=1) for url in (A, B)]
    taken = enter(pages, "two", step=Step(wanted=wanted))

    assert taken == Taken(1, 1, frozenset({link(journal, A).id}))
    assert urls(growing) == [A]
    assert enter(pages, "three", step=Step(wanted=wanted)).added == 0


def test_of_pages_with_one_identity_the_first_is_wanted(journal: Journal) -> None:
    add(journal, "one", A, B, C)
    journal.close_plan()
    pages = Pages(journal)

    first = [Page(url=A, identity="same", depth=1), Page(url=B, identity="same", depth=2)]
    then = [Page(url=A, identity="same", depth=0), Page(url=C, identity="c", depth=3, chain=7, is_list=True)]
    for number, wanted in enumerate((first, then)):
        pages.take_source(number, Step(wanted=wanted))

    assert pages.wanted(link(journal, A)) == Page(url=A, identity="", depth=1)
    assert pages.wanted(link(journal, B)) is None
    assert pages.wanted(link(journal, C)) == Page(url=C, identity="", depth=3, chain=7, is_list=True)


def test_a_page_that_is_read_counts_more_than_one_that_names_its_address(journal: Journal) -> None:
    pages = Pages(journal)

    assert pages.visited(A) is None
    pages.take_source(1, Step(visits=[Visit(identity=A, digest="x", is_alias=True)]))
    assert pages.visited(A) == Visit(identity=A, document=1, digest="x", is_alias=True)
    pages.take_source(2, Step(visits=[Visit(identity=A, digest="y")]))
    pages.take_source(3, Step(visits=[Visit(identity=A, digest="z"), Visit(identity=A, is_alias=True)]))
    assert pages.visited(A) == Visit(identity=A, document=2, digest="y")


def test_what_documents_have_cited_is_known(journal: Journal) -> None:
    pages = Pages(journal)
    add(journal, "one", A, B + "#x")

    assert pages.met([A, B, C, "odd '\"\u2028"]) == {A, B}
    assert pages.met([]) == frozenset()


def test_texts_that_many_pages_share_are_found(journal: Journal) -> None:
    pages = Pages(journal)
    add(journal, "one", A, B, C)
    ids = [link(journal, url).id for url in (A, B, C)] if journal.close_plan() else []
    for number in ids:
        digest = "same" if number != ids[1] else "other"
        pages.take_source(number, Step(visits=[Visit(identity=str(number), link=number, digest=digest)]))
    pages.take_source(0, Step(visits=[Visit(identity="alias", digest="same", is_alias=True)]))

    (repeated,) = second_thoughts.repeated(journal.database, journal.run, 2)
    assert (repeated.digest, set(repeated.links)) == ("same", {ids[0], ids[2]})
    assert list(second_thoughts.repeated(journal.database, journal.run, 3)) == []


def test_fragments_that_were_asked_too_late_are_found(journal: Journal) -> None:
    pages = Pages(journal)
    add(journal, "one", A, B + "#early", C)
    journal.close_plan()
    early = Check(at=AT, status=200, fragments={"early": FragmentAnswer(found=True)})
    finding = Finding(rule="x", severity=Severity.NOTE, message="m", next="n")
    journal.observe(
        [
            Seen(link(journal, A).id, Check(at=AT, status=200), (finding,)),
            Seen(link(journal, B).id, early),
            Seen(link(journal, C).id, Check(at=AT, status=404)),
        ]
    )
    pages.take_source(1, Step(visits=[Visit(identity=A, link=link(journal, A).id, anchors=("here",))]))
    enter(pages, "two", A + "#x", A + "#y", B + "#early", C + "#z")

    (late,) = second_thoughts.late(journal.database, journal.run)
    assert (late.link.url, sorted(late.link.fragments), late.anchors) == (A, ["x", "y"], ("here",))
    assert late.seen == Seen(link(journal, A).id, Check(at=AT, status=200), (finding,))
    assert urls(pages.late_links()) == [A]


def test_what_failed_when_it_was_checked_last_comes_first(journal: Journal) -> None:
    add(journal, "one", A, B, C)
    journal.close_plan()
    dead = LinkOpinion(judgement=Judgement(Verdict.DEAD, Reason(ReasonCode.HTTP_GONE, "410")))
    fine = LinkOpinion(judgement=Judgement(Verdict.ALIVE, Reason(ReasonCode.ANSWERED, "200")))
    journal.conclude_links([(link(journal, A).id, fine), (link(journal, C).id, dead)])
    journal.begin(RunInfo(id="r2", started=AT))
    add(journal, "one", A, B, C)
    journal.close_plan()
    pages = Pages(journal)

    assert urls(pages.all_links()) == [A, B, C]
    pages.failing_first()
    assert urls(pages.all_links()) == [C, A, B]
    pages.considered = 1
    assert urls(pages.links()) == [C]
