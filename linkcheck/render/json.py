"""The report for programs: JSON, schema 1, one row a line, written as it is iterated.

`schema()` is made from the model; `report.schema.json` is its committed copy, for whoever validates or generates code.
A field is added freely; renaming or removing one makes schema 2.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, Literal, TextIO

import msgspec
from msgspec import Struct

import linkcheck
from linkcheck.model import DocumentRow, LinkRow, ReferenceRow, Report, RunInfo, Summary
from linkcheck.render.api import Renderer, Style


class Tool(Struct, frozen=True, kw_only=True):
    """Who made the report."""

    name: str = "linkcheck"
    version: str = linkcheck.__version__


class ReportFile(Struct, frozen=True, kw_only=True):
    """All of a report of schema 1. It is never built: it says what `render` writes."""

    schema: Literal[1]
    tool: Tool
    run: RunInfo
    summary: Summary
    documents: tuple[DocumentRow, ...]
    references: tuple[ReferenceRow, ...]
    links: tuple[LinkRow, ...]


def render(report: Report, out: TextIO, style: Style) -> None:  # noqa: ARG001 - all renderers are called alike
    """Write the report as JSON; nothing is held but the row being written."""
    out.write(f'{{"schema": 1,\n"tool": {encoded(Tool())},\n"run": {encoded(report.run)},\n')
    out.write(f'"summary": {encoded(report.summary)},\n')
    _write_rows(out, "documents", report.documents())
    out.write(",\n")
    _write_rows(out, "references", report.references())
    out.write(",\n")
    _write_rows(out, "links", report.links())
    out.write("}\n")


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of a report. Every field is always written, so every field is required."""
    made = msgspec.json.schema(ReportFile)
    made["$defs"]["PageFacts"]["properties"]["simhash"] = {"anyOf": [{"type": "null"}, _SIMHASH]}
    for definition in made["$defs"].values():
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
            for field in definition["properties"].values():
                field.pop("default", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "linkcheck report, schema 1", **made}


def _write_rows(out: TextIO, name: str, rows: Iterable[Struct]) -> None:
    out.write(f'"{name}": [')
    out.writelines(f"{',' if position else ''}\n{encoded(row)}" for position, row in enumerate(rows))
    out.write("]")


def encoded(value: Struct | dict[str, Any]) -> str:
    """Encode on one line; a lone surrogate, which no UTF-8 can hold, becomes U+FFFD.

    A simhash is 16 hex digits: JavaScript and many others round integers from 2^53 on (RFC 8259 6). In the text it is
    the only thing that looks like this key, since quotation marks within strings are escaped.

    What could drive a terminal or turn the reading direction is written as an escape: the same value, seen for what
    it is. JSON itself asks this only of C0 controls.
    """
    try:
        written = _ENCODER.encode(value).decode()
    except UnicodeEncodeError:
        plain = json.dumps(msgspec.to_builtins(value, enc_hook=str), ensure_ascii=False, separators=(",", ":"))
        written = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", plain)
    if '"simhash":' in written:
        written = _BITS.sub(lambda found: f'"simhash":"{int(found[1]):016x}"', written)
    if written.isascii() and "\x7f" not in written:  # most are, and nothing else of ASCII is unseen
        return written
    return inert(written)


def inert(written: str) -> str:
    """Return JSON in which what could drive a terminal or turn the reading direction is written as an escape."""
    return _UNSEEN.sub(_escape, written)


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1] if found[0] != "\x7f" else "\\u007f"


_ENCODER = msgspec.json.Encoder(enc_hook=str)
_SIMHASH = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
_BITS = re.compile(r'"simhash":([0-9]+)')
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile(
    "[\x7f-\x9f"  # DEL and C1
    "\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line ends, bidi
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"  # BOM, interlinear annotation, tags
)

PLUGIN = Renderer(media_type="application/json", suffix=".json", render=render, lists_all=True)
