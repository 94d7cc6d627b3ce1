"""Measures how many articles are noticed that were replaced by another one at their address, and what that costs.

    python -m tests.eval replaced --material=FOLDER [--look] [--wrong]

Each article of 40 links cites pages of others by their titles in running text. Every second page is the one that was
captured; in the place of the others stands another page of the material. Nothing is a related link, and `--deep` is not
used. Counted are verdicts, and questions to the archive's index. The halves are those of `archived`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import anyio

from linkcheck import pipeline, uri
from linkcheck.config import Config
from linkcheck.fetch.observe import page_of
from linkcheck.model import LinkRow, Response
from linkcheck.store import Journal
from tests.archive_server import Capture, serving
from tests.eval.archived import FalseTime, is_looked_at, material
from tests.eval.pages import Page
from tests.eval.recovery import escaped
from tests.web import Page as Staged
from tests.web import staged

LINKS = 40
_WORDS = 120
"""Words of a page that counts as an article."""


def rate(_: Path, options: frozenset[str]) -> Iterator[str]:
    """Yield the verdicts of replaced and of unchanged pages, and the questions for each article."""
    given = dict(one.removeprefix("--").partition("=")[::2] for one in options)
    pages = [page for page in material(Path(given["material"])) if is_looked_at(page) is ("look" in given)]
    titled = [(page, title) for page in pages if (title := _title(page))]
    counts: Counter[str] = Counter()
    asked = []
    for start in range(0, len(titled), LINKS):
        some = titled[start : start + LINKS]
        rows, questions = _run(some)
        asked.append(f"{questions} for {len(some)} links")
        for number, (page, title) in enumerate(some):
            row = rows[uri.key(page.url) or ""]
            kind = "unchanged" if number % 2 else "replaced"
            counts[f"{kind}: {row.verdict}"] += 1
            if "wrong" in given and (row.verdict.value == "drifted") is (kind == "unchanged"):
                yield f"{kind}, {row.verdict}: {title!r}: {page.name}: {row.reason.text}"
    yield f"{dict(sorted(counts.items()))}"
    yield f"questions to the index: {', '.join(asked)}"


def _title(page: Page) -> str | None:
    facts = page_of(Response(page.url, 200, (("content-type", "text/html"),), page.source)).facts
    return facts.h1 or facts.title if facts.words >= _WORDS else None


def _run(some: Sequence[tuple[Page, str]]) -> tuple[dict[str, LinkRow], int]:
    time = FalseTime()
    pages = [page for page, _ in some]
    other = pages[len(pages) // 2 :] + pages[: len(pages) // 2]
    live = {
        (uri.key(page.url) or "").partition("://")[2]: Staged(
            body=(page if number % 2 else other[number]).source.decode("utf-8", "replace")
        )
        for number, page in enumerate(pages)
    }
    captures = [Capture("20170301120000", uri.key(page.url) or page.url, 200, page.source) for page in pages]
    text = "\n\n".join(f"In [{escaped(title)}]({page.url}) there was more." for page, title in some)
    with staged(live) as web, serving(captures) as archive, TemporaryDirectory() as folder:
        time.asked, time.asked_of_web = archive.asked, web.asked
        Path(folder, "a.md").write_text(f"# A\n\nMarch 1, 2017\n\n{text}\n", encoding="utf-8", errors="replace")
        config = Config(
            sources=("a.md",),
            resolve=tuple({f"{uri.host_of(page.url)}:80:127.0.0.1:{web.port}" for page in pages}),
            archives={"wayback": archive.endpoints},
            archive_order=("wayback",),
            retries=0,
            host_interval=0,
            control_hosts=(),
        )
        with closing(Journal(None)) as journal:
            job = pipeline.Job(config=config, journal=journal, directory=Path(folder), clock=time.clock)
            links = {row.url: row for row in anyio.run(pipeline.run, job).report.links()}
        return links, sum("/cdx/" in one for one in archive.asked)
