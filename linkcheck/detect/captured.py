"""Fetches the capture that shows what was cited, as it was archived: a conversation that drift and usurpation share."""

from datetime import datetime

from msgspec import Struct

from linkcheck.detect.api import Citation, Context, Page
from linkcheck.detect.not_found import suspicion
from linkcheck.model import Captures, Conversation, Lookup, Memento, Once, Request, Response, Role, ask


class Captured(Struct, frozen=True):
    """A capture, and the page that it shows."""

    memento: Memento
    page: Page

    @property
    def evidence(self) -> dict[str, str | bool | None]:
        """Give where a reader finds it."""
        return {
            "capture": self.memento.uri_m,
            "captured": self.memento.datetime,
            "validated": self.memento.validated,
            "title_then": self.page.facts.title,
        }


def captured(context: Context) -> Conversation[Captured | None]:
    """Ask for the best capture near the citation, and fetch its bytes; None where there is none that shows a page."""
    lookups: tuple[Lookup, ...] = yield from ask(Captures(context.url, instant_of(context)))
    mementos = [one for lookup in lookups for one in lookup.mementos if one.validated is not False]
    mementos.sort(key=lambda one: one.validated is not True)
    if not mementos or context.page_of is None:
        return None
    best = mementos[0]
    answer = yield from ask(Once(Request(best.uri_raw or best.uri_m)))
    if not isinstance(answer, Response) or answer.status != 200:
        return None
    page = context.page_of(answer)
    return None if suspicion(page).is_plain else Captured(best, page)


def instant_of(context: Context) -> datetime | None:
    """Give when it was cited: by the document whose original it is, else by the first that has a date."""
    return next((one.at for one in sorted(context.citations(), key=_is_no_original) if one.at), None)


def is_original(context: Context) -> bool:
    """Tell whether some document says that it comes from there."""
    return any(one.role is Role.ORIGINAL for one in context.citations())


def _is_no_original(citation: Citation) -> bool:
    return citation.role is not Role.ORIGINAL
