"""One line of the table: a reference as planned, then with a first answer, then judged."""

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.model import Judgement, ReferenceRow, Role
from linkcheck.render.triage import Heap, heap_of, replacement_of
from linkcheck.store import Met
from linkcheck.tui.looks import DOUBTED, PENDING, Look, early_heap, early_look, look_of


class Entry(Struct, frozen=True, kw_only=True):
    """A reference, and what is known of it so far."""

    document: str
    line: int
    column: int
    element: str
    role: Role
    text: str
    address: str
    """The absolute URL; where there is none, or it is a local file's, the destination as written."""
    link: str | None
    """The canonical URL of what is checked."""
    look: Look = PENDING
    heap: Heap | None = None
    """What a person has to do about it; None when nobody has looked so far."""
    reason: str = ""
    row: ReferenceRow | None = None
    """The judgement with its evidence, once the run is through."""

    @property
    def web_address(self) -> str | None:
        """The URL that a browser can open; None for everything that is not http(s)."""
        return self.address if uri.scheme_of(self.address) in uri.WEB else None

    @property
    def capture(self) -> str | None:
        """The URL of the archived copy that is proposed first."""
        rescued = (one.uri_m for one in self.row.rescues if one.uri_m) if self.row else ()
        held = (one.uri_m for one in self.row.mementos) if self.row else ()
        return next((one for one in (*rescued, *held) if uri.scheme_of(one) in uri.WEB), None)

    @property
    def replacement(self) -> str | None:
        """What to print instead, exactly."""
        return replacement_of(self.row) if self.row else None

    def answered(self, judgement: Judgement) -> "Entry":
        """Give the entry with a first answer, which the whole run may still overrule."""
        return structs.replace(
            self, look=early_look(judgement), heap=early_heap(judgement), reason=judgement.reason.text, row=None
        )

    def doubted(self, why: str) -> "Entry":
        """Give the entry of a link that looked bad, and is asked once more at the end of the run."""
        reason = f"{why} (it is asked again at the end of the run)"
        return structs.replace(self, look=DOUBTED, heap=None, reason=reason, row=None)


def planned(document: str, met: Met) -> Entry:
    """Make an entry of a reference as it was read; what the document alone decides is known already."""
    reference, plan = met.planned.reference, met.planned.plan
    entry = Entry(
        document=document,
        line=reference.span.line,
        column=reference.span.column,
        element=reference.element,
        role=reference.role,
        text=reference.text,
        address=_address(plan.url, reference.raw),
        link=plan.link,
    )
    return entry.answered(plan.judgement) if plan.judgement else entry


def judged(row: ReferenceRow) -> Entry:
    """Make an entry of a reference as the report has it."""
    return Entry(
        document=row.document,
        line=row.line,
        column=row.column,
        element=row.element,
        role=row.role,
        text=row.text,
        address=_address(row.url, row.raw),
        link=row.link,
        look=look_of(row),
        heap=heap_of(row),
        reason=row.reason.text,
        row=row,
    )


def _address(url: str | None, raw: str) -> str:
    return raw if url is None or uri.scheme_of(url) == "file" else url
