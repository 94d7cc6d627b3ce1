"""Counts how walls, gates, logins, wrong files and harmless pages are judged: `python -m tests.eval walls FOLDER`.

The folder holds `labels.jsonl`, one page a line: `site`, `kind`, `status`, `headers`, `url`, `final` (where a redirect
ended; null without one), `file` (the body, relative to the folder), and if need be `carries` (the address is a
parameter of the final one). Sites of walls, gates and logins show the same page for every address; others say 404.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linkcheck.detect.file_kind import FILE, kind_of_path
from linkcheck.model import PAGE, Hop, Response
from tests.eval.judging import judged, page

_RIGHT = {
    "wall": {"blocked"},
    "gate": {"blocked"},
    "login": {"blocked"},
    "paywall": {"blocked"},
    "file": {"soft-404", "drifted", "unreachable"},
}
"""Verdicts by kind; every other kind is harmless and must not be called a wall or lost."""
_HARMLESS = {"alive", "moved"}
_NAIVE = re.compile(
    rb"captcha|robot|access denied|verify (?:you|that)|are you human|log ?in\b|sign ?in\b|cookie consent|"
    rb"unusual traffic|enable javascript|have been blocked|checking your browser",
    re.IGNORECASE,
)


def rate(folder: Path, options: frozenset[str]) -> Iterator[str]:
    """Yield the table of one folder; `--wrong` names every page that is judged wrongly."""
    counts: dict[str, Counter[str]] = {}
    wrong = []
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        body = (folder / entry["file"]).read_bytes()
        kind = entry["kind"]
        right = _RIGHT.get(kind, _HARMLESS)
        verdict, why = _verdict(entry, body, is_catch_all=kind in _RIGHT)
        is_naive_wall = bool(_NAIVE.search(body[: 1 << 17]))
        tally = counts.setdefault(kind, Counter())
        tally["all"] += 1
        tally["right"] += verdict in right
        tally["naive"] += is_naive_wall is (kind in _RIGHT)
        tally[verdict] += 1
        if verdict not in right:
            wrong.append(f"    {kind} {verdict}: {entry['file']} {entry['site']} {entry['name']}: {why}")
    for kind, tally in sorted(counts.items()):
        verdicts = ", ".join(f"{name} {tally[name]}" for name in sorted(tally) if name not in {"all", "right", "naive"})
        yield f"  {kind:>16}: right {tally['right']} of {tally['all']}, naive {tally['naive']}  ({verdicts})"
    if "--wrong" in options:
        yield from wrong


def _verdict(entry: dict[str, Any], body: bytes, *, is_catch_all: bool) -> tuple[str, str]:
    url, end, status = entry["url"], entry["final"] or entry["url"], entry["status"]
    headers = {"content-type": "text/html"} | entry["headers"]
    hops = (Hop(url, status),) if end == url else (Hop(url, entry.get("by", 302), end), Hop(end, status))
    wanted = FILE if kind_of_path(url) else PAGE
    is_cut = len(body) > wanted.limit
    response = Response(end, status, tuple(headers.items()), body[: wanted.limit], is_cut, hops=hops)

    def web(asked: str) -> Response:
        if not is_catch_all:
            return page(asked, b"", 404)
        return Response(end if entry["final"] else asked, status, response.headers, body, hops=hops)

    opinion = judged(response, web)
    rules = sorted({one.rule for one in opinion.findings})
    return opinion.judgement.verdict.value, f"{opinion.judgement.reason.text} {rules}"
