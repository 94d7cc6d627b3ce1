"""Reads .docx (Word, ECMA-376): links, link fields, and URLs without markup, paragraph by paragraph.

A .docx is a ZIP of XML: there are no bytes of the file that are the destination as written. The span of a reference is
therefore empty; its line is the number of the paragraph in reading order (main text, then notes, headers and
footers), its column 1. `raw` is the destination as it stands in the part's relationships or text. Parts that are too
large, too much compressed or nested too deep are named and left out.
"""

import io
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from xml.parsers import expat

from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.cited import cited_of
from linkcheck.extract.docx_xml import Paragraph, TooDeep, core_claims, paragraphs, relationships
from linkcheck.extract.doi import with_dois
from linkcheck.extract.plain import addresses, decoded
from linkcheck.extract.roles import role_of
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Claim, Document, PlacedFinding, Reference, Severity, Span
from linkcheck.packed import Packed


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Read a document. Never raises on any bytes."""
    reader = _Reader(min(_LARGEST, _SPARED + _MOST_FOLDED * len(document.source)))
    if document.source.count(_ENTRY) > _MOST_ENTRIES:
        reader.problem(f"the file has more than {_MOST_ENTRIES:,} parts")
        return Extraction(references=(), findings=tuple(reader.findings))
    try:
        with zipfile.ZipFile(io.BytesIO(document.source)) as archive:
            reader.read(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        reader.problem(f"the file is no ZIP that can be read ({error})")
    return Extraction(
        references=reader.references,
        findings=tuple(reader.findings),
        claims=tuple(reader.claims),
        opening=tuple(reader.opening),
    )


class _Reader:
    """What was read so far."""

    def __init__(self, left: int) -> None:
        self.references = Packed(Reference)
        self.findings: list[PlacedFinding] = []
        self.claims: list[Claim] = []
        self.opening: list[tuple[int, str]] = []
        self._number = 0
        self._previous = self._heading = ""
        self._left = left
        """Bytes that parts may still decompress to."""

    def read(self, archive: zipfile.ZipFile) -> None:
        """Take the parts that hold text, in reading order."""
        names = set(archive.namelist())
        if "word/document.xml" not in names:
            self.problem("there is no Word text in this ZIP")
            return
        if core := self._bytes(archive, "docProps/core.xml") if "docProps/core.xml" in names else None:
            self.claims += core_claims(core)
        for name in _parts(names):
            folder, _, file = name.rpartition("/")
            beside = f"{folder}/_rels/{file}.rels"
            targets = relationships(self._bytes(archive, beside) or b"") if beside in names else {}
            if source := self._bytes(archive, name):
                self._part(name, source, targets)

    def problem(self, why: str) -> None:
        """Note that something could not be read."""
        self.findings.append(
            PlacedFinding(
                rule="damaged-document",
                severity=Severity.WARNING,
                message=f"{why}; what it holds is not known",
                next="Open it in Word or LibreOffice, and save it again.",
            )
        )

    def _bytes(self, archive: zipfile.ZipFile, name: str) -> bytes | None:
        """Decompress one part, within bounds: a part may be called small and be endless."""
        try:
            with archive.open(name) as stream:
                source = stream.read(min(_PART, self._left) + 1)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
            self.problem(f"the part {name} cannot be read ({error})")
            return None
        except Exception as error:  # noqa: BLE001 - zlib.error and its like have no common base
            self.problem(f"the part {name} cannot be decompressed ({error})")
            return None
        if len(source) > min(_PART, self._left):
            self.problem(f"the part {name} holds more than {min(_PART, self._left) >> 20} MB")
            return None
        self._left -= len(source)
        return source

    def _part(self, name: str, source: bytes, targets: dict[str, str]) -> None:
        try:
            for paragraph in paragraphs(source, targets):
                self._paragraph(paragraph)
        except expat.ExpatError as error:
            self.problem(f"the part {name} is no sound XML ({error})")
        except TooDeep:
            self.problem(f"the part {name} nests too deep, or declares entities")

    def _paragraph(self, paragraph: Paragraph) -> None:
        self._number += 1
        text = paragraph.text
        found = [(link.start, link.end, link.target, "link") for link in paragraph.links]
        begins = [link.start for link in paragraph.links]
        reach = list(accumulate((link.end for link in paragraph.links), max))
        for start, end in with_dois(addresses(text), text):
            before = bisect_left(begins, end)  # so many links begin before the URL ends
            if not before or reach[before - 1] <= start:
                found.append((start, end, text[start:end], "bare"))
        for start, end, raw, element in sorted(found):
            words = " ".join(text[start:end].split())[:_LONGEST]
            around = Surroundings(
                " ".join(text[max(0, start - _WINDOW) : start].split())[-_AROUND:],
                " ".join(text[end : end + _WINDOW].split())[:_AROUND],
                self._previous,
                self._heading,
            )
            role = role_of(element, words, around)
            span = Span(0, 0, self._number, 1)
            self.references.append(Reference(raw, span, element, words, role, cited_of(words, around)))
        plain = " ".join(text[:_LONGEST].split())
        if plain:
            if len(self.opening) < _OPENING:
                self.opening.append((self._number, plain))
            self._previous = plain[-_AROUND:]
            if paragraph.is_title and not any(claim.said_by == "Title" for claim in self.claims):
                self.claims.insert(0, Claim("title", plain, "Title", self._number))
            if paragraph.is_heading:
                self._heading = plain[:_AROUND]


def _parts(names: set[str]) -> Iterator[str]:
    yield "word/document.xml"
    yield from (name for name in ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml") if name in names)
    edges = (name for name in names if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"))
    yield from sorted(edges)[:_MOST_EDGES]


_PART, _LARGEST = 32 << 20, 64 << 20
"""Bytes that one part, and all parts together, may decompress to."""
_SPARED, _MOST_FOLDED = 8 << 20, 100
"""And of a small file: so many bytes, and so many times its size. Word's own XML is folded ten to thirty times."""
_ENTRY, _MOST_ENTRIES = b"PK\x01\x02", 10_000
"""What each entry of a ZIP's directory begins with; all are read before the first part is."""
_MOST_EDGES = 20
_AROUND = 300
_WINDOW = 600
_LONGEST = 1000
_OPENING = 12

PLUGIN = Extractor(
    media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    about="Word: links, link fields and URLs; the line is the number of the paragraph.",
    suffixes=(".docx", ".docm"),
    extract=extract,
    decoded=decoded,
    in_folders=False,
    knows_anchors=False,
    signature=b"PK\x03\x04",
)
