"""An address that works with https should be linked with https."""

from collections.abc import Iterator, Sequence

from linkcheck import uri
from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, Conversation, Finding, Observe, Severity, ask

RULE = "http-upgrade"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """See whether the site itself led from http to https, where the page came from there."""
    end = check.final_url or ""
    if end.startswith("https:") and 200 <= (check.status or 0) < 300:
        better = _https(context.url)
        if better and uri.key(end) == better:
            yield _finding(better, "the site itself leads there")


def when(findings: Sequence[Finding], check: Check, context: Context) -> bool:
    """Ask only with `--deep`: an http link that answers raises no suspicion."""
    has_port = ":" in uri.without_fragment(context.url).partition("://")[2].partition("/")[0]
    is_told = any(finding.rule in {RULE, "moved"} for finding in findings)
    return context.is_deep and not is_told and not has_port and bool(_https(context.url)) and check.status == 200


def probe(check: Check, context: Context) -> Conversation[Sequence[Finding]]:
    """Check the same address with https: certificate, status, and that it is the same page."""
    better = _https(context.url)
    assert better, "it is http"
    seen = yield from ask(Observe(better))
    same = seen.status == 200 and seen.facts and check.facts and seen.facts.title == check.facts.title
    return (_finding(better, "it answers there with the same page"),) if same else ()


def _finding(better: str, how: str) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        message=f"works with https, too: {how}",
        next=f"Change it to {better}",
        evidence={"to": better},
    )


def _https(url: str) -> str | None:
    return uri.key(f"https:{url[5:]}") if url.startswith("http:") else None


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="The link is http, and the same page is there with https.",
    why="Browsers warn of http. It is only said where https was seen to work: where the site itself leads there, and "
    "with --deep where the same page is there; without it, a link that raises no suspicion is asked for nothing more.",
    example="http://paper.example/story redirects to https://paper.example/story, which answers 200.",
    detect=detect,
    when=when,
    probe=probe,
)
