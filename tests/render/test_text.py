"""The report in a terminal."""

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from linkcheck.model import DocumentRow, Reason, ReasonCode, ReferenceRow, Summary, Verdict
from linkcheck.render import full_entry
from linkcheck.render.api import Style
from tests.render.approval import approved, rendered
from tests.render.staged import OK, REPORTS, StagedReport, hostile, placeholder, reference, repository

SGR = re.compile(r"\x1b\[\d+m")
DEAD = Reason(ReasonCode.HTTP_NOT_FOUND, "404 Not Found on GET, asked twice")
STYLE = Style(report_path="reports/linkcheck.md", exit_code=1)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", REPORTS)
def test_the_report_reads_as_approved(name: str, width: int) -> None:
    actual = rendered("text", REPORTS[name](), replace(STYLE, width=width))

    assert actual == approved(f"{name}-{width}.txt", actual)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", ["mistaken", "doubtful", "repository"])
def test_the_colours_are_as_approved(name: str, width: int) -> None:
    actual = rendered("text", REPORTS[name](), replace(STYLE, width=width, colour=True))

    assert actual == approved(f"{name}-{width}.ansi", actual)


@pytest.mark.parametrize("name", ["mistaken", "clean", "repository"])
@pytest.mark.parametrize(("verbose", "kind"), [(-1, "quiet"), (1, "verbose")])
def test_less_and_more_read_as_approved(name: str, verbose: int, kind: str) -> None:
    actual = rendered("text", REPORTS[name](), replace(STYLE, verbose=verbose))

    assert actual == approved(f"{name}-{kind}.txt", actual)


@pytest.mark.parametrize("name", REPORTS)
def test_colour_changes_no_word(name: str) -> None:
    coloured = rendered("text", REPORTS[name](), replace(STYLE, colour=True))

    assert SGR.search(coloured)
    assert SGR.sub("", coloured) == rendered("text", REPORTS[name](), STYLE)


@pytest.mark.parametrize("width", [10, 80, 120])
@pytest.mark.parametrize("name", [name for name in REPORTS if name != "repository"])
def test_no_line_is_wider_than_asked_but_for_addresses_to_copy(name: str, width: int) -> None:
    lines = rendered("text", REPORTS[name](), replace(STYLE, width=width)).splitlines()

    assert [line for line in lines if cell_len(line) > max(width, 60) and not re.match(r" +(was +)?http", line)] == []


@pytest.mark.parametrize("verbose", [-1, 0, 1])
@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("documents", [1, 2])
def test_nothing_from_outside_drives_the_terminal(verbose: int, documents: int, *, colour: bool) -> None:
    report = hostile()
    report = replace(report, document_rows=report.document_rows * documents)
    style = Style(colour=colour, verbose=verbose, report_path="\x1b]0;x\x07.md", exit_code=3)
    text = SGR.sub("", rendered("text", report, style)) if colour else rendered("text", report, style)

    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text) == []


def test_equal_advice_in_a_row_is_given_once() -> None:
    text = rendered("text", REPORTS["mistaken"]())

    assert text.count("Find what the link pointed to") == 1


class Vast(StagedReport, frozen=True, kw_only=True):
    """More references than anybody wants to hold; they are made as they are asked for."""

    size: int

    @property
    def summary(self) -> Summary:
        return Summary(documents=len(self.document_rows), references=self.size, links=self.size)

    def references(self, document: str | None = None) -> Iterator[ReferenceRow]:
        for row in self.document_rows:
            if document in {None, row.path}:
                yield from (_dead(row.path, number) for number in range(self.size // len(self.document_rows)))


def _dead(document: str, number: int) -> ReferenceRow:
    url = f"https://a{number}.example.org/{document}"
    return reference(f"{number + 1}:1", url, Verdict.DEAD, DEAD, document=document)


def vast(documents: int) -> Vast:
    rows = (DocumentRow(path=f"{number}.md", media_type="text/markdown") for number in range(documents))
    return Vast(document_rows=tuple(rows), size=3000)


def test_many_documents_take_fifty_lines_and_a_count() -> None:
    lines = rendered("text", vast(3)).splitlines()

    assert sum(line.endswith("asked twice") for line in lines) == 50
    assert "and 2,950 more (-v lists all)" in lines
    assert lines[-1] == "  FAIL  3,000 errors"


def test_one_vast_document_takes_fifty_entries_and_a_count() -> None:
    lines = rendered("text", vast(1)).splitlines()

    assert lines.count("       and 2,950 more (-v lists all)") == 1
    assert len(lines) < 200


@pytest.mark.parametrize("documents", [1, 3])
def test_everything_is_listed_when_it_is_wanted(documents: int) -> None:
    text = rendered("text", vast(documents), Style(verbose=1))

    assert text.count("404 Not Found") == (1 if documents == 1 else 3000)
    assert len(text.splitlines()) > 3000


def test_three_places_are_lines_and_four_are_one_group() -> None:
    def report(count: int) -> StagedReport:
        paths = [f"{number}.md" for number in range(count)]
        return StagedReport(
            document_rows=tuple(DocumentRow(path=path, media_type="text/markdown") for path in paths),
            reference_rows=tuple(
                reference("1:1", "https://a.example.org/", Verdict.DEAD, DEAD, document=path) for path in paths
            ),
        )

    assert "places" not in rendered("text", report(3))
    assert rendered("text", report(4)).splitlines()[:2] == [
        "https://a.example.org/  dead  404 Not Found on GET, asked twice - in 4 places:",
        "    0.md:1:1  1.md:1:1  2.md:1:1  +1  (-v lists all)",
    ]


@pytest.mark.parametrize(
    ("exit_code", "word"), [(0, "DONE"), (1, "FAIL"), (3, "INCOMPLETE"), (130, "INTERRUPTED"), (None, "FAIL")]
)
def test_the_outcome_is_what_the_process_says(exit_code: int | None, word: str) -> None:
    assert f"\n  {word}  16 errors" in rendered("text", repository(), Style(exit_code=exit_code))


def test_fine_documents_are_ok() -> None:
    documents = tuple(DocumentRow(path=path, media_type="text/markdown") for path in ("a.md", "b.md"))
    row = reference("1:1", "https://a.example.org/", Verdict.ALIVE, OK, document="a.md")

    assert rendered("text", StagedReport(document_rows=documents, reference_rows=(row,)), Style(exit_code=0)) == (
        "2 files, 1 reference, 1 link in 6.1 s\n  OK  0 errors     1 alive\n" + f"{'exit 0':>80}\n"
    )


def test_an_unreadable_world_is_told_before_anything_else() -> None:
    text = rendered("text", REPORTS["incomplete"]())

    assert text.splitlines()[2].startswith("Incomplete: no network")


def test_no_document_at_all_is_said() -> None:
    assert "NOTHING  There are no links" in rendered("text", StagedReport())


def test_a_reference_without_text_shows_its_target() -> None:
    report = StagedReport(
        document_rows=(DocumentRow(path="a.md", media_type="text/markdown"),),
        reference_rows=(placeholder("1:1", document="a.md"),),
    )

    assert " 1 ✗ placeholder 1:1    citation   #\n" in rendered("text", report)


@pytest.mark.parametrize("name", ["article", "repository"])
@pytest.mark.parametrize(("complete", "word"), [(True, "Note"), (False, "Incomplete")])
def test_a_note_is_called_what_it_is(name: str, word: str, *, complete: bool) -> None:
    report = REPORTS[name]()
    told = replace(report, run=replace(report.run, notes=("host-outage: 3 of 3 links fail",), complete=complete))

    assert f"{word}: host-outage: 3 of 3 links fail\n" in rendered("text", told)
    assert f"> **{word}:** host-outage" in rendered("markdown", told)


@pytest.mark.parametrize(("size", "more"), [(49, 0), (50, 0), (51, 1), (3000, 2950)])
def test_what_a_long_list_does_not_show_is_counted_and_not_made(
    size: int, more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    details = full_entry._details

    def counting(row: ReferenceRow, page: full_entry.Page) -> Iterator[str]:
        made.append(row)
        return details(row, page)

    monkeypatch.setattr(full_entry, "_details", counting)
    document = DocumentRow(path="a.md", media_type="text/markdown")
    rows = tuple(placeholder(f"{line}:1", document="a.md") for line in range(1, size + 1))
    text = rendered("text", StagedReport(document_rows=(document,), reference_rows=rows))

    assert len(made) == size - more
    assert (f"and {more:,} more (-v lists all)" in text) == bool(more)


@pytest.mark.parametrize("documents", [1, 2])
def test_no_title_or_file_name_commands_the_ci_that_keeps_the_log(documents: int) -> None:
    command = "::set-output name=exit-code::0 ##[add-mask]e"
    rows = [DocumentRow(path=f"{command} {n}.md", media_type="text/markdown", title=command) for n in range(documents)]
    lost = [reference("1:1", "#", Verdict.PLACEHOLDER, OK, document=one.path, text="x", next="Look.") for one in rows]
    report = StagedReport(document_rows=tuple(rows), reference_rows=tuple(lost))

    actual = rendered("text", report, STYLE)

    assert "set-output" in actual
    assert not re.search(r"^\s*::|##\[", actual, re.MULTILINE)
