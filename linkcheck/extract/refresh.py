"""Reads where a page sends its reader by itself: `<meta http-equiv=refresh>`, or the header of the same name.

The rules are those of https://html.spec.whatwg.org/#shared-declarative-refresh-steps. What stands in `<noscript>` or
`<template>` does not send anybody who sees the page in a browser.
"""

import re
from typing import NamedTuple

from linkcheck import uri
from linkcheck.extract.page import markup_of
from linkcheck.extract.tags import scan
from linkcheck.model import Response

MOST_SECONDS = 5
"""Within this a reader is sent on; a page that waits longer is meant to be read."""


class Refresh(NamedTuple):
    """Where a page leads on."""

    written: str
    """The URL as written."""
    target: str
    """Absolute, fragment dropped."""


def refresh_of(response: Response) -> Refresh | None:
    """Give where a page sends its reader; None where it stays, comes back to itself, or would leave the web."""
    base, content = response.url, response.header("refresh")
    if content is None:
        if not _MARK.search(response.body[:_HEAD].lower()):
            return None
        base, content = _of_markup(markup_of(response, _HEAD) or "", response.url)
    written = _written(content)
    target = uri.parse(written, base) if written else None
    if written is None or target is None or target.scheme not in uri.WEB:
        return None
    plain = uri.without_fragment(target.href)
    return Refresh(written, plain) if plain != response.url else None


def _of_markup(markup: str, url: str) -> tuple[str, str]:
    """Give the base of a page's URLs and the content of its first refresh; empty without one."""
    base, content, unseen = "", "", ""
    for tag in scan(markup):
        match tag.name:
            case "noscript" | "template" if not unseen or unseen == tag.name:
                unseen = "" if tag.is_end else tag.name
            case "base" if not unseen:
                base = base or tag.get("href") or ""
            case "meta" if not unseen and (tag.get("http-equiv") or "").strip().lower() == "refresh":
                content = content or tag.get("content") or ""
    return uri.resolve(base, url) or url, content


def _written(content: str) -> str | None:
    """Give the URL of a refresh that comes at once."""
    found = _REFRESH.match(content)
    if found is None or len(found["seconds"] or "") > _MOST_DIGITS or int(found["seconds"] or 0) > MOST_SECONDS:
        return None
    return (found["double"] or found["single"] or found["bare"] or "").strip(_WHITE) or None


_HEAD = 1 << 15
"""Bytes in which a page that only sends on has said so."""
_MARK = re.compile(rb"""http-equiv\s{0,9}=\s{0,9}["']?\s{0,9}refresh""")
_MOST_DIGITS = 9
_WHITE = "\t\n\f\r "
_REFRESH = re.compile(
    r"""[\t\n\f\r ]*+ (?:(?P<seconds>[0-9]++)|(?=\.)) [0-9.]*+ (?=[\t\n\f\r ;,])
    [\t\n\f\r ]*+ [;,]? [\t\n\f\r ]*+ (?:url[\t\n\f\r ]*+=[\t\n\f\r ]*+)?
    (?: "(?P<double>[^"]*+) | '(?P<single>[^']*+) | (?P<bare>.*+) )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
