from linkcheck.events import Checked, Consulting, Doubted, Extracted, Finished, Judging, Planned, Waiting, Warned
from linkcheck.model import Verdict
from linkcheck.tui.board import Board, Stage
from linkcheck.tui.summary import progress
from tests.render import staged
from tests.tui.staging import StagedLedger, planned


class Watch:
    """A stopwatch that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_references_are_counted_while_they_are_read() -> None:
    board = Board(StagedLedger(staged.repository()))
    board.hear(Extracted("a.md", 3))
    board.hear(Extracted("b.md", 4))

    assert (board.stage, board.documents, board.references) == (Stage.READING, 2, 7)


def test_a_first_answer_reaches_every_reference_of_the_link_and_the_report_overrules_it() -> None:
    report = staged.article()
    link = next(row.link for row in report.references() if row.link)
    board = Board(StagedLedger(report))
    board.hear(planned(report))
    assert {entry.look.word for entry in board.entries} == {"not yet"}

    board.hear(Checked(link, Verdict.DEAD, 1, 1))
    assert [entry.look.word for entry in board.entries if entry.link == link] == ["dead", "dead"]
    assert (board.done, board.total, board.verdicts) == (1, 1, {"dead": 1})

    board.hear(Finished("x", complete=True))
    assert [entry.look.word for entry in board.entries] == [*["placeholder"] * 3, *["alive"] * 2]
    assert board.stage is Stage.THROUGH


def test_a_link_that_looks_bad_is_said_to_be_asked_again_until_it_is_judged() -> None:
    report = staged.article()
    link = next(row.link for row in report.references() if row.link)
    board = Board(StagedLedger(report))
    board.hear(planned(report))
    board.hear(Doubted("a.org", 0.0, "404 Not Found on GET", link, 1))

    entries = [entry for entry in board.entries if entry.link == link]
    assert {(entry.look.glyph, entry.look.word, entry.heap) for entry in entries} == {("?", "asked again", None)}
    assert all(entry.reason.startswith("404 Not Found on GET (it is asked again") for entry in entries)
    assert (board.doubted, board.wait) == ({link}, None)

    board.hear(Checked(link, Verdict.ALIVE, 1, 1))
    assert {entry.look.word for entry in board.entries if entry.link == link} == {"alive"}
    assert board.doubted == set()


def test_it_says_that_it_judges() -> None:
    report = staged.article()
    board = Board(StagedLedger(report))
    board.hear(planned(report))
    board.hear(Judging("references", 1200))

    assert "judging what was found: 1,200 references" in progress(board, 100, is_paused=False).plain

    board.hear(Finished("x", complete=True))
    assert "judging" not in progress(board, 100, is_paused=False).plain


def test_what_is_to_do_grows_while_pages_of_a_site_are_read() -> None:
    board = Board(StagedLedger(staged.empty()))
    board.hear(Planned(1, 2, 2, 2))
    board.hear(Extracted("http://a.org/next", 3))
    board.hear(Checked("http://a.org/", Verdict.ALIVE, 1, 5))

    assert (board.documents, board.references) == (2, 5)
    assert (board.done, board.total, board.links) == (1, 5, 5)


def test_a_first_answer_about_a_link_that_nobody_knows_is_no_error() -> None:
    board = Board(StagedLedger(staged.empty()))
    board.hear(Planned(1, 0, 0, 0))
    board.hear(Checked("http://a.org/", Verdict.ALIVE, 1, 1))

    assert board.entries == []


def test_the_original_is_known_for_a_single_document_only() -> None:
    one, several = Board(StagedLedger(staged.article())), Board(StagedLedger(staged.repository()))
    one.hear(planned(staged.article()))
    several.hear(planned(staged.repository()))

    assert one.original is not None
    assert one.original.address == staged.ARTICLE
    assert (several.document, several.original) == (None, None)


def test_a_wait_is_over_when_its_time_is_or_something_happens() -> None:
    watch = Watch()
    board = Board(StagedLedger(staged.article()), watch)
    board.hear(planned(staged.article()))
    board.hear(Waiting("a.org", 10, "429"))
    watch.now = 4
    assert board.wait is not None
    assert board.seconds_left == 6
    watch.now = 10
    assert board.wait is None

    board.hear(Waiting("a.org", 10, "429"))
    board.hear(Consulting("Wayback", "http://a.org/", 0, 1))
    assert board.wait is None
    assert (board.stage, board.archive) == (Stage.ASKING, "Wayback")


def test_notices_are_bounded() -> None:
    board = Board(StagedLedger(staged.empty()))
    for number in range(1_000):
        board.hear(Warned(str(number)))

    assert len(board.notices) == 100
    assert board.notices[-1] == "999"


def test_what_was_known_survives_a_failure() -> None:
    board = Board(StagedLedger(staged.article()))
    board.hear(planned(staged.article()))
    board.fail("the disk is full")

    assert (board.stage, board.error, len(board.entries)) == (Stage.BROKEN, "the disk is full", 5)
