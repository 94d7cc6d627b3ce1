"""Lets days pass between the runs of a test."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from linkcheck.clock import Clock
from linkcheck.pipeline import Job

START = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Days:
    """What day the runs believe it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = START
        monkeypatch.setattr("linkcheck.pipeline.Job", partial(Job, clock=Clock(now=lambda: self.now)))

    def pass_by(self, days: float) -> None:
        """Let so many days pass."""
        self.now += timedelta(days=days)
