"""Counts what headlines say beyond the summary: by reference, so that one with two errors counts once."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from linkcheck import uri
from linkcheck.model import (
    NOT_JUDGED,
    ArchiveAnswer,
    DocumentRow,
    ReasonCode,
    ReferenceRow,
    Report,
    Role,
    Severity,
    Verdict,
)
from linkcheck.render.triage import Heap, has_error, heap_of, main_finding, replacement_of, word_of

REASONS = 5
"""Different reasons that are kept of why archives were not asked."""


class Tally(Struct, frozen=True, kw_only=True):
    """Counts of a bounded size, whatever the report's."""

    heaps: Counter[Heap]
    problems: Counter[str]
    """References with an error, by what is wrong: a rule id, the worst finding's."""
    attention: Counter[str]
    """References that need a person without being wrong for certain, by their word."""
    waiting: Counter[ReasonCode]
    by_design: Counter[str]
    """References that nobody wanted checked, by reason code, or by scheme."""
    fine: Counter[str]
    """References with nothing to say about them, by verdict."""
    unseen: int = 0
    """Fine references whose content could not be judged."""
    noted: int
    """References that have no more than a note."""
    documents: Counter[Severity]
    """Findings about the documents themselves."""
    replacements: int = 0
    """References on the heap `do` that a replacement is known for."""
    original: ReferenceRow | None = None
    """The first reference that says where the document comes from."""
    not_asked: tuple[str, ...] = ()
    """Why archives were not asked."""
    place_width: int = 1
    """Cells of the longest `line:column`."""
    word_width: int = 1
    number_width: int = 1

    @property
    def errors(self) -> int:
        """Give how many references and places of documents are wrong."""
        return self.problems.total() + self.documents[Severity.ERROR]

    @property
    def warnings(self) -> int:
        """Give how many references and places of documents a person should look at."""
        return self.attention.total() + self.documents[Severity.WARNING]

    @property
    def need_a_person(self) -> int:
        """Give how many references no replacement is known for."""
        return self.heaps[Heap.DO] + self.heaps[Heap.DECIDE] - self.replacements


def tally(report: Report) -> Tally:
    """Go through the report once."""
    heaps: Counter[Heap] = Counter()
    problems: Counter[str] = Counter()
    attention: Counter[str] = Counter()
    waiting: Counter[ReasonCode] = Counter()
    by_design: Counter[str] = Counter()
    not_asked: dict[str, None] = {}
    originals: dict[Role, ReferenceRow] = {}
    fine: Counter[str] = Counter()
    replacements = count = noted = unseen = 0
    place_width = word_width = 1
    for row in report.references():
        heap = heap_of(row)
        count += 1
        heaps[heap] += 1
        match heap:
            case Heap.DO if has_error(row):
                problems[problem_of(row)] += 1
            case Heap.DO | Heap.DECIDE:
                attention[word_of(row)] += 1
            case Heap.WAITING:
                waiting[row.reason.code] += 1
            case Heap.DESIGN:
                by_design[_kind(row)] += 1
            case Heap.FINE:
                fine[row.verdict.value] += 1
                noted += any(finding.rule != row.verdict for finding in row.findings)
            case _:
                pass
        is_there = row.verdict in {Verdict.ALIVE, Verdict.MOVED}
        unseen += is_there and any(finding.rule == NOT_JUDGED for finding in row.findings)
        replacements += heap is Heap.DO and replacement_of(row) is not None
        if row.role in _ORIGINS:
            originals.setdefault(row.role, row)
        for reason in _reasons(row):
            if len(not_asked) < REASONS:
                not_asked.setdefault(reason)
        place_width = max(place_width, len(f"{row.line}:{row.column}"))
        word_width = max(word_width, len(word_of(row)))
    if left := report.summary.not_reached if count < report.summary.references else 0:
        heaps[Heap.WAITING] += left
        waiting[ReasonCode.NOT_ASKED] += left
    return Tally(
        heaps=heaps,
        problems=problems,
        attention=attention,
        waiting=waiting,
        by_design=by_design,
        fine=fine,
        noted=noted,
        unseen=unseen,
        documents=Counter(finding.severity for document in report.documents() for finding in document.findings),
        replacements=replacements,
        original=next((originals[role] for role in _ORIGINS if role in originals), None),
        not_asked=tuple(not_asked),
        place_width=place_width,
        word_width=word_width,
        number_width=len(str(count)),
    )


def problem_of(row: ReferenceRow) -> str:
    """Name what is wrong with a reference that has an error: a rule id."""
    finding = main_finding(row)
    is_missing_file = row.verdict is Verdict.DEAD and row.reason.code is ReasonCode.FILE_MISSING
    return "missing-file" if is_missing_file else finding.rule if finding else row.verdict.value


def numbered(rows: Iterator[ReferenceRow], *heaps: Heap) -> Iterator[tuple[int, ReferenceRow]]:
    """Give the references of these heaps, each with its number in the document."""
    return ((number, row) for number, row in enumerate(rows, 1) if heap_of(row) in heaps)


def only_document(report: Report) -> DocumentRow | None:
    """Give the document, if there is exactly one."""
    first = None
    for count, document in enumerate(report.documents()):
        if count:
            return None
        first = document
    return first


def _reasons(row: ReferenceRow) -> Iterator[str]:
    return (one.reason for one in row.archives if one.answer is ArchiveAnswer.NOT_ASKED and one.reason)


def _kind(row: ReferenceRow) -> str:
    """Say what was left out: the reason, or for a scheme the scheme, as far as it is a common one."""
    if row.reason.code is not ReasonCode.SCHEME:
        return row.reason.code.value
    scheme = uri.scheme_of(row.raw) or ""
    return scheme if scheme in _SCHEMES else ReasonCode.SCHEME.value


_ORIGINS = (Role.ORIGINAL, Role.CANONICAL)
_SCHEMES = frozenset({"mailto", "tel", "data", "ftp", "sms", "irc", "ssh", "git", "javascript", "magnet"})
