"""Reads one template of wikitext: whether it is a citation, where its URL stands, and what it says of the source."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from linkcheck.citations import ADDRESSES, ARCHIVED, PARTS, WIKIS, meaning_of, normal, status_of, wiki_of
from linkcheck.dates import parse_date
from linkcheck.extract import schemeless
from linkcheck.model import Cited


class Value(NamedTuple):
    """One parameter's value, white space and comments around it left out."""

    name: str
    """Normal form."""
    start: int
    end: int
    text: str


class Citation(NamedTuple):
    """What one template says."""

    urls: tuple[Value, ...]
    """Every URL that it cites, archived copies left out."""
    cited: Cited
    archive: Value | None
    """Its archived copy."""
    titles: Mapping[str, str | None]
    """What is at the URLs of parts (`chapter-url`), by their parameters; None where that is not said."""


def parameters(template: Any, start: int) -> Iterator[Value]:
    """Give the values of a template of mwparserfromhell that stands at a character, in order."""
    at = start + 2 + len(str(template.name))
    for parameter in template.params:
        name = str(parameter.name)
        at += 1
        written = str(parameter.value)
        begin = at + (len(name) + 1 if parameter.showkey else 0)
        at = begin + len(written)
        lead = _LEAD.match(written)
        left = lead.end() if lead else 0
        kept = _TRAIL.sub("", written[left:])
        yield Value(normal(plain(name)), begin + left, begin + left + len(kept), kept)


def citation(template: Any, start: int, wiki: str | None = None) -> Citation | None:
    """Read a citation template; None where it is none that cites a URL."""
    name = normal(plain(str(template.name)))
    values = list(parameters(template, start))
    language = wiki or wiki_of(name, [value.name for value in values])
    if language is None:
        return None
    said: dict[str, list[Value]] = {}
    for value in values:
        if value.text and (meaning := meaning_of(value.name, language)):
            said.setdefault(meaning, []).append(value)
    archive = next((value for value in said.get("archive-url", ()) if _is_address(value.text)), None)
    urls = tuple(value for value in said.get("url", ()) if _is_address(value.text))
    if not (urls or archive):
        return None
    status = said.get("status")
    is_dated = status is not None and status[0].name in _DATED
    named = {value.name: value for value in values}
    parts = ((url.name, named.get(PARTS[url.name])) for url in urls if url.name in PARTS)
    return Citation(
        urls=urls,
        cited=_cited(said, language, archive, is_dead=is_dated),
        archive=archive,
        titles={name: _plain_word(part.text) if part else None for name, part in parts},
    )


def archived(template: Any, start: int) -> tuple[str, str | None, Value] | None:
    """Read `{{webarchive}}` and its kin: archived URL, its day, and the URL as it stands there; None without one."""
    if normal(plain(str(template.name))) not in ARCHIVED:
        return None
    values = {value.name: value for value in parameters(template, start)}
    url = next((values[name] for name in ("url", "1") if name in values and _is_address(values[name].text)), None)
    if url is None:
        return None
    address = with_scheme(url.text)
    stamp = next((values[name].text for name in _STAMPS if name in values and _STAMP.fullmatch(values[name].text)), "")
    day = next((parse_date(values[name].text) for name in ("date", "archive-date") if name in values), None)
    if stamp and not _ARCHIVE.match(address):
        iso = parse_date(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}")
        return f"https://web.archive.org/web/{stamp}/{url.text}", iso, url
    return address, day or _day_of(address), url


def home(template: Any, start: int) -> Value | None:
    """Give the host that `{{URL|paper.example}}` and its kin lead to; None where it has a scheme, or is no such."""
    if normal(plain(str(template.name))) not in ADDRESSES:
        return None
    first = next((value for value in parameters(template, start) if value.name in {"1", "url"}), None)
    return first if first and schemeless.is_address(first.text) else None


def with_scheme(url: str) -> str:
    """Give an address as one of the web: `//host` is https, and so is a host alone."""
    if url.startswith("//"):
        return f"https:{url}"
    return f"https://{url}" if schemeless.is_address(url) else url


def plain(text: str) -> str:
    """Leave the markup out of a piece of wikitext."""
    if not _MARKED.search(text):
        return text
    text = _COMMENT.sub("", text)
    text = _REF.sub(" ", text)
    for _ in range(_NESTED):
        shorter = _TEMPLATE.sub(_of_template, text)
        if shorter == text:
            break
        text = shorter
    text = _CUT.sub(" ", text)
    text = _WIKILINK.sub(r"\1", text)
    text = _EXTERNAL.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = _SIGNS.sub("", text)
    try:
        return unescape(text) if "&" in text else text
    except ValueError:
        return text


def _title(said: dict[str, list[Value]], language: str) -> str | None:
    """Give the title of the whole, wherever that of a part stands."""
    known = {name: rank for rank, name in enumerate(WIKIS[language].names["title"])}
    values = sorted(said.get("title", ()), key=lambda value: known.get(value.name, len(known)))
    return _plain_word(values[0].text) if values else None


def _cited(said: dict[str, list[Value]], language: str, archive: Value | None, *, is_dead: bool) -> Cited:
    published, accessed, archive_date = (_word(said, name) for name in ("published", "accessed", "archive-date"))
    status = _word(said, "status")
    archive_url = with_scheme(archive.text) if archive else None
    return Cited(
        title=_title(said, language),
        author=_author(said),
        published=(parse_date(published) or published) if published else None,
        accessed=parse_date(accessed) if accessed else None,
        quote=_word(said, "quote"),
        archive_url=archive_url,
        archive_date=(parse_date(archive_date) if archive_date else None) or (_day_of(archive_url or "")),
        url_status=("dead" if is_dead else status_of(status)) if status else None,
    )


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.match(text)) or schemeless.is_address(text)


def _word(said: dict[str, list[Value]], meaning: str) -> str | None:
    values = said.get(meaning)
    return _plain_word(values[0].text) if values else None


def _plain_word(text: str) -> str | None:
    return " ".join(plain(text[:_LONGEST]).split()) or None


def _author(said: dict[str, list[Value]]) -> str | None:
    last, first = _word(said, "last"), _word(said, "first")
    if last:
        return f"{last}, {first}" if first else last
    return _word(said, "author")


def _day_of(url: str) -> str | None:
    found = _CAPTURE.search(url)
    return parse_date("-".join(found.groups())) if found else None


def _of_template(found: re.Match[str]) -> str:
    """Give the words of a small template such as `{{nowrap|x}}`; of others nothing."""
    parts: Sequence[str] = found[1].split("|")
    return parts[-1] if len(parts) > 1 and "=" not in parts[-1] and normal(parts[0]) in _WORDS else " "


_LONGEST = 2000
_NESTED = 5
_WORDS = frozenset({"nowrap", "lang", "transl", "sic", "small", "'", "smallcaps", "lang-de", "lang-fr", "nobr"})
_DATED = frozenset({"brisé le", "offline"})
"""Parameters that say "dead" with any value."""
_STAMPS = ("date", "wayback", "horodatage archive", "archive-date")
_STAMP = re.compile(r"[0-9]{8,14}")
_ADDRESS = re.compile(r"https?:|(?:[a-z][a-z0-9+.-]{0,20}:)?//[^\s|]", re.IGNORECASE)
"""An address, though it may be no sound one: `http:/paper.example`, `htp://paper.example`."""
_ARCHIVE = re.compile(r"https?://(?:web\.|wayback\.)?(?:archive\.|webcitation\.|perma\.cc|arquivo\.pt)", re.IGNORECASE)
_CAPTURE = re.compile(r"/((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})[0-9]{0,6}(?:[a-z]{2}_)?/")
_LEAD = re.compile(r"(?:\s|<!--(?:[^-]|-(?!->)){0,2000}-->)*+")
_TRAIL = re.compile(r"(?:\s|<!--(?:[^-]|-(?!->)){0,2000}-->)++\Z")

_MARKED = re.compile(r"[<{\[&']")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,2000}-->")
_REF = re.compile(r"<ref\b[^<>]{0,300}(?:/>|>(?:[^<]|<(?!/ref)){0,3000}</ref\s{0,9}>)", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{([^{}]{0,2000})\}\}")
_CUT = re.compile(
    r"(?:<ref\b[^<>/]{0,300}>(?:[^<{]|<(?!/?ref)|\{(?!\{))*+(?:\{\{[^{}]*+)?|\{\{[^{}]*+)\Z", re.IGNORECASE
)
"""A note or template whose end is not there, since only so much of the page is looked at."""
_WIKILINK = re.compile(r"\[\[(?:[^\[\]|]{0,500}\|)?([^\[\]|]{0,500})\]\]")
_EXTERNAL = re.compile(r"\[(?:https?:|ftp:)?//[^\s\[\]]{1,2000}\s{0,9}([^\[\]\n]{0,1000})\]", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_SIGNS = re.compile(r"'{2,5}|\{\||\|\}|\|-|\[\[|\]\]|\{\{|\}\}")
