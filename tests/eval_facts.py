"""Prints how often title and date of 809 real pages are read as people read them: `python -m tests.eval_facts`.

The pages and expectations are those of trafilatura's evaluation, which lie beside the checkout. A day or title where
nobody expects one is counted apart: some pages have one that the expectations leave out. `--wrong` lists what differs.
"""

import json
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from linkcheck.extract.api import Wanted
from linkcheck.extract.html import extract
from linkcheck.model import Provenance
from linkcheck.provenance.origin import provenance_of
from linkcheck.sources import formats
from linkcheck.sources.api import Found
from linkcheck.sources.read import document

PAGES = Path("pages") / "trafilatura-eval-meta.tar.xz"


class Page(NamedTuple):
    """One page as stored, and what people read in it."""

    url: str
    name: str
    source: bytes
    expected: dict[str, Any]


def pages(cases: Path) -> Iterator[Page]:
    """Give the pages in the order of the archive."""
    with tarfile.open(cases / PAGES) as archive:
        listed = archive.extractfile("evaldata.json")
        assert listed, "the expectations are a file"
        known = {facts["file"]: (url, facts) for url, facts in json.load(listed).items()}
        for member in archive:
            name = member.name.removeprefix("html/")
            if name in known and (file := archive.extractfile(member)):
                yield Page(known[name][0], name, file.read(), known[name][1])


def facts_of(page: Page) -> Provenance:
    """Read a page as one that was fetched."""
    read = document(page.source, Found(name=page.name, url=page.url), media_type=formats.HTML, is_certain=True)
    found = extract(read, Wanted())
    return provenance_of(found.claims, found.opening, [(one, one.raw) for one in found.references], address=page.url)


def folded(text: str) -> str:
    """Leave of a text what people compare: letters and digits."""
    return " ".join(re.findall(r"\w+", normalize("NFKC", text).casefold()))


def rate(cases: Path, *, lists_wrong: bool) -> Iterator[str]:
    """Give a line for each field: how many are right, wrong, missing, and given where none was expected."""
    counts = {field: Counter[str]() for field in ("title", "published")}
    for page in pages(cases):
        found = facts_of(page)
        for field, name in (("title", "title"), ("published", "date")):
            wanted, given = page.expected.get(name) or "", found.first(field) or ""
            outcome = _outcome(folded(wanted), folded(given))
            counts[field][outcome] += 1
            if lists_wrong and outcome not in {"right", "neither"}:
                said = next((claim.said_by for claim in found.claims if claim.field == field), "nobody")
                yield f"{field} {outcome}: {page.name}: {wanted!r}, not {given!r} ({said})"
    for field, count in counts.items():
        expected = count["right"] + count["longer"] + count["wrong"] + count["missing"]
        shares = ", ".join(f"{number} {outcome}" for outcome, number in count.most_common())
        yield f"{field}: {count['right'] / expected:.1%} of {expected} ({shares})"


def _outcome(wanted: str, given: str) -> str:
    if not wanted:
        return "unexpected" if given else "neither"
    if not given:
        return "missing"
    if wanted == given:
        return "right"
    return "longer" if wanted in given else "wrong"


if __name__ == "__main__":
    beside = Path(__file__).parents[2] / "shared" / "cases"
    if not (beside / PAGES).is_file():
        sys.exit("the outside test material is not beside this checkout")
    for line in rate(beside, lists_wrong="--wrong" in sys.argv):
        print(line)  # noqa: T201 - that is what it is for
