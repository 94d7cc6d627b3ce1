r"""Reads LaTeX: `\url`, `\href` and their kin (packages url, hyperref), and URLs without markup.

Comments, verbatim environments and `\verb` are left out. A URL keeps what hyperref takes literally; `\%`, `\#`, `\&`,
`\_` and `\~{}` are undone in `decoded` (https://ctan.org/pkg/hyperref, section 6; https://ctan.org/pkg/url). One that
holds a macro is a template; one whose scheme was left out is a web address all the same.
"""

import re
from collections.abc import Iterator

from linkcheck.extract import markup, schemeless
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.places import Places
from linkcheck.extract.plain import urls
from linkcheck.extract.prose import Found, Heading, Prose, folded
from linkcheck.model import Claim, Document


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read a LaTeX document. Never raises on any text."""
    text, places = document.text, Places(document)
    found: list[Found] = []
    headings: list[Heading] = []
    claims: list[Claim] = []
    at = reach = 0
    while match := _MARKUP.search(text, reach):
        reach = match.end()
        if match["escaped"]:  # which may stand within a URL
            continue
        _take_bare(text, at, match.start(), found)
        at = match.end()
        if match["environment"]:
            at = _after_environment(text, match)
            if wanted.include_code and match["environment"] != "comment":
                found.extend(markup.bare_within(text, match.end(), at, element="code"))
        elif match["command"]:
            at = _take_command(text, match, found)
        elif match["heading"] and (braces := _braces(text, at)):
            level = _HEADINGS.index(match["heading"])
            headings.append(Heading(match.start(), level, folded(plain(text[braces[0] : braces[1]]))))
            at = braces[0]
        elif match["claim"] and (braces := _braces(text, at)) and (words := folded(plain(text[braces[0] : braces[1]]))):
            field = _CLAIMS[match["claim"]]
            claims.append(Claim(field, words[:_LONGEST], f"\\{match['claim']}", places.line_column(match.start())[0]))
            at = braces[0]
        reach = at
    _take_bare(text, at, len(text), found)
    prose = Prose(document, places, plain, headings, breaks=_ITEM)
    return Extraction(references=prose.references(found), claims=tuple(claims), opening=prose.opening())


def links(text: str, start: int, end: int) -> Iterator[Found]:
    """Give the links between two characters, as BibTeX needs them for a field."""
    found: list[Found] = []
    at = reach = start
    while match := _MARKUP.search(text, reach, end):
        reach = match.end()
        if not match["escaped"]:
            _take_bare(text, at, match.start(), found)
            at = reach = min(_take_command(text, match, found) if match["command"] else reach, end)
    _take_bare(text, at, end, found)
    return iter(found)


def decoded(raw: str, element: str) -> str:
    r"""Say what a `raw` means as a URL; `\doi` is a DOI."""
    if "\\" in raw:
        raw = _TILDE.sub("~", raw)
        raw = _MACRO.sub(r"{\1}", _ESCAPED.sub(r"\1", raw))
    raw = "".join(raw.split())
    if element == "doi":
        return doi_url(raw)
    return schemeless.with_scheme(raw) if element in {"link", "url"} else raw


def doi_url(raw: str) -> str:
    """Give the address of a DOI, however it is written (https://www.doi.org/the-identifier/resources/handbook/)."""
    name = _DOI_PREFIX.sub("", raw.strip())
    return f"https://doi.org/{name}" if name.startswith("10.") else raw


def plain(text: str) -> str:
    """Leave the markup out."""
    text = _COMMENT.sub("", text)
    text = _HREF.sub(r"\1", text)
    text = _ACCENT.sub(_accented, text)
    text = _WORD_COMMAND.sub(" ", text)
    return _SIGNS.sub("", text.replace("~", " ").replace("---", "—").replace("--", "–"))  # noqa: RUF001 - an en dash


def _take_command(text: str, match: re.Match[str], found: list[Found]) -> int:
    """Take a command with a URL; give the place behind it."""
    name, at = match["command"], match.end()
    if name in {"href", "hhref"}:
        if options := _OPTIONS.match(text, at):
            at = options.end()
    elif name == "urldef" and (named := _URLDEF.match(text, at)):
        at = named.end()
    place = _braces(text, at) if name != "url" or text[at : at + 1] in "{ \t\r\n" else _delimited(text, at)
    if place is None:
        return at
    start, end, closes = place
    if name == "href" and (words := _braces(text, closes)):
        found.append(Found(match.start(), words[2], start, end, "link", plain(text[words[0] : words[1]][:_LONGEST])))
        return words[0]
    if text[start:end].strip() and (name != "nolinkurl" or "://" in text[start:end]):  # which only looks like a link
        element = "doi" if name == "doi" else "link" if name == "href" else "url"
        found.append(Found(match.start(), closes, start, end, element, text[start:end]))
    return closes


def _take_bare(text: str, start: int, end: int, found: list[Found]) -> None:
    if text.find("://", start, end) < 0:
        return
    # An escaped sign belongs to the URL as the sign alone would; its backslash is made such a sign for the search.
    masked = _ESCAPED.sub(lambda sign: sign[1] * 2, text[start:end])
    for begin, stop in urls(masked):
        raw_end = start + stop
        while raw_end > start + begin and text[raw_end - 1] == "\\":
            raw_end -= 1
        found.append(Found(start + begin, raw_end, start + begin, raw_end, "bare", text[start + begin : raw_end]))


def _after_environment(text: str, match: re.Match[str]) -> int:
    closing = f"\\end{{{match['environment']}}}"
    place = text.find(closing, match.end())
    return place + len(closing) if place >= 0 else len(text)


def _braces(text: str, at: int) -> tuple[int, int, int] | None:
    """Give start and end of what stands in the braces from here on, white space trimmed, and the place behind them."""
    opening = _OPENING.match(text, at)
    if opening is None:
        return None
    depth, start = 1, opening.end()
    for brace in _BRACE.finditer(text, start, start + _WIDEST):
        if brace[0] == "{":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif brace[0] == "}":
            depth -= 1
            if not depth:
                end = brace.start()
                value = text[start:end]
                left = start + len(value) - len(value.lstrip())
                return left, max(left, start + len(value.rstrip())), brace.end()
    return None


def _delimited(text: str, at: int) -> tuple[int, int, int] | None:
    r"""Read `\url|...|`."""
    sign = text[at : at + 1]
    if not sign or sign.isalnum() or sign in "\\*\n[":
        return None
    end = text.find(sign, at + 1, at + _WIDEST)
    return (at + 1, end, end + 1) if end >= 0 and "\n" not in text[at:end] else None


def _accented(found: re.Match[str]) -> str:
    import unicodedata  # noqa: PLC0415 - only texts with such commands need it

    mark = _COMBINING.get(found[1])
    letter = found[2].strip("{}\\ ")
    return unicodedata.normalize("NFC", letter[:1] + mark) + letter[1:] if mark and letter else letter


_LONGEST = 1000
_DEEPEST = 50
_WIDEST = 8000
"""Characters that braces may enclose here."""

_HEADINGS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_CLAIMS = {"title": "title", "author": "author", "date": "published"}
_MARKUP = re.compile(
    r"""
      (?P<escaped>\\[%\\])
    | (?P<comment>%[^\r\n]*+)
    | \\begin\s{0,9}\{(?P<environment>verbatim\*?|Verbatim\*?|BVerbatim|lstlisting\*?|minted|comment|filecontents\*?)\}
    | \\(?:verb|lstinline)\*?(?P<verb>[^\sA-Za-z*{\[])(?:(?!(?P=verb))[^\r\n]){0,2000}(?P=verb)
    | \\(?P<command>href|hhref|url|nolinkurl|burl|urldef|doi)(?![A-Za-z])\*?
    | \\(?P<heading>part|chapter|section|subsection|subsubsection|paragraph)\*?(?:\[[^\]\r\n]{0,500}\])?(?=\s{0,9}\{)
    | \\(?P<claim>title|author|date)(?:\[[^\]\r\n]{0,500}\])?(?=\s{0,9}\{)
    """,
    re.VERBOSE,
)
_OPENING = re.compile(r"\s{0,200}\{")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_OPTIONS = re.compile(r"\s{0,9}\[[^\]]{0,500}\]")
_URLDEF = re.compile(r"\s{0,9}\{?\\[A-Za-z@]{1,60}\}?\s{0,9}\\(?:url|path|nolinkurl)\b")
_ESCAPED = re.compile(r"\\([%#&_$~{}])")
_MACRO = re.compile(r"\\([A-Za-z@]{1,60})")
_ITEM = re.compile(r"(?=\\(?:(?:bib)?item|begin|end|par)(?![A-Za-z]))")
_TILDE = re.compile(r"\\~\{\}|\\textasciitilde(?:\{\}|\s)?|\\string~|\{?\\raise[^{}]{0,80}\\sim\$?\}?")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_COMMENT = re.compile(r"(?<!\\)%[^\r\n]*+")
_HREF = re.compile(r"\\href\s{0,9}\{[^{}]{0,2000}\}\s{0,9}\{([^{}]{0,1000})\}")
_ACCENT = re.compile(r"\\([\"'`^~=.]|[uvHcdbkr](?![A-Za-z]))\s{0,2}(\{\\?[A-Za-z]{1,2}\}|\\?[A-Za-z])")
_COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
_WORD_COMMAND = re.compile(r"\\(?:begin|end)\{[^{}]{0,60}\}(?:\[[^\]]{0,200}\])?|\\[A-Za-z@]{1,40}\*?\s?")
_SIGNS = re.compile(r"[{}$\\]")

PLUGIN = Extractor(
    media_types=("text/x-tex", "application/x-tex", "application/x-latex", "text/x-latex"),
    about="LaTeX: `\\url`, `\\href`, `\\doi`, URLs without markup.",
    suffixes=(".tex", ".latex", ".ltx"),
    extract=extract,
    decoded=decoded,
    knows_anchors=False,
)
