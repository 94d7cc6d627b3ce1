# ruff: noqa: T201 - an evaluation prints
"""What is called what, of pages that others made: `python -m tests.eval [soft404|errors|articles|pairs] [--wrong]`.

`python -m tests.eval metadata`, `newsrooms`, `recovery`, `archived`, `replaced`, `copies` and `guess` measure what
pages say of themselves, how many lost targets are recovered (from the page alone, and in a whole run), how many pages
are noticed that were replaced, what is held against faithful copies, and which original is guessed where none is
stated; their options stand in their own files.

The pages lie beside the checkout and are no part of the project. Everything is measured through the detectors, their
probes and the judge: `soft404` in a whole run over loopback servers, the others with a function in the web's place.
"""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from linkcheck.detect.comparison import compare
from linkcheck.fetch.observe import page_of
from linkcheck.model import Verdict
from tests.eval import pages as known
from tests.eval import sites, walls
from tests.eval.judging import judged, page

PAGES = Path(__file__).parents[3] / "shared" / "cases" / "pages"


def main() -> None:
    """Print the tables that are asked for, all by default."""
    if sys.argv[1:2] in [["metadata"], ["recovery"], ["archived"], ["replaced"], ["copies"], ["guess"], ["newsrooms"]]:
        for line in import_module(f"tests.eval.{sys.argv[1]}").rate(PAGES.parent, frozenset(sys.argv[2:])):
            print(line, flush=True)
        return
    if sys.argv[1:2] == ["walls"]:
        for line in walls.rate(Path(sys.argv[2]), frozenset(sys.argv[3:])):
            print(line, flush=True)
        return
    parser = ArgumentParser(prog="python -m tests.eval", description="Print confusion tables.")
    parser.add_argument("tables", nargs="*", choices=[[], *TABLES], default=[])
    parser.add_argument("--wrong", action="store_true", help="name every page that is not called what it is")
    asked = parser.parse_args()
    if not PAGES.is_dir():
        sys.exit("the outside test material is not beside this checkout")
    for name in asked.tables or TABLES:
        print(f"\n{name}")
        TABLES[name](asked.wrong)


def soft404(says_wrong: bool) -> None:
    """Check sites that answer 200 to everything, linked by missing addresses and by those of the error pages."""
    for is_direct in (False, True):
        results = sites.judged(sites.read(PAGES / "soft404"), is_direct=is_direct)
        print(f"  error pages {'by their own addresses' if is_direct else 'at addresses that do not exist'}:")
        _show((case.label, link.verdict.value) for case, link in results)
        for line in sites.by_site(results):
            print(line)
        for case, link in results if says_wrong else ():
            if (case.label == "error") is not (link.verdict is Verdict.SOFT_404):
                print(f"    {case.label} {link.verdict}: {case.site}{case.path}: {link.reason.text}")


def errors(says_wrong: bool) -> None:
    """Judge the error pages of servers at 200, on sites that answer so to everything, and on honest ones."""
    folder = PAGES / "errors-default"
    for is_honest in (False, True):
        pairs = []
        for entry in json.loads((folder / "labels.json").read_text(encoding="utf-8")):
            body = (folder / entry["file"]).read_bytes()
            elsewhere = (b"", 404) if is_honest else (body, 200)
            opinion = judged(
                page("http://site.test/news/story", body), lambda url, elsewhere=elsewhere: page(url, *elsewhere)
            )
            pairs.append((_kind(entry["status"]), opinion.judgement.verdict.value))
            if says_wrong and pairs[-1][1] != _WORDS.get(pairs[-1][0]):
                print(f"    {entry['file']}: {pairs[-1][1]}: {opinion.judgement.reason.text}")
        print(f"  at 200, {'404 elsewhere' if is_honest else 'the same page for everything'}:")
        _show(pairs)


def articles(says_wrong: bool) -> None:
    """Judge 809 articles, whose sites say 404 to what they do not have."""
    pairs = []
    for one in known.pages(PAGES.parent):
        opinion = judged(page(one.url, one.source), lambda url: page(url, b"", 404))
        rules = sorted({finding.rule for finding in opinion.findings})
        pairs.append(("article", opinion.judgement.verdict.value))
        if says_wrong and opinion.judgement.verdict is not Verdict.ALIVE:
            print(f"    {one.name}: {opinion.judgement.verdict}: {opinion.judgement.reason.text} {rules}")
    _show(pairs)


def pairs(says_wrong: bool) -> None:
    """Compare two states of a page; the classes are those of word-3 shingles of all its text."""
    folder = PAGES / "pairs"
    found = []
    for line in next(folder.glob("*.jsonl")).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        then, now = (
            page_of(page("http://site.test/page", (folder / f"{entry['id']}.{age}.html").read_bytes()))
            for age in ("old", "new")
        )
        compared = compare(now, then)
        found.append((entry["class"], compared.band.value))
        is_drift = compared.band.value in {"drifted", "replaced"}
        if says_wrong and is_drift is not (entry["class"] == "major"):
            print(f"    {entry['class']} {entry['repo']}/{entry['path']}: {compared.numbers}")
    _show(found)


def _kind(status: int) -> str:
    if status in {404, 410}:
        return "not found"
    return {4: "refused", 5: "trouble"}.get(status // 100, "default page")


def _show(found: Iterable[tuple[str, str]]) -> None:
    """Print a confusion table: what it is down the side, what it is called across."""
    counts = Counter(found)
    rows, columns = (sorted({pair[place] for pair in counts}) for place in (0, 1))
    print("    " + "".join(f"{name:>16}" for name in ("", *columns)))
    for row in rows:
        print("    " + f"{row:>16}" + "".join(f"{counts[row, column] or '.':>16}" for column in columns))


_WORDS = {"not found": "soft-404", "refused": "blocked", "trouble": "unreachable", "default page": "soft-404"}
TABLES = {"soft404": soft404, "errors": errors, "articles": articles, "pairs": pairs}

if __name__ == "__main__":
    main()
