"""Looks at captures before anybody is sent there, to find one that is proven to show what was cited.

A capture is believed only if it comes with Memento-Datetime (RFC 7089 2.1.1), is one of the URL that was asked, was
taken when it is said to be, and shows a page: no error, wall, parked domain, or next to nothing. A captured redirect is
worth what it leads to, unless it leads other pages of the site there, too (Zhu et al., "Permanently dead", IMC 2022).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.archives.api import Evaluate
from linkcheck.archives.choose import PAGES, REDIRECTS
from linkcheck.archives.identity import identity
from linkcheck.archives.link_format import date_of, targets
from linkcheck.archives.replay import place_of
from linkcheck.archives.resemble import Sought, resemblance, shown_title
from linkcheck.archives.unwrap import is_of_low_trust, unwrap
from linkcheck.inflate import unfolded
from linkcheck.model import (
    ArchiveAnswer,
    Conversation,
    Failure,
    FailureKind,
    Hop,
    Lookup,
    Memento,
    Read,
    Request,
    Response,
    Trust,
    ask,
    ask_all,
)

Siblings: TypeAlias = Callable[[str, datetime], Conversation[tuple[str, ...]]]
"""(URI-R of a captured redirect, its instant) -> raw addresses of redirects that were captured beside it."""

_Word: TypeAlias = bool | None
"""What `Memento.validated` is."""

TRIED = 5
"""Captures of one look-up that are looked at, at most."""
TOLERANCE = timedelta(days=1)
"""How far from the instant that the index names what is shown may be."""
REDIRECT_TOLERANCE = timedelta(days=90)
"""How far from a captured redirect its target may have been captured."""


def validate(
    lookup: Lookup, sought: Sought, evaluate: Evaluate, siblings: Siblings | None = None
) -> Conversation[Lookup]:
    """Look at the mementos of a look-up, best first, until one is proven; those come first that are.

    A headline over hardly any text, or over a text that breaks off, proves little: walls, notices and broken crawls
    look so. Then further captures are looked at, and one with more text is believed instead. Nothing is fetched from
    archives of low trust. When an archive wants to be left alone, or the budget ends, what has not been looked at stays
    unknown.
    """
    looked: list[_Sight] = []
    waiting = list(lookup.mementos)
    tried = 0
    while waiting and tried < TRIED:
        memento = waiting.pop(0)
        if memento.uri_raw is None or memento.trust is not Trust.HIGH or is_of_low_trust(memento.uri_m):
            looked.append(_Sight(_listed(memento)))
            continue
        tried += 1
        sight = yield from _Look(memento, sought, evaluate, siblings).look()
        looked.append(sight)
        if sight.is_last or (sight.memento.validated and not sight.is_thin):
            break
    return _summed_up(lookup, (*_weighed(looked), *waiting))


def _weighed(looked: Sequence["_Sight"]) -> Iterator[Memento]:
    """Yield what was looked at; a headline over little text is believed only where no capture shows much more."""
    proven = [one for one in looked if one.memento.validated]
    longest = max(proven, key=lambda one: one.told, default=None)
    for one in looked:
        if longest is None or not (one.memento.validated and one.is_thin):
            yield one.memento
        elif one.told * _LONGER < longest.told:
            day = longest.memento.datetime[:10]
            why = f"shows the headline over {one.told} words of text, where the capture of {day} has {longest.told}"
            yield structs.replace(one.memento, validated=False, note=why)
        elif len(proven) == 1 and one.told < _HEADLINE_ONLY and one.is_notice:
            why = f"has the headline over {one.told} words of text, and no other capture to compare that with"
            yield structs.replace(one.memento, validated=None, note=why)
        else:
            yield one.memento


def rank(memento: Memento) -> int:
    """Order mementos by what is known of them: proven, unknown, proven to be something else."""
    return {True: 0, None: 1, False: 2}[memento.validated]


class _Sight(Struct, frozen=True):
    """What a look at one memento gave."""

    memento: Memento
    is_last: bool = False
    """The archive is not to be asked for more."""
    told: int = 0
    """Words of its paragraphs."""
    is_thin: bool = False
    """What it shows may be the headline and nothing of the story."""
    is_notice: bool = False
    """It speaks as walls and error pages do."""


class _Look:
    """One look at one memento, redirects walked, each at its own time."""

    def __init__(self, memento: Memento, sought: Sought, evaluate: Evaluate, siblings: Siblings | None) -> None:
        self.memento = memento
        self.sought = sought
        self.evaluate = evaluate
        self.siblings = siblings
        self.asked: set[str] = set()
        self.hops: list[Hop] = []
        self.told = 0
        self.is_thin = self.is_notice = False
        self.url = memento.uri_raw or ""
        """What is asked next."""
        place = place_of(self.url)
        self.of = uri.key(place.url) or place.url if place else sought.url
        """URI-R that it must be a capture of."""
        self.due = datetime.fromisoformat(memento.datetime)
        self.tolerance = TOLERANCE

    def look(self) -> Conversation[_Sight]:
        while len(self.asked) < _STEPS:
            if self.url in self.asked:
                return self._say(False, "leads back to itself")
            self.asked.add(self.url)
            answer = yield from ask(Request(self.url, read=_CONTENT, follow=False))
            if isinstance(answer, Failure):
                is_last = answer.kind is FailureKind.BUDGET
                word = "not looked at" if is_last else "could not be looked at"
                return self._say(None, f"{word}: {answer.message}", is_last=is_last)
            at = date_of(answer.header("memento-datetime") or "")
            if at is None:
                if sight := self._of_the_archive(answer):
                    return sight
                continue
            if sight := self._is_another(answer, at):
                return sight
            if answer.status not in REDIRECTS or not answer.header("location"):
                return (yield from self._judge(answer))
            if sight := self._step(answer, at):
                return sight
        return self._say(False, f"leads through more than {_STEPS} redirects")

    def _of_the_archive(self, answer: Response) -> _Sight | None:
        """Deal with what is no memento: None where the archive only sends us to the capture that it has."""
        location = answer.header("location")
        if answer.status in REDIRECTS and location:
            target = uri.resolve(location, answer.url)
            if target is None or uri.origin_of(target) != uri.origin_of(self.url):
                return self._say(None, "the archive sends elsewhere")
            self.url = target
            return None
        if answer.status == 429:
            return self._say(None, "not looked at: the archive asked us to wait (429)", is_last=True)
        body = unfolded(answer.body, _CONTENT.limit)[0][:_GLANCE]
        error = answer.header("x-archive-wayback-runtime-error") or ""
        if _BLOCKED.search(body) or _BLOCKED.search(error.encode("utf-8", "replace")):
            return self._say(None, "the archive does not show it: the site is excluded", is_last=True)
        if error:
            return self._say(None, "could not be looked at: the archive failed to show it")
        if answer.status in {403, 404}:
            return self._say(False, f"the archive lists it, and does not show it ({answer.status})")
        if _REDIRECT_PAGE.search(body):
            return self._say(None, "the archive shows a page about a redirect instead of it")
        if answer.status >= 500:
            return self._say(None, f"could not be looked at: the archive answered with status {answer.status}")
        return self._say(None, "came without Memento-Datetime: a page of the archive, and no capture")

    def _is_another(self, answer: Response, at: datetime) -> _Sight | None:
        """Tell a capture of another time or another page than was asked."""
        if abs(at - self.due) > self.tolerance:
            what = "what the redirect leads to was captured" if self.hops else "the archive shows the capture of"
            return self._say(False, f"{what} {'on ' if self.hops else ''}{at:%Y-%m-%d}")
        for name, value in answer.headers:
            original = next((one.url for one in targets(value) if "original" in one.relations), None)
            if name == "link" and original and identity(original) != identity(self.of):
                return self._say(False, f"the archive shows a capture of {original}")
        return None

    def _step(self, answer: Response, at: datetime) -> _Sight | None:
        """Walk a captured redirect, at its own time and within the archive; pywb gives its target as it came."""
        address = uri.resolve(answer.header("location") or "", answer.url) or ""
        place, own = place_of(self.url), place_of(address)
        is_rewritten = own is not None and uri.origin_of(address) == uri.origin_of(self.url)
        written = own.url if own and is_rewritten else answer.header("location") or ""
        copy = unwrap(written)
        target = uri.key(copy.original if copy else uri.resolve(written, self.of) or "")
        if target is None or place is None or uri.scheme_of(target) not in uri.WEB:
            return self._say(False, f"a captured redirect ({answer.status}) that leads nowhere")
        self.hops.append(Hop(self.of, answer.status, target))
        self.of, self.due, self.tolerance = target, at, REDIRECT_TOLERANCE
        self.url = place.raw(at, target)
        return None

    def _judge(self, answer: Response) -> Conversation[_Sight]:
        if answer.status not in PAGES:
            return self._say(False, f"shows an error: status {answer.status} was archived")
        body, _ = unfolded(answer.body, _CONTENT.limit)
        if not body:
            return self._say(False, "is empty")
        page = Response(
            self.of,
            answer.status,
            headers=tuple(_as_they_came(answer)),
            body=body,
            truncated=answer.truncated,
            hops=(*self.hops, Hop(self.of, answer.status)),
        )
        shown = self.evaluate(self.sought.url, page)
        if shown.trouble:
            return self._say(False, f"is {shown.trouble}")
        if not _is_text(page):
            return self._say(*_unread(page))
        found = resemblance(shown, self.sought)
        if shown.doubt and not (found.is_it and found.why.startswith("shows")):
            return self._say(False, f"is {shown.doubt}")
        if shown.facts.words < _NEARLY_EMPTY:
            is_it = None if found.is_it and found.why.startswith("shows") else False
            return self._say(is_it, f'has hardly a word on it ("{shown_title(shown)}", {shown.facts.words} words)')
        if shown.told is not None:
            self.told, self.is_notice = shown.told, shown.is_notice
            self.is_thin = (self.told < _THIN or _is_cut(answer, body)) and not found.is_as_live
        if self.hops and identity(self.sought.url) != identity(self.of):
            shared = yield from self._is_shared()
            if shared:
                return self._say(False, f"was redirected to {self.of}, as other pages of the site were")
            via = f"; it was redirected to {self.of}"
            if shared is None and not found.why.startswith(("shows", "has")):
                return self._say(None, f"{found.why}{via}, and so may have been other pages")
            return self._say(found.is_it, f"{found.why}{via}")
        return self._say(found.is_it, found.why)

    def _is_shared(self) -> Conversation[bool | None]:
        """Tell whether pages beside it were redirected to the same place; None where that cannot be told."""
        if self.siblings is None:
            return None
        addresses = yield from self.siblings(self.sought.url, self.due)
        if not addresses:
            return False
        answers = yield from ask_all(*(Request(one, read=_CONTENT, follow=False) for one in addresses[:_SIBLINGS]))
        ends = {identity(hop.location or "") for hop in self.hops}
        return any(
            isinstance(answer, Response) and _leads_to(answer, ends) and answer.url != self.memento.uri_raw
            for answer in answers
        )

    def _say(self, verdict: _Word, why: str, *, is_last: bool = False) -> _Sight:
        note = "; ".join(part for part in (why, self.memento.note) if part)
        seen = structs.replace(self.memento, validated=verdict, note=note)
        return _Sight(seen, is_last, self.told, self.is_thin, self.is_notice)


def _leads_to(answer: Response, ends: set[str]) -> bool:
    location = answer.header("location")
    if answer.status not in REDIRECTS or not location or not answer.header("memento-datetime"):
        return False
    place, here = place_of(uri.resolve(location, answer.url) or ""), place_of(answer.url)
    target = place.url if place else uri.resolve(location, here.url if here else None) or ""
    return identity(target) in ends


def _as_they_came(answer: Response) -> list[tuple[str, str]]:
    """Give the headers of the archived answer; archives put a prefix before them, or send some as they were."""
    own = [(name.removeprefix(_ORIGINALLY), value) for name, value in answer.headers if name.startswith(_ORIGINALLY)]
    media_type = answer.header("content-type")
    if media_type and not any(name == "content-type" for name, _ in own):
        own.append(("content-type", media_type))
    return own


def _is_cut(answer: Response, body: bytes) -> bool:
    """Tell a page that breaks off: it begins as HTML and does not end so, or the server had announced more of it."""
    said = answer.header(f"{_ORIGINALLY}content-length") or ""
    is_short = said.isascii() and said.isdigit() and len(said) < _DIGITS and len(answer.body) < int(said)
    is_encoded = bool(answer.header(f"{_ORIGINALLY}content-encoding"))
    start, end = body[:_GLANCE].lower(), body[-_GLANCE:].lower()
    return (is_short and not is_encoded) or (b"<html" in start and b"</html" not in end and not answer.truncated)


def _is_text(page: Response) -> bool:
    return page.media_type.startswith("text/") or page.media_type in {"", "application/xhtml+xml", "application/xml"}


def _unread(page: Response) -> tuple[bool | None, str]:
    """Judge what is no text by its first bytes: an error page in the place of a PDF or image is none."""
    kind = page.media_type
    looks = next((name for start, name in _SIGNATURES.items() if page.body.startswith(start)), None)
    if looks and (looks in kind or kind in {"application/octet-stream", "application/x-download"}):
        return True, f"is a file ({kind}, {len(page.body):,} bytes), whose text was not read"
    if page.body[:_GLANCE].lstrip()[:1] == b"<" and "xml" not in kind:
        return False, f"is a page in the place of a file ({kind})"
    return None, f"is a file ({kind}) that is not read"


def _listed(memento: Memento) -> Memento:
    if memento.trust is Trust.PROOF:
        return memento
    note = "; ".join(part for part in ("listed only: nobody has looked at it", memento.note) if part)
    return structs.replace(memento, trust=Trust.LOW if memento.uri_raw else memento.trust, note=note)


def _summed_up(lookup: Lookup, mementos: tuple[Memento, ...]) -> Lookup:
    kept = tuple(sorted(mementos, key=rank))
    false = [one for one in kept if one.validated is False]
    if kept and len(false) == len(kept):
        reason = f"of {len(kept)} captures none shows what was cited: the best {false[0].note}"
        if all(one.status in REDIRECTS for one in kept):
            return structs.replace(lookup, answer=ArchiveAnswer.NONE, reason=reason, mementos=())
        reason = "; ".join(part for part in (lookup.reason, reason) if part)
        return structs.replace(lookup, reason=reason, mementos=kept)
    return structs.replace(lookup, mementos=kept)


_STEPS = 10
"""Requests for one memento, redirects of the archive and archived ones together."""
_SIBLINGS = 6
_NEARLY_EMPTY = 10
"""Words."""
_THIN, _HEADLINE_ONLY = 120, 25
"""Words of paragraphs: of a page that may be less than the article, and of one that may be none of it."""
_LONGER = 1.5
"""A capture with so many times the words shows what another lacks."""
_DIGITS = 12
_CONTENT = Read(media_types=("*/*",), limit=1 << 20)
_GLANCE = 1 << 14
_ORIGINALLY = "x-archive-orig-"
_BLOCKED = re.compile(
    rb"has been excluded from the Wayback|URL has been excluded|AdministrativeAccessControlException"
    rb"|RobotAccessControlException",
)
_REDIRECT_PAGE = re.compile(rb"Got an? HTTP 3\d\d response at crawl time")
_SIGNATURES = {
    b"%PDF": "pdf",
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG": "png",
    b"GIF8": "gif",
    b"RIFF": "webp",
    b"PK\x03\x04": "zip",
}
