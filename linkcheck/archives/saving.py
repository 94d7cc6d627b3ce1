"""Asks Save Page Now 2 of the Wayback Machine to capture a page, and waits until it has.

Source: the Internet Archive's "Save Page Now 2 Public API Docs" (rev. 2026-07-22). Errors and used up quotas come with
status 200 and no `job_id`; a fresh capture is not in the index at once, so that the job's word is taken for it.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from linkcheck.archives import cdx
from linkcheck.archives.api import Endpoints
from linkcheck.archives.replay import shown_at
from linkcheck.clock import iso
from linkcheck.model import Conversation, Failure, FailureKind, Read, Request, Response, ask

POLLS = 120
"""Questions about one job; how far apart they are is said by the manners of the endpoint."""


class Saved(Struct, frozen=True, kw_only=True):
    """The page was captured."""

    url: str
    uri_m: str
    datetime: str
    """ISO 8601, UTC."""
    note: str = ""


class NotSaved(Struct, frozen=True, kw_only=True):
    """It was not, and why."""

    url: str
    reason: str
    is_passing: bool = False
    """Another day may bring it."""
    is_for_all: bool = False
    """Nothing else can be saved now, either."""


def save(url: str, endpoints: Endpoints, authorization: str) -> Conversation[Saved | NotSaved]:
    """Ask for a capture and poll its job. `authorization` is the header's value, `LOW ACCESS:SECRET`."""
    headers = (("accept", "application/json"), ("authorization", authorization))
    terms = {"url": url, "skip_first_archive": "1", "if_not_archived_within": "86400", "js_behavior_timeout": "0"}
    form = (("content-type", "application/x-www-form-urlencoded"),)
    asked = Request(
        endpoints["save"], "POST", (*headers, *form), read=_JSON, follow=False, content=urlencode(terms).encode()
    )
    told = _read(url, (yield from ask(asked)))
    if isinstance(told, NotSaved):
        return told
    if not _is_job(told.job_id):
        return _refused(url, told)
    note = told.message
    status = Request(f"{endpoints['save-status']}/{told.job_id}", headers=headers, read=_JSON, follow=False)
    for _ in range(POLLS):
        told = _read(url, (yield from ask(status)))
        if isinstance(told, NotSaved):
            return msgspec.structs.replace(told, reason=f"{told.reason}; the job was accepted and may end well")
        match told.status:
            case "success" if instant := cdx.instant(told.timestamp):
                original = told.original_url or url
                return Saved(
                    url=url, uri_m=shown_at(endpoints["replay"], instant, original), datetime=iso(instant), note=note
                )
            case "pending":
                continue
            case _:
                return _refused(url, told)
    return NotSaved(url=url, reason="the job was accepted, and is not done yet", is_passing=True)


class _Told(Struct):
    """An answer; every field may be missing."""

    job_id: str = ""
    status: str = ""
    status_ext: str = ""
    message: str = ""
    timestamp: str = ""
    original_url: str = ""


def _read(url: str, answer: Response | Failure) -> _Told | NotSaved:
    if isinstance(answer, Failure):
        is_over = answer.kind is FailureKind.BUDGET
        return NotSaved(url=url, reason=answer.message, is_passing=True, is_for_all=is_over)
    if answer.status == 429:
        return NotSaved(url=url, reason="the archive asked us to wait (429)", is_passing=True, is_for_all=True)
    if answer.status in {401, 403}:
        return NotSaved(url=url, reason=f"the archive refuses the keys ({answer.status})", is_for_all=True)
    try:
        told = msgspec.json.decode(answer.body, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return NotSaved(url=url, reason=f"the archive sent no JSON (status {answer.status})", is_passing=True)
    return _Told(**{name: _text(told, name) for name in _Told.__struct_fields__})


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    return value[:_LONGEST] if isinstance(value, str) else ""


def _refused(url: str, told: _Told) -> NotSaved:
    code = told.status_ext.removeprefix("error:")
    said = told.message or code or "the archive did not say why"
    return NotSaved(
        url=url, reason=f"{said} ({code})" if code and told.message else said,
        is_passing=code not in _FINAL, is_for_all=code in _FOR_ALL,
    )  # fmt: skip


def _is_job(name: str) -> bool:
    return bool(name) and name.replace("-", "").isalnum() and name.isascii()


_JSON = Read(media_types=("*/*",), limit=1 << 20)
_LONGEST = 500
_FINAL = frozenset(
    {
        "bad-request", "blocked", "blocked-url", "filesize-limit", "invalid-host-resolution", "invalid-url-syntax",
        "method-not-allowed", "no-access", "not-found", "too-many-redirects", "unauthorized",
    }
)  # fmt: skip
"""What will be so tomorrow, too."""
_FOR_ALL = frozenset({"blocked-client-ip", "unauthorized", "user-session-limit", "too-many-daily-captures-user"})
