"""The webs that are measured: which links there are, and what is true of each."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import TypeAlias


class Fate(StrEnum):
    """What is true of a link."""

    OK = "page"
    GONE = "gone"
    MOVED = "moved"
    SILENT = "silent"
    """Its host swallows every SYN."""
    NOWHERE = "nowhere"
    """Its host does not exist."""


World: TypeAlias = dict[str, Fate]
"""URL to fate, in the order of the document."""

_ROTTEN = (
    (Fate.OK, 0.70, 200),
    (Fate.GONE, 0.10, 200),
    (Fate.MOVED, 0.05, 200),
    (Fate.SILENT, 0.07, 20),
    (Fate.NOWHERE, 0.08, 60),
)
"""Fate, its share of the links, and over how many hosts these are spread."""


def rotten(links: int, port: int, silent_port: int) -> World:
    """Mix what a long list of old links is like; the same mix every time."""
    made = [
        (_url(fate, number, hosts, silent_port if fate is Fate.SILENT else port), fate)
        for fate, share, hosts in _ROTTEN
        for number in range(round(links * share))
    ]
    Random(4).shuffle(made)
    return dict(made)


def healthy(links: int, port: int, hosts: int = 40) -> World:
    """Give links that all answer, spread over so many addresses."""
    return {_url(Fate.OK, number, hosts, port): Fate.OK for number in range(links)}


def write(world: World, path: Path, *, each: int | None = None) -> Path:
    """Write the article that cites a world; a folder of articles where each has fewer links than there are."""
    links = list(enumerate(world))
    if each is None or each >= len(links):
        path.write_text("\n".join(_lines(links)), encoding="utf-8")
        return path
    folder = path.with_suffix("")
    folder.mkdir()
    for first in range(0, len(links), each):
        document = folder / f"{first // each}.md"
        document.write_text("\n".join(_lines(links[first : first + each])), encoding="utf-8")
    return folder


def _lines(links: Iterable[tuple[int, str]]) -> Iterator[str]:
    yield "# A long list of links\n"
    for number, url in links:
        yield f"- As [source {number}]({url}) says, *something* has been said; see also the other ones."


def _url(fate: Fate, number: int, hosts: int, port: int) -> str:
    host = number % hosts + 1
    match fate:
        case Fate.NOWHERE:
            return f"http://paper-{host}.invalid/{number}"
        case Fate.SILENT:
            return f"http://127.0.2.{host}:{port}/{number}"
        case _:
            return f"http://127.0.1.{host}:{port}/{fate}/{number}"
