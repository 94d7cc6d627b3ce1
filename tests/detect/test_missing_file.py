"""What is said of a local file that is not there."""

import pytest

from linkcheck.detect.api import Context
from linkcheck.detect.missing_file import detect
from linkcheck.model import Check


def check(*, exists: bool | None, nearest: str | None = None) -> Check:
    return Check(at="2026-11-24T14:02:00Z", exists=exists, nearest=nearest)


def test_the_nearest_existing_name_is_offered() -> None:
    (finding,) = detect(check(exists=False, nearest="docs/token.md"), Context(url="file:///docs/tok%C3%A9ns.md"))

    assert finding.message == "there is no file docs/tokéns.md"
    assert finding.next == "Change it to docs/token.md, if that is meant."


def test_an_invisible_character_in_the_name_is_named() -> None:
    (finding,) = detect(check(exists=False, nearest="/guide.md"), Context(url="file:///guide.md%E2%80%8B"))

    assert finding.message == "there is no file guide.md\u200b (it holds an invisible U+200B ZERO WIDTH SPACE)"
    assert finding.next == "Change it to /guide.md, which exists."


def test_without_a_near_name_the_path_is_to_be_corrected() -> None:
    (finding,) = detect(check(exists=False), Context(url="file:///docs/tokens.md"))

    assert finding.next == "Correct the path, or remove the link."


def test_what_is_there_or_not_local_is_no_finding() -> None:
    assert list(detect(check(exists=True), Context(url="file:///a.md"))) == []
    assert list(detect(check(exists=None), Context(url="https://a.org/"))) == []


def test_a_name_that_differs_in_case_or_suffix_alone_is_certain() -> None:
    (finding,) = detect(check(exists=False, nearest="/docs/Guide.md"), Context(url="file:///docs/guide.html"))

    assert finding.next == "Change it to /docs/Guide.md, which exists."


def test_a_web_address_without_its_scheme_is_recognised() -> None:
    (finding,) = detect(check(exists=False), Context(url="file:///www.paper.org"))

    assert finding.next == "Write https://www.paper.org, if that page is meant."


@pytest.mark.parametrize(
    "written", ["%E2%80%9Chttp://paper.org/a%E2%80%9D", "docs/%22http://paper.org/a%22", "http//paper.org/a"]
)
def test_an_address_that_was_spoilt_in_copying_is_told_from_a_file(written: str) -> None:
    (finding,) = detect(check(exists=False), Context(url=f"file:///{written}"))

    assert finding.next == "Write http://paper.org/a, if that page is meant."


def test_a_folder_that_is_called_http_is_no_address() -> None:
    (finding,) = detect(check(exists=False), Context(url="file:///docs/http/server.md"))

    assert finding.next == "Correct the path, or remove the link."
