"""Finds user names and passwords in URLs (RFC 3986 3.2.1) wherever they stand in a text, and takes them out.

The text may be HTML, Markdown, JSON or any other format, so that `/`, `:` and `@` are also found as character
references, behind a backslash, and percent-encoded as in `?url=https%3A%2F%2Fme%3Asecret%40example.org`. What is no
URL but looks like one (`//me@example.org` in a comment) is hidden, too. Linear in the length of the text.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

HIDDEN = "***"
_SLASH = r"(?:\\?/|&#0*47;|&#x0*2f;|&sol;|\\u002f)"
_SCHEME = r"(?:https?|ftp|wss?):"
_SLASHES = rf"(?:{_SLASH}{{2}}|\b{_SCHEME}(?:\\\\){{1,2}})"
"""Two backslashes are slashes behind a scheme alone (WHATWG). One may begin an escape: `/\n` is no pair of slashes."""
_COLON = r"(?::|&#0*58;|&#x0*3a;|&colon;|\\u003a)"
_AT = r"(?:\\?@|&#0*64;|&#x0*40;|&commat;|\\u0040)"
_NAME = r"[\w.~%!$&*+=;-]"
"""Of a user name: no comma, quote or bracket, behind which a list, a text or a link target may begin."""
_REST = r"""(?:[^\s/?#\\<>"]|&#(?:0*64|x0*40);)"""
_PLAIN = rf"({_SLASHES})(?!git{_AT})({_NAME}+(?:{_COLON}{_REST}*)?|{_COLON}{_REST}*)({_AT})"
"""`git@` says nothing of anybody."""
_UNSLASHED = rf"(\b{_SCHEME}{_SLASH}?)(?![/\\])({_NAME}+(?:{_COLON}(?:(?!{_SCHEME}){_REST})*)?)({_AT})"
"""To WHATWG `https:me:secret@example.org` is a URL, too. It ends before another, else time would be quadratic."""
_ENCODED = r"(%2f%2f)((?:(?!%2f|%3f|%23|%40)[\w.~%!$&*+=-])*(?:%3a(?:(?!%2f|%3f|%23)[^\s/?#\\<>\"&])*)?)(%40)"
_TEXT = [re.compile(pattern, re.IGNORECASE) for pattern in (_PLAIN, _UNSLASHED, _ENCODED)]
_BYTES = [
    re.compile(pattern.replace(r"[\w.", r"[\w\x80-\xff.").encode("latin-1"), re.IGNORECASE)
    for pattern in (_PLAIN, _UNSLASHED, _ENCODED)
]
_CLUES = ("@", "64;", "x40;", "commat;", "u0040", "%40")
_LETTER, _DIGIT = re.compile(rb"[A-Za-z]"), re.compile(rb"[0-9]")
_WIDE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAME = {2: "\u00e4".encode(), 3: "\u4e00".encode(), 4: "\U00020000".encode()}


def hidden(text: str) -> str:
    """Return a text with `***` in place of every userinfo."""
    if any(clue in text for clue in _CLUES):
        for pattern in _TEXT:
            text = pattern.sub(rf"\g<1>{HIDDEN}\g<3>", text)
    return text


def hidden_in_json(data: bytes) -> bytes:
    """Return JSON with `***` in place of every userinfo in its strings."""
    if not any(clue.encode() in data for clue in _CLUES):
        return data
    return msgspec.json.encode(_mapped(msgspec.json.decode(data), hidden))


def blanked_json(data: bytes) -> bytes:
    """Return JSON whose strings are `blanked`."""
    if not any(clue.encode() in data for clue in _CLUES):
        return data
    return msgspec.json.encode(_mapped(msgspec.json.decode(data), lambda text: blanked(text.encode()).decode()))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case list():
            return [_mapped(one, change) for one in value]
        case dict():
            return {change(key): _mapped(one, change) for key, one in value.items()}
        case _:
            return value


def removed(text: str) -> str:
    """Return the path of a URL that embeds others without their userinfo, and without the `@` behind it."""
    if any(clue in text for clue in _CLUES):
        for pattern in _TEXT:
            text = pattern.sub(r"\g<1>", text)
    return text


def blanked(data: bytes) -> bytes:
    """Return a text of the same length and structure that tells no userinfo: letters are `a`, digits `0`.

    Punctuation stays, so that a parser finds in it what it finds in the text itself.
    """
    if any(clue.encode() in data for clue in _CLUES):
        for pattern in _BYTES:
            data = pattern.sub(lambda found: found[1] + _blank(found[2]) + found[3], data)
    return data


def places(data: bytes) -> Sequence[tuple[int, int]]:
    """Return where userinfo stands in a text, in order."""
    if not any(clue.encode() in data for clue in _CLUES):
        return ()
    return sorted(found.span(2) for pattern in _BYTES for found in pattern.finditer(data))


def _blank(secret: bytes) -> bytes:
    plain = _DIGIT.sub(b"0", _LETTER.sub(b"a", secret))
    return _WIDE.sub(lambda found: _SAME[len(found[0])], plain)
