"""Answers for every host of a world. Pure."""

from linkcheck.demo import archive
from linkcheck.demo.http import METHODS, Answer, Question
from linkcheck.demo.table import HTML, World


def answer(world: World, question: Question) -> Answer:
    """Give the page, the host's catch-all, or the 404 that a host has for everything else."""
    if question.method not in METHODS:
        return Answer(status=405, headers=(("allow", ", ".join(sorted(METHODS))),))
    if question.host == world.archive:
        return archive.answer(world.captures, world.faults, question)
    page = world.pages.get(f"http://{question.host}{question.target}") or world.pages.get(f"http://{question.host}/*")
    if page is None:
        return Answer(status=404, headers=(("content-type", HTML),), body=_NOT_FOUND)
    return Answer(status=page.status, headers=page.headers, body=page.body, delay=page.delay)


_NOT_FOUND = (
    b"<!doctype html><title>404 Not Found</title><h1>Not Found</h1><p>There is no such page on this server.</p>"
)
