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
_CLUE = r"(?:@|&#0*64;|&#x0*40;|&commat;|\\u0040|%40)"
_WORD = rf"(?<!\S)\S*?{_CLUE}\S*"
"""What can hold userinfo at all: the patterns above, which cost more, look at nothing else."""
_TEXT_WORD, _BYTES_WORD = re.compile(_WORD, re.IGNORECASE), re.compile(_WORD.encode(), re.IGNORECASE)
_TEXT_CLUE, _BYTES_CLUE = re.compile(_CLUE, re.IGNORECASE), re.compile(_CLUE.encode(), re.IGNORECASE)
_LETTER, _DIGIT = re.compile(rb"[A-Za-z]"), re.compile(rb"[0-9]")
_WIDE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAME = {2: "\u00e4".encode(), 3: "\u4e00".encode(), 4: "\U00020000".encode()}


def hidden(text: str) -> str:
    """Return a text with `***` in place of every userinfo."""
    return _replaced(text, rf"\g<1>{HIDDEN}\g<3>")


def removed(text: str) -> str:
    """Return the path of a URL that embeds others without their userinfo, and without the `@` behind it."""
    return _replaced(text, r"\g<1>")


def blanked(data: bytes) -> bytes:
    """Return a text of the same length and structure that tells no userinfo: letters are `a`, digits `0`.

    Punctuation stays, so that a parser finds in it what it finds in the text itself.
    """

    def blank(found: re.Match[bytes]) -> bytes:
        word = found[0]
        for pattern in _BYTES:
            word = pattern.sub(lambda part: part[1] + _blank(part[2]) + part[3], word)
        return word

    return _BYTES_WORD.sub(blank, data) if _BYTES_CLUE.search(data) else data


def places(data: bytes) -> Sequence[tuple[int, int]]:
    """Return where userinfo stands in a text, in order."""
    if not _BYTES_CLUE.search(data):
        return ()
    return sorted(
        (word.start() + found.start(2), word.start() + found.end(2))
        for word in _BYTES_WORD.finditer(data)
        for pattern in _BYTES
        for found in pattern.finditer(word[0])
    )


def hidden_in_json(data: bytes) -> bytes:
    """Return JSON with `***` in place of every userinfo in its strings."""
    return _with_strings(data, hidden)


def blanked_json(data: bytes) -> bytes:
    """Return JSON whose strings are `blanked`."""
    return _with_strings(data, lambda text: blanked(text.encode()).decode())


def _replaced(text: str, by: str) -> str:
    def replace(found: re.Match[str]) -> str:
        word = found[0]
        for pattern in _TEXT:
            word = pattern.sub(by, word)
        return word

    return _TEXT_WORD.sub(replace, text) if _TEXT_CLUE.search(text) else text


def _with_strings(data: bytes, change: Callable[[str], str]) -> bytes:
    if not _BYTES_CLUE.search(data):
        return data
    return msgspec.json.encode(_mapped(msgspec.json.decode(data), change))


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


def _blank(secret: bytes) -> bytes:
    plain = _DIGIT.sub(b"0", _LETTER.sub(b"a", secret))
    return _WIDE.sub(lambda found: _SAME[len(found[0])], plain)
