"""Reads the YAML (`---`) or TOML (`+++`) block that a Markdown file may begin with.

YAML is read as far as front matter uses it: keys, nested keys, lists, quoted, plain and block strings, flow lists and
maps, all with the place of every value. What is beyond that is passed over, never guessed at.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

from linkcheck.later import later
from linkcheck.model import Claim


class Value(NamedTuple):
    """One string, number or date."""

    path: tuple[str, ...]
    """The keys that lead to it; the items of a list share theirs."""
    text: str
    start: int
    """Character at which it starts as written, quotes excluded."""
    end: int
    line: int


class FrontMatter(NamedTuple):
    """What a file says of itself before its text begins."""

    end: int
    """Character at which the text begins; 0 where the block is not closed."""
    values: tuple[Value, ...]
    problem: tuple[int, str] | None
    """The first line that cannot be read, and why."""


def read(text: str) -> FrontMatter | None:
    """Read the block at the start of a document; None where there is none. Never raises."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    is_yaml = opening[1] == "---"
    is_likely = (_FIRST_YAML if is_yaml else _FIRST_TOML).match(text, opening.end())
    closing = (_YAML_END if is_yaml else _TOML_END).search(text, opening.end() - 1, opening.end() + LIMIT)
    if closing is None:
        is_meant = is_likely and is_likely.start("key") == opening.end()
        return FrontMatter(0, (), (1, _unclosed(opening))) if is_meant else None
    if is_yaml and not is_likely:
        return None
    reader = _Reader(text, opening.end(), closing.start("mark"))
    (reader.yaml if is_yaml else reader.toml)()
    return FrontMatter(closing.end(), tuple(reader.values), reader.problem)


def _unclosed(opening: re.Match[str]) -> str:
    end = _YAML_END if opening[1] == "---" else _TOML_END
    is_closed = end.search(opening.string, opening.end() - 1)
    return f"it is longer than {LIMIT} characters" if is_closed else f"no `{opening[1]}` line closes it"


def urls(front: FrontMatter) -> Iterator[Value]:
    """Give the values that are web addresses as a whole."""
    return (value for value in front.values if _WEB.fullmatch(value.text))


def key_of(value: Value) -> str:
    """Give the key that tells why an address is there: `links: [{url: ...}]` is no address of the file itself."""
    *parents, own = value.path or ("",)
    above = [parent for parent in parents if parent not in _OWN_TABLES]
    return above[-1] if above and own in _ADDRESSES else own


def claims(front: FrontMatter) -> Iterator[Claim]:
    """Give what a file's own fields say of its origin."""
    for value in front.values:
        *parents, key = value.path or ("",)
        is_name = key in _NAME and bool(parents) and parents[-1] in _AUTHOR
        field = "author" if is_name else _FIELDS.get(key)
        around = parents[:-1] if is_name else parents
        if field and value.text and all(parent in _TABLES for parent in around):
            yield Claim(field, value.text, "front matter", value.line)


class _Reader:
    """Walks over one block and gathers values; it stops at the first line that cannot be read."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.at, self.end = text, start, end
        self.values: list[Value] = []
        self.problem: tuple[int, str] | None = None
        self._line, self._counted = 1, 0

    def yaml(self) -> None:
        parents: list[tuple[int, str]] = []
        while self.at < self.end and not self.problem:
            line = _YAML_LINE.match(self.text, self.at, self.end)
            if line is None or line["blank"] is not None:
                self._next_line()
                continue
            indent = len(line["indent"]) + len(line["items"])
            depth = len(line["indent"]) if line["items"] and line["key"] is None else indent
            while parents and parents[-1][0] >= depth + bool(line["items"] and line["key"] is None):
                parents.pop()
            if line["key"] is not None:
                parents.append((indent, _unquoted(line["key"]).lower()))
            elif not line["items"] and not line["indent"]:
                self._fail(self.at, "it is not `key: value`")
            self.at = line.end()
            if line["key"] is not None or line["items"]:
                self._yaml_value(tuple(key for _, key in parents), len(line["indent"]))
            self._next_line()

    def toml(self) -> None:
        source = self.text[self.at : self.end]
        first = self._line_of(self.at)
        if any(line.count(".") > _MOST_DOTS for line in source.splitlines()):
            self.problem = (first, "it is nested too deep")  # and would take the TOML reader minutes
            return
        try:
            tomllib.loads(source.replace("\r\n", "\n").replace("\r", "\n"))
        except tomllib.TOMLDecodeError as error:
            why, _, place = str(error).partition(" (at line ")
            self.problem = (first + int(found[0]) - 1 if (found := _NUMBER.match(place)) else first, why)
        except (RecursionError, ValueError) as error:
            self.problem = (first, "it is nested too deep" if isinstance(error, RecursionError) else str(error))
        table: tuple[str, ...] = ()
        key: tuple[str, ...] = ()
        for found in _TOML_TOKEN.finditer(self.text, self.at, self.end):
            match found.lastgroup:
                case "table":
                    table = _toml_path(found["table"])
                    key = ()
                case "key":
                    key = _toml_path(found["key"])
                case "unclosed":
                    return
                case "basic" | "literal" | "plain":
                    self._add((*table, *key), *found.span(found.lastgroup), is_escaped=found.lastgroup == "basic")
                case _:
                    pass  # a comment, or a text of several lines

    def _yaml_value(self, path: tuple[str, ...], indent: int) -> None:
        found = _YAML_VALUE.match(self.text, self.at, self.end)
        match found.lastgroup if found else None:
            case None:
                self._fail(self.at, "its quotation mark is never closed")
            case "block":
                self._yaml_block(path, indent)
            case "flow":
                self._yaml_flow(path)
            case "double" | "single" | "plain" as kind if found:
                start, end = found.span(kind)
                if kind == "plain":
                    comment = _COMMENT.search(self.text, start, end)
                    end = start + len(self.text[start : comment.start() if comment else end].rstrip())
                self._add(path, start, end, is_escaped=kind == "double", is_doubled=kind == "single")
                self.at = found.end()

    def _yaml_block(self, path: tuple[str, ...], indent: int) -> None:
        """Read a `|` or `>` string: the lines below it that are deeper."""
        self._next_line()
        start = self.at
        while self.at < self.end and (line := _INDENT.match(self.text, self.at, self.end)):
            if line["rest"] and len(line["indent"]) <= indent:
                break
            self._next_line()
        text = " ".join(self.text[start : self.at].split())
        self.values.append(Value(path, text, start, start, self._line_of(start)))
        self.at = max(start, self.at - 1)

    def _yaml_flow(self, path: tuple[str, ...]) -> None:
        """Read `[...]` or `{...}`, over several lines if need be."""
        depth, key, start = 0, path, self.at
        for found in _FLOW_TOKEN.finditer(self.text, self.at, self.end):
            self.at = found.end()
            match found.lastgroup:
                case "open":
                    depth += 1
                case "close":
                    depth, key = depth - 1, path
                case "key":
                    key = (*path, _unquoted(found["key"]).lower())
                case "comma":
                    key = path
                case "unclosed":
                    break
                case "double" | "single" | "plain" as kind:
                    span = found.span(kind)
                    self._add(key, *span, is_escaped=kind == "double", is_doubled=kind == "single")
                case _:
                    pass  # a comment
            if depth == 0:
                return
        self._fail(start, "its bracket is never closed")

    def _add(
        self, path: tuple[str, ...], start: int, end: int, *, is_escaped: bool = False, is_doubled: bool = False
    ) -> None:
        if start == end:
            return
        text = self.text[start:end]
        if is_escaped and "\\" in text:
            text = _json_string(text)
        if is_doubled:
            text = text.replace("''", "'")
        self.values.append(Value(path, " ".join(text.split()), start, end, self._line_of(start)))

    def _fail(self, at: int, why: str) -> None:
        self.problem = self.problem or (self._line_of(at), why)

    def _line_of(self, at: int) -> int:
        """Count lines up to a place; places come in order."""
        if at > self._counted:
            self._line += len(_LINE_END.findall(self.text, self._counted, at))
            self._counted = at
        return self._line

    def _next_line(self) -> None:
        found = _LINE_END.search(self.text, self.at, self.end)
        self.at = found.end() if found else self.end


def _unquoted(key: str) -> str:
    return key[1:-1] if key[:1] in ('"', "'") else key.strip()


def _toml_path(key: str) -> tuple[str, ...]:
    return tuple(_unquoted(part.strip()).lower() for part in key.split("."))


def _json_string(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


LIMIT = 65_536
"""Characters: longer front matter is not read."""

_MOST_DOTS = 100
_AUTHOR = frozenset({"author", "authors", "byline"})
_NAME = frozenset({"name"})
_OWN_TABLES = frozenset({"extra", "params", "seo"})
"""Keys under which static site generators put a page's own fields."""
_TABLES = _OWN_TABLES | {"source"}
_ADDRESSES = frozenset({"url", "href", "link", "src", "permalink"})
"""Keys that only say that a value is an address: of what, the key above says."""
_FIELDS = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "date": "published",
    "published": "published",
    "publishdate": "published",
    "pubdate": "published",
    "date_published": "published",
    "published_at": "published",
    "publisher": "publisher",
    "publication": "publisher",
    "site_name": "publisher",
    "canonical": "original",
    "canonical_url": "original",
    "canonicalurl": "original",
    "original": "original",
    "original_url": "original",
    "source_url": "original",
}

_OPENING = later(r"(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)")
_LINE_END = later(r"\r\n|\n|\r")
_SKIPPED = r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*+"
_FIRST_YAML = later(_SKIPPED + r"(?P<key>\"[^\"\r\n]{1,200}\"|'[^'\r\n]{1,200}'|[^\W\d][\w .\-]{0,200}):(?=\s)")
_FIRST_TOML = later(_SKIPPED + r"(?P<key>[\w.\"' \-]{1,200}=|\[)")
_YAML_END = later(r"(?:\r\n|\n|\r)(?P<mark>---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_TOML_END = later(r"(?:\r\n|\n|\r)(?P<mark>\+\+\+)[ \t]*(?:\r\n|\n|\r|\Z)")
_WEB = later(r"(?i:https?)://[^\s]+")

_STRINGS = r"\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^']|'')*+)'"
_KEY_QUOTED = r"\"[^\"\r\n]{1,200}\"|'[^'\r\n]{1,200}'"
_YAML_LINE = later(
    rf"""(?P<indent>[ ]*+) (?: (?P<blank> (?=[\r\n]|\#|\Z) )
    | (?P<items> (?:-[ \t]++)*+ )
      (?: (?P<key> {_KEY_QUOTED} | [^\s\#\[\]{{}}"'&*!|>%@,:\-][^:\r\n]{{0,200}}? ) [ ]* : (?=\s|\Z) )?
      [ \t]*+ )""",
    re.VERBOSE,
)
_YAML_VALUE = later(
    rf"""(?:[!&][^\s]*+[ \t]*+)*+
    (?: {_STRINGS} | (?P<block> [|>][^\r\n]*+ ) | (?P<flow> (?=[\[{{]) )
    | (?P<plain> (?!["']) [^\r\n]*+ ) )""",
    re.DOTALL | re.VERBOSE,
)
_COMMENT = later(r"(?<![^ \t])\#")
_NUMBER = later(r"[0-9]+")
_INDENT = later(r"(?P<indent>[ ]*+)(?P<rest>[^\r\n]?)")
_FLOW_TOKEN = later(
    rf"""(?P<open> [\[{{] ) | (?P<close> [\]}}] ) | (?P<comma> , ) | \#[^\r\n]*+
    | (?P<key> (?:{_KEY_QUOTED}) (?=[ ]*:) | [^\s,\[\]{{}}"'\#:][^\s,\[\]{{}}"':]{{0,100}} (?=:\s) ) [ ]* :
    | {_STRINGS} | (?P<unclosed> ["'] ) | (?P<plain> [^\s,\[\]{{}}"'][^,\[\]{{}}\r\n]*+ )""",
    re.DOTALL | re.VERBOSE,
)
_TOML_TOKEN = later(
    r"""\#[^\r\n]*+ | \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | '{3}(?:[^']|'(?!''))*+'{3}
    | (?m:^[ \t]*+) \[\[? (?P<table> [^\[\]\r\n="]+ ) \]
    | (?P<key> (?:[\w-]++|"[^"\r\n]*+") (?:[ \t]*+\.[ \t]*+(?:[\w-]++|"[^"\r\n]*+"))*+ ) [ \t]*+ =
    | "(?P<basic> (?:[^"\\\r\n]|\\[^\r\n])*+ )" | '(?P<literal> [^'\r\n]*+ )' | (?P<unclosed> ["'] )
    | (?<==) [ \t]*+ (?P<plain> [\w+][\w.:+-]*+ )""",
    re.DOTALL | re.VERBOSE,
)
