"""Reads reStructuredText: docutils' markup and the directives of Sphinx that hold links.

The rules are docutils' (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html): embedded URIs, phrase and
simple references with their targets, anonymous ones, images and figures with `:target:`, substitutions, raw HTML, and
URLs without markup. Literals, code and comments are left out. Sphinx roles such as `:doc:` name no URL and are none.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from linkcheck.extract import markup
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.places import Places
from linkcheck.extract.prose import Found, Heading, Prose, folded
from linkcheck.model import Claim, Document, Role

if TYPE_CHECKING:
    from linkcheck.extract.rst_blocks import Blocks, Target


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read a reStructuredText document. Never raises on any text."""
    from linkcheck.extract.rst_blocks import Blocks  # noqa: PLC0415 - its patterns cost every run 15 ms

    text, places = document.text, Places(document)
    blocks = Blocks(text)
    found: list[Found] = []
    anonymous = iter(blocks.anonymous)
    for start, end in blocks.prose:
        _take_prose(text, start, end, found, (blocks, anonymous))
    for image in blocks.images:
        found.append(Found(image.opens, image.end, image.start, image.end, "image", image.alt, Role.IMAGE))
        if image.target:
            found.extend(_linked_image(text, image.opens, image.target, blocks))
    for start, end in blocks.raw_html:
        found.extend(markup.html_within(text, start, end))
    if wanted.include_code:
        for start, end in blocks.code:
            found.extend(markup.bare_within(text, start, end, element="code"))
    used = {(one.start, one.end) for one in found}
    # A target that nothing in this file refers to is still a link that somebody wrote: other files may include it.
    found.extend(
        Found(target.opens, target.end, target.start, target.end, "target", target.name)
        for target in blocks.targets.values()
        if target.end > target.start and target.is_url(text) and (target.start, target.end) not in used
    )
    headings = [Heading(*each) for each in blocks.headings]
    prose = Prose(document, places, plain, headings)
    claims = tuple(
        Claim(field, folded(value), "docinfo", places.line_column(at)[0]) for field, value, at in blocks.claims
    )
    return Extraction(references=prose.references(found), claims=(*prose.title(), *claims), opening=prose.opening())


def decoded(raw: str, element: str) -> str:
    """Say what a `raw` means as a URL: white space within goes, a backslash makes the next character literal."""
    if element in markup.OF_HTML:
        return markup.decoded(raw, element)
    if element in _STANDARDS:
        number, _, anchor = raw.partition("#")
        return _STANDARDS[element].format(int(number)) + (f"#{anchor}" if anchor else "")
    return _ESCAPE.sub(r"\1", "".join(raw.split())) if element in {"link", "image", "target"} else raw


def plain(text: str) -> str:
    """Leave the markup out."""
    text = _DIRECTIVE_MARK.sub(" ", text)
    text = _EMBEDDED.sub(r"\1", text)
    return _MARKS.sub("", text)


Known: TypeAlias = "tuple[Blocks, Iterator[Target]]"
"""The blocks of the document, and the anonymous targets that have not been taken yet."""


def _take_prose(text: str, start: int, end: int, found: list[Found], known: Known) -> None:
    """Take the elements of one run of text, then the URLs that stand between them."""
    blocks, anonymous = known
    at = start
    for match in _INLINE.finditer(text, start, end):
        phrase, word, substitution = match["phrase"], match["word"], match["substitution"]
        if phrase is None and word is None and substitution is None and match["literal"] is None:
            continue
        if word and "://" in text[max(at, match.start() - _URL_WINDOW) : match.start()].rpartition(" ")[2]:
            continue  # an underscore within a URL
        _take_bare(text, at, match.start(), found)
        at = match.end()
        if phrase is not None and (standard := _standard(match)):
            found.append(standard)
        elif phrase is not None and not match["role"]:
            _take_phrase(text, match, found, (blocks, anonymous))
        elif word:
            _take_name(text, match, word, found, (blocks, anonymous))
        elif substitution and match["called"] and (place := blocks.resolved(_name(substitution), text)):
            found.append(Found(match.start(), match.end(), *place, "link", substitution))
    _take_bare(text, at, end, found)


def _take_bare(text: str, start: int, end: int, found: list[Found]) -> None:
    if text.find(":", start, end) >= 0:
        found.extend(markup.bare_within(text, start, end))


def _take_phrase(text: str, match: re.Match[str], found: list[Found], known: Known) -> None:
    if embedded := _EMBEDDED_URI.search(text, match.start("phrase"), match.end("phrase")):
        words = text[match.start("phrase") : embedded.start()]
        start, end = embedded.span("uri")
        uri = text[start:end]
        if uri.endswith("_") and not uri.endswith("\\_"):
            place = known[0].resolved(_name(uri[:-1].strip("`")), text)
            if place:
                found.append(Found(match.start(), match.end(), *place, "link", words))
        elif match["after"]:
            found.append(Found(match.start(), match.end(), start, end, "link", words or uri))
    elif match["after"] in {"_", "__"}:
        _take_name(text, match, match["phrase"], found, known)


def _standard(match: re.Match[str]) -> Found | None:
    """Read a role that cites a PEP or an RFC by its number; Sphinx allows words before it, and a place behind it."""
    role = (match["role"] or match["after"] or "").strip(":").lower().removesuffix("-reference")
    said = _NUMBER.fullmatch(match["phrase"]) if role in _STANDARDS else None
    if said is None:
        return None
    start, end = (match.start("phrase") + at for at in said.span("number"))
    words = said["words"] or f"{role.upper()} {said['number']}"
    return Found(match.start(), match.end(), start, end, role, words.strip())


def _take_name(text: str, match: re.Match[str], name: str, found: list[Found], known: Known) -> None:
    """Take a reference by name, if the name is a URL's; an anonymous one takes the next anonymous target."""
    blocks, anonymous = known
    if match["after"] == "__" or match["under"] == "__":
        target = next(anonymous, None)
        place = blocks.followed(target, text) if target else None
    else:
        place = blocks.resolved(_name(name), text)
    if place:
        found.append(Found(match.start(), match.end(), *place, "link", name))


def _linked_image(text: str, opens: int, target: tuple[int, int], blocks: "Blocks") -> list[Found]:
    start, end = target
    raw = text[start:end]
    if raw.endswith("_") and not raw.endswith("\\_"):
        place = blocks.resolved(_name(raw[:-1].strip("`")), text)
        return [Found(opens, end, *place, "link", "")] if place else []
    return [Found(opens, end, start, end, "link", "")]


def _name(name: str) -> str:
    return folded(_ESCAPE.sub(r"\1", name)).casefold()


_URL_WINDOW = 200
_STANDARDS = {"pep": "https://peps.python.org/pep-{:04}/", "rfc": "https://datatracker.ietf.org/doc/html/rfc{}"}
"""Where docutils and Sphinx let roles lead that cite a standard by number."""
_NUMBER = re.compile(
    r"(?P<words>[^<]{0,500}(?=<))?(?P<open><)?(?P<number>[0-9]{1,5}(?:\#[\w.:-]{1,200})?)(?(open)>)", re.ASCII
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_EMBEDDED_URI = re.compile(r"(?:(?<=[\s`])|(?<=^))<(?P<uri>[^<>`]{1,4000})>\Z")
_EMBEDDED = re.compile(r"`([^`<]{0,500}?)\s?<[^<>`]{1,2000}>`__?")
_MARKS = re.compile(
    r"(?<![\w\\])(?::[\w:+.-]{1,40}:)?`{1,2}|`{1,2}(?:__?|:[\w:+.-]{1,40}:)?|\*{1,2}|(?<=\w)__?(?!\w)|\|_{0,2}|\\(?=\S)"
)
_DIRECTIVE_MARK = re.compile(
    r"^[^\S\n]*(?:\.\. [\w:|+ .-]{0,80}::|:[\w -]{1,40}:|[=\-`:.'\"~^_*+#<>]{3,}[^\S\n]*$)", re.MULTILINE
)

_INLINE = re.compile(
    r"""
      (?P<escaped>\\.)
    | (?P<literal>``(?=[^\s`]) .{0,4000}? ``(?!`))
    | (?<![\w`]) (?P<role>:[\w:+.-]{1,60}:)? ` (?P<phrase>(?=[^\s`]) (?:\\.|[^`\\]){1,6000}?) `
        (?P<after>__?(?![\w`])|:[\w:+.-]{1,60}:)?
    | \[ (?P<footnote>[\w#*.-]{1,60}) \]_
    | \| (?P<substitution>[^\s|](?:[^|]{0,200}[^\s|])?) \| (?P<called>__?)?
    | (?<![\w`.@\\*]) (?P<word>[^\W_](?:[-.+:_]?[^\W_]){0,100}) (?P<under>__?) (?![\w`])
    """,
    re.VERBOSE | re.DOTALL,
)

PLUGIN = Extractor(
    media_types=("text/x-rst", "text/prs.fallenstein.rst"),
    about="reStructuredText as docutils reads it: embedded URIs, references by name, images, substitutions, raw HTML.",
    suffixes=(".rst", ".rest"),
    extract=extract,
    decoded=decoded,
    knows_anchors=False,
)
