# ruff: noqa: T201 - a benchmark prints
"""How long it takes to read a page and to hear all plain detectors: `python -m tests.bench detect`.

The pages are real articles of 35 to 65 kB where they lie beside the checkout, else one that is made up.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from linkcheck.clock import Clock, iso
from linkcheck.detect.api import Context
from linkcheck.extract.page import read
from linkcheck.fetch.observe import seen
from linkcheck.model import Check, Link, Response
from tests.detect.test_hostile import MONSTERS
from tests.eval import pages as known
from tests.eval.judging import DETECTORS, judged, page

_SIZES = range(35_000, 65_000)
_REPEAT = 3


def run() -> None:
    """Print medians in milliseconds, and the dearest detectors."""
    responses = list(_pages())
    whole, parsing = [], []
    dear: dict[str, list[float]] = {}
    for _ in range(_REPEAT):
        for response in responses:
            began = time.perf_counter()
            read(response)
            parsing.append(time.perf_counter() - began)
            began = time.perf_counter()
            check, context = _observed(response)
            for detector in DETECTORS:
                if detector.detect:
                    before = time.perf_counter()
                    tuple(detector.detect(check, context))
                    dear.setdefault(detector.rule, []).append(time.perf_counter() - before)
            whole.append(time.perf_counter() - began)
    size = median(len(response.body) for response in responses) / 1000
    print(f"\ndetect: {len(responses)} pages, median {size:.0f} kB, {_REPEAT} times each")
    print(f"  reading the page alone        {median(parsing) * 1000:6.2f} ms")
    most = quantiles(whole, n=20)[-1] * 1000
    print(f"  with all plain detectors      {median(whole) * 1000:6.2f} ms    95 % {most:.2f} ms")
    for rule, times in sorted(dear.items(), key=lambda item: -median(item[1]))[:5]:
        print(f"    {rule:28}{median(times) * 1000:6.3f} ms")
    _monsters()


def _monsters() -> None:
    """Print which hostile pages take longest, probe and judge included: processor time, of a megabyte or so each."""
    took = []
    for name, body in MONSTERS.items():
        began = time.process_time()
        judged(page("http://site.test/news/story", body), lambda url, body=body: page(url, body))
        took.append((time.process_time() - began, name))
    print(f"  {len(MONSTERS)} hostile pages; the dearest:")
    for seconds, name in sorted(took, reverse=True)[:3]:
        print(f"    {name:28}{seconds * 1000:6.0f} ms")


def _pages() -> Iterator[Response]:
    cases = Path(__file__).parents[3] / "shared" / "cases"
    if (cases / known.PAGES).is_file():
        yield from (page(one.url, one.source) for one in known.pages(cases) if len(one.source) in _SIZES)
        return
    paragraph = b"<p>" + b"The harbour council voted on Saturday to keep the lamp burning. " * 12 + b"</p>\n"
    links = b"".join(b'<li><a href="/story/%d">Another story of the harbour</a></li>' % number for number in range(200))
    body = b"<!doctype html><title>The lamp</title><h1>The lamp</h1><ul>" + links + b"</ul>" + paragraph * 45
    yield page("http://paper.test/2019/the-lamp", body)


def _observed(response: Response) -> tuple[Check, Context]:
    observation = seen(Link(0, response.hops[0].url), response, iso(Clock().now()))
    return observation.check, Context(url=response.hops[0].url, page=observation.page)
