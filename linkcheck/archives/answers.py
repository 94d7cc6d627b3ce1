"""Says in one way what archives answered: why one did not, and which mementos it proposes."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from linkcheck import uri
from linkcheck.archives.cdx import Capture
from linkcheck.archives.choose import REDIRECTS
from linkcheck.archives.identity import identity, without_tracking
from linkcheck.archives.replay import shown_at
from linkcheck.clock import iso
from linkcheck.model import (
    ArchiveAnswer,
    Failure,
    FailureKind,
    Life,
    Lookup,
    Memento,
    Read,
    Response,
    Trust,
)

INDEX = Read(media_types=("*/*",), limit=8 << 20)
"""What is read of an index or TimeMap: some 60,000 captures."""


class Trouble(Struct, frozen=True):
    """Why an archive did not answer."""

    answer: ArchiveAnswer
    reason: str
    is_final: bool = False
    """Asking it in another way would not help, or not be polite."""
    is_down: bool = False
    """Nothing came at all: nothing else of the same host will come."""


def trouble_of(answer: Response | Failure) -> Trouble | None:
    """Tell what is no answer to a question about captures; what the archive says in its body is not looked at."""
    if isinstance(answer, Failure):
        if answer.kind is FailureKind.BUDGET:
            return Trouble(ArchiveAnswer.NOT_ASKED, answer.message, is_final=True)
        return Trouble(ArchiveAnswer.FAILED, f"the archive could not be reached: {answer.message}", is_down=True)
    if answer.status == 429:
        return Trouble(ArchiveAnswer.NOT_ASKED, "the archive asked us to wait (429)", is_final=True)
    if answer.status not in {200, 404}:
        return Trouble(ArchiveAnswer.FAILED, f"the archive answered with status {answer.status}")
    return None


class Asked(Struct, frozen=True, kw_only=True):
    """Who was asked, about what."""

    archive: str
    url: str
    at: datetime | None
    replay: str
    """Where captures are shown: a base, or a template."""
    trust: Trust = Trust.HIGH

    def found(self, captures: Iterable[Capture], reason: str = "", *, life: Life | None = None) -> Lookup:
        """Answer with captures, best first."""
        mementos = tuple(self.memento(capture) for capture in captures)
        return self.answered(ArchiveAnswer.FOUND, reason, mementos, life=life)

    def failed(self, trouble: Trouble) -> Lookup:
        """Answer that there is no answer."""
        return self.answered(trouble.answer, trouble.reason)

    def none(self, reason: str = "the archive has no capture of this URL", *, life: Life | None = None) -> Lookup:
        """Answer that there is nothing."""
        return self.answered(ArchiveAnswer.NONE, reason, life=life)

    def answered(
        self, answer: ArchiveAnswer, reason: str, mementos: tuple[Memento, ...] = (), *, life: Life | None = None
    ) -> Lookup:
        """Answer in any way."""
        return Lookup(archive=self.archive, answer=answer, reason=reason, mementos=mementos, life=life)

    def memento(self, capture: Capture, uri_m: str | None = None, uri_raw: str | None = None) -> Memento:
        """Propose a capture; its addresses are those of the replay, unless it has others."""
        return Memento(
            archive=self.archive,
            uri_m=uri_m or shown_at(self.replay, capture.at, capture.original),
            uri_raw=uri_raw if uri_m else shown_at(self.replay, capture.at, capture.original, is_raw=True),
            datetime=iso(capture.at),
            status=capture.status,
            target=iso(self.at) if self.at else None,
            distance_days=round((capture.at - self.at).total_seconds() / 86_400, 3) if self.at else None,
            note="; ".join(self._notes(capture)) or None,
            trust=self.trust,
        )

    def _notes(self, capture: Capture) -> Iterable[str]:
        if identity(capture.original) not in {identity(self.url), identity(without_tracking(self.url) or self.url)}:
            yield f"captured as {capture.original}, which may be another page: the index ignores case and order"
        elif uri.key(capture.original) != uri.key(self.url):
            yield f"captured as {capture.original}"
        if capture.status in REDIRECTS:
            yield f"a redirect was captured ({capture.status})"
