"""Compares what is read of title, author, date and site name with what people read, beside trafilatura.

Both get the bytes of a page and its address; the time is that of reading all 809 pages, decoding and parsing included.
They take turns of 100 pages, so that whatever else the machine does slows both.
`right` is the same letters and digits (of authors the same set of names, of dates the same day). The pages that were
looked at while rules were made are counted apart from those that were not. `--alone` leaves trafilatura out (it is in
the extra `eval`), `--wrong=FIELD` lists what differs on the pages that may be looked at.
"""

import gc
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from unicodedata import normalize

from linkcheck.extract.api import Wanted
from linkcheck.extract.html import extract
from linkcheck.model import Provenance, Response
from linkcheck.pipeline.elsewhere import read_claims
from linkcheck.provenance.origin import provenance_of
from linkcheck.sources import formats
from linkcheck.sources.api import Found
from linkcheck.sources.read import document
from tests.eval.pages import Page, pages

FIELDS = {"title": "title", "published": "date", "author": "author", "publisher": "sitename"}
"""Fields of claims, and what the expectations call them."""


def facts_of(page: Page) -> Provenance:
    """Read a page as a document of its own, with all its references."""
    read = document(page.source, Found(name=page.name, url=page.url), media_type=formats.HTML, is_certain=True)
    found = extract(read, Wanted())
    return provenance_of(found.claims, found.opening, [(one, one.raw) for one in found.references], address=page.url)


def ours(page: Page) -> dict[str, str]:
    """Read a page for its claims alone."""
    claims = read_claims(Response(page.url, 200, (("content-type", "text/html"),), page.source))
    first = {field: next((one for one in claims if one.field == field), None) for field in FIELDS}
    found = {field: claim.value for field, claim in first.items() if claim}
    if author := first["author"]:
        names = [one.value for one in claims if one.field == "author" and one.said_by == author.said_by]
        found["author"] = "; ".join(dict.fromkeys(names))
    return found


def theirs(page: Page) -> dict[str, str]:
    """Let trafilatura read a page."""
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415 - only where it is asked for

    found = extract_metadata(page.source, default_url=page.url)
    return {field: str(getattr(found, name, None) or "") for field, name in FIELDS.items()} if found else {}


def rate(cases: Path, options: frozenset[str]) -> Iterator[str]:
    """Give accuracy by field, and time, of both."""
    known = list(pages(cases))
    readers: list[tuple[str, Callable[[Page], dict[str, str]]]] = [("linkcheck", ours)]
    if "--alone" not in options:
        readers.append(("trafilatura", theirs))
    for _, reader in readers:
        reader(known[0])
    spent = {name: _Spent() for name, _ in readers}
    read: dict[str, list[dict[str, str]]] = {name: [] for name, _ in readers}
    for first in range(0, len(known), _TURN):
        for name, reader in readers:
            gc.collect()  # nobody pays for what the other has left behind
            with spent[name]:
                read[name] += [reader(page) for page in known[first : first + _TURN]]
    for name, _ in readers:
        yield f"{name}: {spent[name].cpu:.2f} s of CPU, {spent[name].wall:.2f} s in all, for {len(known)} pages"
        yield from _rated(known, read[name])
        if name == "linkcheck":
            yield from _wrong(known, read[name], options)
    if len(readers) > 1:
        one, other = spent["linkcheck"], spent["trafilatura"]
        cpu, wall = other.cpu / one.cpu, other.wall / one.wall
        yield f"linkcheck is {cpu:.1f} times as fast by CPU, {wall:.1f} times by the clock"


_TURN = 100


class _Spent:
    """Adds up the seconds of many spans: of the processor, and by the clock."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    def __enter__(self) -> None:
        self._begun = process_time(), perf_counter()

    def __exit__(self, *_: object) -> None:
        self.cpu += process_time() - self._begun[0]
        self.wall += perf_counter() - self._begun[1]


def _rated(known: Sequence[Page], read: Sequence[dict[str, str]]) -> Iterator[str]:
    for field, name in FIELDS.items():
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for page, found in zip(known, read, strict=True):
            outcome = _outcome(page, field, name, found)
            for group in ("all", "seen" if page.is_seen else "apart"):
                counts[group][outcome] += 1
        shares = []
        for group in ("all", "seen", "apart"):
            count = counts[group]
            expected = count["right"] + count["wrong"] + count["missing"]
            shares.append(f"{group} {count['right'] / max(expected, 1):.1%} of {expected}")
        told = counts["all"]
        more = f"{told['wrong']} wrong, {told['missing']} missing, {told['unexpected']} where nobody expects one"
        yield f"  {field:10} {', '.join(shares)} ({more})"


def _wrong(known: Sequence[Page], read: Sequence[dict[str, str]], options: frozenset[str]) -> Iterator[str]:
    for field, name in FIELDS.items():
        if f"--wrong={field}" in options:
            for page, found in zip(known, read, strict=True):
                outcome = _outcome(page, field, name, found)
                if page.is_seen and outcome in {"wrong", "missing", "unexpected"}:
                    yield f"{outcome}: {page.name}: {page.expected.get(name)!r}, not {found.get(field)!r}"


def _outcome(page: Page, field: str, name: str, found: dict[str, str]) -> str:
    wanted: Any = page.expected.get(name) or ""
    given = found.get(field) or ""
    if not wanted:
        return "unexpected" if given else "neither"
    if not given:
        return "missing"
    fold = names if field == "author" else folded
    return "right" if fold(wanted) == fold(given) else "wrong"


def folded(text: str) -> Any:
    """Leave of a text what people compare: letters and digits."""
    return " ".join(re.findall(r"\w+", normalize("NFKC", text).casefold()))


def names(text: str | list[str]) -> Any:
    """Leave of a list of authors the set of their names."""
    whole = "; ".join(text) if isinstance(text, list) else text
    parts = re.split(r"[;,|/&]| and | und | et | y ", whole)
    return frozenset(filter(None, map(folded, parts)))
