"""What to copy out of the Markdown report: the lines that change, and links that carry their captures along."""

from collections.abc import Iterator
from itertools import islice

from linkcheck.model import DocumentRow, ReferenceRow, Report
from linkcheck.render.escape import address, fence_for, plain
from linkcheck.render.fit import EXACT
from linkcheck.render.markdown_entry import ITEMS, and_more
from linkcheck.render.paste import changes
from linkcheck.render.robust import robust_link
from linkcheck.render.triage import Heap, heap_of, replacement_of
from linkcheck.render.wording import capture


def paste(report: Report, document: DocumentRow) -> Iterator[str]:
    """Give the lines that replacements change, as they stand and as they should read."""
    proposed = ((row, replacement_of(row)) for row in report.references() if heap_of(row) in {Heap.DO, Heap.FINE})
    ready = ((row, replacement) for row, replacement in proposed if replacement and len(replacement) <= EXACT)
    shown = list(islice(ready, ITEMS))
    source = report.source(document)
    lines, seen = [], set()
    for one, rows in changes(source, document, shown) if source is not None else ():
        seen |= {row.fingerprint for row in rows}
        doubts = dict.fromkeys(doubt for row in rows if (doubt := _doubt(row, replacement_of(row))))
        lines += [" ".join([f"@@ line {one.line}, bytes {one.start}-{one.end} @@", *doubts])]
        lines += [f"-{one.old}", f"+{one.new}"]
    for row, replacement in shown:  # the text was not kept, or is packed: the elements stand for it
        if source is None or row.fingerprint not in seen:
            lines += _reworded(row, replacement, document.media_type)
    if not lines:
        return
    fence = fence_for("\n".join(lines), 3)
    yield from ("", "## Paste this", "`-` as it stands, `+` as it should read.", "", f"{fence}diff", *lines, fence)
    yield from and_more(sum(1 for _ in ready))


def _doubt(row: ReferenceRow, replacement: str | None) -> str:
    """Say of a capture that nobody has looked at it."""
    best = next((one for one in row.mementos if one.uri_m == replacement), None)
    return f"capture {plain(capture(best))}" if best and not best.validated else ""


def _reworded(row: ReferenceRow, replacement: str, media_type: str) -> Iterator[str]:
    yield " ".join(filter(None, (f"@@ line {row.line} @@", _doubt(row, replacement))))
    yield f"-{_pasted(row, row.raw, media_type)}"
    yield f"+{_pasted(row, replacement, media_type)}"


def _pasted(row: ReferenceRow, replacement: str, media_type: str) -> str:
    url, text = plain(replacement), plain(row.text)
    if "html" not in media_type and len(text) < EXACT:
        target = address(url) if any(sign in url for sign in "()<> \\") else url
        label = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        url = {"link": f"[{label}]({target})", "image": f"![{label}]({target})", "autolink": address(url)}.get(
            row.element, url
        )
    return url


def robust(report: Report) -> Iterator[str]:
    """Offer links that carry their capture along, for pages in HTML."""
    found = ((row, made) for row in report.references() if heap_of(row) is Heap.DO and (made := robust_link(row)))
    lines = [f"{row.line}: {plain(made)}" for row, made in islice(found, ITEMS) if len(made) <= EXACT]
    if lines:
        fence = fence_for("\n".join(lines), 3)
        yield from ("", "## Robust links", "For HTML: the link and its archived copy in one.", "")
        yield from (f"{fence}html", *lines, fence, *and_more(sum(1 for _ in found)))
