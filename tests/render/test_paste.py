"""The lines that replacements change, from the bytes of the article."""

import re

import pytest
from msgspec.structs import replace

from linkcheck.model import DocumentRow, ReferenceRow, Rescue, RescueKind
from linkcheck.render.paste import changes
from tests.render.approval import rendered
from tests.render.staged import StagedReport, placeholder

URL = "https://a.test/story_(1)"


def row(source: bytes, nth: int = 1, *, raw: str = "#", url: str = URL) -> ReferenceRow:
    """Give the nth placeholder of a Markdown source, with a sure target."""
    start = -1
    for _ in range(nth):
        start = source.index(f"({raw})".encode(), start + 1)
    line = source.count(b"\n", 0, start) + 1
    found = Rescue(kind=RescueKind.RECOVERED, url=url, confidence=0.97, message="the capture links this text there")
    made = placeholder(f"{line}:{nth}", document="a.md", text="x", rescues=(found,))
    return replace(made, start=start + 1, end=start + 1 + len(raw))


def pasted(source: bytes, *rows: ReferenceRow, encoding: str = "utf-8", kept: bool = True) -> list[str]:
    document = DocumentRow(path="a.md", media_type="text/markdown", encoding=encoding)
    sources = {"a.md": source} if kept else {}
    shown = rendered("markdown", StagedReport(document_rows=(document,), reference_rows=rows, sources=sources))
    found = re.search(r"^(`{3,})diff\n(.*?)\n\1$", shown, re.DOTALL | re.MULTILINE)
    return found[2].splitlines() if found else []


def test_a_line_is_shown_as_it_stands_and_as_it_should_read() -> None:
    source = b"# Title\n\nSaid\tthe [paper](#),  twice.\n"

    assert pasted(source, row(source)) == [
        "@@ line 3, bytes 26-27 @@",
        "-Said\tthe [paper](#),  twice.",
        "+Said\tthe [paper](https://a.test/story_\\(1\\)),  twice.",
    ]


def test_two_replacements_in_one_line_make_one_pair_of_lines() -> None:
    source = b"[a](#) and [b](#)\r\n[c](#)\r\n"
    lines = pasted(source, row(source, 1, url="https://a.test/1"), row(source, 2, url="https://a.test/2"))

    assert lines == [
        "@@ line 1, bytes 4-16 @@",
        "-[a](#) and [b](#)",
        "+[a](https://a.test/1) and [b](https://a.test/2)",
    ]


def test_a_long_line_is_cut_around_the_change_between_words_and_letters() -> None:
    source = ("é" * 7 + " " + "wörter " * 60 + "[here](#) " + "ähnlich " * 60).encode()
    (place, old, new) = pasted(source, row(source))

    start = source.index(b"(#)") + 1
    assert place == f"@@ line 1, bytes {start}-{start + 1} @@"
    assert old.startswith("-…wörter ")
    assert old.endswith(" ähnlich…")
    assert "[here](#)" in old
    assert new[1:] == old[1:].replace("(#)", r"(https://a.test/story_\(1\))")
    assert len(old) < 250
    assert "\ufffd" not in old


def test_a_fence_in_the_line_does_not_end_the_block_and_nothing_hides_in_it() -> None:
    source = "```` [a](#) \u202e\x1b[31m".encode()
    document = DocumentRow(path="a.md", media_type="text/markdown")
    report = StagedReport(document_rows=(document,), reference_rows=(row(source),), sources={"a.md": source})
    shown = rendered("markdown", report)

    assert "`````diff\n" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "-```` [a](#) \ufffd\ufffd[31m\n" in shown


@pytest.mark.parametrize(("kept", "encoding"), [(False, "utf-8"), (True, "utf-16-le")])
def test_without_lines_the_element_is_shown_before_and_after(*, kept: bool, encoding: str) -> None:
    source = b"Said the [x](#)."

    assert pasted(source, row(source), kept=kept, encoding=encoding) == [
        "@@ line 1 @@",
        "-[x](#)",
        "+[x](<https://a.test/story_(1)>)",
    ]


def test_a_file_that_has_changed_since_is_not_shown_as_if_it_had_not() -> None:
    source = b"Said the [x](#)."
    changed = b"Never said [x]( # )."
    document = DocumentRow(path="a.md", media_type="text/markdown")

    assert list(changes(changed, document, [(row(source), URL)])) == []
    assert pasted(changed, row(source))[0] == "@@ line 1 @@"


def test_references_that_want_different_targets_of_one_definition_change_no_line() -> None:
    source = b"[a]: (#)"
    rows = [(row(source, url=url), url) for url in ("https://a.test/1", "https://a.test/2")]

    assert list(changes(source, DocumentRow(path="a.md", media_type="text/markdown"), rows)) == []
