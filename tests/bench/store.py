# ruff: noqa: T201 - a benchmark prints
"""How fast the history takes checks, and tells one URL's past: `python -m tests.bench store`.

The rows are what a run writes: a check with its hop and page facts, in batches of a hundred, each its own transaction.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from linkcheck.judge import LinkOpinion
from linkcheck.model import (
    Check,
    DocumentRow,
    Hop,
    Judgement,
    PageFacts,
    Reason,
    ReasonCode,
    Reference,
    RunInfo,
    Sighting,
    Span,
    Verdict,
)
from linkcheck.plan import Plan
from linkcheck.standing import remember, standing_of
from linkcheck.store import Database, Journal, Planned, Seen
from linkcheck.store.lookback import checks_of

CHECKS = 100_000
RUNS, LINKS = 100, 10_000
"""A history of a million checks."""
_BATCH = 100
_SAID = Judgement(Verdict.ALIVE, Reason(ReasonCode.ANSWERED, "200 OK"))


def run(repeat: int = 3) -> None:
    """Measure and print."""
    rates = [_rate() for _ in range(repeat)]
    shown = ", ".join(f"{rate:,.0f}" for rate in rates)
    print(f"{CHECKS:,} check rows, as a run writes them: median {median(rates):,.0f} rows/s ({shown})")
    with TemporaryDirectory() as name:
        path = Path(name, "history.sqlite")
        start = time.perf_counter()
        _fill(path)
        size = path.stat().st_size / 2**20
        print(f"a history of {RUNS * LINKS:,} checks: {size:,.0f} MB, made in {time.perf_counter() - start:.0f} s")
        times = [_ask(path, number) for number in range(0, LINKS, LINKS // 20)]
        print(
            f"open it and ask one URL's past ({RUNS} checks): median {median(times):.1f} ms, worst {max(times):.1f} ms"
        )


def _url(number: int) -> str:
    return f"https://site-{number % 500}.example.org/articles/2026/{number}/a-story-with-a-slug.html"


def _check(number: int, at: str) -> Check:
    url = _url(number)
    facts = PageFacts(
        title="A story with a title of some length",
        h1="A story with a title of some length",
        language="en",
        words=640,
        text_digest=f"{number:064x}",
        simhash=number * 7919,
        etag=f'"{number:x}"',
    )
    return Check(
        at=at,
        hops=(Hop(url, 200, None, 41.5, "192.0.2.1"),),
        status=200,
        final_url=url,
        media_type="text/html",
        title=facts.title,
        bytes=24_310,
        elapsed_ms=41.5,
        facts=facts,
    )


def _planned(count: int) -> Iterator[Planned]:
    for number in range(count):
        url = _url(number)
        yield Planned(Reference(raw=url, span=Span(0, 1, 1, 1), element="link"), Plan(url=url, link=url))


def _rate() -> float:
    """Give rows a second."""
    with TemporaryDirectory() as name, closing(Journal(Path(name, "history.sqlite"))) as journal:
        journal.begin(RunInfo(id="r", started="2026-01-01T00:00:00Z"))
        journal.add(DocumentRow(path="a.md", media_type="text/markdown"), list(_planned(CHECKS)))
        journal.close_plan()
        ids = [link.id for link in journal.web_links()]
        seen = [Seen(link, _check(number, "2026-01-01T00:00:00Z")) for number, link in enumerate(ids)]
        batches = [seen[first : first + _BATCH] for first in range(0, len(seen), _BATCH)]
        start = time.perf_counter()
        for batch in batches:
            journal.observe(batch)
        return CHECKS / (time.perf_counter() - start)


def _fill(path: Path) -> None:
    with closing(Journal(path)) as journal:
        for run in range(RUNS):
            at = f"2026-{run // 28 + 1:02d}-{run % 28 + 1:02d}T00:00:00Z"
            journal.begin(RunInfo(id=f"r{run:04d}", started=at))
            journal.add(DocumentRow(path="a.md", media_type="text/markdown"), list(_planned(LINKS)))
            journal.close_plan()
            journal.observe([Seen(link.id, _check(number, at)) for number, link in enumerate(journal.web_links())])
            record = remember(None, Sighting(at=at, verdict=_SAID.verdict, code=_SAID.reason.code))
            opinion = LinkOpinion(judgement=_SAID, record=record, standing=standing_of(record))
            journal.conclude_links((asked.link.id, opinion) for asked in journal.asked())


def _ask(path: Path, number: int) -> float:
    """Give the milliseconds that it takes to open a history and read all of one URL's past."""
    start = time.perf_counter()
    with closing(Database(path)) as database:
        found = list(checks_of(database, _url(number)))
    took = (time.perf_counter() - start) * 1000
    assert len(found) == RUNS
    return took
