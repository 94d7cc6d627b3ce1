"""The file of known failures: sorted, an entry a line, without line numbers, so that it merges and reads well."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, structs

from linkcheck.errors import ConfigError
from linkcheck.render.json import inert
from linkcheck.sources.committed import Committed

LARGEST = 64 << 20
"""Bytes of such a file."""


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One failure that is known."""

    document: str
    what: str
    """The destination as written, or the rule and message of what is wrong with the document."""
    is_: str = msgspec.field(name="is")
    """What it was when it was written down: a verdict or rule."""
    since: str
    """ISO date."""
    until: str | None = None
    """The first day on which it counts again (ISO date)."""
    note: str | None = None
    """For people; kept as it is."""
    fingerprint: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it stands in the file."""
        return self.document, self.what, self.fingerprint


class _File(Struct, forbid_unknown_fields=True):
    linkcheck_baseline: Literal[1] = msgspec.field(name="linkcheck-baseline")
    known: tuple[Entry, ...]


class Baseline:
    """Known failures, by fingerprint."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: Mapping[str, Entry] = {entry.fingerprint: entry for entry in entries}

    def knows(self, fingerprint: str, today: str) -> bool:
        """Tell whether a failure is known, and may still be passed over on that day (ISO date)."""
        entry = self.entries.get(fingerprint)
        return entry is not None and not _is_over(entry, today)

    def expired(self, today: str) -> list[Entry]:
        """Give the entries whose day has come."""
        return [entry for entry in self.entries.values() if _is_over(entry, today)]

    def stale(self, failing: Collection[str], documents: Collection[str], undecided: Iterable[str] = ()) -> list[Entry]:
        """Give the entries of documents that were read whose failures are no more, unless that is not decided."""
        absent = {
            entry.fingerprint
            for entry in self.entries.values()
            if entry.document in documents and entry.fingerprint not in failing
        }
        absent -= {name for name in undecided if name in absent} if absent else set()
        return [entry for entry in self.entries.values() if entry.fingerprint in absent]

    def updated(self, failing: Iterable[Entry]) -> "Baseline":
        """Add what is not known yet; what is keeps its dates and note."""
        new = {entry.fingerprint: entry for entry in failing}
        kept = {
            name: structs.replace(new.get(name, old), since=old.since, until=old.until, note=old.note)
            for name, old in self.entries.items()
        }
        return Baseline((new | kept).values())

    def without(self, entries: Iterable[Entry]) -> "Baseline":
        """Leave entries out."""
        gone = {entry.fingerprint for entry in entries}
        return Baseline(entry for name, entry in self.entries.items() if name not in gone)

    def written(self) -> str:
        """Give the file's text."""
        entries = sorted(self.entries.values(), key=lambda entry: entry.place)
        lines = ",\n".join(inert(msgspec.json.encode(entry).decode()) for entry in entries)
        return f'{{"linkcheck-baseline": 1, "known": [\n{lines}{chr(10) if lines else ""}]}}\n'


def read_baseline(path: Path, committed: Committed | None = None) -> Baseline:
    """Read a file, of a work tree as it was `committed`; ConfigError with the remedy where it cannot be."""
    source = committed.read(path, LARGEST) if committed and committed.covers(path) else _on_disk(path)
    if source is None:
        assert committed
        raise ConfigError(
            f"{path}: there is no such baseline in {committed.name}; leave --baseline out until it has one"
        )
    try:
        return Baseline(msgspec.json.decode(source, type=_File).known)
    except msgspec.MsgspecError as error:
        raise ConfigError(
            f"{path}: is no baseline of linkcheck ({error}); `linkcheck baseline create` makes one"
        ) from error


def _on_disk(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            source = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: there is no such baseline; `linkcheck baseline create` makes one") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if len(source) > LARGEST:
        raise ConfigError(f"{path}: is larger than {LARGEST >> 20} MB; no baseline is")
    return source


def _is_over(entry: Entry, today: str) -> bool:
    return entry.until is not None and entry.until <= today
