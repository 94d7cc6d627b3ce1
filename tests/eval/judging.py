"""Judges one answer as a run does, detectors and probes included, with a function in the place of the web."""

from collections.abc import Callable
from typing import Any

from linkcheck import registry
from linkcheck.clock import Clock, iso
from linkcheck.detect.api import Citation, Context, Detector
from linkcheck.fetch.observe import page_of, seen
from linkcheck.judge import LinkOpinion, World, judge_link
from linkcheck.model import Ask, Captures, Finding, Hop, Link, Once, Request, Response, Role

DETECTORS: tuple[Detector, ...] = tuple(plugin for _, plugin in registry.load_all("detect"))
SUGGESTS = {one.rule: one.suggests for one in DETECTORS if one.suggests}
HTML = (("content-type", "text/html"),)


def page(url: str, body: bytes, status: int = 200) -> Response:
    """Make an HTML answer that came without redirects."""
    return Response(url, status, HTML, body, hops=(Hop(url, status),))


def judged(response: Response, web: Callable[[str], Response], *, cited_as: str = "") -> LinkOpinion:
    """Give the opinion about a link that was answered so; `web` answers what probes ask by its address.

    `cited_as` is the text of a link in running text.
    """
    citations = (Citation(role=Role.CITATION, text=cited_as),) if cited_as else ()
    observation = seen(Link(0, response.hops[0].url), response, iso(Clock().now()))
    context = Context(
        url=response.hops[0].url, page=observation.page, page_of=page_of, seed="evaluation", citations=lambda: citations
    )
    found: list[Finding] = []
    for detector in DETECTORS:
        if detector.detect:
            found.extend(detector.detect(observation.check, context))
    for detector in DETECTORS:
        if detector.probe and detector.when and detector.when(found, observation.check, context):
            said = _played(detector.probe(observation.check, context), web)
            found = [one for one in found if not said or one.rule != detector.rule] + list(said)
    return judge_link(context.url, observation.check, found, SUGGESTS, World(overridden=frozenset({"site.test"})))


def _played(conversation: Any, web: Callable[[str], Response]) -> Any:
    answer: Any = None
    while True:
        try:
            question: Ask = conversation.send(answer)
        except StopIteration as end:
            return end.value
        match question:
            case Once(request):
                answer = web(request.url)
            case Request(url):
                answer = web(url)
            case Captures():
                answer = ()
            case _:
                raise AssertionError(question)
