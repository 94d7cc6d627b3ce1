"""What is said of a fragment that names nothing."""

import pytest

from linkcheck.detect.api import Context
from linkcheck.detect.missing_fragment import detect, finding
from linkcheck.extract.fragments import match
from linkcheck.model import Check, FragmentAnswer, Severity


def test_a_missing_local_fragment_is_an_error_with_the_nearest_id() -> None:
    said = finding("instal", FragmentAnswer(found=False, nearest="install"), is_local=True)

    assert said is not None
    assert said.severity is Severity.ERROR
    assert said.next == "Change it to #install, if that is meant."


def test_an_invisible_character_is_named_and_left_out() -> None:
    answer = match("top-news%E2%80%8B", {"top-news", "other"}, is_local=True)
    said = finding("top-news%E2%80%8B", answer, is_local=True)

    assert said is not None
    assert said.message.endswith("(it holds an invisible U+200B ZERO WIDTH SPACE)")
    assert said.next == "Change it to #top-news."


def test_a_missing_remote_fragment_is_only_a_warning() -> None:
    check = Check(
        at="2026-11-24T14:02:00Z",
        status=200,
        fragments={"a": FragmentAnswer(found=False), "b": FragmentAnswer(found=True)},
    )

    (said,) = detect(check, Context(url="https://paper.org/"))

    assert said.severity is Severity.WARNING
    assert said.evidence["fragment"] == "a"


@pytest.mark.parametrize("status", [403, 404, 410, 503])
def test_an_error_page_says_nothing_of_the_places_in_the_page_that_was_cited(status: int) -> None:
    check = Check(at="2026-11-24T14:02:00Z", status=status, fragments={"a": FragmentAnswer(found=False)})

    assert not list(detect(check, Context(url="https://paper.org/")))


def test_a_difference_in_case_is_a_note() -> None:
    said = finding("Install", FragmentAnswer(found=True, nearest="install", note="differs in case"), is_local=True)

    assert said is not None
    assert said.severity is Severity.NOTE


def test_what_cannot_be_told_is_no_finding() -> None:
    assert finding("x", FragmentAnswer(found=None, note="built by a script"), is_local=False) is None
    assert finding("x", FragmentAnswer(found=True), is_local=True) is None
