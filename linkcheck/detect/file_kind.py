"""Tells which kind of file an address promises, its media types, and how its bytes begin and end. Pure."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from msgspec import Struct

from linkcheck import uri
from linkcheck.model import Read


class FileKind(Struct, frozen=True):
    """One kind of file."""

    name: str
    """As a person says it, with its article."""
    types: re.Pattern[str]
    """Media types (essences) that it may have."""
    starts: re.Pattern[bytes] | None = None
    """What its first bytes match; None where nothing certain is known."""


FILE = Read(media_types=("*/*",), limit=64 << 10)
"""As much as is read of a file: most images are whole, and of others the beginning tells what they are."""
TAIL = 4_096
"""Bytes at the end of a file among which its end mark stands (PDF readers look at 1,024: ISO 32000-1, annex H)."""


def kind_of_path(url: str) -> FileKind | None:
    """Return the kind of file that the last segment of an address ends with; None for pages."""
    parts = uri.parse(url)
    if parts is None or parts.scheme not in uri.WEB:
        return None
    stem, _, ending = unquote(parts.path.rpartition("/")[2]).rpartition(".")
    return _BY_ENDING.get(ending.lower()) if stem else None


def kind_of_type(media_type: str | None) -> FileKind | None:
    """Return the kind of file that a media type stands for; None for pages, texts and what says nothing."""
    return next((kind for kind in _TYPED if kind.types.fullmatch(media_type or "")), None)


def end_mark(body: bytes) -> bytes | None:
    """Return what stands among the last bytes of a file that begins so; None where nothing certain does."""
    return next((end for start, end in _ENDS if start.match(body)), None)


_ANYTHING = (
    r"(?:application|binary|multipart)/(?:(?:x-)?(?:force-)?download|octet-stream|x-octet-stream|x-unknown|save)"
)
"""What servers say that do not know what they send."""


_APPLICATION = r"application/(?!(?:[a-z.-]{1,60}\+)?json|xhtml).+"


def _types(own: str) -> re.Pattern[str]:
    return re.compile(rf"{own}|{_ANYTHING}|")


def _starting(*marks: bytes, within: int = 0) -> re.Pattern[bytes]:
    return re.compile(rb"[\s\S]{0,%d}?(?:%s)" % (within, b"|".join(marks)))


_ZIPPED = _starting(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_PICTURES = _starting(
    rb"\xff\xd8\xff",
    rb"\x89PNG\r\n",
    rb"GIF8[79]a",
    rb"RIFF[\s\S]{4}WEBP",
    rb"BM",
    rb"II[*+]\x00",
    rb"MM\x00[*+]",
    rb"[\s\S]{4}ftyp",
    rb"\x00\x00[\x01\x02]\x00",
    rb"\xff\x0a",
    rb"[\s\S]{4}(?:JXL |jP  )",
)
_PDF = FileKind("a PDF", _types(r"(?:application|text|image)/[a-z.+-]*pdf[a-z.+-]*"), _starting(rb"%PDF-", within=1024))
_IMAGE = FileKind("an image", _types(r"image/.+"), _PICTURES)
DRAWING = _starting(rb"<(?:[a-z]{1,9}:)?svg\b", within=16 << 10)
_SVG = FileKind("an image", _types(r"image/.+|(?:text|application)/(?:xml|plain)"), DRAWING)
_ZIP = FileKind("an archive", _types(_APPLICATION), _ZIPPED)
_PACKED = FileKind(
    "an archive",
    _types(_APPLICATION),
    _starting(
        rb"\x1f[\x8b\x9d\xa0]",
        rb"BZh",
        rb"\xfd7zXZ",
        rb"7z\xbc\xaf",
        rb"Rar!",
        rb"\x28\xb5\x2f\xfd",
        rb"PK",
        rb"[\s\S]{257}ustar",
    ),
)
_OTHER = FileKind("an archive", _types(_APPLICATION))
_BOOK = FileKind("a document", _types(rf"{_APPLICATION}|image/.+|text/(?!html).+"))
_OFFICE = FileKind("a document", _BOOK.types, _starting(rb"PK", rb"\xd0\xcf\x11\xe0"))
_SOUND = FileKind("a recording", _types(rf"(?:audio|video)/.+|{_APPLICATION}"))
_FILM = FileKind("a video", _SOUND.types)

_ENDINGS: Mapping[str, FileKind] = {
    "pdf": _PDF,
    "jpg jpeg jpe jfif png gif webp avif bmp tif tiff ico heic jxl": _IMAGE,
    "svg": _SVG,
    "zip": _ZIP,
    "gz tgz bz2 tbz xz txz 7z rar zst": _PACKED,
    "tar dmg iso deb rpm msi jar": _OTHER,
    "docx xlsx pptx odt ods odp epub": _OFFICE,
    "doc xls ppt rtf ps eps djvu mobi": _BOOK,
    "mp3 ogg oga opus wav flac m4a aac": _SOUND,
    "mp4 m4v webm mov avi mkv ogv mpg mpeg wmv": _FILM,
}
_BY_ENDING = {ending: kind for endings, kind in _ENDINGS.items() for ending in endings.split()}
_TYPED = tuple(
    FileKind(kind.name, re.compile(types), kind.starts)
    for kind, types in (
        (_PDF, r"application/(?:x-)?pdf"),
        (_IMAGE, r"image/.+"),
        (
            _PACKED,
            r"application/(?:zip|gzip|x-(?:gzip|tar|bzip2?|xz|7z-compressed|rar(?:-compressed)?|zip-compressed))",
        ),
        (_SOUND, r"audio/.+"),
        (_FILM, r"video/.+"),
    )
)
"""Kinds by their own media types alone; `application/octet-stream` promises nothing."""

_ENDS = (
    (_starting(rb"%PDF-", within=1024), b"%%EOF"),
    (_starting(rb"\xff\xd8\xff"), b"\xff\xd9"),
    (_starting(rb"\x89PNG\r\n"), b"IEND"),
    (_ZIPPED, b"PK\x05\x06"),
    (DRAWING, b"svg>"),
)
