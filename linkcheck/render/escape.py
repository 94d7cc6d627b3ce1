"""Makes text from outside harmless: for a terminal, and for Markdown as GitHub renders it.

Titles, URLs and anchor texts may hold escape sequences that drive a terminal, characters that turn the reading
direction, and markup. They are stripped, folded into one line and escaped here, and nowhere else.
"""

import re
from urllib.parse import quote

from linkcheck import uri

LIMIT = 4096
"""Characters that are looked at; no report shows more of one text."""


def plain(text: str) -> str:
    """Give one line of printable text: no controls, bidi controls or zero-width characters, whitespace folded."""
    kept = " ".join(_UNPRINTABLE.sub("", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text[:LIMIT])).split())
    return kept if len(text) <= LIMIT else kept + "…"


def verbatim(text: str) -> str:
    """Give a line for a code block, white space as it is; what cannot be seen becomes U+FFFD, so that nothing hides."""
    return _LINE_BREAK.sub(" ", _UNPRINTABLE.sub("\ufffd", _SURROGATE.sub("\ufffd", text)))


def cell(text: str) -> str:
    """Return one line of text that no spreadsheet takes for a formula (CWE-1236; OWASP, CSV injection)."""
    text = verbatim(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def uncommanding(line: str) -> str:
    """Give a line of a log without commands to the CI that keeps it, which a title or file name might give.

    GitHub obeys `::name ...::` at a line's start and `##[name]` anywhere, Azure Pipelines `##vso[...]`, TeamCity
    `##teamcity[...]` (github.com/actions/runner, ActionCommand.cs; Azure DevOps, logging commands).
    """
    return _COMMAND.sub(r"\g<0> ", line) if "::" in line or "##" in line else line


def message(text: str) -> str:
    """Return one line for stderr, which may be the log of a CI: as `plain`, and without commands to that."""
    return uncommanding(plain(text))


def inline(text: str) -> str:
    """Give text that Markdown shows as it is: no markup, link, table cell, HTML, mention or issue comes of it."""
    return _BLOCK_START.sub(r"\1\\", _escaped(plain(text)))


def sentence(text: str) -> str:
    """Give text as `inline` does, but what stands between backticks is a code span."""
    pieces = _QUOTED.split(plain(text))
    escaped = (code(piece) if position % 2 else _escaped(piece) for position, piece in enumerate(pieces))
    return _BLOCK_START.sub(r"\1\\", "".join(escaped))


def _escaped(text: str) -> str:
    escaped = _ISSUE.sub("#&#8203;", _MARKUP.sub(r"\\\g<0>", text))
    return _WWW.sub(r"\1\\.", escaped.replace("|", "&#124;").replace("@", "@&#8203;"))


def code(text: str) -> str:
    """Give a code span that shows the text; a pipe, which would end a table cell even there, is spelled out as text."""
    text = plain(text)
    if not text:
        return "(empty)"
    if "|" in text:
        return inline(text)
    fence = fence_for(text, 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def fence_for(text: str, least: int) -> str:
    """Give backticks, at least that many, that are longer than any run of them in the text."""
    return "`" * max(least, 1 + max((len(run) for run in _BACKTICKS.findall(text)), default=0))


def address(url: str) -> str:
    """Give a URL as the destination of a Markdown link that is written in angle brackets, brackets included."""
    whole = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", url)
    encoded = _UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), whole)
    return f"<{_ENTITY.sub('&amp;', encoded)}>"


def link(label: str, url: str) -> str:
    """Give a Markdown link with a label that is Markdown already; only web addresses can be followed."""
    return f"[{label}]({address(url)})" if uri.scheme_of(url) in uri.WEB else f"{label} {code(url)}"


_FORMULA = ("=", "+", "-", "@", "\t", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With the full-width forms, which East Asian versions of spreadsheets take for the same."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # C0, DEL and C1, but for those that are white space
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"  # soft hyphen and other invisible letters
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidi marks, embeddings, overrides, isolates
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"  # fillers, BOM, interlinear annotation, what XML 1.0 forbids
    "\U000e0000-\U000e007f]"  # tags
)
_LINE_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_COMMAND = re.compile(r"^\s*(?:\x1b\[\d+m)?:(?=:)|##(?=(?:vso|teamcity)?\[)", re.IGNORECASE)
_MARKUP = re.compile(r"[\\`*_\[\]<>#~$]|&(?=#?\w{1,40};)|:(?=//|[\w+-]{1,40}:)|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)
_ISSUE = re.compile(r"#(?=\d)")
_WWW = re.compile(r"(www)\.", re.IGNORECASE)
_BLOCK_START = re.compile(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[-+](?:\s|$)|[-=]+$))")
_QUOTED = re.compile("`([^`]+)`")
_BACKTICKS = re.compile("`+")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>|`\\]|" + _UNPRINTABLE.pattern)
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
