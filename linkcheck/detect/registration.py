"""Asks since when a domain is registered (RDAP, RFC 9082 and 9083): a conversation that parking and usurpation share.

A domain that was registered after it was cited had lapsed in between, so that whoever has it now may be anybody. That
alone proves nothing (registries change, and owners come back), so it only makes surer what a page already says. The
service learns which domains are doubted; therefore nobody is asked unless the config wants it.
"""

from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from linkcheck import uri
from linkcheck.detect.api import Context
from linkcheck.detect.captured import instant_of
from linkcheck.domains import registrable
from linkcheck.model import Confidence, Conversation, Finding, Once, Read, Request, Response, ask


class Registration(Struct, frozen=True, kw_only=True):
    """A registration that is younger than the citation."""

    domain: str
    since: str
    """ISO date."""
    cited: str
    """ISO date."""
    asked: str

    @property
    def said(self) -> str:
        """Say it in one clause."""
        return f"{self.domain} was registered on {self.since}, after it was cited ({self.cited})"

    @property
    def evidence(self) -> dict[str, str]:
        """Give what a reader can check."""
        return {"registered": self.since, "cited": self.cited, "rdap": self.asked}


def registered_later(context: Context) -> Conversation[Registration | None]:
    """Ask whether the domain was registered after the citation; None where it was not, or nobody can tell."""
    question, at = _question(context), instant_of(context)
    if question is None or at is None:
        return None
    domain, url = question
    answer = yield from ask(Once(Request(url, headers=(("accept", "application/rdap+json"),), read=_JSON)))
    since = registered(answer.body, domain) if isinstance(answer, Response) and answer.status == 200 else None
    if since is None or since.date() <= at.date():
        return None
    return Registration(domain=domain, since=since.date().isoformat(), cited=at.date().isoformat(), asked=url)


def registered(body: bytes, domain: str) -> datetime | None:
    """Read the newest registration out of a domain object (RFC 9083 5.3), in UTC; None where it is of no use."""
    try:
        told = msgspec.json.decode(body, type=_Domain)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if told.ldh_name.rstrip(".").lower() != domain:
        return None
    dates = (_date(one.date) for one in told.events if one.action in _BEGINS)
    return max((date for date in dates if date), default=None)


def surer(finding: Finding, later: Registration) -> Finding:
    """Let a finding say so, and be surer by it."""
    return msgspec.structs.replace(
        finding,
        confidence=Confidence.MEDIUM if finding.confidence is Confidence.LOW else Confidence.HIGH,
        message=f"{finding.message}; {later.said}",
        evidence=finding.evidence | later.evidence,
    )


class _Event(Struct, frozen=True):
    action: str = msgspec.field(name="eventAction", default="")
    date: str = msgspec.field(name="eventDate", default="")


class _Domain(Struct, frozen=True):
    ldh_name: str = msgspec.field(name="ldhName")
    events: tuple[_Event, ...] = ()


def _question(context: Context) -> tuple[str, str] | None:
    host = uri.host_of(context.url)
    if not context.rdap or uri.is_address(host) or "." not in host:
        return None
    domain = registrable(host)
    return domain, f"{context.rdap.rstrip('/')}/domain/{domain}"


def _date(text: str) -> datetime | None:
    try:
        date = datetime.fromisoformat(text)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_BEGINS = frozenset({"registration", "reregistration"})
"""Event actions (RFC 9083 10.2.3) by which a domain comes to whoever has it."""
_JSON = Read(media_types=("application/rdap+json", "application/json"), limit=1 << 18)
