"""What stands above the table: where the article comes from, and how far the run is. Pure."""

from collections.abc import Iterator

from textual.content import Content

from linkcheck.render.answer import sentences
from linkcheck.render.counting import counted, counts
from linkcheck.render.escape import plain
from linkcheck.render.fit import end, middle, pad
from linkcheck.render.wording import capture_of, copied, file_name, published
from linkcheck.tui.board import Board, Stage
from linkcheck.tui.facts import INKS, LABEL

BAR = 20
"""Cells of the bar."""
LEAST = 12
"""Cells below which a cut text says nothing."""
NARROW = 60
"""Where there are fewer cells, the answer has one line."""
LINES = 3
"""Lines of the answer elsewhere."""


def origin(board: Board, width: int) -> Content:
    """Say what the article claims to be and what became of its original; for several documents, how many there are."""
    return Content("\n").join(list(_origin(board, width)))


def progress(board: Board, width: int, *, is_paused: bool) -> Content:
    """Say how far the run is; at its end, what it found."""
    match board.stage:
        case Stage.BROKEN:
            return _inked(f"✗ the run broke off: {plain(board.error)}", "error")
        case Stage.THROUGH if not board.again:
            return _answer(board, width)
        case Stage.THROUGH:
            words = f"looking again at {counted(len(board.again), 'link')}"
        case Stage.READING:
            words = f"reading: {counted(board.documents, 'document')}, {counted(board.references, 'reference')}"
        case Stage.ASKING:
            words = f"asking {plain(board.archive)}: {board.done + 1:,} of {board.total:,}"
        case Stage.JUDGING:
            words = f"judging what was found: {board.done:,} {plain(board.judging)}"
        case Stage.CHECKING:
            words = f"checked {board.done:,} of {counted(board.total, 'link')}"
    if is_paused:
        words = f"paused (p goes on): {words}"
    shown, room = [], width
    for piece in (Content.styled(words, "bold"), *_asides(board)):
        if piece.cell_length <= room or (room >= LEAST and piece.is_same(piece.without_spans)):
            shown.append(piece.truncate(room, ellipsis=True))
            room -= shown[-1].cell_length + 2
    return Content("  ").join(shown)


def _asides(board: Board) -> Iterator[Content]:
    """Give what else there is to say while it goes on, the most important first."""
    if wait := board.wait:
        yield Content(f"waiting {board.seconds_left:.0f} s for {plain(wait.on)}: {plain(wait.why)}")
    if board.total and board.stage in {Stage.CHECKING, Stage.ASKING}:
        full = BAR * board.done // board.total
        yield Content.assemble(("━" * full, "$primary"), ("─" * (BAR - full), "$text-disabled"))
    if board.doubted:
        yield Content(f"{len(board.doubted):,} to ask again")
    if board.verdicts:
        yield Content(counts(board.verdicts))


def _answer(board: Board, width: int) -> Content:
    report, tally = board.report, board.tally
    assert report is not None
    assert tally is not None
    ink = "error" if tally.errors else "warning" if tally.warnings or not report.run.complete else "fine"
    answer = plain(sentences(report, board.document, tally))
    notes = [f"Incomplete: {plain(note)}." for note in report.run.notes[:1]]
    whole = " ".join([answer, *notes])
    return _inked(end(whole, width if width < NARROW else LINES * width), ink)


def _origin(board: Board, width: int) -> Iterator[Content]:
    document, room = board.document, width - LABEL
    if document is None:
        yield Content.styled("linkcheck", "bold")
        if board.documents:
            words = [counted(board.documents, "document"), counted(board.references, "reference")]
            if board.stage is not Stage.READING:
                words.append(counted(board.links, "link"))
            yield _labelled("Read", ", ".join(words), room)
        return
    yield Content.styled(end(document.title or file_name(document), width), "bold")
    dated = published(document)
    claims = [dated and f"published {dated}", document.author and f"by {document.author}"]
    yield _labelled("Article", "   ".join(one for one in claims if one) or "does not say when or by whom", room)
    original = board.original
    if original is None:
        if document.original:
            yield _labelled("Original", middle(document.original, room), room)
        return
    state = f"{original.look.glyph} {original.look.word}"
    line = _inked(state, original.look.ink) + Content("  " + middle(original.address, room - len(state) - 2))
    yield Content.styled(pad("Original", LABEL), "$text-muted") + line
    if original.row and (held := capture_of(original.row)):
        yield _labelled("", held, room)
    if said := copied(document):
        yield _labelled("Copy", said, room)


def _labelled(label: str, text: str, room: int) -> Content:
    return Content.styled(pad(label, LABEL), "$text-muted") + Content(end(text, room))


def _inked(text: str, ink: str) -> Content:
    return Content.styled(text, INKS[ink])
