"""The frontier of a site lies in the file: what is wanted, what has been read, and what has come meanwhile."""

from collections.abc import Iterator

import pytest

from linkcheck.model import Check, DocumentRow, Finding, FragmentAnswer, Link, Reference, RunInfo, Severity, Span
from linkcheck.plan import Plan
from linkcheck.store import Journal, Page, Pages, Planned, Seen, Visit

AT = "2026-11-24T14:02:00Z"
A, B, C = (f"https://a.test/{name}" for name in "abc")


@pytest.fixture
def journal() -> Iterator[Journal]:
    opened = Journal(None)
    opened.begin(RunInfo(id="r1", started=AT))
    yield opened
    opened.close()


def add(journal: Journal, path: str, *links: str) -> int:
    planned = []
    for link in links:
        url, _, fragment = link.partition("#")
        reference = Reference(raw=link, span=Span(0, 1, 1, 1), element="a")
        planned.append(Planned(reference, Plan(url=link, link=url, fragment=fragment or None)))
    return journal.add(DocumentRow(path=path, media_type="text/html"), planned)


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
    assert pages.settle(add(journal, "two", C, A, B, "file:///x")) == 3
    assert urls(growing) == [C, B]
    assert pages.settle(add(journal, "three", A)) == 0
    assert urls(growing) == []
    assert sorted(urls(pages.links())) == sorted([A, "https://b.test/", C, B])


def test_more_links_than_a_page_of_rows_are_all_given(journal: Journal) -> None:
    many = [f"https://a.test/{number}" for number in range(1203)]
    add(journal, "one", *many[:600])
    journal.close_plan()
    pages = Pages(journal)
    growing = pages.links()
    first = [next(growing) for _ in range(10)]
    pages.settle(add(journal, "two", *many[600:]))

    assert [one.url for one in first] + urls(growing) == many


def test_a_link_may_be_asked_again(journal: Journal) -> None:
    add(journal, "one", A, B)
    journal.close_plan()
    pages = Pages(journal)
    growing = pages.links()
    urls(growing)

    pages.ask_again(link(journal, A).id)
    assert urls(growing) == [A]


def test_of_pages_with_one_identity_the_first_is_wanted(journal: Journal) -> None:
    add(journal, "one", A, B, C)
    journal.close_plan()
    pages = Pages(journal)

    pages.want([Page(url=A, identity="same", depth=1), Page(url=B, identity="same", depth=2)])
    pages.want([Page(url=A, identity="same", depth=0), Page(url=C, identity="c", depth=3, chain=7, is_list=True)])

    assert pages.wanted(link(journal, A)) == Page(url=A, identity="", depth=1)
    assert pages.wanted(link(journal, B)) is None
    assert pages.wanted(link(journal, C)) == Page(url=C, identity="", depth=3, chain=7, is_list=True)


def test_a_page_that_is_read_counts_more_than_one_that_names_its_address(journal: Journal) -> None:
    pages = Pages(journal)

    assert pages.visited(A) is None
    pages.visit([Visit(identity=A, document=1, digest="x", is_alias=True)])
    assert pages.visited(A) == Visit(identity=A, document=1, digest="x", is_alias=True)
    pages.visit([Visit(identity=A, document=2, digest="y")])
    pages.visit([Visit(identity=A, document=3, digest="z"), Visit(identity=A, document=4, is_alias=True)])
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
    pages.visit(
        Visit(identity=str(number), document=number, link=number, digest="same" if number != ids[1] else "other")
        for number in ids
    )
    pages.visit([Visit(identity="alias", document=0, digest="same", is_alias=True)])

    (repeated,) = pages.repeated(2)
    assert (repeated.digest, repeated.count, set(repeated.links)) == ("same", 2, {ids[0], ids[2]})
    assert list(pages.repeated(3)) == []


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
    pages.visit([Visit(identity=A, document=1, link=link(journal, A).id, anchors=("here",))])
    pages.settle(add(journal, "two", A + "#x", A + "#y", B + "#early", C + "#z"))

    (late,) = pages.late()
    assert (late.link.url, sorted(late.link.fragments), late.anchors) == (A, ["x", "y"], ("here",))
    assert late.seen == Seen(link(journal, A).id, Check(at=AT, status=200), (finding,))
    assert urls(pages.late_links()) == [A]
