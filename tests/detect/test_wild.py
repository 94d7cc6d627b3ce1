"""What is said of pages as the web has them: on a site that is honest elsewhere, and on one that answers 200 to all."""

from collections.abc import Callable

import pytest

from linkcheck.judge import LinkOpinion
from linkcheck.model import Hop, Response, Verdict
from tests.detect.wild import HONEST, LOST, PARKED, TROUBLE, WALLS, Wild, framed
from tests.eval.judging import judged

NOTHING = framed("Page not found", "<h1>Page not found</h1><p>Sorry.</p>")


def answer(page: Wild, url: str = "", end: str = "") -> Response:
    url = url or page.url
    hops = (Hop(url, 302, end), Hop(end, page.status)) if end else (Hop(url, page.status),)
    headers = (("content-type", "text/html; charset=utf-8"), *page.headers)
    return Response(end or url, page.status, headers, page.body.encode(), hops=hops)


def nothing(status: int) -> Callable[[str], Response]:
    """Make a site that shows its error page for what it does not have."""
    return lambda url: answer(Wild("nothing", Verdict.DEAD, NOTHING, status), url)


def verdict(page: Wild, web: Callable[[str], Response]) -> LinkOpinion:
    return judged(answer(page, end=page.end), web)


def named(*groups: list[Wild]) -> pytest.MarkDecorator:
    pages = [page for group in groups for page in group]
    return pytest.mark.parametrize("page", pages, ids=[page.name for page in pages])


@named(LOST, PARKED, WALLS, TROUBLE)
def test_where_everything_is_answered_so(page: Wild) -> None:
    opinion = verdict(page, lambda url: answer(page, url))

    assert opinion.judgement.verdict is page.verdict, opinion.judgement.reason.text


@named(PARKED, WALLS, TROUBLE)
def test_where_the_site_is_honest_elsewhere(page: Wild) -> None:
    opinion = verdict(page, nothing(404))

    assert opinion.judgement.verdict is page.verdict, opinion.judgement.reason.text


@named(LOST)
def test_a_loss_on_an_honest_site_is_told_or_noted(page: Wild) -> None:
    """What does not say so plainly enough may be a page about it: a note asks a person to look."""
    opinion = verdict(page, nothing(404))

    assert opinion.judgement.verdict in {Verdict.SOFT_404, Verdict.ALIVE}
    assert {"not-found-words", "default-page"} & {finding.rule for finding in opinion.findings}


@named(HONEST)
@pytest.mark.parametrize("status", [404, 200])
def test_what_only_sounds_so_is_alive(page: Wild, status: int) -> None:
    opinion = verdict(page, nothing(status))

    assert opinion.judgement.verdict is Verdict.ALIVE, opinion.judgement.reason.text


def test_most_losses_are_told_on_honest_sites_too() -> None:
    told = [page.name for page in LOST if verdict(page, nothing(404)).judgement.verdict is Verdict.SOFT_404]

    assert len(told) >= 0.8 * len(LOST)
