"""Reads the XML of a .docx with expat: paragraphs with their links, relationships, and what the file says of itself.

Declarations of entities are refused and depth is bounded, so that no part costs more than its length.
"""

import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from xml.parsers import expat

from linkcheck.model import Claim


class TooDeep(Exception):  # noqa: N818 - it never leaves the two files that read .docx
    """The part nests deeper than any document does, or declares entities."""


class Link(NamedTuple):
    """One link, and where its words stand in the paragraph."""

    start: int
    end: int
    target: str


class Paragraph(NamedTuple):
    """One paragraph."""

    text: str
    links: tuple[Link, ...]
    is_heading: bool
    is_title: bool


def paragraphs(source: bytes, targets: dict[str, str]) -> Iterator[Paragraph]:
    """Give the paragraphs of a part; `targets` are its relationships. ExpatError or TooDeep, after what was sound."""
    reader = _Paragraphs(targets)
    parsing = _parse(source, reader.start, reader.end, reader.characters)
    try:
        for _ in parsing:
            yield from reader.done
            reader.done.clear()
    finally:
        yield from reader.done


def relationships(source: bytes) -> dict[str, str]:
    """Give the external targets of a part by their ids; none where they cannot be read."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.endswith("Relationship") and attributes.get("TargetMode") == "External":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    with suppress(expat.ExpatError, TooDeep):
        deque(_parse(source, start, lambda _: None, lambda _: None), 0)
    return found


def core_claims(source: bytes) -> list[Claim]:
    """Give title, author and day of making, as the properties of the file say."""
    texts: dict[str, str] = {}
    current = [""]

    def start(name: str, _attributes: dict[str, str]) -> None:
        current[0] = name

    def characters(text: str) -> None:
        if current[0] in _PROPERTIES:
            texts[current[0]] = (texts.get(current[0], "") + text)[:_LONGEST]

    def end(_name: str) -> None:
        current[0] = ""

    with suppress(expat.ExpatError, TooDeep):
        deque(_parse(source, start, end, characters), 0)
    return [
        Claim(field, " ".join(texts[name].split()), "file properties")
        for name, field in _PROPERTIES.items()
        if texts.get(name, "").strip()
    ]


class _Field:
    """One complex field: its instruction, and where its result begins, once it has."""

    __slots__ = ("at", "words")

    def __init__(self) -> None:
        self.at: int | None = None
        self.words: list[str] = []


class _Paragraphs:
    """What expat tells, put together."""

    def __init__(self, targets: dict[str, str]) -> None:
        self.done: list[Paragraph] = []
        self._targets = targets
        self._parts: list[str] = []
        self._size = 0
        self._links: list[Link] = []
        self._open: list[tuple[int, str]] = []
        """Links around this place: where their words begin, and their targets."""
        self._fields: list[_Field] = []
        """Complex fields around this place."""
        self._unseen = 0
        """How many elements around this place hold what was deleted, or what is there for older programs once more."""
        self._style = ""
        self._takes: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _UNSEEN:
            self._unseen += 1
        if self._unseen:
            return
        match name:
            case "w:hyperlink":
                target = self._targets.get(attributes.get("r:id", ""), "")
                self._open.append((self._size, _with_place(target, attributes.get("w:anchor", ""))))
            case "a:hlinkClick":  # of a picture
                self._link(self._size, self._targets.get(attributes.get("r:id", ""), ""))
            case "w:pStyle":
                self._style = attributes.get("w:val", "").lower()
            case "w:fldSimple":
                self._open.append((self._size, _field_target(attributes.get("w:instr", ""))))
            case "w:fldChar":
                self._take_field(attributes.get("w:fldCharType", ""))
            case "w:t":
                self._takes = self._parts
            case "w:instrText":
                self._takes = self._fields[-1].words if self._fields else None
            case "w:tab" | "w:br" | "w:cr":
                self._add(" ")
            case _:
                pass

    def characters(self, text: str) -> None:
        if self._takes is self._parts:
            self._add(text)
        elif self._takes is not None and sum(map(len, self._takes)) < _LONGEST:
            self._takes.append(text)

    def end(self, name: str) -> None:
        if name in _UNSEEN:
            self._unseen -= 1
        if self._unseen:
            return
        match name:
            case "w:t" | "w:instrText":
                self._takes = None
            case "w:hyperlink" | "w:fldSimple":
                if self._open:
                    start, target = self._open.pop()
                    self._link(start, target)
            case "w:p":
                self._end_paragraph()
            case _:
                pass

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)

    def _link(self, start: int, target: str) -> None:
        if target:
            self._links.append(Link(start, self._size, target))

    def _take_field(self, kind: str) -> None:
        """Take a complex field: begin, instruction, separate, result, end; its result may hold others."""
        if kind == "begin" and len(self._fields) < _DEEPEST:
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].at = self._size
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            at = self._size if field.at is None else field.at
            self._link(min(at, self._size), _field_target("".join(field.words)))

    def _end_paragraph(self) -> None:
        self.done.append(
            Paragraph(
                "".join(self._parts),
                tuple(sorted(self._links)),
                self._style.startswith(("heading", "title", "berschrift", "überschrift", "titre", "ttulo")),
                self._style in {"title", "titel", "titre"},
            )
        )
        self._parts.clear()
        self._links.clear()
        self._open.clear()
        self._size, self._style = 0, ""
        for field in self._fields:
            field.at = 0 if field.at is not None else None


def _field_target(instruction: str) -> str:
    """Give the URL of a HYPERLINK or INCLUDEPICTURE field; empty where it is another, or a place in the document."""
    kind, _, rest = instruction.strip().partition(" ")
    rest = rest.strip()
    if kind.upper() not in {"HYPERLINK", "INCLUDEPICTURE"} or not rest.startswith('"'):
        return ""
    target, _, switches = rest[1:].partition('"')
    place = _PLACE.search(switches)
    return _with_place(target, place[1] if place else "")


def _with_place(target: str, place: str) -> str:
    """Add the place in the page, which Word keeps apart from its address."""
    return f"{target}#{place}" if target and place and "#" not in target else target


def _parse(source: bytes, start: object, end: object, characters: object) -> Iterator[None]:
    """Parse piece by piece, and yield after each, so that what was read can be taken before more comes."""
    parser = expat.ParserCreate()
    depth = 0

    def opens(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise TooDeep
        start(name, attributes)  # type: ignore[operator]

    def closes(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)  # type: ignore[operator]

    def refuse(*_: object) -> None:
        raise TooDeep

    parser.StartElementHandler = opens
    parser.EndElementHandler = closes
    parser.CharacterDataHandler = characters  # type: ignore[assignment]
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    for at in range(0, len(source), _PIECE):
        parser.Parse(source[at : at + _PIECE], False)
        yield
    parser.Parse(b"", True)


_DEEPEST = 200
_PIECE = 1 << 16
_UNSEEN = frozenset({"w:del", "w:moveFrom", "mc:Fallback"})
_PLACE = re.compile(r'\\l\s{1,9}"([^"]{1,500})"')
_LONGEST = 4000
_PROPERTIES = {"dc:title": "title", "dc:creator": "author", "dcterms:created": "published"}
