"""What need not count although it fails: what a baseline knows, and what a change did not bring."""

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from linkcheck.cli.baseline_file import Baseline, read_baseline
from linkcheck.cli.gate import Failing, undecided
from linkcheck.cli.since import Change, change_since
from linkcheck.config import Settings
from linkcheck.errors import ConfigError
from linkcheck.model import Excused, Report
from linkcheck.render.answer import excused
from linkcheck.sources import files
from linkcheck.sources.committed import Committed


class Excuses(Struct, frozen=True):
    """What was asked for; None where it was not."""

    baseline: Baseline | None = None
    file: Path | None = None
    change: Change | None = None

    @property
    def are_there(self) -> bool:
        """Tell whether anything was asked for."""
        return self.baseline is not None or self.change is not None

    @property
    def _name(self) -> str:
        here = Path.cwd()
        return str(self.file.relative_to(here) if self.file and self.file.is_relative_to(here) else self.file)

    def excuse(self, one: Failing, today: str) -> bool:
        """Tell whether a failure need not count."""
        if self.baseline and self.baseline.knows(one.fingerprint, today):
            return True
        return self.change is not None and not self.change.concerns(one)

    def account(self, failing: Iterable[Failing], report: Report, say: Callable[[str], None]) -> Excused | None:
        """Say and count what the baseline excused, and which of its entries have had their day."""
        if self.baseline is None:
            return None
        prints = {one.fingerprint for one in failing}
        today = (report.run.finished or report.run.started)[:10]
        known = sum(self.baseline.knows(one, today) for one in prints)
        read = {document.path for document in report.documents()}
        stale, expired = self.baseline.stale(prints, read, undecided(report)), self.baseline.expired(today)
        told = Excused(known=known, stale=len(stale), expired=len(expired))
        remedy = "; `linkcheck baseline prune` removes them" if stale or expired else ""
        say(f"linkcheck: {self._name}: {excused(told)}{remedy}")
        for entry in [*stale, *expired][:_NAMED]:
            why = "expired" if entry in expired else "no longer fails"
            say(f"linkcheck: {entry.document}: {entry.what}: {why}")
        return told


def excuses_of(settings: Settings, directory: Path, committed: Committed | None = None) -> Excuses:
    """Read what the settings name; ConfigError or UsageError where it cannot be.

    A baseline in the work tree is read as it was `committed`, where that is given.
    """
    config = settings.config
    file = settings.path_of("baseline", config.baseline, directory) if config.baseline else None
    change = None
    if config.since:
        if config.sources == ("-",):
            raise ConfigError("--since: standard input has no history; name the files")
        root_dir = Path(config.root_dir) if config.root_dir else None
        change = change_since(config.since, files.root_of(config.sources, directory=directory, root_dir=root_dir))
    return Excuses(read_baseline(file, committed) if file else None, file, change)


_NAMED = 10
"""Entries that are named."""
