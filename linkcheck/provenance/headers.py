"""Reads what a server says of a page beside the page: `Last-Modified`, `Content-Language`, and links in headers.

FAIR Signposting (https://signposting.org/FAIR/) says by links who wrote a thing, how it is to be cited, what describes
it, of what type it is and under which licence; they stand in `Link` headers (RFC 8288) or in the page's head.
"""

from collections.abc import Iterable, Iterator, Sequence

from linkcheck import uri
from linkcheck.dates import find_date
from linkcheck.model import Claim

SIGNPOSTS = {
    "author": "author-url",
    "license": "license",
    "describedby": "described-by",
    "type": "type",
}
"""Fields of claims by relations (https://www.iana.org/assignments/link-relations/)."""
LAST_MODIFIED = "Last-Modified header"
FIELDS = tuple(SIGNPOSTS.values())


def claims(
    headers: Sequence[tuple[str, str]], links: Iterable[tuple[str, frozenset[str]]], base: str
) -> tuple[Claim, ...]:
    """Give the claims of one response, names of headers in lower case, `links` those of its `Link` headers.

    A server's `Last-Modified` is that of a file, or of rendering it: the weakest of all days of an update.
    """
    return (*_links(links, base), *_headers(headers))


def signposts(claims: Sequence[Claim], base: str | None) -> Iterator[Claim]:
    """Give what links say, once each, as absolute http(s) URLs; what is none is left out."""
    known: set[tuple[str, str]] = set()
    for claim in claims:
        if claim.field in FIELDS and (url := _web_url(claim.value, base)) and (claim.field, url) not in known:
            known.add((claim.field, url))
            if len(known) > _MOST:
                return
            yield Claim(claim.field, url, claim.said_by, claim.line)


def languages(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Give the languages that a page claims, as tags of BCP 47 (`de`, `pt-BR`); what looks like none is left out."""
    for claim in claims:
        tag = claim.value.strip().replace("_", "-")
        if claim.field == "language" and len(tag) <= _LONGEST_TAG and tag.replace("-", "").isalnum():
            yield Claim("language", tag, claim.said_by, claim.line)


def _headers(headers: Sequence[tuple[str, str]]) -> Iterator[Claim]:
    for name, value in headers:
        if name == "last-modified" and (day := find_date(value[:_LONGEST])):
            yield Claim("modified", day.iso, LAST_MODIFIED)
        elif name == "content-language":
            for tag in value[:_LONGEST].split(",")[:_MOST]:
                if tag.strip():
                    yield Claim("language", tag.strip(), "Content-Language header")


def _links(links: Iterable[tuple[str, frozenset[str]]], base: str) -> Iterator[Claim]:
    count = 0
    for address, relations in links:
        for relation in sorted(relations & _RELATIONS.keys()):
            if (url := uri.resolve(address, base)) and count < _MOST:
                count += 1
                yield Claim(_RELATIONS[relation], url, f"Link header, rel={relation}")


def _web_url(text: str, base: str | None) -> str | None:
    parts = uri.parse(uri.resolve(text, base) or "") if base else uri.parse(text)
    return parts.href if parts and parts.scheme in uri.WEB else None


_RELATIONS = {"canonical": "canonical", "cite-as": "canonical", **SIGNPOSTS}
_MOST, _LONGEST, _LONGEST_TAG = 20, 200, 35
