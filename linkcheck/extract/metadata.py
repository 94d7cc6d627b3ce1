"""Reads what an HTML page says of itself: meta elements, JSON-LD, microdata, `<time>`, bylines, the headline.

OpenGraph, schema.org, Dublin Core (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/), Highwire's
`citation_*` (https://scholar.google.com/intl/en/scholar/inclusion.html), FAIR Signposting's links
(https://signposting.org/), and the two sources that Google News knew. It goes from needle to needle and never builds a
tree, so that a page costs about a millisecond; every step is linear.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linkcheck.dates import find_date, parse_date
from linkcheck.extract import linked_data
from linkcheck.extract.tags import decoded_text


class Statement(NamedTuple):
    """One thing that is said of the page."""

    field: str
    """As in a claim: `title`, `author`, `published`, `modified`, `publisher`, `canonical`, `original`, `language`."""
    value: str
    said_by: str
    at: int
    """The character where it is said."""


def read(text: str) -> tuple[Statement, ...]:
    """Give what a page says, strongest first within a field, in its order among equals. Never raises."""
    body = _body_of(text)
    found = [
        *_of_head(text, body),
        *_of_json(text),
        *_of_items(text, body),
        *_of_headings(text, body),
        *_of_times(text, body),
    ]
    if not any(one.field == "author" and " " in one.value.strip() for one in found):
        found.extend(_of_names(text, body))
    if not any(one.field == "published" for one in found):
        found.extend(_of_scripts(text, _IN_SCRIPTS[:1]))
        found.extend(_of_dates(text, body))
    if not any(one.field == "published" for one in found):
        found.extend(_of_scripts(text, _IN_SCRIPTS[1:]))
    told = [one._replace(value=value) for one in found if (value := _folded(one.value))]
    return tuple(sorted(told, key=lambda one: STRENGTH.get(one.said_by, len(STRENGTH))))


def opening(text: str) -> tuple[tuple[int, str], ...]:
    """Give the first lines of text around the headline: where bylines and dates stand; the character, and the text."""
    body = _body_of(text)
    headline = _HEADLINE.search(text, body)
    start = headline.start() if headline else body
    begin = max(body, start - _BEFORE)
    begin = text.find("<", begin, start) if begin < start else start
    window = _UNSEEN.sub(_blank, text[max(begin, body) : start + _AFTER])
    lines: list[tuple[int, str]] = []
    at = 0
    for found in _BLOCK.finditer(window):
        if line := _line(window[at : found.start()]):
            lines.append((max(begin, body) + at, line))
        at = found.end()
    return tuple(lines[:_LINES])


def _of_head(text: str, body: int) -> Iterator[Statement]:
    head = _UNSEEN_IN_HEAD.sub(_blank, text[:body])
    has_title = False
    for found in _IN_HEAD.finditer(head):
        kind = found[1].lower()
        if kind == "title" and has_title:
            continue
        if kind == "title":
            has_title = True
            end = head.lower().find("</title", found.end())
            yield Statement("title", decoded_text(head[found.end() : max(end, 0)]), "<title>", found.start())
        elif kind == "html":
            if language := _attributes(found[0]).get("lang"):
                yield Statement("language", language, "<html lang>", found.start())
        elif kind == "link":
            yield from _of_link(found)
        else:
            yield from _of_meta(found)


def _of_link(found: re.Match[str]) -> Iterator[Statement]:
    if not _TELLING_RELS.search(found[0]):
        return
    attributes = _attributes(found[0])
    href = attributes.get("href", "")
    for rel in attributes.get("rel", "").lower().split():
        if rel in _RELS:
            yield Statement(_RELS[rel], href, f"rel={rel}", found.start())


def _of_meta(found: re.Match[str]) -> Iterator[Statement]:
    named = _NAME.search(found[0])
    said = _METAS.get(named[1].lower()) if named else None
    if said and (content := _attributes(found[0]).get("content")):
        yield Statement(said[0], content, said[1], found.start())


def _of_json(text: str) -> Iterator[Statement]:
    at = 0
    while (at := text.find("ld+json", at)) >= 0:
        start = text.find(">", at) + 1
        end = text.find("</script", start)
        if not start:
            return
        for field, value, place in linked_data.read(text, start, end if end >= 0 else None).statements:
            yield Statement(field, decoded_text(value), "JSON-LD", place)
        at = max(start, end)


def _of_items(text: str, body: int) -> Iterator[Statement]:
    """Read microdata: a value in an attribute, else the text of the element."""
    at, count = body, 0
    while (at := text.find("itemprop", at)) >= 0 and count < _ITEMS:
        named = _ITEM.match(text, at)
        field = _ITEM_FIELDS.get(named[1].lower()) if named else None
        if field:
            count += 1
            start = text.rfind("<", max(0, at - _LONGEST), at)
            end = text.find(">", at)
            attributes = _attributes(text[start : end + 1]) if start >= 0 <= end else {}
            value = attributes.get("content") or attributes.get("datetime")
            if value is None and field in {"title", "author", "published"} and end >= 0:
                value = _inner(text, end + 1)
            if value:
                yield Statement(field, value, "microdata", start)
        at += 8


def _of_headings(text: str, body: int) -> Iterator[Statement]:
    for position, found in enumerate(_HEADLINE.finditer(text, body)):
        end = _HEADLINE_END.search(text, found.end(), found.end() + _LONGEST * 4)
        if end and (words := _line(_UNSEEN.sub(_blank, text[found.end() : end.start()]))):
            yield Statement("title", words, "H1", found.start())
            return
        if position > _HEADLINES:
            return


def _of_times(text: str, body: int) -> Iterator[Statement]:
    """Read `<time>`: one that is called the publication's before others, and none that is called an update's."""
    found: list[tuple[bool, Statement]] = []
    at = body
    headline = _HEADLINE.search(text, body)
    while (at := text.find("<time", at)) >= 0 and len(found) < _TIMES:
        end = text.find(">", at)
        if end < 0:
            break
        tag = text[at : end + 1]
        around = tag + text[max(body, at - 120) : at]
        value = _attributes(tag).get("datetime") or _inner(text, end + 1)
        field = "modified" if _UPDATED.search(tag) else "published"
        is_called = bool(_PUBLISHED.search(around)) or bool(headline and 0 <= at - headline.start() < _NEAR)
        if value:
            found.append((not is_called, Statement(field, value, "<time>", at)))
        at = end
    return (statement for _, statement in sorted(found, key=lambda pair: pair[0]))


def _of_scripts(text: str, names: Sequence[str]) -> Iterator[Statement]:
    """Read the date that a page's own script has of it, or JSON-LD of another kind than an article's."""
    for name in names:
        if (at := text.find(name)) >= 0 and (found := _STRING.match(text, at + len(name))):
            yield Statement("published", found[1], "script", at)
            return


def _of_dates(text: str, body: int) -> Iterator[Statement]:
    """Read dates that stand where bylines do: in a line of their own, at a line's start, or in an element called so."""
    headline = _HEADLINE.search(text, body)
    middle = headline.start() if headline else body
    after = list(_dated_lines(text, middle, middle + _AFTER_HEADLINE))
    before = list(_dated_lines(text, max(body, middle - _BEFORE), middle))
    for at, line in (*after, *before):
        if len(line) <= _DATE_LINE and (day := _day_in(line)):
            yield Statement("published", day, "date line", at)
            return
    limit = min(len(text), middle + _REACH)
    for at in _places(text, body, limit, _DATE_NEEDLES):
        start, end = text.rfind("<", max(body, at - _LONGEST_TAG), at), text.find(">", at)
        if start >= 0 and end >= 0 and _DATED.search(text, start, end + 1) and not _UPDATED.search(text, start, end):
            line = _inner(text, end + 1)
            if len(line) <= _DATE_LINE and _HAS_YEAR.search(line) and (day := _day_in(line)):
                yield Statement("published", day, "date line", start)
                return
    for at, line in (*after, *before):
        if (_POSTED.search(line) or _HAS_YEAR.search(line[:_DATE_START])) and (day := _day_in(line)):
            yield Statement("published", day, "date line", at)
            return


def _dated_lines(text: str, start: int, limit: int) -> Iterator[tuple[int, str]]:
    """Give the lines of text that have a year: the character, and the text, at most its first 300 characters."""
    last = start
    for count, found in enumerate(_HAS_YEAR.finditer(text, start, min(limit, len(text)))):
        at = found.start()
        if count >= _DATES:
            return
        near = max(start, at - _LONGEST_TAG)
        if at < last or text.rfind("<", near, at) > text.rfind(">", near, at):  # within a tag
            continue
        begin = max(start, at - _LINE)
        blocks = [block.end() for block in _BLOCK.finditer(text, begin, at)]
        begin = blocks[-1] if blocks else text.find(">", begin, at) + 1 or begin
        end = _BLOCK.search(text, at, at + _LINE)
        last = end.start() if end else min(at + _LINE, len(text))
        yield begin, _line(text[begin:last])


def _day_in(line: str) -> str | None:
    """Give the day that a short line has, or a longer one begins with; a day of an update is none."""
    start = line if len(line) <= _DATE_LINE else line[:_DATE_START]
    if _UPDATE.search(start):
        return None
    found = find_date(start)
    if found:
        return found.iso
    short = _SHORT_DATE.search(start)
    return parse_date(f"{short[1]}.{short[2]}.20{short[3]}") if short else None


def _of_names(text: str, body: int) -> Iterator[Statement]:
    """Read elements whose `rel` or class says that they hold the author's name: the first after the headline's place.

    Further names count only next to it. Comments, which have authors of their own, are left alone.
    """
    headline = _HEADLINE.search(text, body)
    start = max(body, headline.start() - _BEFORE) if headline else body
    limit = min(len(text), start + _REACH)
    for mark in _COMMENTS:
        limit = text.find(mark, start, limit) if text.find(mark, start, limit) >= 0 else limit
    last = None
    for at in _places(text, start, limit, _NEEDLES):
        opening = text.rfind("<", max(start, at - _LONGEST_TAG), at)
        end = text.find(">", at)
        if opening < 0 or end < 0 or not _AUTHOR.search(text, opening, end + 1):
            continue
        if last is not None and opening - last > _TOGETHER:
            return
        words = _LABEL.sub("", _inner(text, end + 1))
        if _is_name(words):
            yield Statement("author", words, "byline", opening)
            last = end


def _places(text: str, start: int, limit: int, needles: Sequence[str]) -> list[int]:
    """Find where a word stands that may say whose name follows."""
    found: list[int] = []
    for needle in needles:
        at = text.find(needle, start, limit)
        while at >= 0 and len(found) < _CANDIDATES:
            found.append(at)
            at = text.find(needle, at + len(needle), limit)
    return sorted(found)


def _is_name(words: str) -> bool:
    """Tell a name, or a few, from labels of forms, dates and sentences."""
    if not 2 <= len(words) <= _NAME_LENGTH or words.count(" ") > _NAME_WORDS or _NO_NAME.search(words):
        return False
    return words[0].isalpha() and any(map(str.isalpha, words))


def _attributes(tag: str) -> dict[str, str]:
    """Read the attributes of a tag, names in lower case; the first of a repeated name wins."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag[:_LONGEST]):
        found.setdefault(name.lower(), decoded_text(double or single or bare))
    return found


def _inner(text: str, start: int) -> str:
    """Give the text from here to the end of its line or block."""
    window = _UNSEEN.sub(_blank, text[start : start + _LONGEST])
    end = _BLOCK_END.search(window)
    return _line(window[: end.start()] if end else "")


def _line(markup: str) -> str:
    if "<" in markup:
        cut = markup.rfind("<")
        markup = _TAG.sub(" ", markup[:cut] if ">" not in markup[cut:] else markup)
    return _folded(decoded_text(markup))


def _folded(text: str) -> str:
    return " ".join(text[:_LONGEST].split())


def _blank(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())


def _body_of(text: str) -> int:
    """Say where the head of a page ends; one that has no such tags ends at its first block."""
    found = _BODY.search(text, 0, _LONGEST_HEAD) or _FIRST_BLOCK.search(text, 0, _LONGEST_HEAD)
    return found.start() if found else min(len(text), _LONGEST_HEAD)


_LONGEST = 3000
_LONGEST_HEAD = 400_000
_BEFORE, _AFTER, _REACH, _AFTER_HEADLINE = 3000, 5000, 80_000, 30_000
_LINE = 400
_IN_SCRIPTS = (
    '"datePublished"', '"published_at"', '"publishedAt"', '"publishedDate"', '"publish_date"', '"publicationDate"',
    '"createdAt"',
)  # fmt: skip
_LINES, _HEADLINES, _ITEMS, _TIMES = 12, 5, 40, 20
_NEAR = 6000
_NAME_LENGTH, _NAME_WORDS = 80, 7
_CANDIDATES, _LONGEST_TAG, _TOGETHER = 150, 400, 400
_BODY = re.compile(r"<(?:body|BODY)\b|</(?:head|HEAD)>")
_FIRST_BLOCK = re.compile(r"<(?:h[1-6]|p|div|article|main|header|nav|section|span|table|ul|time|a)\b", re.IGNORECASE)
_IN_HEAD = re.compile(r"<(meta|title|link|html)\b(?:[^>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+(?:>|\Z)", re.IGNORECASE)
_NAME = re.compile(r"""\b(?:name|property|itemprop|http-equiv)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ITEM = re.compile(r"""itemprop\s*=\s*["']?\s*([A-Za-z]+)""")
_HEADLINE = re.compile(r"<[hH]1\b[^>]*>")
_HEADLINE_END = re.compile(r"</[hH]1\s*>")
_UNSEEN = re.compile(
    r"<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)|<(script|style|svg)\b[^<]*+(?:<(?!/\1\b)[^<]*+)*+(?:</\1\s*>|\Z)"
)
_UNSEEN_IN_HEAD = re.compile(
    r"<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)|<(script|style)\b[^<]*+(?:<(?!/\1\b)[^<]*+)*+(?:</\1\s*>|\Z)"
)
_FIRST_BLOCK = re.compile(r"<(?:h[1-6]|p|div|article|main|header|nav|section|span|table|ul|time|a)\b", re.IGNORECASE)
_IN_HEAD = re.compile(r"<(meta|title|link|html)\b(?:[^>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+(?:>|\Z)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|br|tr|td|section|header|footer|article|aside|figure|figcaption|time|nav|dd|dt|dl)\b[^>]*>",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|br|tr|td|section|header|footer|article|aside|figure|time|nav|dd|dt|dl)\b|</a>|</span>|</address>",
    re.IGNORECASE,
)
_NEEDLES = ("uthor", "byline", "autor", "auteur", "posted-by", '"fn')
_AUTHOR = re.compile(
    r"""\b(?:rel\s*=\s*["']?author\b|(?:class|itemprop)\s*=\s*["'](?:[^"'<>]{0,80}[\s_-])?"""
    r"""(?:author(?:[-_]{0,2}(?:name|link|title|names|info))?|byline(?:[-_]{1,2}(?:name|author|item))?"""
    r"""|autor(?:in|en|name)?|auteur|posted-by|fn)["'\s])""",
    re.IGNORECASE,
)
_COMMENTS = ('id="comments', 'class="comments', "commentlist", "comment-list", 'id="respond', "disqus_thread")
_LABEL = re.compile(
    r"\A(?:(?:artikel|beitrag|posted|written|published|ver\u00f6ffentlicht|publiziert|eingestellt|erstellt|geschrieben"
    r"|publi\u00e9|escrito|text|interview|story|recipe)\s)?(?:by|von|vom|par|por|di|autor(?:in|en)?|author|verfasser"
    r"|interview|text)\b\s?:?\s*",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"[0-9*@|{}<>=]|://|\b(?:name|sagt|says|said|required|erforderlich|alle|all|posts?|beitr\u00e4ge|artikel|more|mehr"
    r"|about|\u00fcber|comment|kommentar|email|e-mail|am|profile|profil|autor|author|follow|unknown|admin|photo|foto|\u0444\u043e\u0442\u043e)\b",
    re.IGNORECASE,
)
_DATE_NEEDLES = ("date", "Date", "datum", "Datum", "time", "Time")
_DATED = re.compile(r"""\b(?:class|id)\s*=\s*["'][^"'<>]{0,100}(?:[dD]ate|[dD]atum|[tT]ime(?!r|line))""")
_DATE_LINE, _DATE_START, _DATES = 130, 24, 60
_POSTED = re.compile(
    r"posted|published|written|gepostet|ver\u00f6ffentlicht|erschienen|erstellt|publi\u00e9|publicado|pubblicato"
    r"|\u043e\u043f\u0443\u0431\u043b\u0438\u043a\u043e\u0432\u0430\u043d",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(r"(?:19|20)[0-9]{2}|[0-9]\.\s?[0-9]{1,2}\.\s?[0-9]{2}\b")
_SHORT_DATE = re.compile(r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{2})(?![0-9])")
_UPDATE = re.compile(
    r"updated|modified|aktualisiert|\bstand\b|mis \u00e0 jour|actualizado|aggiornato|\u00a9|copyright|seit|since|until",
    re.IGNORECASE,
)
_STRING = re.compile(r'\s*:\s*"([^"\\]{4,60})"')
_PUBLISHED = re.compile(r"publi|entry-date|posted|pubdate|created|release", re.IGNORECASE)
_UPDATED = re.compile(r"updat|modif|last", re.IGNORECASE)
_ITEM_FIELDS = {
    "headline": "title",
    "author": "author",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
}
_TELLING_RELS = re.compile("canonical|-source|cite-as", re.IGNORECASE)
_RELS = {
    "canonical": "canonical",
    "syndication-source": "original",
    "original-source": "original",
    "cite-as": "canonical",
}
_METAS = {
    **dict.fromkeys(("og:title",), ("title", "og:title")),
    **dict.fromkeys(("citation_title", "dc.title", "dcterms.title"), ("title", "meta title")),
    **dict.fromkeys(("syndication-source", "original-source"), ("original", "meta source")),
    "og:url": ("canonical", "og:url"),
    "og:site_name": ("publisher", "og:site_name"),
    **dict.fromkeys(
        ("citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher", "cre", "application-name"),
        ("publisher", "meta publisher"),
    ),
    **dict.fromkeys(
        ("author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "sailthru.author", "byl"),
        ("author", "meta author"),
    ),
    **dict.fromkeys(
        ("article:author", "og:author", "dcsext.author", "cxenseparse:author"), ("author", "article:author")
    ),
    **dict.fromkeys(
        ("article:published_time", "og:article:published_time", "og:published_time", "vr:published_time",
         "rnews:datepublished", "article:published"),
        ("published", "article:published_time"),
    ),
    "datepublished": ("published", "microdata"),
    **dict.fromkeys(
        ("citation_publication_date", "citation_online_date", "citation_date", "date", "dc.date", "dc.date.issued",
         "dc.date.created", "dcterms.created", "dcterms.date", "dcterms.issued", "parsely-pub-date", "pubdate",
         "publishdate", "publish_date", "publish-date", "publication_date", "sailthru.date", "prism.publicationdate",
         "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "sw-pubdate", "og:release_date",
         "shareaholic:article_published_time", "originalpublicationdate", "displaydate", "created", "timestamp"),
        ("published", "meta date"),
    ),
    **dict.fromkeys(
        ("article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "last-modified",
         "lastmod", "dcterms.modified", "dc.date.modified", "revised"),
        ("modified", "meta modified"),
    ),
    **dict.fromkeys(("og:locale", "content-language", "dc.language", "language"), ("language", "meta language")),
}  # fmt: skip
_METAS |= {name.replace(".", ":", 1): said for name, said in _METAS.items() if name.startswith(("dc.", "dcterms."))}
STRENGTH = {
    said_by: rank
    for rank, said_by in enumerate(
        (
            *("JSON-LD", "og:title", "H1", "<title>", "meta title", "meta author", "article:author"),
            *("article:published_time", "microdata", "meta date", "<time>", "script", "date line", "meta modified"),
            "byline",
            *("rel=syndication-source", "rel=original-source", "meta source", "rel=canonical", "rel=cite-as", "og:url"),
            *("og:site_name", "meta publisher", "<html lang>", "meta language"),
        )
    )
}
"""Who is believed first about the same field."""
