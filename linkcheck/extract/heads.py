"""Reads what the head of an HTML page says of it: title, meta elements, links.

OpenGraph, Dublin Core (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/), Highwire's `citation_*`
(https://scholar.google.com/intl/en/scholar/inclusion.html), FAIR Signposting's links (https://signposting.org/), and
the two sources that Google News knew.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linkcheck.extract.snippets import attributes
from linkcheck.extract.tags import decoded_text


class Statement(NamedTuple):
    """One thing that is said of the page."""

    field: str
    """As in a claim: `title`, `author`, `published`, `modified`, `publisher`, `canonical`, `original` ..."""
    value: str
    said_by: str
    at: int
    """The character where it is said."""


def body_of(text: str) -> int:
    """Say where the head of a page ends; one that has no such tags ends at its first block."""
    found = _BODY.search(text, 0, _LONGEST_HEAD) or _FIRST_BLOCK.search(text, 0, _LONGEST_HEAD)
    return found.start() if found else min(len(text), _LONGEST_HEAD)


def of_head(text: str, body: int) -> Iterator[Statement]:
    """Give what is said before the body, in its order; comments and scripts say nothing."""
    has_title, links, is_author = False, 0, False
    for found in _IN_HEAD.finditer(text, 0, body):
        kind = found[2]
        if kind is None:
            continue
        kind = kind.lower()
        if kind == "meta":
            name, content = _meta(found[0])
            if name in _METAS and content:
                field, said_by = _METAS[name]
                yield Statement(field, content, said_by, found.start())
            elif name == "twitter:data1" and is_author and content:
                yield Statement("author", content, "twitter:data1", found.start())
            is_author = is_author or (name == "twitter:label1" and bool(_LABELS.search(content)))
        elif kind == "link":
            if links < _LINKS and _is_telling(found[0].lower()):
                links += 1
                yield from _of_link(found)
        elif kind == "html":
            if language := attributes(found[0]).get("lang"):
                yield Statement("language", language, "<html lang>", found.start())
        elif not has_title:
            has_title = True
            if end := _TITLE_END.search(text, found.end(), body):
                yield Statement("title", decoded_text(text[found.end() : end.start()]), "<title>", found.start())


def _is_telling(tag: str) -> bool:
    return "stylesheet" not in tag and "icon" not in tag and any(word in tag for word in _TELLING)


def _of_link(found: re.Match[str]) -> Iterator[Statement]:
    said = attributes(found[0])
    for rel in said.get("rel", "").lower().split():
        if rel in RELS:
            yield Statement(RELS[rel], said.get("href", ""), f"rel={rel}", found.start())


def _meta(tag: str) -> tuple[str, str]:
    """Give name and content of a meta element whose name means something here."""
    named = _NAME_FIRST.match(tag) or _NAME.search(tag)
    name = named[1].lower() if named else ""
    if name in _METAS or name in _LABELLED:
        return name, attributes(tag).get("content", "")
    return name, ""


_LONGEST_HEAD = 400_000
_LINKS = 50
_BODY = re.compile(r"<(?:body|BODY)\b|</(?:head|HEAD)>")
_FIRST_BLOCK = re.compile(r"<(?:h[1-6]|p|div|article|main|header|nav|section|span|table|ul|time|a)\b", re.IGNORECASE)
_IDLE = (
    r"link\s+rel=(?=[\"'](?:stylesheet|preload|(?:shortcut )?icon|dns-prefetch|preconnect|apple-touch-icon|alternate"
    r"|archives|shortlink|manifest)[\"'])"
    r"|meta\s+(?:name|property)=(?=[\"'](?:og:(?:image|type|description)|twitter:(?!label1|data1)|description|viewport"
    r"|robots|generator|article:(?:tag|section|publisher)|fb:|msapplication|keywords|theme-color))"
)
"""How links and metas begin that are many and say nothing here: they are passed over before they are looked at."""
_IN_HEAD = re.compile(
    r"<(?:!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)|((?:script|style)\b)[^<]*+(?:<(?!/\1)[^<]*+)*+"
    rf"|(?:{_IDLE}|(meta|title|link|html)\b)(?:[^>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+(?:>|\Z))",
    re.IGNORECASE,
)
_TITLE_END = re.compile("</title", re.IGNORECASE)
_NAME_FIRST = re.compile(r"""<meta\s+(?:name|property)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
"""As nearly all are written, which is quick to see."""
_NAME = re.compile(r"""\b(?:name|property|itemprop|http-equiv)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_TELLING = ("canonical", "-source", "cite-as", "license", "describedby", "author", 'rel="type', "rel=type")
RELS = {
    "canonical": "canonical",
    "syndication-source": "original",
    "original-source": "original",
    "cite-as": "canonical",
    "author": "author-url",
    "license": "license",
    "describedby": "described-by",
    "type": "type",
}
"""Fields by relation (https://www.iana.org/assignments/link-relations/)."""
_METAS = {
    **dict.fromkeys(("og:title",), ("title", "og:title")),
    **dict.fromkeys(("citation_title", "dc.title", "dcterms.title"), ("title", "meta title")),
    **dict.fromkeys(("syndication-source", "original-source"), ("original", "meta source")),
    "og:url": ("canonical", "og:url"),
    "og:site_name": ("publisher", "og:site_name"),
    "application-name": ("publisher", "application-name"),
    "citation_journal_title": ("publisher", "citation_journal_title"),
    **dict.fromkeys(
        ("dc.publisher", "dcterms.publisher", "publisher", "cre", "prism.publicationname"),
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
         "rnews:datepublished", "article:published", "article:publish_date", "og:pubdate", "og:publish_date"),
        ("published", "article:published_time"),
    ),
    "datepublished": ("published", "microdata"),
    **dict.fromkeys(
        ("citation_publication_date", "citation_online_date", "citation_date", "date", "dc.date", "dc.date.issued",
         "dc.date.created", "dcterms.created", "dcterms.date", "dcterms.issued", "parsely-pub-date", "pubdate",
         "publishdate", "publish_date", "publish-date", "publication_date", "sailthru.date", "prism.publicationdate",
         "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "sw-pubdate", "og:release_date",
         "shareaholic:article_published_time", "originalpublicationdate", "displaydate", "created", "timestamp",
         "article.published", "article_date_original", "article.created", "dc.date.published", "bt:pubdate", "cdate",
         "date_published", "pub_date", "published-date", "og:regdate", "dcterms.available", "eprints.date",
         "creation_date", "datecreated", "publicationdate", "published_at", "published_date", "firstpublished"),
        ("published", "meta date"),
    ),
    **dict.fromkeys(
        ("article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "last-modified",
         "lastmod", "dcterms.modified", "dc.date.modified", "revised", "dateupdate", "dateupdated", "article.updated",
         "bt:moddate", "last-updated", "last_updated", "revision_date", "moddate", "updated"),
        ("modified", "meta modified"),
    ),
    **dict.fromkeys(("og:locale", "content-language", "dc.language", "language"), ("language", "meta language")),
}  # fmt: skip
_METAS |= {name.replace(".", ":", 1): said for name, said in _METAS.items() if name.startswith(("dc.", "dcterms."))}
_LABELLED = frozenset({"twitter:label1", "twitter:data1"})
_LABELS = re.compile(
    r"\A\s*(?:(?:written|posted|article)\s)?by|author|verfasst|geschrieben|\u00e9crit|escrito|scritto|\u0430\u0432\u0442\u043e\u0440|geschreven|yazar|skriven",
    re.IGNORECASE,
)
"""What WordPress writes before an author's name into `twitter:label1`, the name being in `twitter:data1`."""
