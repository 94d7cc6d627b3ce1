"""Reads PDF: the links of its pages (annotations) and URLs in their text, by page.

A PDF is compressed and its text in pieces: there are no bytes of the file that are the destination as written. The span
of a reference is therefore empty; its line is the number of the page, its column 1. Links come in the order in which
the page holds them, before the URLs of its text that no link has. pypdf reads it (the extra `pdf`); a page that cannot
be read, or of which there are too many, is named, and the rest is done.
"""

import io
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from linkcheck.dates import parse_date
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.cited import cited_of
from linkcheck.extract.plain import urls
from linkcheck.extract.roles import role_of
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Claim, Document, PlacedFinding, Reference, Severity, Span


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Read a PDF. Never raises on any bytes."""
    import logging  # noqa: PLC0415 - as below

    import pypdf  # noqa: PLC0415 - an extra, and slow to import

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said once, in the report
    findings: list[PlacedFinding] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(document.source), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return Extraction(references=(), findings=(_problem("the file is locked with a password"),))
        count = len(reader.pages)
    except Exception as error:  # noqa: BLE001 - pypdf raises whatever a broken file leads it to
        return Extraction(references=(), findings=(_problem(f"the file is no PDF that can be read ({error})"),))
    references: list[Reference] = []
    opening: list[tuple[int, str]] = []
    unread: list[int] = []
    left = min(_LARGEST_CONTENT, _SPARED + _MOST_FOLDED * len(document.source))
    for number in range(1, min(count, _MOST_PAGES) + 1):
        try:
            page = reader.pages[number - 1]
            content = page.get_contents()
            left -= (size := len(content.get_data()) if content is not None else 0)
            if size > _LARGEST_PAGE or left < 0:
                unread.append(number)
                continue
            text = page.extract_text()[:_LARGEST_TEXT]
            references.extend(_page(number, text, list(_annotations(page))))
        except Exception:  # noqa: BLE001 - likewise
            unread.append(number)
            continue
        lines = (" ".join(line.split())[:_LONGEST] for line in text.splitlines())
        opening += [(number, line) for line in lines if line][: _OPENING - len(opening)]
    if unread:
        shown = ", ".join(map(str, unread[:_SHOWN])) + (" ..." if len(unread) > _SHOWN else "")
        findings.append(_problem(f"{len(unread)} of {count} pages cannot be read ({shown})"))
    if count > _MOST_PAGES:
        findings.append(_problem(f"only the first {_MOST_PAGES} of {count} pages were read"))
    return Extraction(
        references=tuple(references), findings=tuple(findings), claims=tuple(_claims(reader)), opening=tuple(opening)
    )


def _page(number: int, text: str, targets: list[str]) -> Iterator[Reference]:
    """Give the links of a page, and the URLs in its text that none of them has."""
    span = Span(0, 0, number, 1)
    for number_on_page, target in enumerate(targets):
        at = text.find(target) if number_on_page < _MOST_PLACED else -1
        words = target if at >= 0 else ""
        around = _around(text, at, len(target)) if words else Surroundings()
        yield Reference(target, span, "link", words, role_of("link", words, around), cited_of(words, around))
    known = sorted(target.rstrip("/") for target in targets)
    for start, end in urls(text):
        raw = text[start:end]
        written = raw.rstrip("/")
        first = bisect_left(known, written)
        if first == len(known) or not known[first].startswith(written):  # a link may go on in the next line
            around = _around(text, start, end - start)
            yield Reference(raw, span, "bare", raw, role_of("bare", raw, around), cited_of(raw, around))


def _annotations(page: Any) -> Iterator[str]:
    """Give the URIs of a page's link annotations (ISO 32000-1, 12.6.4.7)."""
    held: Any = page.get("/Annots")
    annotations = held.get_object() if held is not None else []
    last = None
    for one in list(annotations)[:_MOST_LINKS]:
        annotation = one.get_object()
        named: Any = annotation.get("/A") if hasattr(annotation, "get") else None
        action: Any = named.get_object() if named is not None else None
        uri = action.get("/URI") if hasattr(action, "get") else None
        if uri is not None:
            target = uri.get_object() if hasattr(uri, "get_object") else uri
            text = target.decode("utf-8", "replace") if isinstance(target, bytes) else str(target)
            if text.strip() and text.strip() != last:  # one link over two lines is two annotations
                yield text.strip()
            last = text.strip()


def _around(text: str, at: int, length: int) -> Surroundings:
    before, after = text[max(0, at - _WINDOW) : at], text[at + length : at + length + _WINDOW]
    return Surroundings(" ".join(before.split())[-_AROUND:], " ".join(after.split())[:_AROUND])


def _claims(reader: Any) -> Iterator[Claim]:
    """Give what the file says of itself."""
    try:
        metadata: Any = reader.metadata or {}
        title, author, day = (str(metadata.get(key) or "").strip() for key in ("/Title", "/Author", "/CreationDate"))
    except Exception:  # noqa: BLE001 - likewise
        return
    if title:
        yield Claim("title", " ".join(title.split())[:_LONGEST], "file properties")
    if author:
        yield Claim("author", " ".join(author.split())[:_LONGEST], "file properties")
    digits = day.removeprefix("D:")[:8]
    if published := parse_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"):
        yield Claim("published", published, "file properties")


def _problem(why: str) -> PlacedFinding:
    return PlacedFinding(
        rule="damaged-document",
        severity=Severity.WARNING,
        message=f"{why}; what it holds is not known",
        next="Open it in a PDF reader; if it can, print it into a new PDF and name that.",
    )


_MOST_PAGES = 2000
_MOST_LINKS = 10_000
_MOST_PLACED = 1000
"""Links of one page that are looked for in its text."""
_LARGEST_TEXT = 1_000_000
_LARGEST_PAGE, _LARGEST_CONTENT = 8 << 20, 64 << 20
"""Bytes that the drawing instructions of one page, and of all, may unfold to; a megabyte takes a second or two."""
_SPARED, _MOST_FOLDED = 4 << 20, 20
"""And of a small file: so many bytes, and so many times its size. Many pages may share one stream."""
_LONGEST = 1000
_SHOWN = 10
_AROUND = 300
_WINDOW = 600
_OPENING = 12

PLUGIN = Extractor(
    media_types=("application/pdf",),
    about="PDF: link annotations, and URLs in the text; the line is the number of the page.",
    suffixes=(".pdf",),
    extract=extract,
    in_folders=False,
    knows_anchors=False,
    signature=b"%PDF-",
    needs="pypdf",
    extra="pdf",
)
