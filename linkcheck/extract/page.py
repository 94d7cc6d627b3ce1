"""Keeps what is worth keeping of a fetched page: facts, visible text, and answers about fragments.

It works on patterns and not on a tree: tree builders take quadratic time on a megabyte of unclosed tags, of options
or of attributes, and any server may send that. Every step here is linear, and the whole takes a millisecond for 50 kB.
"""

import hashlib
import re
import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import uri
from linkcheck.extract.decode import decode
from linkcheck.extract.fragments import match
from linkcheck.extract.free_access import is_free
from linkcheck.extract.tags import Tag, decoded_text, scan
from linkcheck.model import FragmentAnswer, PageFacts, Response
from linkcheck.words import count, count_tokens, is_spaceless, tokens


class Reading(Struct, frozen=True):
    """What one page says."""

    facts: PageFacts
    text: str
    """The visible text, white space folded; empty where there is none to read."""
    answers: dict[str, FragmentAnswer]
    """By fragment, as asked."""
    is_free: bool | None = None
    """What the page says of its being free to read; None where it says nothing."""
    headings: tuple[str, ...] = ()
    """The first headings of the three upper levels, in order."""
    is_noindex: bool = False
    """Whether it asks search engines to leave it out."""
    is_script: bool = False
    """Whether a script builds it, so that hardly a word is in the markup."""
    is_dated: bool = False
    """Whether it says when it was published, as articles do."""
    shown: str = ""
    """The markup without comments, scripts and other elements of which nothing is seen."""


def read(response: Response, fragments: Sequence[str] = ()) -> Reading:
    """Read a response. What is no text (an image, a PDF) has no words and cannot tell about fragments."""
    facts = PageFacts(
        language=(response.header("content-language") or "").partition(",")[0].strip() or None,
        etag=response.header("etag"),
        last_modified=response.header("last-modified"),
        certificate_end=response.certificate_end,
    )
    is_html = _is_html(response)
    if not (is_html or _is_text(response)):
        return Reading(facts, "", _cannot_tell(fragments, "not a page"))
    media_type = "text/html" if is_html else response.media_type or "text/plain"
    source = decode(response.body, media_type=media_type, declared=_charset(response)).text
    if not is_html:
        words = source.split()
        text = " ".join(words)
        return Reading(_with_words(facts, words, text), text, _cannot_tell(fragments, "not an HTML page"))
    shown = _HIDDEN.sub(" ", source)
    head = _head(shown)
    words = visible_words(_TITLE.sub(" ", shown, count=1))
    text = " ".join(words)
    is_script = _is_script(source, shown, text)
    headings = [_content(shown, tag) for tag in head.headings]
    return Reading(
        _with_words(_with_head(facts, head, headings, shown, response.url), words, text),
        text,
        _answers(fragments, source, is_cut=response.truncated, is_script=is_script),
        is_free(source),
        headings=tuple(filter(None, headings)),
        is_noindex=head.is_noindex,
        is_script=is_script,
        is_dated=any(mark in source for mark in _DATED),
        shown=shown,
    )


def markup_of(response: Response, limit: int) -> str | None:
    """Decode the first bytes of an HTML page; None where it is none."""
    if not _is_html(response):
        return None
    return decode(response.body[:limit], media_type="text/html", declared=_charset(response)).text


def visible_words(markup: str) -> list[str]:
    """Give the words of markup that holds no scripts and comments; an inline tag within a word does not split it."""
    text = _ANY_TAG.sub(" ", _WITHIN_WORD.sub("", markup)) if "<" in markup else markup
    return decoded_text(text).split()


def simhash(words: Sequence[str]) -> int | None:
    """Give 64 bits of which few differ between texts that share most of their word 3-shingles (Manku 2007).

    None without words; a text of one or two words counts as one shingle.
    """
    if not words:
        return None
    hashes = [_word_hash(word[:_LONGEST_WORD]) for word in words]
    hashes += [(0, 0, 0)] * (3 - len(hashes))
    triples = zip(hashes, hashes[1:], hashes[2:], strict=False)
    shingles = [one[0] ^ other[1] ^ third[2] for one, other, third in triples]
    rows = struct.pack(f">{len(shingles)}Q", *shingles)
    return (_majority_of_few if len(shingles) < _MANY else _majority)(rows, len(shingles))


def _majority_of_few(rows: bytes, count: int) -> int:
    """Give the bits that most of up to 254 numbers of 64 bits have.

    The rest of a division by 2**64 - 1 is the sum of a number's digits of 64 bits: so eight counters of a byte each are
    added up at a time. What is missing to 128 at half of them is added to each: then its highest bit is the answer.
    """
    number, lowest_bits = int.from_bytes(rows, "big"), int.from_bytes(b"\x01" * len(rows), "big")
    missing = _LOWEST * (127 - count // 2)
    result = 0
    for bit in range(8):
        counted = (number >> bit & lowest_bits) % _ALL_ONES
        result |= (counted + missing >> 7 & _LOWEST) << bit
    return result


def _majority(rows: bytes, count: int) -> int:
    """Give the bits that most numbers of 64 bits have."""
    lowest_bits = int.from_bytes(b"\x01" * count, "big")
    result = 0
    for byte in range(8):  # a column of bytes at a time, as one number: bit by bit would take a hundred times as long
        column = int.from_bytes(rows[byte::8], "big")
        for bit in reversed(range(8)):
            ones = (column >> bit & lowest_bits).bit_count()
            result = result << 1 | (2 * ones > count)
    return result


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> tuple[int, int, int]:
    """Give 64 bits as they are in the first, second and third place of a shingle: rotated, so that order counts."""
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    first = int.from_bytes(digest, "big")
    return first, first << 24 & _ALL_ONES | first >> 40, first << 40 & _ALL_ONES | first >> 24


def _is_html(response: Response) -> bool:
    if response.media_type:
        return response.media_type in _HTML
    return response.body[:_SNIFFED].lstrip(b"\xef\xbb\xbf\t\n\f\r ").startswith(b"<")


def _is_text(response: Response) -> bool:
    """Take for text what is undeclared and has no bytes of binary data (WHATWG MIME Sniffing 7.1 and 3).

    A small answer in JSON or XML is text, too: it may be an error.
    """
    if response.media_type:
        is_small = len(response.body) <= _SMALL and not response.truncated
        return response.media_type.startswith("text/") or (is_small and bool(_DATA.search(response.media_type)))
    return _BINARY.search(response.body[:_RESOURCE_HEADER]) is None


def _charset(response: Response) -> str | None:
    found = _CHARSET.search(response.header("content-type") or "")
    return found[1] if found else None


def _with_words(facts: PageFacts, words: Sequence[str], text: str) -> PageFacts:
    if not words:
        return facts
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    parts = tokens(text) if is_spaceless(text) else words
    return replace(facts, words=count_tokens(parts), text_digest=digest, simhash=simhash(parts))


class _Head(Struct):
    """What the page says of itself: the first of each tag that says so, and its first headings."""

    tags: dict[str, Tag]
    headings: list[Tag]
    is_noindex: bool = False


def _head(shown: str) -> _Head:
    head = _Head({}, [])
    tags, headings = head.tags, head.headings
    for found in _TELLING.finditer(shown):
        kind = found[1].lower()
        if kind in _HEADINGS:
            is_wanted = len(headings) < _MOST_HEADINGS or (kind == "h1" and all(one.name != kind for one in headings))
            if is_wanted and (tag := _tag(found, kind)):
                headings.append(tag)
            continue
        if kind == "meta" and not head.is_noindex:
            said = found[0].lower()
            head.is_noindex = "noindex" in said and "robots" in said
        needle = _NEEDLES.get(kind)
        if kind in tags or (needle and needle not in found[0].lower()):
            continue
        if (tag := _tag(found, kind)) and _tells(kind, tag):
            tags[kind] = tag
    return head


def _tag(found: re.Match[str], kind: str) -> Tag | None:
    start, end = found.span()
    if end - start == len(kind) + len("<>"):  # as most titles and headings are written
        return Tag(kind, (), start, end, is_end=False)
    return next(scan(found.string, start, end), None)


def _with_head(facts: PageFacts, head: _Head, headings: Sequence[str | None], shown: str, url: str) -> PageFacts:
    tags = head.tags
    base, link = tags.get("base"), tags.get("link")
    start = (uri.resolve(base.get("href") or "", url) if base else None) or url
    return replace(
        facts,
        title=_content(shown, tags.get("title")),
        h1=next((said for tag, said in zip(head.headings, headings, strict=True) if tag.name == "h1"), None),
        og_title=_folded(tags["meta"].get("content") or "") if "meta" in tags else None,
        language=(tags["html"].get("lang") if "html" in tags else None) or facts.language,
        canonical=uri.resolve(link.get("href") or "", start) if link else None,
    )


def _tells(kind: str, tag: Tag) -> bool:
    match kind:
        case "meta":
            return "og:title" in {tag.get("property"), tag.get("name")}
        case "link":
            return "canonical" in (tag.get("rel") or "").lower().split() and bool(tag.get("href"))
        case "base":
            return tag.get("href") is not None
        case _:
            return True


def _content(shown: str, tag: Tag | None) -> str | None:
    """Give the text up to the end tag; nothing is that long that has lost its end tag."""
    if tag is None:
        return None
    begin = tag.end
    closing = _END[tag.name].search(shown, begin, begin + _LONGEST)
    return " ".join(visible_words(shown[begin : closing.start()]))[:_LONGEST] or None if closing else None


def _folded(text: str) -> str | None:
    return " ".join(text.split())[:_LONGEST] or None


def _is_script(source: str, shown: str, text: str) -> bool:
    """Return True if a script builds the page: hardly a word, and a root to fill or more script than page."""
    if count(text[:_OPENING]) >= _FEW_WORDS or not _SCRIPT.search(source):
        return False
    return bool(_EMPTY_ROOT.search(shown)) or len(source) - len(shown) > len(shown)


def _answers(fragments: Sequence[str], source: str, *, is_cut: bool, is_script: bool) -> dict[str, FragmentAnswer]:
    if not fragments:
        return {}
    ids = {
        attribute.value: None
        for tag in scan(source)
        for attribute in tag.attributes
        if attribute.name == "id" or (attribute.name == "name" and tag.name == "a")
    }
    answers = {fragment: match(fragment, ids, is_complete=not is_cut, is_local=False) for fragment in fragments}
    if is_script:
        unknown = FragmentAnswer(None, note="the page is built by a script")
        answers = {name: unknown if answer.found is False else answer for name, answer in answers.items()}
    return answers


def _cannot_tell(fragments: Iterable[str], why: str) -> dict[str, FragmentAnswer]:
    return {fragment: FragmentAnswer(None, note=why) for fragment in fragments}


_SPACE = r"\t\n\f\r "
_NAME_END = rf"(?=[{_SPACE}/>])"
_TAG_END = rf"""(?:[^>=]++|=[{_SPACE}]*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|))*+(?:>|\Z)"""
"""The rest of a tag, where a `>` in a quoted value does not count; what is never closed goes to the end."""

_COMMENT = r"!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>)?)"
_UNSEEN = r"((?i:script|style|noscript|template|textarea|iframe|noembed|noframes|xmp))"
_HIDDEN = re.compile(
    rf"<(?=[!sSnNtTiIxX])(?:{_COMMENT}|{_UNSEEN}{_NAME_END}[^<]*+(?:<(?!/(?i:\1){_NAME_END})[^<]*+)*+)"
)
"""Comments, and elements of which nothing is seen, up to their end tag; the first character keeps it fast."""

_TITLE = re.compile(rf"<(?i:title){_NAME_END}[^<]*+(?:<(?!/(?i:title){_NAME_END})[^<]*+)*+")
_INLINE = (
    rf"/?(?i:a|abbr|b|bdi|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|time|u|var|wbr){_NAME_END}{_TAG_END}"
)
_WITHIN_WORD = re.compile(rf"<(?<=[^\s>]<){_INLINE}(?:<{_INLINE})*+")
_ANY_TAG = re.compile(rf"<[/!?]?[A-Za-z]{_TAG_END}")
_TELLING = re.compile(rf"<(?=[bBhHlLmMtT])((?i:base|h[123]|html|link|meta|title)){_NAME_END}{_TAG_END}")
_NEEDLES = {"meta": "og:title", "link": "canonical"}
_HEADINGS = frozenset({"h1", "h2", "h3"})
_END = {name: re.compile(rf"</(?i:{name}){_NAME_END}") for name in ("title", *_HEADINGS)}
_MOST_HEADINGS = 6
_DATED = ("article:published_time", '"datePublished"', 'itemprop="datePublished"')
_EMPTY_ROOT = re.compile(
    r"""<div\s[^>]{0,200}?\bid=["']?(?:root|app|__next|__nuxt|___gatsby|svelte)["']?[^>]{0,200}>\s{0,200}</div>""",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<script(?![^<>]{0,200}?\b(?:ld\+)?json)[\s>]", re.IGNORECASE)
"""Data in JSON builds nothing."""
_CHARSET = re.compile(r"""charset\s*+=\s*+["']?([^\s"';,]+)""", re.IGNORECASE)

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_ALL_ONES = (1 << 64) - 1
_LOWEST = int.from_bytes(b"\x01" * 8, "big")
_MANY = 255
"""Shingles: with so many a counter of a byte could be full, and a full one is no rest of a division."""
_SNIFFED = 512
_RESOURCE_HEADER = 1445
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""What the first bytes of a text never have."""
_FEW_WORDS, _OPENING = 50, 4000
_SMALL = 4096
_DATA = re.compile(r"[/+](?:json|xml)\Z")
_LONGEST = 1000
_LONGEST_WORD = 64
