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
    r"<(?=[!sSnN])(?:!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)"
    r"|((?i:script|style|svg|noscript)\b)[^<]*+(?:<(?!/(?i:\1))[^<]*+)*+(?:</(?i:\1)\s*>|\Z))"
)
"""Comments, and elements of which nothing is read, up to their ends."""
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def _in_any_case(*names: str) -> str:
    """Give a pattern that is tried faster than one that ignores case, since no letter need be folded."""
    return "|".join("".join(f"[{one}{one.upper()}]" if one.isalpha() else one for one in name) for name in names)


_BLOCKS = (
    *("p", "div", "li", "ul", "ol", "br", "tr", "td", "section", "header", "footer", "article", "aside", "figure"),
    *("time", "nav", "dd", "dt", "dl"),
)
_FIRST_LETTERS = "(?=[pdhlubtsfanoPDHLUBTSFANO])"
BLOCK = re.compile(rf"</?{_FIRST_LETTERS}(?:{_in_any_case(*_BLOCKS, 'figcaption')}|[hH][1-6])\b[^>]*>")
_BLOCK_END = re.compile(
    rf"</?{_FIRST_LETTERS}(?:(?:{_in_any_case(*_BLOCKS)}|[hH][1-6])\b"
    rf"|(?<=/)(?:{_in_any_case('a', 'span', 'address')})>)"
)
