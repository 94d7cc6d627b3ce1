# ruff: noqa: T201 - an evaluation prints
"""Count error pages found and content pages accused: `python -m tests.eval.errorpages FOLDER [look|count] [--wrong]`.

FOLDER holds `labels.json`, a list of `{"file", "label", "kind", "repo", "path", "half", "media_type"}`: `label` is
`error` or `content`, `half` is `look` (may be opened while rules are made) or `count` (is only counted), `media_type`
is what the server declares. The pages lie beside it and are no part of the project.

Every page is answered with 200, once by an honest site (404 for an address that cannot exist) and once by one that
answers everything: an error page with itself, a content page with an error page of the same half. The third site
answers everything, too, and the link to it has the title of a story that none of the pages tells: for a content page
that is a wrong link, and no lost page. The naive baseline is a regular expression over title and body.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from linkcheck.model import Hop, Response, Verdict
from tests.eval.judging import judged

SITE = "http://site.test/news/story-of-the-year"
STORY = "Beekeeper wins regatta with borrowed trombone"
SITES = ("naive", "honest", "catch-all", "titled")
ACCUSED = frozenset({Verdict.SOFT_404, Verdict.USURPED, Verdict.DEAD})


def main() -> None:
    """Print one line for each half, label, kind of page and kind of site."""
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    folder, halves = Path(arguments[0]), arguments[1:] or ["look", "count"]
    says_wrong = "--wrong" in sys.argv
    rows = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    for half in halves:
        print(half)
        _rate(folder, [row for row in rows if row["half"] == half], says_wrong=says_wrong and half == "look")


def _rate(folder: Path, rows: list[dict[str, Any]], *, says_wrong: bool) -> None:
    counts: Counter[tuple[str, str, str]] = Counter()
    totals: Counter[tuple[str, str]] = Counter()
    errors = [row for row in rows if row["label"] == "error"]
    for number, row in enumerate(rows):
        body = (folder / row["file"]).read_bytes()
        label, kind = row["label"], row["kind"]
        totals[label, kind] += 1
        counts[label, kind, "naive"] += _is_naively_lost(body)
        other = row if label == "error" else errors[number % len(errors)]
        nothing = _response("", (folder / other["file"]).read_bytes(), other["media_type"])
        for site, elsewhere, text in (("honest", None, ""), ("catch-all", nothing, ""), ("titled", nothing, STORY)):
            answer = _response(SITE, body, row["media_type"])
            opinion = judged(answer, lambda url, other=elsewhere: _answer(url, other), cited_as=text)
            verdict = opinion.judgement.verdict
            counts[label, kind, site] += verdict in ACCUSED
            counts[label, kind, f"{site} {verdict}"] += 1
            if says_wrong and (verdict in ACCUSED) is not (label == "error"):
                why = opinion.judgement.reason.text[:100]
                print(f"    {row['file']} {label} {site} {verdict}: {row['repo']} {row['path']}: {why}")
    for (label, kind), total in sorted(totals.items()):
        found = " ".join(f"{site} {counts[label, kind, site]:4}" for site in SITES)
        print(
            f"  {label:8} {kind:10} {total:4} pages, called lost: {found}   {', '.join(_others(counts, label, kind))}"
        )
    for label in sorted({label for label, _ in totals}):
        total = sum(many for (one, _), many in totals.items() if one == label)
        shares = []
        for site in SITES:
            many = sum(n for (one, _, where), n in counts.items() if one == label and where == site)
            shares.append(f"{site} {many} ({many / total:.1%})")
        print(f"  {label:8} in all     {total:4} pages, called lost: {', '.join(shares)}")


def _others(counts: Counter[tuple[str, str, str]], label: str, kind: str) -> Iterator[str]:
    for (one, other, where), many in sorted(counts.items()):
        if (one, other) == (label, kind) and where.startswith("honest "):
            yield f"{where.removeprefix('honest ')} {many}"


def _response(url: str, body: bytes, media_type: str, status: int = 200) -> Response:
    return Response(url, status, (("content-type", f"{media_type}; charset=utf-8"),), body, hops=(Hop(url, status),))


def _answer(url: str, other: Response | None) -> Response:
    return _response(url, other.body, other.media_type or "") if other else _response(url, b"", "text/html", 404)


def _is_naively_lost(body: bytes) -> bool:
    """True if title or text match what checkers without a probe commonly look for."""
    source = body.decode("utf-8", "replace")
    text = unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", source)))
    return bool(re.search(r"(?i)\b404\b|(?:page|file|url|resource)\W+(?:was\W+)?not\W+found|\bnot found\b", text))


if __name__ == "__main__":
    main()
