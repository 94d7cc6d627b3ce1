"""Reads Org: `[[target][text]]`, URLs without markup, and files.

The rules are those of https://orgmode.org/manual/External-Links.html. Blocks of source, examples and comments, fixed
width and verbatim text are left out. Links to headings, ids and search words of the same document, and abbreviations of
`#+LINK`, are no URLs.
"""

import re

from linkcheck.extract import markup
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.latex import doi_url
from linkcheck.extract.places import Places
from linkcheck.extract.prose import Found, Heading, Prose
from linkcheck.model import Claim, Document, Role


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read an Org document. Never raises on any text."""
    text, places = document.text, Places(document)
    found: list[Found] = []
    headings: list[Heading] = []
    claims: list[Claim] = []
    at = 0
    never: set[str] = set()
    while match := _MARKUP.search(text, at):
        found.extend(markup.bare_within(text, at, match.start()))
        at = match.end()
        if match["block"]:
            at = _take_block(text, match, found, never, includes_code=wanted.include_code)
        elif match["path"] is not None:
            found.extend(_link(match))
        elif match["stars"]:
            headings.append(Heading(match.start(), len(match["stars"]), " ".join(plain(match["heading"]).split())))
            at = match.start("heading")
        elif match["key"] and (field := _CLAIMS.get(match["key"].lower())) and match["value"].strip():
            key, line = match["key"].upper(), places.line_column(match.start())[0]
            claims.append(Claim(field, match["value"].strip("<> \t"), f"#+{key}", line))
        elif match["key"] and match["key"].lower() != "link":
            found.extend(markup.bare_within(text, match.start("value"), at))
        elif match["fixed"] and wanted.include_code:
            found.extend(markup.bare_within(text, match.start(), at, element="code"))
    found.extend(markup.bare_within(text, at, len(text)))
    prose = Prose(document, places, plain, headings)
    titles = prose.title() if not any(claim.field == "title" for claim in claims) else ()
    return Extraction(references=prose.references(found), claims=(*claims, *titles), opening=prose.opening())


def decoded(raw: str, element: str) -> str:
    """Say what a `raw` means as a URL: `file:` is a path, `doi:` a DOI; a backslash keeps a bracket literal."""
    if element not in {"link", "image"}:
        return markup.decoded(raw, element)
    raw = _ESCAPE.sub(r"\1", raw)
    if raw.lower().startswith("doi:"):
        return doi_url(raw)
    return _FILE.sub("", raw)


def plain(text: str) -> str:
    """Leave the markup out."""
    text = _LINK.sub(lambda found: found[2] or found[1], text)
    text = _KEYWORD.sub(" ", text)
    return _SIGNS.sub("", text)


def _link(match: re.Match[str]) -> list[Found]:
    """Take a link in brackets, if it leads out of the document."""
    start, end = match.span("path")
    target, text = match["path"], match["text"] or ""
    if _FILE.match(target) or target.startswith(("./", "../", "/")):
        end = start + len(target.partition("::")[0])  # a place in the file follows
        is_image = not text and target.lower().endswith(_IMAGES)
        return [
            Found(match.start(), match.end(), start, end, "image" if is_image else "link", text,
                  Role.IMAGE if is_image else None)
        ]  # fmt: skip
    if _WEB.match(target):
        return [Found(match.start(), match.end(), start, end, "link", text or target)]
    return []


def _take_block(text: str, match: re.Match[str], found: list[Found], never: set[str], *, includes_code: bool) -> int:
    """Take `#+BEGIN_...`; give the place behind it, or behind its first line where it holds text."""
    name = match["block"].lower()
    if name not in _CODE and name not in {"comment", "export"}:
        return match.end()
    closing = None
    if name not in never:
        closing = re.compile(rf"^[ \t]*#\+end_{name}\b[^\r\n]*", re.MULTILINE | re.IGNORECASE).search(text, match.end())
    if closing is None:
        never.add(name)
        return match.end()
    if name == "export" and "html" in match["arguments"].lower():
        found.extend(markup.html_within(text, match.end(), closing.start()))
    elif name in _CODE and includes_code:
        found.extend(markup.bare_within(text, match.end(), closing.start(), element="code"))
    return closing.end()


_CODE = frozenset({"src", "example"})
_CLAIMS = {"title": "title", "author": "author", "date": "published"}
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_ESCAPE = re.compile(r"\\([\[\]\\])")
_FILE = re.compile(r"file(?:\+(?:sys|emacs))?:(?://(?=/))?", re.IGNORECASE)
_WEB = re.compile(r"(?:https?|ftp):|doi:10\.|mailto:|//|www\.", re.IGNORECASE)
_MARKUP = re.compile(
    r"""
      \[\[ (?P<path>(?:\\[\[\]\\]|[^\[\]\r\n]){1,4000}+) \]
      (?:\[ (?P<text>(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,1000}+) \])? \]
    | ^[ \t]{0,40}\#\+begin_(?P<block>\w{1,40})(?P<arguments>[^\r\n]*+)
    | ^[ \t]{0,40}\#\+(?P<key>\w{1,40})(?:\[[^\]\r\n]{0,200}\])?:[ \t]*(?P<value>[^\r\n]*+)
    | ^[ \t]{0,40}(?P<comment>\#(?=[ \t\r\n])[^\r\n]*+)
    | ^[ \t]{0,40}(?P<fixed>:(?=[ \t\r\n])[^\r\n]*+)
    | ^(?P<stars>\*{1,20})[ \t]+(?P<heading>[^\r\n]*+)
    | (?<![^\s({'"\-])(?P<verbatim>(?P<sign>[=~])(?=\S)[^\r\n]{1,500}?(?<=\S)(?P=sign))(?![^\s)}'"\-.,;:!?\[])
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_LINK = re.compile(r"\[\[([^\[\]\n]{1,2000})\](?:\[([^\[\]]{0,1000})\])?\]")
_KEYWORD = re.compile(r"^[ \t]*(?:#\+?[^\n]*|:[A-Za-z_]{1,40}:|\*{1,20}(?=[ \t]))", re.MULTILINE)
_SIGNS = re.compile(r"(?<![\w])[*/_=~+](?=\S)|(?<=\S)[*/_=~+](?![\w/])")

PLUGIN = Extractor(
    media_types=("text/org", "text/x-org"),
    about="Org: links in brackets, files, URLs without markup.",
    suffixes=(".org",),
    extract=extract,
    decoded=decoded,
    knows_anchors=False,
)
