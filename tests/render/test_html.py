"""The report as a page for a browser."""

import pytest
from msgspec.structs import replace

from linkcheck.model import Reason, ReasonCode, Verdict
from tests.render.approval import rendered
from tests.render.staged import StagedReport, article, reference


def test_a_verdict_is_not_broken_within_a_word() -> None:
    assert "td:first-child+td{white-space:nowrap" in rendered("html", article())


def test_what_stands_between_backticks_is_code_and_stays_harmless() -> None:
    row = reference("1:1", "#", Verdict.PLACEHOLDER, Reason(ReasonCode.NO_TARGET, "a bare `<b>`, and ` alone"))
    shown = rendered("html", StagedReport(reference_rows=(row,), document_rows=article().document_rows))

    assert "a bare <code>&lt;b&gt;</code>, and ` alone" in shown


def test_a_text_that_is_the_address_is_not_shown_twice() -> None:
    url = "https://a.test/story"
    row = reference("1:1", url, Verdict.ALIVE, Reason(ReasonCode.ANSWERED, "200 OK"), text=url, element="autolink")
    shown = rendered("html", StagedReport(reference_rows=(row,), document_rows=article().document_rows))

    assert shown.count(f">{url}<") == 1
    assert f"“{url}”" not in shown


@pytest.mark.parametrize(
    ("code", "step"),
    [
        (ReasonCode.OFFLINE, "Check again without --offline."),
        (ReasonCode.NETWORK, "Check again when there is a network."),
        (ReasonCode.NOT_ASKED, "Run again."),
        (ReasonCode.EXCLUDED, None),
    ],
)
@pytest.mark.parametrize("format_", ["html", "markdown", "text"])
def test_what_was_not_asked_has_a_next_step(format_: str, code: ReasonCode, step: str | None) -> None:
    row = reference("1:1", "https://a.test/", Verdict.SKIPPED, Reason(code, "why"), text="a")
    (document, *_) = article().document_rows
    row = replace(row, document=document.path)
    shown = rendered(format_, StagedReport(reference_rows=(row,), document_rows=(document,)))

    assert (step in shown) if step else not any(word in shown for word in ("Check again", "Run again"))
