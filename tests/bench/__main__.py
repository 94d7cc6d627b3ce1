# ruff: noqa: T201 - a benchmark prints
"""How fast we are, beside others: `python -m tests.bench rotten|raw|memory|extract|detect|store|site [--links N]`.

Tools run in alternation on the same document and the same loopback servers, at their defaults: no config is found where
they run. What is printed are medians, medians of each turn's ratios to lychee, and how many links got the right word.
`raw` also asks the same links with the wire alone, and says what all the rest costs a link, the start included;
`memory` has a short document, a long one, and many. Nothing is asserted about time.
"""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from msgspec import Struct

from tests.bench import bare, detect, nights, server, store, tools, world
from tests.bench.measure import Cost, measure
from tests.bench.tools import Tool
from tests.bench.world import World
from tests.servers import swallowing

_LINKS = {"rotten": [2_000], "raw": [4_000], "memory": [4_000, 200_000], "extract": [20_000]}
_REPEAT = {"memory": 1}
_MANY = 100
"""Links in each of many documents."""
_BASE = "lychee"
"""What ratios are to."""


def main() -> None:
    """Run one case."""
    parser = ArgumentParser(prog="python -m tests.bench", description="Compare linkcheck with others on loopback.")
    parser.add_argument("case", choices=[*_LINKS, "detect", "store", "site"])
    parser.add_argument("--links", type=int, action="append", help="how many links or pages; may be repeated")
    parser.add_argument("--repeat", type=int, help="how often each tool runs; default 3, of memory 1")
    parser.add_argument("--engine", default="auto", help="what speaks HTTP for linkcheck")
    parser.add_argument("--only", action="append", help="run only this tool; may be given several times")
    parser.add_argument("--nights", type=int, default=2, help="how many nights of a site, 24 hours apart")
    asked = parser.parse_args()
    if asked.case == "site":
        for pages in asked.links or [300, 5_000]:
            with TemporaryDirectory() as name:
                nights.show(pages, Path(name), only=asked.only, engine=asked.engine, nights=asked.nights)
        return
    if asked.case == "detect":
        detect.run()
        return
    if asked.case == "store":
        store.run(asked.repeat or 3)
        return
    repeat = asked.repeat or _REPEAT.get(asked.case, 3)
    sizes = [(links, links) for links in asked.links or _LINKS[asked.case]]
    if asked.case == "memory":
        sizes.append((sizes[-1][0], _MANY))
    for links, each in sizes:
        with TemporaryDirectory() as name, staged(asked.case, links, Path(name)) as staging:
            competitors = tools.extractors() if asked.case == "extract" else _checkers(asked.case, asked.engine)
            chosen = [tool for tool in competitors if not asked.only or tool.name in asked.only]
            print(f"\n{asked.case}: {links} links, {each} in a document, {repeat} runs each")
            for word in tools.missing():
                print(f"  {word}")
            source = world.write(staging, Path(name) / "links.md", each=each)
            runs = compare(chosen, staging, source, repeat)
            show(runs, links)
            if asked.case == "raw":
                alone = median(bare.seconds(source, asked.engine) for _ in range(repeat))
                show_wire(alone, runs, links)


class Run(Struct, frozen=True):
    """One run of one tool."""

    cost: Cost
    wrong: Counter[str]
    """How many links got a wrong word, by what they are and what was said."""


@contextmanager
def staged(case: str, links: int, folder: Path) -> Iterator[World]:
    """Start the servers of a case, and give its world."""
    if case == "rotten":
        with server.answering(folder, delay=0.05) as port, swallowing("0.0.0.0") as silent_port:
            yield world.rotten(links, port, silent_port)
    elif case == "extract":
        yield world.healthy(links, 8080)
    else:
        with server.answering(folder) as port:
            yield world.healthy(links, port)


def compare(competitors: list[Tool], staging: World, source: Path, repeat: int) -> dict[str, list[Run]]:
    """Run the tools in turn on a document or a folder of documents."""
    out = source.parent / "out"
    runs: dict[str, list[Run]] = {tool.name: [] for tool in competitors}
    for turn in range(1, repeat + 1):
        for tool in competitors:
            cost = measure([*tool.command, str(source)], out)
            wrong = tool.wrong(out, staging)
            runs[tool.name].append(Run(cost, wrong))
            print(f"  {turn}. {tool.name:10} {_said(cost)}  exit {cost.code}  {_named(wrong)}", flush=True)
    return runs


def show(runs: dict[str, list[Run]], links: int) -> None:
    """Print medians, and their ratios."""
    base = [run.cost for run in runs.get(_BASE, ())]
    for name, made in runs.items():
        costs = [run.cost for run in made]
        cost = _median(costs)
        right = links - max(run.wrong.total() for run in made)
        each = f"{cost.cpu / links * 1000:.3f} ms CPU a link"
        print(f"  {name:13} {_said(cost)}  {each}  right {right}/{links}")
        if base and name != _BASE:
            pairs = list(zip(costs, base, strict=True))
            wall = median(ours.wall / theirs.wall for ours, theirs in pairs)
            cpu = median(ours.cpu / theirs.cpu for ours, theirs in pairs)
            rss = median(ours.rss / theirs.rss for ours, theirs in pairs)
            print(f"    to {_BASE:8} {wall:7.2f} x      {cpu:7.2f} x    {rss:8.2f} x")


def show_wire(alone: float, runs: dict[str, list[Run]], links: int) -> None:
    """Print what our runs cost beside the wire."""
    print(
        f"  the wire alone                    {alone:7.2f} s CPU             {alone / links * 1000:.3f} ms CPU a link"
    )
    if ours := runs.get("linkcheck"):
        rest = median(run.cost.cpu for run in ours) - alone
        print(
            f"  all that is not the wire          {rest:7.2f} s CPU             {rest / links * 1000:.3f} ms CPU a link"
        )


def _checkers(case: str, engine: str) -> list[Tool]:
    return tools.checkers(engine, polite=case == "rotten")


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        wall=median(cost.wall for cost in costs),
        cpu=median(cost.cpu for cost in costs),
        rss=median(cost.rss for cost in costs),
        code=costs[-1].code,
    )


def _named(wrong: Counter[str]) -> str:
    return ", ".join(f"{many} {what}" for what, many in wrong.most_common()) or "all right"


def _said(cost: Cost) -> str:
    return f"{cost.wall:7.2f} s wall {cost.cpu:7.2f} s CPU {cost.rss:7.0f} MB"


if __name__ == "__main__":
    main()
