"""A page of the web as a source: a conversation that ends in a document."""

import re

from msgspec import structs

from linkcheck.config.values import size_text
from linkcheck.errors import SourceError
from linkcheck.model import Conversation, Document, Failure, Read, Request, Response, ask
from linkcheck.sources import formats
from linkcheck.sources.api import Found, Unreadable
from linkcheck.sources.beside import claims_beside
from linkcheck.sources.read import LARGEST, LARGEST_LIST, document

READ = Read(
    media_types=(
        *("text/*", "application/xhtml+xml", "application/xml", "application/octet-stream", ""),
        *("application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ),
    limit=8 << 20,
)
"""What may be a document; servers that know no Markdown call it `application/octet-stream`."""

FILE = structs.replace(READ, limit=50 << 20)
"""What PDF and Word files may have, with their pictures."""

LIST = Read(
    media_types=(
        *READ.media_types,
        *(
            "application/rss+xml",
            "application/atom+xml",
            "application/rdf+xml",
            "application/gzip",
            "application/x-gzip",
        ),
    ),
    limit=LARGEST_LIST,
)
"""What may be a sitemap, which may have 50 MB (https://www.sitemaps.org/protocol.html), or a feed."""


def read_of(url: str) -> Read:
    """Say how much is wanted of a source, by its address."""
    return LIST if _LIST.search(url) else FILE if _FILE.search(url) else READ


def fetch_document(
    found: Found, *, read_as: str | None = None, largest: int = LARGEST
) -> Conversation[Document | Unreadable]:
    """Ask for a page. It keeps the name it was given; destinations are relative to where it was found in the end."""
    assert found.url, "a web source has a URL"
    wanted = read_of(found.url)
    wanted = structs.replace(wanted, limit=min(wanted.limit, largest))
    answer = yield from ask(Request(found.url, read=wanted))
    match answer:
        case Failure():
            return _unreadable(found, f"could not be fetched: {answer.message}; save the page and name the file")
        case Response(status=200):
            return document_of(answer, found, wanted, read_as)
        case _:
            return _unreadable(found, f"was answered with status {answer.status}; name a page that is there")


def document_of(response: Response, found: Found, wanted: Read, read_as: str | None = None) -> Document | Unreadable:
    """Make a document of what came when this much was wanted."""
    said = response.media_type
    if said and not wanted.wants(said):
        return _unreadable(
            found, f"is {said}, which is not read; name the article as HTML, Markdown, text, PDF or Word"
        )
    if response.truncated and len(response.body) >= wanted.limit:
        why = f"{found.name}: is larger than {size_text(wanted.limit)}; save the page and name the file"
        return Unreadable(found.name, why, is_too_large=True)
    if response.truncated:
        why = "came cut off, or in an encoding that cannot be undone; run again, or save the page and name the file"
        return _unreadable(found, why)
    media_type = formats.named(read_as) if read_as else said if formats.extractor_of(said) else None
    charset = _CHARSET.search(response.header("content-type") or "")
    try:
        read = document(
            response.body,
            Found(name=found.name, url=response.url),
            media_type=media_type,
            is_certain=read_as is not None,
            charset=charset[1] if charset else None,
        )
        return structs.replace(read, claims=claims_beside(response))
    except SourceError as error:
        return Unreadable(found.name, str(error))


def _unreadable(found: Found, why: str) -> Unreadable:
    return Unreadable(found.name, f"{found.name}: {why}")


_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s"';]{1,40})""", re.IGNORECASE)
_LIST = re.compile(
    r"\.(?:xml|rss|atom|rdf)(?:\.gz)?(?:[?#]|\Z)|\.gz(?:[?#]|\Z)|[/=](?:feed|rss|atom|sitemap)[^/]{0,40}/?\Z",
    re.IGNORECASE,
)
"""What addresses of sitemaps and feeds look like."""
_FILE = re.compile(r"\.(?:pdf|docx|docm)(?:[?#]|\Z)", re.IGNORECASE)
