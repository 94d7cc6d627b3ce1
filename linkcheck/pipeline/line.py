"""What all stages of a run share."""

from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import BinaryIO, TypeVar

from msgspec import Struct, field

from linkcheck import registry
from linkcheck.archives.api import Archive, configured
from linkcheck.archives.memento import archive_of
from linkcheck.clock import Clock
from linkcheck.config import Config
from linkcheck.detect.api import Context, Detector, Mention, Then
from linkcheck.errors import ConfigError
from linkcheck.events import Emit, Warned
from linkcheck.evidence.replayer import Replayer
from linkcheck.evidence.tape import BLANK, Tape, asking
from linkcheck.fetch.converse import Handlers
from linkcheck.fetch.ledger import ledger_of
from linkcheck.fetch.onion import Web, open_web
from linkcheck.fetch.replay import replayed_web
from linkcheck.fetch.resolve import overrides
from linkcheck.hints import hint
from linkcheck.model import Check, Finding, Link, Verdict
from linkcheck.pipeline.commands import Commands
from linkcheck.pipeline.heard import Heard
from linkcheck.sources.committed import Committed
from linkcheck.store import Begun, Journal, StoredReport
from linkcheck.store.totals import Totals

T = TypeVar("T")


class Deferred(Struct, frozen=True):
    """A page that is alive, and is to be compared with its captures: its turn comes after all that is lost."""

    link: Link
    check: Check
    context: Context
    found: tuple[Finding, ...]
    """What is known without the archives."""


class Job(Struct, frozen=True, kw_only=True):
    """What a run is to do, and with what."""

    config: Config
    journal: Journal
    emit: Emit = lambda _: None
    commands: Commands = field(default_factory=Commands)
    is_attended: bool = False
    """Whether a person waits for the run: then what is lost from a single document may take longer."""
    does_linger: bool = False
    """Whether the run, once it is through, stays to look at single links again until it is told to end."""
    keeps_sources: bool = False
    """Whether the journal keeps the documents themselves."""
    ours: tuple[Path, ...] = ()
    """Files and folders that linkcheck writes, which are never sources."""
    directory: Path = field(default_factory=Path.cwd)
    stdin: BinaryIO | None = None
    clock: Clock = Clock()
    committed: Committed | None = None
    """Where the ignore files of the work tree are read, if not from the disk."""
    untrusted: frozenset[str] = frozenset()
    """Settings, as TOML spells them, that an untrusted config made."""
    tape: Tape = BLANK
    """What records what the world says to this run, or says it again."""


class Outcome(Struct, frozen=True, kw_only=True):
    """How a run ended."""

    report: StoredReport
    is_interrupted: bool = False
    is_reading_bounded: bool = False
    """True if a source was not read because it is too large, or there was no time."""


class Line:
    """One run on its way: the job, what it needs for it, and what it has noted."""

    def __init__(self, job: Job) -> None:  # noqa: PLR0915 - one statement for each thing that is shared
        """Load the plug-ins; ConfigError where the config asks for what there is not."""
        self.job = job
        self.config = job.config
        self.journal = job.journal
        self.tape = job.tape
        self.clock = job.tape.clock(job.clock)
        """Tells the time to whatever is the same when the run is repeated."""
        self.emit = job.emit
        self.untrusted = _untrusted(job)
        """Settings that an untrusted config made, or had made."""
        self.tally = Totals()
        self.notes: list[str] = []
        """Why the result cannot be trusted as a whole, worst first."""
        self.remarks: list[str] = []
        """What a reader should know, though the result stands."""
        self.polite_to = _archives(job.config)
        """All archives that are known: links may lead to them, too, whoever is asked."""
        self.archives = _in_order(job.config, self.polite_to)
        """Who is asked about captures, in this order."""
        self.detectors: tuple[Detector, ...] = tuple(plugin for _, plugin in registry.load_all("detect"))
        self.suggests: dict[str, Verdict] = {one.rule: one.suggests for one in self.detectors if one.suggests}
        self.overridden = frozenset(host for host, _ in overrides(job.config.resolve))
        """The hosts that `--resolve` names."""
        self.is_over = False
        """Whether it is on the tape that the person has had enough."""
        self.is_hurried = False
        """Whether only a part of what is known is judged: the person waits for the run to end."""
        self.is_reading_cut = False
        """Whether the person had had enough before it was settled which links there are."""
        self.is_reading_bounded = False
        """True if a source was not read because it is too large, or there was no time."""
        self.is_concluded = False
        """Whether all has been judged once."""
        self.striking = array("Q")
        """The first links that looked bad, by their ids."""
        self.is_resumed = False
        """Whether this goes on with a run that was broken off."""
        self.begun: deque[Begun] = deque()
        """Documents that it had read, in order, which are not read again."""
        self.requests_before = 0
        """Requests that it had sent, as far as is known."""
        self.accepted = {host: frozenset(one.accept) for host, one in job.config.hosts.items() if one.accept}
        """Statuses that the config takes for answers, by HOST or HOST:PORT."""
        self.carried = 0
        """Links that are not asked, since an earlier check stands for them."""
        self.has_network = True
        """Whether names can be looked up here, as far as is known."""
        self.handlers: Handlers | None = None
        """What answers the asks of conversations, once somebody has asked; see `answering`."""
        self.rounds = 0
        """How many times the web has been gone through."""
        self._looks = count(1)
        self.heard = Heard(self.clock)
        """What sources of the web have answered."""
        self.ledger = ledger_of(job.config.archive_budget)
        """How much of the archives' time there is, and for whom; more once it is known that a person waits."""
        self.wishes = (0, 0)
        """How many questions to archives are answered, and of how many, as far as is known."""
        self.deferred: list[Deferred] = []
        """Comparisons with captures that wait until all that is lost has had its turn."""
        self.named_then: dict[int, Then] = {}
        """By seq of references whose pages are called otherwise than they say: what these were called at that time."""
        self._broken: set[str] = set()
        self._began = job.clock.stopwatch()

    def next_look(self) -> str:
        """Name the next look at a link."""
        return f"look {next(self._looks)}"

    def hear(self, plugin: str, answer: Callable[[], T]) -> T | None:
        """Take what a plug-in says; one that raises is named, and the run goes on without its word."""
        try:
            return answer()
        except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises
            self.note_broken(plugin, error)
            return None

    def note_broken(self, plugin: str, error: Exception) -> None:
        """Note, once, that a plug-in cannot be relied on."""
        if plugin not in self._broken:
            self._broken.add(plugin)
            said = f"the plug-in {plugin} failed and was passed over: {type(error).__name__}: {error}"
            self.notes.append(said)
            self.emit(Warned(said))

    @cached_property
    def looking(self) -> Sequence[tuple[str, Callable[[Check, Context], Iterator[Finding]]]]:
        """The detectors that look at checks."""
        return tuple((one.rule, one.detect) for one in self.detectors if one.detect)

    @cached_property
    def probing(self) -> Sequence[Detector]:
        """The detectors that ask."""
        return tuple(one for one in self.detectors if one.probe)

    @cached_property
    def mentioning(self) -> Sequence[tuple[str, Callable[[Mention], Iterator[Finding]]]]:
        """The detectors that look at references where they stand."""
        return tuple((one.rule, one.mention) for one in self.detectors if one.mention)

    @cached_property
    def web(self) -> Web:
        """Open the way out, on first use: many runs need none."""
        assert not self.config.offline, "an offline run asks nothing"
        if isinstance(self.tape, Replayer):
            return replayed_web(self.tape)
        return open_web(
            self.config,
            clock=self.job.clock,
            archives=self.polite_to,
            emit=self.emit,
            sleep=self.job.clock.sleep,
            tape=self.tape,
            ledger=lambda: self.ledger,
            is_slower_only="hosts" in self.untrusted,
        )

    @cached_property
    def keeps_history(self) -> bool:
        """Whether earlier runs are, or were, remembered."""
        with asking("history"):
            return self.tape.value("keeps history", lambda: self.journal.keeps_history, bool)

    @cached_property
    def has_past(self) -> bool:
        """Whether there are, or were, verdicts of earlier runs."""
        with asking("history"):
            return self.tape.value("has a past", lambda: self.journal.memory.has_past, bool)

    @property
    def asks_anew(self) -> bool:
        """Whether no earlier check may stand for one of this run; what is to be evidence rests on itself alone."""
        return self.config.fresh or self.tape.is_recording or self.tape.is_replaying

    @property
    def is_out(self) -> bool:
        """Whether anything has been asked of the web."""
        return "web" in self.__dict__

    @property
    def requests(self) -> int:
        """How many requests have been sent."""
        return self.requests_before + (self.web.traffic.requests if self.is_out else 0)

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return self.clock.stopwatch() - self._began

    @property
    def time_left(self) -> float | None:
        """Seconds until `--max-time`; None when there is no limit."""
        return None if self.config.max_time is None else max(self.config.max_time - self.elapsed, 0.0)

    def recollections(self) -> Iterator[str]:
        """Say what a reader should know of how the run was done."""
        if self.carried:
            links = "1 link was" if self.carried == 1 else f"{self.carried:,} links were"
            yield f"{links} not asked: checked before, and not due yet (--fresh asks all)"

    async def aclose(self) -> None:
        """Close the way out, if it was opened."""
        if self.is_out:
            await self.web.aclose()


def _untrusted(job: Job) -> frozenset[str]:
    """Return the settings that an untrusted config made; in a replay those that had been so."""
    if isinstance(job.tape, Replayer):
        return frozenset(job.tape.told("untrusted", list[str]) if job.tape.has("untrusted") else ())
    if job.untrusted:
        job.tape.note("untrusted", sorted(job.untrusted))
    return job.untrusted


def _archives(config: Config) -> tuple[Archive, ...]:
    """Give the archives that are plug-ins, pointed where the config says, and those that it alone knows."""
    names = registry.names("archives")
    plugins = ((name, registry.load("archives", name)) for name in names)
    return (
        *(configured(plugin, config.archives.get(name, {})) for name, plugin in plugins),
        *(archive_of(name, table) for name, table in config.archives.items() if name not in names),
    )


def _in_order(config: Config, archives: Sequence[Archive]) -> tuple[Archive, ...]:
    """Give who is asked; archives that the config alone knows come last, unless it orders them."""
    known = {archive.name: archive for archive in archives}
    for name in config.archive_order:
        if name not in known:
            raise ConfigError(f"archive-order: there is no archive `{name}`; {hint(name, sorted(known))}")
    plugins = registry.names("archives")
    own = (name for name in known if name not in plugins)
    return tuple(known[name] for name in dict.fromkeys((*config.archive_order, *own))) if config.archive else ()
