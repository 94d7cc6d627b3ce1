"""Platforms are asked whether a video or post is there."""

import pytest

from linkcheck.detect.platforms import platform_of
from linkcheck.detect.removed_media import probe, when
from linkcheck.model import Confidence, Failure, FailureKind, Request, Response
from tests.detect.answers import seen
from tests.play import play

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def test_youtube_is_asked_by_oembed() -> None:
    check, context = seen("<title>YouTube</title>", url=VIDEO)
    questions: list[Request] = []

    assert when((), check, context)
    (finding,) = play(probe(check, context), [Response("", 404)], asked=questions)

    assert questions[0].url == (
        "https://www.youtube.com/oembed?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ&format=json"
    )
    assert (finding.rule, finding.confidence) == ("removed-media", Confidence.HIGH)


@pytest.mark.parametrize("status", [200, 401, 403])
def test_what_is_there_or_private_is_not_removed(status: int) -> None:
    assert play(probe(*seen("", url=VIDEO)), [Response("", status)]) == ()


@pytest.mark.parametrize("answer", [Response("", 500), Response("", 429), Failure(FailureKind.BUDGET, "no time")])
def test_who_does_not_answer_leaves_it_unjudged(answer: Response | Failure) -> None:
    (finding,) = play(probe(*seen("", url=VIDEO)), [answer])

    assert (finding.rule, finding.confidence) == ("content-not-judged", Confidence.LOW)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://youtu.be/abc", "YouTube"),
        ("https://m.youtube.com/watch?v=abc", "YouTube"),
        ("https://vimeo.com/12345", "Vimeo"),
        ("https://x.com/someone/status/123", "X"),
        ("https://twitter.com/someone/status/123", "X"),
        ("https://www.facebook.com/someone/posts/1", "Facebook"),
        ("https://www.youtube.com/", None),
        ("https://vimeo.com/about", None),
        ("https://notyoutube.com/watch?v=abc", None),
        ("https://paper.org/watch?v=abc", None),
        ("file:///youtube.com/watch", None),
    ],
)
def test_what_is_somebodys_content_on_a_platform(url: str, name: str | None) -> None:
    platform = platform_of(url)

    assert (platform.name if platform else None) == name
