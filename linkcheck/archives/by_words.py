"""Searches the index of a CDX server for a story: pages of one host whose addresses have the words of a headline.

One bounded query: only pages, each address once, within a stretch of time, and no more rows than a person would want
to read. Source: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from linkcheck import uri
from linkcheck.archives import cdx
from linkcheck.archives.api import Listed
from linkcheck.archives.cdx import Refusal
from linkcheck.clock import iso
from linkcheck.model import ANYTHING, Conversation, Failure, Request, ask

BEFORE, AFTER = timedelta(days=120), timedelta(days=400)
"""A story that is cited was there before the article, and may have been captured much later."""
ROWS = 400


def search(
    host: str, at: datetime | None, words: Sequence[str], endpoints: Mapping[str, str]
) -> Conversation[tuple[Listed, ...] | None]:
    """List pages of a host whose address has two of the longest of these words; empty without two usable words.

    None where the index did not answer: that says nothing.
    """
    telling = sorted((word for word in words if _WORD.fullmatch(word)), key=len, reverse=True)[:_MOST]
    if len(telling) < _FEWEST or not host:
        return ()
    answer = yield from ask(_query(host, at, telling, endpoints["cdx"]))
    if isinstance(answer, Failure) or answer.status != 200:
        return None
    found = cdx.read(answer.body)
    if isinstance(found, Refusal):
        return None
    bare = _bare(host)
    listed: dict[str, Listed] = {}
    for capture in found.captures:
        if _bare(uri.host_of(capture.original)) == bare:
            listed.setdefault(capture.original, Listed(url=capture.original, at=iso(capture.at)))
    return tuple(listed.values())


def _query(host: str, at: datetime | None, words: Sequence[str], endpoint: str) -> Request:
    """Ask for addresses that have one of these words and another one behind it, in any order."""
    any_word = "|".join(words)
    terms = [
        ("url", host),
        ("matchType", "host"),
        ("output", "json"),
        ("fl", "timestamp,original,mimetype,statuscode,digest,length"),
        ("filter", f"urlkey:.*(?:{any_word}).*(?:{any_word}).*"),
        ("filter", "statuscode:20[036]"),
        ("filter", "mimetype:text/html"),
        ("collapse", "urlkey"),
        ("limit", str(ROWS)),
    ]
    if at:
        terms += [("from", cdx.timestamp(at - BEFORE)[:8]), ("to", cdx.timestamp(at + AFTER)[:8])]
    accept = ("accept", "application/json, text/plain;q=0.9, */*;q=0.1")
    return Request(f"{endpoint}?{urlencode(terms)}", headers=(accept,), read=ANYTHING)


def _bare(host: str) -> str:
    return _WWW.sub("", host)


_WORD = re.compile(r"[a-z0-9]{4,30}")
"""What can stand in an expression and in a slug as it is; index keys are lower case."""
_MOST, _FEWEST = 6, 2
_WWW = re.compile(r"^www\d*\.")
