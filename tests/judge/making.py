"""What the tests of the judge are given: checks, findings and captures in short."""

from linkcheck.judge import World, judge_link
from linkcheck.model import Check, Confidence, FailureKind, Finding, Hop, Judgement, Memento, Severity, Trouble

URL = "https://paper.org/story"
AT = "2026-11-24T14:02:00Z"


def check(status: int | None = None, failure: FailureKind | None = None, **said: object) -> Check:
    trouble = Trouble(failure, f"it was {failure}") if failure else None
    return Check(**{"at": AT, "status": status, "failure": trouble, **said})  # type: ignore[arg-type]  # test shorthand


def hops(*steps: tuple[str, int]) -> tuple[Hop, ...]:
    return tuple(Hop(url, status) for url, status in steps)


def finding(rule: str, confidence: Confidence = Confidence.HIGH) -> Finding:
    return Finding(rule=rule, severity=Severity.ERROR, confidence=confidence, message=f"{rule}!", next="Look.")


def memento(validated: bool | None = None) -> Memento:
    return Memento(archive="wayback", uri_m="https://a.org/1/x", datetime="2017-02-14T00:00:00Z", validated=validated)


def verdict(one: Check | None, url: str = URL, world: World | None = None) -> Judgement:
    return judge_link(url, one, (), {}, world or World()).judgement
