# ruff: noqa: T201 - a benchmark prints
"""A whole site, night after night: what each costs, and whether all that was planted was found.

Others are run once on the same site, where they are installed: LinkChecker (`linkchecker`) and linkinator.
"""

import csv
import json
import shutil
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from urllib.request import urlopen

from tests.bench import later, site
from tests.bench.measure import measure
from tests.bench.tools import _rows
from tests.bench.world import Fate, World

_RIGHT = {Fate.OK: "alive", Fate.GONE: "dead", Fate.MOVED: "moved"}


def show(pages: int, folder: Path, *, only: list[str] | None, engine: str, nights: int = 2) -> None:
    """Run the tools one after the other, and print what each cost and got wrong."""
    with site.serving(pages) as origin:
        world = site.world(pages, origin)
        fates = Counter(str(fate) for fate in world.values())
        print(
            f"\nsite: {pages} pages, {pages * site.LINKS} links in their texts, {len(world)} addresses: {dict(fates)}"
        )
        store = folder / "history.sqlite"
        ours = [
            *("check", f"{origin}/", "--recurse", "--store", str(store)),
            *("--no-archive", "--allow-private", "--no-progress", "--engine", engine, "--format", "json"),
            *("--host-interval", "0", "--max-pages", "100000"),
        ]
        commands = {
            f"night {night}": [sys.executable, "-P", later.__file__, str(24 * (night - 1)), *ours]
            for night in range(1, nights + 1)
        }
        if linkchecker := _find("linkchecker"):
            options = ["-r-1", "-o", "csv", "--verbose", "--no-status", "--check-extern", "-t", "10", "--no-robots"]
            alone = ("env", "-u", "PYTHONPATH")  # its module has the name of ours
            (folder / "linkcheckerrc").write_text("[checking]\nmaxrequestspersecond=10000\n")
            options += ["--config", str(folder / "linkcheckerrc")]
            commands["linkchecker"] = [*alone, linkchecker, *options, f"{origin}/"]
        if linkinator := _find("linkinator"):
            commands["linkinator"] = [linkinator, f"{origin}/", "--recurse", "--format", "json"]
        for name, command in commands.items():
            if only and not any(part in name for part in only):
                continue
            out = folder / "out"
            cost = measure(command, out)
            asked = int(urlopen(f"{origin}/count").read())
            wrong = _wrong(name, out, world)
            said = ", ".join(f"{many} {what}" for what, many in wrong.most_common()) or "all right"
            print(
                f"  {name:13} {cost.wall:7.2f} s wall {cost.cpu:7.2f} s CPU {cost.rss:6.0f} MB"
                f" {asked:7} requests  exit {cost.code}  {said}",
                flush=True,
            )


def _wrong(name: str, out: Path, world: World) -> Counter[str]:
    """Count what is called otherwise than it is, and what was found that is not there."""
    match name:
        case "linkchecker":
            said, words = _read_linkchecker(out), {Fate.OK: "good", Fate.GONE: "bad", Fate.MOVED: "good"}
        case "linkinator":
            said, words = _read_linkinator(out), {Fate.OK: "good", Fate.GONE: "bad", Fate.MOVED: "good"}
        case _:
            said, words = {row["url"]: row["verdict"] for row in _rows(out, "links")}, _RIGHT
    wrong = Counter(f"{fate} called {said.get(url)}" for url, fate in world.items() if said.get(url) != words[fate])
    wrong.update(f"{word} but never planted" for url, word in said.items() if url not in world)
    return wrong


def _read_linkchecker(out: Path) -> Mapping[str, str]:
    lines = (line for line in out.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    rows = csv.DictReader(lines, delimiter=";")
    said = {}
    for row in rows:
        url = row["urlname"] if row["urlname"].startswith("http") else row["url"].partition("?")[0]
        base = row["url"].split("/")[:3]
        asked = url if row["urlname"].startswith("http") else "/".join(base) + row["urlname"]
        said[asked] = "good" if row["valid"] == "True" else "bad"
    return said


def _read_linkinator(out: Path) -> Mapping[str, str]:
    words = {"OK": "good", "BROKEN": "bad", "SKIPPED": "not asked"}
    rows = json.loads(out.read_text(encoding="utf-8"))["links"]
    return {row["url"]: words[row["state"]] for row in rows}


def _find(name: str) -> str | None:
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
