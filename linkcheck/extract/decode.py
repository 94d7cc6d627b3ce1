"""Turns stored bytes into text, and says how the encoding is known.

The order is that of browsers: a BOM, the HTTP header, what an HTML page declares; then valid UTF-8, and a guess only
where all of these are silent. A byte that means nothing becomes U+FFFD, so that every file can be read and its text be
placed in its bytes (`linkcheck.extract.places`).
"""

import codecs
import re
from typing import NamedTuple


class Decoded(NamedTuple):
    """A text, and where it comes from."""

    text: str
    """Without BOM, line ends as they were."""
    encoding: str
    """Name of the Python codec; `utf-8` also where a BOM came first."""
    basis: str
    """`bom`, `header`, `declared`, `default` or `detected`."""


def decode(source: bytes, *, media_type: str, declared: str | None = None) -> Decoded:
    """Decode a document. `declared` is the charset of the HTTP header; labels are WHATWG's. Never raises."""
    for bom, encoding in _BOMS:
        if source.startswith(bom) and (encoding != "utf-32-le" or _is_utf32(source[len(bom) :])):
            return Decoded(_text(source[len(bom) :], encoding), encoding, "bom")
    if declared and (named := codec_of(declared)):
        return _as(source, named, "header")
    if _is_markup(media_type) and (named := _declared(source[:_HEAD])):
        return _as(source, named, "declared")
    try:
        return Decoded(source.decode(), "utf-8", "default")
    except UnicodeDecodeError:
        pass
    if not _is_mostly_utf8(source) and (named := _detected(source)):
        return _as(source, named, "detected")
    return _as(source, "utf-8", "default")


def codec_of(label: str) -> str | None:
    """Give the Python codec for a WHATWG label (https://encoding.spec.whatwg.org/#names-and-labels)."""
    return _CODECS.get(label.strip("\t\n\f\r ").lower())


def _as(source: bytes, encoding: str, basis: str) -> Decoded:
    try:
        return Decoded(_text(source, encoding), encoding, basis)
    except UnicodeError:  # an escape sequence that ISO-2022-JP does not have makes Python's decoder give up
        return Decoded(_text(source, "utf-8"), "utf-8", "default")


def _text(source: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        try:
            return source.decode()
        except UnicodeDecodeError:
            return _LONE.sub("\ufffd", source.decode("utf-8", "surrogateescape"))
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    if encoding == "iso2022_jp":  # byte by byte, as places are found: it gives up in other places than with the whole
        return "".join([decoder.decode(source[at : at + 1]) for at in range(len(source))]) + decoder.decode(b"", True)
    return decoder.decode(source, final=True)


def _is_markup(media_type: str) -> bool:
    return media_type == "text/html" or media_type.endswith(("/xml", "+xml"))


def _declared(head: bytes) -> str | None:
    """Find the encoding that a page declares: https://html.spec.whatwg.org/#prescan-a-byte-stream."""
    head = _COMMENT.sub(b"", head)
    if (found := _XML_DECLARATION.match(head)) and (named := codec_of(found[1].decode("latin-1"))):
        return _read_bytewise(named)
    for tag in _META.finditer(head):
        attributes = {name.lower(): value.strip(b"\"'") for name, value in _ATTRIBUTE.findall(tag[1])}
        label = attributes.get(b"charset")
        if label is None and attributes.get(b"http-equiv", b"").lower() == b"content-type":
            content = _CHARSET.search(attributes.get(b"content", b""))
            label = content[1] if content else None
        if label and (named := codec_of(label.decode("latin-1"))):
            return _read_bytewise(named)
    return None


def _read_bytewise(named: str) -> str:
    """Give UTF-8 for UTF-16: who can read the declaration byte by byte does not read UTF-16."""
    return "utf-8" if named.startswith("utf-16") else named


def _is_mostly_utf8(source: bytes) -> bool:
    """Tell a UTF-8 file with damage from one in another encoding, where whole UTF-8 sequences are a rarity."""
    sample = _sample(source, 16 * _SAMPLE)
    stray = len(_LONE.findall(sample.decode("utf-8", "surrogateescape")))
    whole = len(sample) - len(sample.translate(None, _HIGH_BYTES)) - stray
    return whole > stray


def _detected(source: bytes) -> str | None:
    """Guess from the looks of the text."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - it is slow to import and seldom needed

    sample = _sample(source, _SAMPLE)
    sample = sample[: sample.rfind(b"\n") + 1] or sample[: sample.rfind(b" ") + 1] or sample  # no half character
    best = from_bytes(sample, cp_isolation=list(_GUESSES)).best()
    if best is None:
        return None
    same = sample.decode("cp1252", "replace") == sample.decode(best.encoding, "replace")
    return "cp1252" if same else codecs.lookup(best.encoding).name


def _sample(source: bytes, size: int) -> bytes:
    """Cut out the bytes around the first that is not ASCII: only these tell encodings apart."""
    first = _HIGH.search(source)
    start = max(0, first.start() - size // 8) if first else 0
    return source[start : start + size]


_HEAD = 1024
"""Bytes in which a page must declare its encoding, by the standard."""

_SAMPLE = 1 << 16
"""Bytes that a guess rests on."""


def _is_utf32(rest: bytes) -> bool:
    """Tell UTF-32 from UTF-16 that begins with U+0000, since the one's BOM (little endian) is the other's, and that."""
    whole = len(rest) // 4 * 4
    try:
        rest[:whole].decode("utf-32-le")
    except UnicodeDecodeError:
        return False
    return whole == len(rest) or whole > _SURE


_SURE = 64
"""Bytes of sound UTF-32 after which a broken end is no reason for doubt."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose BOM it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_LONE = re.compile("[\udc80-\udcff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_BYTES = bytes(range(0x80, 0x100))

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_XML_DECLARATION = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]+)["']""")
_META = re.compile(rb"<meta[\s/]([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([^\s=/"'>]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)

_GUESSES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp866", "koi8_r", "iso8859_2",
    "mac_roman", "cp932", "euc_jp", "gb18030", "big5hkscs", "cp949",
)  # fmt: skip
"""Encodings worth guessing: those that documents without a declaration are found in."""

_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": (
        "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i "
        "iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"
    ),
    "iso8859-7": (
        "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
        "iso_8859-7:1987 sun_eu_greek"
    ),
    "iso8859-8": (
        "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 "
        "iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical"
    ),
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": (
        "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 "
        "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"
    ),
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": (
        "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
        "windows-1254 x-cp1254"
    ),
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": ("chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030"),
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": (
        "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"
    ),
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
"""Python's codec for what WHATWG means by a label: often a superset of what the label says."""

_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
