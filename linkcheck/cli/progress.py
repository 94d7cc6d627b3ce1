"""Progress on stderr: one line that is rewritten on a terminal, a line every few seconds elsewhere."""

import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TextIO

from linkcheck import userinfo
from linkcheck.events import Checked, Consulting, Doubted, Event, Extracted, Finished, Judging, Planned, Waiting, Warned
from linkcheck.render.escape import message, plain


class Progress:
    """A listener to the pipeline."""

    def __init__(
        self,
        stream: TextIO,
        *,
        wanted: bool | None,
        quiet: bool,
        stopwatch: Callable[[], float] = time.monotonic,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """Show progress if it is wanted; by default on a terminal, and elsewhere when it takes long."""
        self._stream = stream
        self._is_terminal = stream.isatty() and environ.get("TERM") != "dumb"  # which cannot rewrite a line
        self._shows = wanted if wanted is not None else not quiet
        self._quiet = quiet
        self._stopwatch = stopwatch
        self._interval = 0.1 if self._is_terminal else 5.0
        self._shown_at = stopwatch()
        self._is_dirty = False
        self._documents = self._sources = 0
        self._verdicts: Counter[str] = Counter()

    def __call__(self, event: Event) -> None:  # noqa: C901 - one branch for each event
        """Take an event."""
        match event:
            case Warned(message):
                if not self._quiet:
                    self.say(f"linkcheck: {message}")
            case Extracted():
                self._documents += 1
                if self._verdicts:  # pages of a site, read while their links are asked
                    return
                self._show(f"reading: {self._documents} documents")
            case Planned(documents, references, links, _):
                self._sources = documents
                self._show(f"read {documents} documents: {references} references, {links} links")
            case Checked():
                self._count(event)
            case Consulting():
                self._show(_asking(event))
            case Doubted(url, doubtful=doubtful):
                self._show(f"to be asked again at the end: {doubtful} links, last {plain(url)}")
            case Waiting(on, 0.0, why):
                self._show(f"waiting for {plain(on)}: {why}")
            case Waiting(on, seconds, why):
                self._show(f"waiting {seconds:.0f} s for {plain(on)}: {why}", at_once=seconds > self._interval)
            case Judging(what, done):
                self._show(f"judging what was found: {done:,} {what}")
            case Finished():
                self._clear()

    def _count(self, event: Checked) -> None:
        self._verdicts[event.verdict.value] += 1
        if self._is_due():
            counts = ", ".join(f"{count} {word}" for word, count in self._verdicts.most_common())
            pages = f" on {self._documents} pages" if self._documents > self._sources else ""
            self._show(f"checked {event.done} of {event.total} links{pages}: {counts}")

    def say(self, text: str) -> None:
        """Print a whole line."""
        self._clear()
        self._write(f"{message(userinfo.hidden(text))}\n")

    def _show(self, text: str, *, at_once: bool = False) -> None:
        if not (self._is_due() or (at_once and self._shows)):
            return
        self._shown_at = self._stopwatch()
        if self._is_terminal:
            self._write(f"\r\x1b[2K{text[:78]}")
            self._is_dirty = True
        else:
            self._write(f"{text}\n")

    def _is_due(self) -> bool:
        return self._shows and self._stopwatch() - self._shown_at >= self._interval

    def _clear(self) -> None:
        if self._is_dirty:
            self._write("\r\x1b[2K")
            self._is_dirty = False

    def _write(self, text: str) -> None:
        with suppress(OSError):  # a run does not end because nobody listens
            self._stream.write(text)
            self._stream.flush()


def _asking(event: Consulting) -> str:
    """Return who is asked and, where there is more than one question, how long they take: archives are slow."""
    if event.total <= 1:
        return f"asking {event.archive}"
    seconds = event.seconds
    about = f"about {round(seconds / 60)} min" if seconds >= _SECONDS else f"about {max(round(seconds), 1)} s"
    return f"archives: {event.done + 1} of {event.total}, {about}; Ctrl-C shows what is known"


_SECONDS = 90
"""From so many on, minutes are told."""
