"""Measures how many lost targets a whole run recovers from originals that are live, or gone and archived.

    python -m tests.eval archived --material=FOLDER [--world=live|archived] [--own] [--budget=auto|SECONDS] [--links=N]

FOLDER holds pages of others as `*.html` or `*.html.gz`; it is no part of the project. The links of a page are replaced
by `#`, as in `recovery`. In the world `archived` the page itself is gone, and so is every other target; both were
captured. `--own` asks an archive of one's own by its TimeMap, `--dead=N` adds N links to the article that are dead and
archived. The clock is false: waiting costs nothing, and every request to the archive takes half a second of it. Sites
are split by the digest of their host into a half to look at (`--look`) and a half that is only counted (the default).
"""

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
from selectolax.lexbor import LexborHTMLParser

from linkcheck import pipeline, uri
from linkcheck.clock import Clock
from linkcheck.config import Config
from linkcheck.model import ReferenceRow
from linkcheck.store import Journal
from tests.archive_server import Capture, serving
from tests.eval.pages import Page
from tests.eval.recovery import Block, blocks_of, outcome_of, shuffled
from tests.web import Page as Staged
from tests.web import staged

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_REQUEST = 0.5
"""Seconds that a request to the archive seems to take."""
_ELSEWHERE = 0.05
"""Seconds that a request to anybody else seems to take."""
_MOST = 40
"""Links of one page: the rest is left out."""


class FalseTime:
    """A stopwatch that only waiting and requests move on."""

    def __init__(self) -> None:
        self.waited = 0.0
        self.asked: list[str] = []
        self.asked_of_web: list[str] = []

    def stopwatch(self) -> float:
        return self.waited + _REQUEST * len(self.asked) + _ELSEWHERE * len(self.asked_of_web)

    async def sleep(self, seconds: float) -> None:
        self.waited += seconds
        await anyio.lowlevel.checkpoint()

    @property
    def clock(self) -> Clock:
        return Clock(lambda: NOW + timedelta(seconds=self.stopwatch()), self.stopwatch, self.sleep)


def material(folder: Path) -> Iterator[Page]:
    """Yield pages that name their own address, in the order of their paths; of each address one."""
    met = set[str]()
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".html", ".gz"}:
            continue
        source = path.read_bytes()
        source = gzip.decompress(source) if path.suffix == ".gz" else source
        source = source.replace(b"https://", b"http://").replace(b"https:\\/\\/", b"http:\\/\\/")
        url = _own_address(source)
        if url and url not in met:
            met.add(url)
            yield Page(url, str(path.relative_to(folder)), source, {})


def is_looked_at(page: Page) -> bool:
    """True for the half of the sites that is looked at while rules are made."""
    host = page.url.split("/")[2].removeprefix("www.")
    return sha256(".".join(host.split(".")[-2:]).encode()).digest()[0] % 2 == 0


def rate(_: Path, options: frozenset[str]) -> Iterator[str]:
    """Yield the counts and, with `--wrong`, each link that was not recovered."""
    given = dict(one.removeprefix("--").partition("=")[::2] for one in options)
    counts: Counter[str] = Counter()
    articles, questions = 0, 0
    for page in material(Path(given["material"])):
        if is_looked_at(page) is not ("look" in given):
            continue
        blocks = _bounded(blocks_of(page, has_lists=False))
        if sum(len(block.targets) for block in blocks) < int(given.get("links", 3)):
            continue
        articles += 1
        found, time = run_of(page, shuffled(blocks, page.name), given)
        questions += sum("/cdx/" in one for one in time.asked)
        for wanted, row in found:
            best = next((one for one in row.rescues if one.kind.value == "recovered"), None)
            outcome = outcome_of(wanted, best.url if best else None, best.confidence if best else 0.0)
            counts[outcome] += 1
            counts["told to look by hand"] += any("by hand" in one.next for one in row.findings)
            if "wrong" in given and outcome != "right":
                said = row.findings[0].next if row.findings else ""
                yield f"{outcome}: {page.name}: {row.text!r}: {wanted}, not {best and best.url}: {said}"
    total = sum(count for name, count in counts.items() if name != "told to look by hand")
    sure = counts["right"] + counts["wrong"]
    yield f"{articles} articles, {total} links, {questions} questions to the index: {dict(counts)}"
    yield f"recall {counts['right'] / max(total, 1):.1%}, precision {counts['right'] / max(sure, 1):.1%}"


def run_of(
    page: Page, blocks: list[Block], given: Mapping[str, str]
) -> tuple[list[tuple[str, ReferenceRow]], FalseTime]:
    """Run over one article in a staged world; return each true target with its reference, and the time it took."""
    world, budget = given.get("world", "live"), given.get("budget")
    targets = [target for block in blocks for target in block.targets]
    texts = dict(zip(targets, _texts(blocks), strict=True))
    is_gone = {target: world != "live" or number % 2 == 1 for number, target in enumerate(dict.fromkeys(targets))}
    there = {_place(target): Staged(body=_page(texts[target])) for target, gone in is_gone.items() if not gone}
    if world == "live":
        there[_place(page.url)] = Staged(body=page.source.decode("utf-8", "replace"))
    captures = [Capture("20170301120000", page.url.partition("#")[0], 200, page.source)]
    captures += [
        Capture("20170302120000", target.partition("#")[0], 200, _page(texts[target]).encode())
        for target, gone in is_gone.items()
        if gone
    ]
    hosts = {uri.host_of(target) for target in (*targets, page.url)}
    time = FalseTime()
    dead = [f"http://gone.test/2016/05/{number}/the-council-votes" for number in range(int(given.get("dead", 0)))]
    captures += [Capture("20170302120000", url, 200, _page("The council votes").encode()) for url in dead]
    hosts |= {"gone.test"} if dead else set()
    cited = [f"[The council votes]({url}) again and again." for url in dead]
    text = "\n\n".join([*(block.text for block in blocks), *cited, "Original url:", f"<{page.url}>", ""])
    with staged(there) as web, serving(captures) as archive, TemporaryDirectory() as folder:
        time.asked, time.asked_of_web = archive.asked, web.asked
        Path(folder, "a.md").write_text(text, encoding="utf-8", errors="replace")
        own = {"timemap": archive.endpoints["timemap"], "replay": archive.endpoints["replay"]}
        settings: dict[str, Any] = {"archive_budget": _budget(budget)} if budget else {}
        config = Config(
            sources=("a.md",),
            resolve=tuple(f"{host}:80:127.0.0.1:{web.port}" for host in hosts if host),
            archives={"ours": own} if "own" in given else {"wayback": archive.endpoints},
            archive_order=("ours",) if "own" in given else ("wayback",),
            retries=0,
            host_interval=0,
            control_hosts=(),
            **settings,
        )
        with closing(Journal(None)) as journal:
            job = pipeline.Job(config=config, journal=journal, directory=Path(folder), clock=time.clock)
            report = anyio.run(pipeline.run, job).report
            rows = [row for row in report.references() if row.raw == "#"]
    assert len(rows) == len(targets), f"{page.name}: {len(rows)} of {len(targets)} links were written"
    return list(zip(targets, rows, strict=True)), time


def _budget(said: str) -> float | str:
    return said if said == "auto" else float(said)


def _bounded(blocks: list[Block]) -> list[Block]:
    kept, count = [], 0
    for block in blocks:
        count += len(block.targets)
        if count > _MOST:
            break
        kept.append(block)
    return kept


def _texts(blocks: list[Block]) -> list[str]:
    return [
        re.sub(r"\\(.)", r"\1", text)
        for block in blocks
        for text in re.findall(r"\[((?:\\.|[^\]\\])*)\]\(#\)", block.text)
    ]


def _page(title: str) -> str:
    words = "The council has said so, and nobody has asked why it took as long as that. " * 8
    safe = title.replace("&", "&amp;").replace("<", "&lt;")
    return f"<!doctype html><title>{safe}</title><main><h1>{safe}</h1><p>{safe}. {words}</p></main>"


def _place(url: str) -> str:
    return (uri.key(url) or url).partition("://")[2].partition("#")[0]


def _own_address(source: bytes) -> str | None:
    tree = LexborHTMLParser(source.decode("utf-8", "replace"))
    for selector, name in (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")):
        node = tree.css_first(selector)
        value = (node.attributes.get(name) or "") if node else ""
        if re.fullmatch(r"http://[\w.-]+/[^\s#]{2,}", value):
            return value
    return None
