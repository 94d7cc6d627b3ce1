"""What was not read: sources for which there was no time, and those of a folder that are too large."""

from collections.abc import Iterator

from linkcheck.config.values import size_text
from linkcheck.evidence.replayer import Replayer
from linkcheck.pipeline.line import Line

_LEAST = 1.0
"""Seconds that reading has in any case: a run without any time left still lists what it would have checked."""
_SHOWN = 5


class Unread:
    """Counts sources that were not read, and says when `--max-time` ends the reading."""

    def __init__(self, line: Line) -> None:
        """Begin with none."""
        self._line = line
        self._first_late = ""
        self._late_count = 0
        self._large: list[str] = []
        self._large_count = 0
        self._special: list[str] = []
        self._special_count = 0

    @property
    def time_left(self) -> float | None:
        """Seconds that reading may still take; None without a limit, and while a run is repeated."""
        if self._line.config.max_time is None or self._line.tape.is_replaying:
            return None
        return max(max(self._line.config.max_time, _LEAST) - self._line.elapsed, 0.001)

    def is_late(self, name: str) -> bool:
        """Return whether there is no time to read the source; then it is counted."""
        if not self.is_time_up and not self._is_up(name):
            return False
        self._add_late(name)
        return True

    @property
    def is_time_up(self) -> bool:
        """True once a source was not read for want of time."""
        return self._late_count > 0

    def add_large(self, name: str) -> None:
        """Count a file of a folder that is larger than `max-file-size`."""
        self._large_count += 1
        if len(self._large) < _SHOWN:
            self._large.append(name)

    def add_special(self, name: str) -> None:
        """Count a pipe, device or socket of a folder."""
        self._special_count += 1
        if len(self._special) < _SHOWN:
            self._special.append(name)

    def notes(self) -> Iterator[str]:
        """Yield why the result is not whole."""
        if self._late_count:
            sources = "1 source was" if self._late_count == 1 else f"{self._late_count:,} sources were"
            yield f"--max-time ended the reading: {sources} not read, from {self._first_late} on"

    def remarks(self) -> Iterator[str]:
        """Yield what a reader should know, though the result stands."""
        if self._large:
            files = "1 file was" if self._large_count == 1 else f"{self._large_count:,} files were"
            rest = self._large_count - len(self._large)
            listed = ", ".join(self._large) + (f" and {rest:,} more" if rest else "")
            limit = size_text(self._line.config.max_file_size)
            yield f"{files} not read, being larger than --max-file-size ({limit}): {listed}"
        if self._special:
            is_one = self._special_count == 1
            files = (
                "1 pipe, device or socket was" if is_one else f"{self._special_count:,} pipes, devices or sockets were"
            )
            rest = self._special_count - len(self._special)
            listed = ", ".join(self._special) + (f" and {rest:,} more" if rest else "")
            yield f"{files} not read, as always unless named: {listed}"

    def was_cut(self, name: str, stage: str) -> bool:
        """Return whether the run that is repeated had no time to end this stage of a source; then it is counted."""
        tape = self._line.tape
        if not (isinstance(tape, Replayer) and tape.has(f"no time for {stage} {name}")):
            return False
        self._add_late(name)
        return True

    def note_cut(self, name: str, stage: str) -> None:
        """Write down that there was no time to end this stage of a source, and count it."""
        self._line.tape.note(f"no time for {stage} {name}", True)
        self._add_late(name)

    def _add_late(self, name: str) -> None:
        self._first_late = self._first_late or name
        self._late_count += 1

    def _is_up(self, name: str) -> bool:
        mark, tape, limit = f"late at {name}", self._line.tape, self._line.config.max_time
        if isinstance(tape, Replayer):
            return tape.has(mark)
        if limit is None or self._line.elapsed < max(limit, _LEAST):
            return False
        tape.note(mark, True)
        return True
