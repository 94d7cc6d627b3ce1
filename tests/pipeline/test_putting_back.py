"""What is said of a lost target that was found: where readers may be sent, and where not."""

import pytest
from msgspec import structs

from linkcheck.model import Reason, ReasonCode, ReferenceRow, Rescue, RescueKind, Role, Verdict
from linkcheck.pipeline.putting_back import next_step
from linkcheck.render.article import target_of
from linkcheck.render.triage import candidates_of, replacement_of

COPY = "https://web.archive.org/web/20170214000000/http://b.test/x"
FOUND = Rescue(kind=RescueKind.RECOVERED, url="http://b.test/x", confidence=0.97, message="the original links it")


def found(now: str, uri_m: str | None = None) -> tuple[Rescue, ReferenceRow]:
    rescue = structs.replace(FOUND, evidence={"now": f"{now}: why"}, uri_m=uri_m)
    row = ReferenceRow(
        document="a.md",
        line=1,
        column=1,
        start=5,
        end=6,
        raw="#",
        element="link",
        role=Role.CITATION,
        verdict=Verdict.PLACEHOLDER,
        reason=Reason(ReasonCode.NO_TARGET, "the target is a bare `#`"),
        rescues=(rescue,),
    )
    return rescue, row


@pytest.mark.parametrize("now", ["dead", "soft-404", "usurped"])
def test_nobody_is_sent_to_a_target_that_is_gone(now: str) -> None:
    rescue, row = found(now)

    assert next_step([rescue]) == (
        f"It led to http://b.test/x (now {now}), and no capture is known: cite another source, or take the link out."
    )
    assert (replacement_of(row), target_of(row, 0.9), candidates_of(row)) == (None, None, ())


@pytest.mark.parametrize("now", ["dead", "soft-404", "usurped"])
def test_a_capture_stands_for_what_is_gone(now: str) -> None:
    rescue, row = found(now, COPY)

    assert COPY in next_step([rescue])
    assert (replacement_of(row), target_of(row, 0.9)) == (COPY, COPY)


@pytest.mark.parametrize("now", ["alive", "moved", "blocked", "unreachable", "drifted"])
def test_what_may_be_there_is_put_back(now: str) -> None:
    rescue, row = found(now)

    assert next_step([rescue]) == "Put the URL here that it had: http://b.test/x"
    assert (replacement_of(row), target_of(row, 0.9)) == ("http://b.test/x", "http://b.test/x")
