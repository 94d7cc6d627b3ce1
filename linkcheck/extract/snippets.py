"""Reads a few characters of a page without a tree: attributes of a tag, the text of an element, a line of text.

Whatever it is given, it looks at a few thousand characters at most.
"""

import re

from linkcheck.extract.tags import decoded_text


def attributes(tag: str) -> dict[str, str]:
    """Read the attributes of a tag, names in lower case; the first of a repeated name wins."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag[:LONGEST]):
        found.setdefault(name.lower(), decoded_text(double or single or bare))
    return found


def inner(text: str, start: int) -> str:
    """Give the text from here to the end of its line or block."""
    end = _BLOCK_END.search(text, start, start + LONGEST)
    if end is None:
        return ""
    if text.find("<s", start, end.start()) >= 0 or text.find("<!", start, end.start()) >= 0:
        window = UNSEEN.sub(blank, text[start : start + LONGEST])
        end = _BLOCK_END.search(window)
        return line(window[: end.start()]) if end else ""
    return line(text[start : end.start()])


def line(markup: str) -> str:
    """Give the text of markup, on one line."""
    if "<" in markup:
        cut = markup.rfind("<")
        markup = _TAG.sub(" ", markup[:cut] if ">" not in markup[cut:] else markup)
    return folded(decoded_text(markup))


def folded(text: str) -> str:
    """Fold white space, and cut what is too long."""
    return " ".join(text[:LONGEST].split())


def blank(found: re.Match[str]) -> str:
    """Give as many spaces as there were characters, so that all others keep their places."""
    return " " * (found.end() - found.start())


LONGEST = 3000
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
UNSEEN = re.compile(
    r"<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)"
    r"|<((?:script|style|svg|noscript)\b)[^<]*+(?:<(?!/\1)[^<]*+)*+(?:</\1\s*>|\Z)",
    re.IGNORECASE,
)
"""Comments, and elements of which nothing is read, up to their ends."""
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|br|tr|td|section|header|footer|article|aside|figure|figcaption|time|nav|dd|dt|dl)\b[^>]*>",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|br|tr|td|section|header|footer|article|aside|figure|time|nav|dd|dt|dl)\b|</a>|</span>|</address>",
    re.IGNORECASE,
)
