"""Where a file was to come, a page, another file, an empty or a broken one is not what was cited.

What was to come is told by the ending of the address, by what came before, and by an element that shows images. Pages
that show or offer the file are fine: viewers of code and file hosts, and landing pages.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from msgspec import Struct

from linkcheck import uri
from linkcheck.detect.api import Context, Detector, Element, Page
from linkcheck.detect.file_kind import DRAWING, FILE, TAIL, FileKind, end_mark, kind_of_path, kind_of_type
from linkcheck.detect.not_found import Kind, suspicion
from linkcheck.detect.platforms import platform_of
from linkcheck.model import (
    Check,
    Confidence,
    Conversation,
    Finding,
    Once,
    Read,
    Request,
    Response,
    Role,
    Severity,
    Verdict,
    ask,
)

RULE = "wrong-media-type"


class _Promise(Struct, frozen=True):
    """What was to come."""

    kind: FileKind | None
    """None for an image of which no more is known."""
    why: str
    is_shown: bool
    """Whether a document shows it as an image, so that a page can never stand in for it."""

    @property
    def name(self) -> str:
        return self.kind.name if self.kind else "an image"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Compare what came with what was to come: its media type, how it begins and, where all was read, how it ends."""
    page = context.page
    if page is None or page.status not in _WITH_CONTENT:
        return
    promise = _promised(check, context)
    if promise and (wrong := _wrong(promise, check.media_type or "", page, context)):
        yield _finding(promise, check, page, wrong)


def when(findings: Sequence[Finding], _: Check, context: Context) -> bool:
    """Return True where the transfer broke off, or a file was not read to its end, which has a mark."""
    page = context.page
    if page is None or page.status != _ALL or page.is_whole or not kind_of_path(context.url):
        return False
    if _is_encoded(page) or any(one.rule == RULE for one in findings):
        return False
    has_trailer = any(mark in page.body for mark in _TRAILERS)
    return _missing(page.headers, page.body) is not None or (bool(end_mark(page.body)) and not has_trailer)


def probe(check: Check, context: Context) -> Conversation[Sequence[Finding]]:
    """Return what is wrong with a file that is asked for again, or for its last bytes alone (RFC 9110 14.1.2)."""
    page, promise = context.page, _promised(check, context)
    assert page, "there is a file when more of it is asked for"
    assert promise, "and its address says what it is"
    if _missing(page.headers, page.body):
        again = yield from ask(Request(context.url, headers=(("connection", "close"),), read=FILE))
        if not isinstance(again, Response) or max(check.elapsed_ms, again.elapsed_ms) > _SLOW:
            return ()
        missing = _missing(again.headers, again.body) if again.truncated else None
        return (_finding(promise, check, page, f"twice the transfer broke off: {missing}"),) if missing else ()
    asked = Request(context.url, headers=(("range", f"bytes=-{TAIL}"),), read=_END)
    answer = yield from ask(Once(asked))
    if not isinstance(answer, Response) or answer.status != _PART or not _is_end(answer) or _has_end(page, answer.body):
        return ()
    return (_finding(promise, check, page, "it is cut off: its end is missing"),)


def _is_end(answer: Response) -> bool:
    """Return True for a part (RFC 9110 14.4) that goes to the end; some servers take `-N` for the first N bytes."""
    found = _RANGE.fullmatch(answer.header("content-range") or "")
    if found is None or not answer.body or answer.truncated:
        return False
    return int(found[1]) + 1 == int(found[2])


def _missing(headers: Sequence[tuple[str, str]], body: bytes) -> str | None:
    """Return in words how much of an announced body (RFC 9110 8.6) came; None where all came that is read."""
    announced = next((value for name, value in headers if name == "content-length"), "")
    if not (announced.isascii() and announced.isdecimal()) or len(announced) > _LONGEST_NUMBER:
        return None
    if not 0 < len(body) < min(int(announced), FILE.limit):
        return None
    return f"{len(body):,} of {int(announced):,} bytes came"


def _promised(check: Check, context: Context) -> _Promise | None:
    """Return what was to come; None for a page."""
    kind = kind_of_path(context.url)
    is_html = (check.media_type or "") in _HTML
    is_shown = is_html and any(one.role is Role.IMAGE for one in context.citations())
    if kind:
        return _Promise(kind, "its address ends so", is_shown)
    before = context.before() if is_html else None
    if before and (kind := kind_of_type(before.media_type)):
        return _Promise(kind, f"{before.media_type} on {before.at[:10]}", is_shown)
    return _Promise(None, "it is shown as an image", is_shown) if is_shown else None


def _wrong(promise: _Promise, media_type: str, page: Page, context: Context) -> str | None:
    """Return in words what is wrong with what came; None where nothing is."""
    body, kind = page.body, promise.kind
    if page.is_whole and not body:
        return "the answer is empty (0 bytes)" if kind else None  # counters answer images with nothing
    if media_type in _HTML or (not media_type and _MARKUP.match(body)):
        return None if _is_fine(promise, page, context) else f"a web page came{_titled(page)}"
    if kind is None:
        return None
    if not kind.types.fullmatch(media_type) and not _is_right(kind, body):
        return f"{media_type} came"
    if not body:
        return None
    if kind.starts and _MARKUP.match(body):
        return f"a web page came{', declared as ' + media_type if media_type else ''}"
    starts = DRAWING if media_type == _SVG else kind.starts
    if starts and not _is_encoded(page) and not starts.match(body):
        return "what came does not begin so"
    if _is_dot(body) and not _SPACERS.search(context.url.lower()):
        return "an image of 1 x 1 pixels came, as is put where there is none"
    if page.is_whole and not _is_encoded(page) and not _has_end(page, body[-TAIL:]):
        return "it is cut off: its end is missing"
    return None


def _is_right(kind: FileKind, body: bytes) -> bool:
    """Return True for a body of that kind, whatever was declared: servers call files text that they do not know."""
    return bool(kind.starts.match(body)) if kind.starts else b"\0" in body[:TAIL]


def _has_end(page: Page, tail: bytes) -> bool:
    body = page.body
    if page.is_whole and body[:4] == b"RIFF":
        return int.from_bytes(body[4:8], "little") <= len(body)
    if page.is_whole and body[:2] == b"\x1f\x8b":
        return _is_whole_gzip(body)
    mark = end_mark(body)
    return mark is None or mark in tail


def _is_whole_gzip(body: bytes) -> bool:
    """Return True for gzip data (RFC 1952) that end, and for those that unfold to more than is looked at."""
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        stream.decompress(body, _MOST_UNFOLDED)
    except zlib.error:
        return False
    return stream.eof or bool(stream.unconsumed_tail)


def _is_dot(body: bytes) -> bool:
    """Return True for a GIF or PNG of 1 x 1 pixels."""
    size = body[6:10] if body[:4] == b"GIF8" else body[16:24] if body[:4] == b"\x89PNG" else b""
    return size in {b"\x01\x00\x01\x00", b"\x00\x00\x00\x01\x00\x00\x00\x01"}


def _is_encoded(page: Page) -> bool:
    """Return True where the body was decoded on the way: `x.tar.gz` with `Content-Encoding: gzip` comes as a tar."""
    return any(
        name == "content-encoding" and value.strip().lower() not in {"", "identity"} for name, value in page.headers
    )


def _is_fine(promise: _Promise, page: Page, context: Context) -> bool:
    """Return True for a page that may stand there: it shows or offers the file, or answers nothing at all."""
    if suspicion(page).is_plain and suspicion(page).kind is not Kind.LOST:
        return True  # a refusal or a trouble has a rule of its own
    start, end = uri.parse(context.url), uri.parse(page.url)
    if start is None or end is None or platform_of(context.url):
        return True  # some editors embed videos as images
    if any(uri.is_within(one.host, _FILE_HOSTS) or _VIEWER.search(one.path) for one in (start, end)):
        return True
    if promise.is_shown:
        return promise.kind is None and not page.facts.words
    name = unquote(start.path.rpartition("/")[2]).lower()
    own = {(start.host, start.path), (end.host, end.path)}
    return any(_offers(element, name, promise, page.url, own) for element in page.elements(_SHOWING))


def _offers(tag: Element, name: str, promise: _Promise, base: str, own: set[tuple[str, str]]) -> bool:
    """Return True for a tag that shows the file, or leads to it at another address than the one without it."""
    for attribute in ("src", "data", "href", "content", "data-src"):
        value = tag.attributes.get(attribute)
        if not value:
            continue
        if tag.name in _FRAMES and promise.name == "a PDF" and ".pdf" in value.lower():
            return True
        if tag.name == "meta" and not value.startswith(("http", "/")):
            continue
        parts = uri.parse(value, base)
        if parts is None or ((parts.host, parts.path) in own and not _OFFER.search(parts.query.lower())):
            continue
        last = unquote(parts.path.rpartition("/")[2]).lower()
        is_picture = promise.name == "an image" and tag.name in {"img", "source", "meta"}
        if last == name or (is_picture and last.rpartition(".")[0] == name.rpartition(".")[0] != ""):
            return True
    return tag.name in _FRAMES and tag.attributes.get("type") == "application/pdf" and promise.name == "a PDF"


def _titled(page: Page) -> str:
    return f' ("{page.facts.title[:_LONGEST]}")' if page.facts.title else ""


def _finding(promise: _Promise, check: Check, page: Page, wrong: str) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        confidence=Confidence.MEDIUM,
        message=f"{promise.name} was to come ({promise.why}), but {wrong}",
        next="Use an archived copy, or find the file on the site.",
        evidence={
            "expected": promise.name,
            "because": promise.why,
            "media_type": check.media_type,
            "bytes": len(page.body),
            "url": page.url,
        },
    )


_ALL = 200
_WITH_CONTENT = frozenset({200, 203})
_SVG = "image/svg+xml"
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,256}<(?:!doctype\s{1,9}html|html|head|body|title|h1|p|script)\b", re.IGNORECASE
)
_END = Read(media_types=("*/*",), limit=TAIL)
_PART = 206
_RANGE = re.compile(r"bytes \d{1,15}-(\d{1,15})/(\d{1,15})", re.ASCII)
_SLOW = 10_000
"""Milliseconds; what breaks off later may have run out of our time."""
_LONGEST_NUMBER = 15
_TRAILERS = (b"MPF\x00", b"MotionPhoto", b"MicroVideo")
"""Pictures behind which others, or a film, follow."""
_SPACERS = re.compile(
    r"spacer|pixel|blank|clear|transparent|1x1|dot\.|trans\.|beacon|track|count|empty|placeholder|shim"
)
"""What images of one pixel are called that are meant."""
_VIEWER = re.compile(
    r"/(?:-/)?(?:blob|tree|edit)/|/src/(?:branch|commit|tag|master|main|default)/|/[^/:]{2,30}:[^/]{1,400}\Z",
    re.IGNORECASE,
)
"""Where repositories of code and wikis (`File:x.jpg`) show what a file holds."""
_OFFER = re.compile(r"\b(?:raw|download|dl|inline|attachment)\b")
"""Parameters by which a page offers the file at its own address; others choose a language or a tab."""
_FILE_HOSTS = frozenset(
    """dropbox.com drive.google.com docs.google.com onedrive.live.com 1drv.ms sharepoint.com box.com mega.nz
    mediafire.com sourceforge.net wetransfer.com icloud.com scribd.com issuu.com slideshare.net academia.edu
    researchgate.net pan.baidu.com disk.yandex.ru disk.yandex.com cloud.mail.ru osf.io figshare.com zenodo.org
    flickr.com imgur.com gyazo.com prnt.sc postimg.cc ibb.co huggingface.co kaggle.com archive.org""".split()
)
"""Hosts whose addresses of files are pages about them."""
_FRAMES = frozenset({"embed", "object", "iframe"})
_SHOWING = frozenset({*_FRAMES, "a", "img", "source", "video", "audio", "meta"})
_MOST_UNFOLDED = 4 << 20
_LONGEST = 80

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="A page, another file, an empty or a broken one came where a PDF, image, archive or recording was to come.",
    suggests=Verdict.SOFT_404,
    why="Sites that lose a file like to answer with their home page, a listing, or an image of one pixel. Who opens "
    "the link does not get what was cited. Pages that show or offer the file are fine.",
    example="https://paper.example/report.pdf answers 200 with text/html, a listing of the folder.",
    detect=detect,
    when=when,
    probe=probe,
)
