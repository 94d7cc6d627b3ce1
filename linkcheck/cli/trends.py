"""`linkcheck trends`: how the links fared over time, how old they got, which hosts lose most."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from statistics import median
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter
from msgspec import Struct

from linkcheck.cli.history import opened
from linkcheck.cli.terminal import as_utf8, style_for
from linkcheck.errors import UsageError
from linkcheck.model import Verdict
from linkcheck.render.api import Style
from linkcheck.render.counting import counted, counts
from linkcheck.render.escape import plain
from linkcheck.render.ink import Paint, painter
from linkcheck.render.json import inert
from linkcheck.store import Database
from linkcheck.store.lookback import LinkNow, links_now, past_runs

HOSTS = 10
"""Hosts that are named."""
LINES = 24
"""Runs that are drawn."""


class Point(Struct, frozen=True):
    """The links of one run, by verdict."""

    run: str
    started: str
    verdicts: dict[str, int]


class Host(Struct, frozen=True):
    """A host that has lost links."""

    host: str
    lost: int
    links: int


class Trends(Struct, frozen=True, kw_only=True):
    """Everything that is shown."""

    runs: list[Point]
    median_days_to_death: float | None
    """Between the first check of a link and the first at which it was found lost; of links that once were fine."""
    deaths: int
    """Links that this rests on."""
    hosts: list[Host]
    """Those that lose most, first."""


def trends(
    *,
    format_: Annotated[Literal["text", "json", "csv"], Parameter(name="--format", help="text, json or csv.")] = "text",
    all_: Annotated[bool, Parameter(name="--all", negative="", help="Runs of other sources, too.")] = False,
    store: Annotated[str | None, Parameter(help="The history file.")] = None,
    color: Annotated[Literal["auto", "always", "never"], Parameter(help="Colour.")] = "auto",
) -> None:
    """Look back over all runs of the sources that were checked last."""
    with opened(store) as database:
        found = _trends(database, everything=all_)
    if not found.runs:
        raise UsageError("there are no finished runs yet; `linkcheck check` makes one")
    if format_ != "text":
        as_utf8(sys.stdout)
    match format_:
        case "json":
            print(inert(msgspec.json.format(msgspec.json.encode(found), indent=2).decode()))
        case "csv":
            _write_csv(found)
        case "text":
            for line in _lines(found, style_for(sys.stdout, color=color, verbose=0)):
                print(line)


def _trends(database: Database, *, everything: bool) -> Trends:
    runs = [run for run in past_runs(database) if run.summary and run.summary.links]
    points = [
        Point(run.info.id, run.info.started, run.summary.link_verdicts)
        for run in reversed(runs)
        if run.summary and (everything or run.task == runs[0].task)
    ]
    ages: list[float] = []
    links, lost = Counter[str](), Counter[str]()
    for link in links_now(database):
        links[link.host] += 1
        if link.verdict in _LOST:
            lost[link.host] += 1
            if (age := _age(link)) is not None:
                ages.append(age)
    return Trends(
        runs=points,
        median_days_to_death=round(median(ages), 1) if ages else None,
        deaths=len(ages),
        hosts=[Host(host, number, links[host]) for host, number in lost.most_common(HOSTS)],
    )


def _age(link: LinkNow) -> float | None:
    """Give the days from a link's first check to its death; None where it was never seen alive."""
    if link.record is None or link.record.first >= link.record.since:
        return None
    born, died = map(datetime.fromisoformat, (link.record.first, link.record.since))
    return (died - born).total_seconds() / 86400


def _write_csv(found: Trends) -> None:
    verdicts = [verdict.value for verdict in Verdict]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["run", "started", *verdicts])
    writer.writerows([one.run, one.started, *(one.verdicts.get(word, 0) for word in verdicts)] for one in found.runs)


def _lines(found: Trends, style: Style) -> Iterator[str]:
    paint = painter(colour=style.colour)
    room = max(20, min(40, style.width - 40))
    yield paint(f"Links by verdict, {counted(len(found.runs), 'run')}", "bold")
    for point in _spread(found.runs):
        yield f"{plain(point.started[:10])}  {_bar(point.verdicts, room, paint)}  {plain(counts(point.verdicts))}"
    yield f"{' ' * 12}{'  '.join(f'{paint(*_INKS[name])} {_NAMES[name]}' for name in _GROUPS)}"
    yield ""
    if found.median_days_to_death is None:
        yield "No link has died since it was first checked."
    else:
        links = counted(found.deaths, "link")
        yield f"Median age at death: {found.median_days_to_death:g} days since the first check ({links})"
    if found.hosts:
        yield paint("Hosts that lose most", "bold")
        width = max(len(plain(one.host)) for one in found.hosts)
        yield from (
            f"  {plain(one.host):<{width}}  {one.lost:,} of {counted(one.links, 'link')}" for one in found.hosts
        )


def _spread(points: Sequence[Point]) -> list[Point]:
    """Choose as many as can be drawn, evenly, with the first and the last."""
    if len(points) <= LINES:
        return list(points)
    return [points[round(step * (len(points) - 1) / (LINES - 1))] for step in range(LINES)]


def _bar(verdicts: dict[str, int], room: int, paint: Paint) -> str:
    """Draw a run; what there is of at all gets a cell at least."""
    total = sum(verdicts.values())
    groups = {name: sum(verdicts.get(word, 0) for word in words) for name, words in _GROUPS.items()}
    cells = {name: max(round(room * count / total), 1) if count else 0 for name, count in groups.items()}
    widest = max(cells, key=lambda name: cells[name])
    cells[widest] += room - sum(cells.values())
    return "".join(paint(_INKS[name][0] * cells[name], _INKS[name][1]) for name in _GROUPS)


_LOST = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.USURPED})
_GROUPS = {
    "fine": ("alive", "moved"),
    "lost": ("dead", "soft-404", "usurped"),
    "unsure": ("drifted", "blocked", "unreachable"),
    "unchecked": ("skipped",),
}
_INKS = {"fine": ("█", "fine"), "lost": ("▓", "error"), "unsure": ("▒", "warning"), "unchecked": ("░", "dim")}
_NAMES = {"fine": "fine", "lost": "lost", "unsure": "not sure", "unchecked": "not checked"}
