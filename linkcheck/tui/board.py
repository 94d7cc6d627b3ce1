"""What is known of a run so far: events go in, and the widgets read what has come of them."""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from enum import Enum, auto
from itertools import islice

from msgspec import Struct

from linkcheck.events import Checked, Consulting, Doubted, Event, Extracted, Finished, Judging, Planned, Waiting, Warned
from linkcheck.model import Check, DocumentRow, Judgement, Reason, ReasonCode, Report, Role
from linkcheck.render.tally import Tally, tally
from linkcheck.tui.entry import Entry, judged
from linkcheck.tui.ledger import Ledger


class Stage(Enum):
    """How far the run is."""

    READING = auto()
    CHECKING = auto()
    ASKING = auto()
    """The archives are being asked."""
    JUDGING = auto()
    """All that could be heard has been; what it comes to is being concluded."""
    THROUGH = auto()
    BROKEN = auto()
    """It failed; what was known by then stays on the board."""


class Wait(Struct, frozen=True):
    """What politeness waits for."""

    on: str
    why: str
    until: float
    """By the stopwatch."""


class Board:
    """The state of the app, without a widget."""

    def __init__(self, ledger: Ledger, stopwatch: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing known."""
        self._ledger = ledger
        self._stopwatch = stopwatch
        self._places: dict[str, list[int]] = {}
        """The entries of a link, by its canonical URL."""
        self._wait: Wait | None = None
        self.stage = Stage.READING
        self.entries: list[Entry] = []
        self.document: DocumentRow | None = None
        """The only document; None where there are several."""
        self.documents = self.references = self.links = 0
        self.done = self.total = 0
        """Steps of the stage."""
        self.archive = ""
        """Which archive is being asked."""
        self.judging = ""
        """What is being judged: links or references."""
        self.verdicts: Counter[str] = Counter()
        """Links by what their first answer suggests."""
        self.doubted: set[str] = set()
        """Links that look bad, and are asked again at the end."""
        self.again: dict[str, None] = {}
        """Links that shall be looked at once more."""
        self.notices: deque[str] = deque(maxlen=100)
        """Sentences that a person has not seen yet."""
        self.error = ""
        """Why the run broke."""
        self.report: Report | None = None
        self.tally: Tally | None = None
        self.checks: dict[str, Check] = {}
        """What was seen of a link, once the run is through."""

    @property
    def wait(self) -> Wait | None:
        """What is being waited for now."""
        return self._wait if self._wait and self._wait.until > self._stopwatch() else None

    @property
    def seconds_left(self) -> float:
        """How long that will still take."""
        return self._wait.until - self._stopwatch() if self._wait else 0.0

    @property
    def original(self) -> Entry | None:
        """The reference that says where the only document comes from."""
        if self.document is None:
            return None
        return next((one for one in self.entries if one.role is Role.ORIGINAL), None)

    def hear(self, event: Event) -> None:
        """Take in what the pipeline says."""
        match event:
            case Extracted(_, references):
                self.documents += 1
                self.references += references
            case Planned():
                self._plan(event)
            case Checked(url, verdict, done, total):
                self.stage, self._wait = Stage.CHECKING, None
                self.done, self.total = done, total
                self.links = max(self.links, total)
                self.verdicts[verdict.value] += 1
                self.again.pop(url, None)
                self.doubted.discard(url)
                first = Judgement(verdict, Reason(ReasonCode.ANSWERED, "the first answer; the run is not through"))
                for place in self._places.get(url, ()):
                    self.entries[place] = self.entries[place].answered(first)
            case Consulting(archive, _, done, total):
                self.stage, self.archive, self._wait = Stage.ASKING, archive, None
                self.done, self.total = done, total
            case Doubted(url=url, why=why):
                self.stage = Stage.CHECKING
                self.doubted.add(url)
                for place in self._places.get(url, ()):
                    self.entries[place] = self.entries[place].doubted(why)
            case Waiting(on, seconds, why):
                self._wait = Wait(on, why, self._stopwatch() + seconds)
            case Warned(message):
                self.notices.append(message)
            case Judging(what, done):
                self.stage, self._wait = Stage.JUDGING, None
                self.judging, self.done = what, done
            case Finished():
                self._conclude()

    def fail(self, error: str) -> None:
        """Take in that the run broke."""
        self.stage, self.error = Stage.BROKEN, error

    def _plan(self, plan: Planned) -> None:
        self.stage = Stage.CHECKING
        self.documents, self.references, self.links = plan.documents, plan.references, plan.links
        self.done, self.total = 0, plan.links
        few = list(islice(self._ledger.documents(), 2))
        self.document = few[0] if len(few) == 1 else None
        self.entries = list(self._ledger.planned())
        places = defaultdict(list)
        for place, entry in enumerate(self.entries):
            if entry.link:
                places[entry.link].append(place)
        self._places = dict(places)

    def _conclude(self) -> None:
        self.stage, self._wait = Stage.THROUGH, None
        self.doubted.clear()
        report = self._ledger.report()
        self.entries = [judged(row) for row in report.references()]
        self.checks = {link.url: link.check for link in report.links() if link.check}
        self.report, self.tally = report, tally(report)
        if self.document is not None:  # what it says is known by now, and how it compares with its original
            self.document = next(iter(report.documents()), self.document)
