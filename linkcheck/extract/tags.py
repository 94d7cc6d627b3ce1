"""Finds HTML tags with the exact place of every attribute value, in linear time.

This is the part of the WHATWG tokenizer (https://html.spec.whatwg.org/multipage/parsing.html#tokenization) that tags
need. The standard library's parser gives no places of values; a tree gives no places at all.
"""

import html
import re
from collections.abc import Iterator, Sequence
from html.entities import html5
from typing import NamedTuple


class Attribute(NamedTuple):
    """One attribute of a start tag."""

    name: str
    """In lower case."""
    value: str
    """Character references decoded."""
    start: int
    """Character at which the value as written starts, quotes excluded."""
    end: int
    """One past its last character; equal to `start` where there is no value."""


class Tag(NamedTuple):
    """One start or end tag."""

    name: str
    """In lower case."""
    attributes: tuple[Attribute, ...]
    """The first of a repeated name wins; empty for an end tag."""
    start: int
    """Character of the `<`."""
    end: int
    """One past the `>`."""
    is_end: bool

    def get(self, name: str) -> str | None:
        """Give the value of an attribute, None where it is missing."""
        return next((attribute.value for attribute in self.attributes if attribute.name == name), None)


RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content holds no tags; `scan` goes from their start tag straight to their end tag."""


def scan(text: str, start: int = 0, end: int | None = None, *, is_xml: bool = False) -> Iterator[Tag]:
    """Give the tags between two characters, in order; what is not closed at the end is not a tag.

    In XML, `<script/>` is empty and `<![CDATA[` hides what it holds; in HTML that is so only within SVG and MathML.
    """
    limit = len(text) if end is None else end
    at = start
    is_foreign = False
    while found := _MARKUP.search(text, at, limit):
        opening = found.start()
        closes, name = found[1], found[2]
        if name is None:
            at = _after_declaration(text, opening, limit, has_cdata=is_xml or is_foreign)
            continue
        name = name.lower()
        attributes, after = _attributes(text, found.end(), limit)
        if after is None:
            return
        at = after
        tag = Tag(name, () if closes else attributes, opening, at, bool(closes))
        yield tag
        is_empty = text[at - 2] == "/"
        if is_foreign:
            is_foreign = not (name in _LEAVES_FOREIGN or (closes and name in _FOREIGN))
        elif name in _FOREIGN:
            is_foreign = not (closes or is_empty)
        if name in RAW_TEXT and not closes and not (is_foreign or (is_xml and is_empty)):
            at = _after_raw_text(text, name, at, limit)
        elif name == "plaintext" and not closes:
            return


def without_markup(text: str) -> str:
    """Give the text between two tags: comments and stray declarations left out, character references decoded."""
    return decoded_text("".join(_pieces(text)) if "<" in text else text)


def decoded_text(text: str) -> str:
    """Decode character references as they are in text, where `&copy` without a semicolon counts, too."""
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:  # a numeric reference of thousands of digits
        return text


def decoded(raw: str) -> str:
    """Decode the character references of an attribute value; `&copy=` in a query stays as it is, as in browsers."""
    return _REFERENCE.sub(_character, raw) if "&" in raw else raw


def decoded_with_places(raw: str) -> tuple[str, Sequence[int]]:
    """Decode an attribute value and say for each of its characters, and for its end, where it stands in `raw`."""
    if "&" not in raw:
        return raw, range(len(raw) + 1)
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for found in _REFERENCE.finditer(raw):
        character = _character(found)
        parts += raw[at : found.start()], character
        places.extend(range(at, found.start()))
        if character == found[0]:
            places.extend(range(found.start(), found.end()))
        else:
            places.extend([found.start()] * len(character))
        at = found.end()
    parts.append(raw[at:])
    places.extend(range(at, len(raw) + 1))
    return "".join(parts), places


def _attributes(text: str, at: int, limit: int) -> tuple[tuple[Attribute, ...], int | None]:
    """Read up to the `>` and say where the tag ends; None where the text ends first."""
    if at < limit and text[at] == ">":
        return (), at + 1
    attributes: dict[str, Attribute] = {}
    for found in _ATTRIBUTE.finditer(text, at, limit):
        name = found[1]
        if name is None:
            return tuple(attributes.values()), found.end() if found[_CLOSED] else None
        group = found.lastindex or 1
        if group == _UNCLOSED:
            break
        name = name.lower()
        if name not in attributes:
            begin, end = (found.end(), found.end()) if group == 1 else found.span(group)
            value = text[begin:end]
            attributes[name] = Attribute(name, decoded(value) if "&" in value else value, begin, end)
    return (), None


def _after_declaration(text: str, at: int, limit: int, *, has_cdata: bool) -> int:
    """Give the place after a comment, a doctype, a CDATA section or a bogus comment; the limit where it is open."""
    if text.startswith("<!--", at, limit):
        found = _COMMENT_START_END.match(text, at + 4, limit) or _COMMENT_END.search(text, at + 4, limit)
        return found.end() if found else limit
    closing = "]]>" if has_cdata and text.startswith("<![CDATA[", at, limit) else ">"
    place = text.find(closing, at + 2, limit)
    return place + len(closing) if place >= 0 else limit


def _after_raw_text(text: str, name: str, at: int, limit: int) -> int:
    """Give the place of the end tag that closes a raw text element; the limit where there is none."""
    if name != "script":
        found = _END_TAG[name].search(text, at, limit)
        return found.start() if found else limit
    # https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
    is_escaped = is_double = False
    for found in _SCRIPT.finditer(text, at, limit):
        match found.lastgroup:
            case "comment":
                is_escaped = True
            case "over":
                is_escaped = is_double = False
            case "start":
                is_double = is_escaped
            case _ if is_double:
                is_double = False
            case _:
                return found.start()
    return limit


def _pieces(text: str) -> Iterator[str]:
    at = 0
    while found := _MARKUP.search(text, at):
        yield text[at : found.start()]
        if found[2]:  # a tag that is never closed
            return
        at = _after_declaration(text, found.start(), len(text), has_cdata=False)
    yield text[at:]


def _character(found: re.Match[str]) -> str:
    number, base, name = found["decimal"] or found["hex"], 16 if found["hex"] else 10, found["name"]
    if name is None:
        digits = number.lstrip("0")
        point = int(digits or "0", base) if len(digits) <= _MOST_DIGITS else 0
        if 0x80 <= point <= 0x9F:
            return bytes([point]).decode("cp1252", "ignore") or chr(point)
        return "\ufffd" if point == 0 or 0xD800 <= point <= 0xDFFF or point > 0x10FFFF else chr(point)
    if found[0].endswith(";"):
        return html5.get(name + ";", found[0])
    # Without a semicolon only the old names count, and not before `=` or a letter: `?a=1&copy=2` is a query.
    return found[0] if found.string.startswith("=", found.end()) else html5.get(name, found[0])


_MOST_DIGITS = 7

_SPACE = r"\t\n\f\r "
_MARKUP = re.compile(rf"<(/?)(?:([A-Za-z][^{_SPACE}/>]*+)|(?<=/)(?!>)|[!?])")
"""A tag up to its name, or (group 2 is None) the start of a comment, doctype, CDATA or bogus comment."""

_UNCLOSED, _CLOSED = 5, 6
_ATTRIBUTE = re.compile(
    rf"""[{_SPACE}/]*+ (?:
      ([^{_SPACE}/>][^{_SPACE}/>=]*+)
      (?: [{_SPACE}]*+ = [{_SPACE}]*+
        (?: "([^"]*+)" | '([^']*+)' | ([^{_SPACE}"'>][^{_SPACE}>]*+) | (["']) )? )?
    | (>) | \Z )""",
    re.VERBOSE,
)
"""Groups: name; value in double quotes, in single quotes, without; a quote that is never closed; the end of the tag.

It matches at every place, so that `finditer` goes on where it stopped and never searches.
"""

_COMMENT_START_END = re.compile("-?>")
_COMMENT_END = re.compile("--!?>")
_END_TAG = {name: re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE) for name in RAW_TEXT}
_SCRIPT = re.compile(
    rf"(?P<comment><!--)|(?P<over>-->)|(?P<start><script(?=[{_SPACE}/>]))|(?P<end></script(?=[{_SPACE}/>]))",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"&(?:#(?:[xX](?P<hex>[0-9a-fA-F]++)|(?P<decimal>[0-9]++));?|(?P<name>[A-Za-z][A-Za-z0-9]*+);?)"
)

_FOREIGN = frozenset({"svg", "math"})
_LEAVES_FOREIGN = frozenset(
    """foreignobject desc annotation-xml mi mo mn ms mtext
    b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta
    nobr ol p pre ruby s small span strong strike sub sup table tt u ul var""".split()
)
"""Elements within SVG or MathML that lead back to HTML: integration points, and tags that break out."""
