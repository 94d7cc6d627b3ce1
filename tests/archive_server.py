"""The demo's web archive on a port of its own, for tests that ask it as they would ask the Wayback Machine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from anyio.from_thread import start_blocking_portal

from linkcheck.demo.archive import BLOCKED, answer
from linkcheck.demo.http import Answer, Question
from linkcheck.demo.server import Server
from linkcheck.demo.server import serving as served
from linkcheck.demo.table import Capture, Fault

__all__ = ["BLOCKED", "Archive", "Capture", "Fault", "serving"]


class Archive:
    """The archive while it serves. Captures and faults can be changed meanwhile."""

    def __init__(self, captures: Sequence[Capture], faults: Sequence[Fault]) -> None:
        self.captures = list(captures)
        self.faults = set(faults)
        self.server = Server(0, [])

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def asked(self) -> list[str]:
        """Host, path and query of every request, in order."""
        return self.server.asked

    @property
    def endpoints(self) -> dict[str, str]:
        """What to write below `[linkcheck.archives.wayback]`."""
        return {
            "cdx": f"{self.base}/cdx/search/cdx",
            "availability": f"{self.base}/wayback/available",
            "timemap": f"{self.base}/web/timemap/link",
            "replay": f"{self.base}/web",
        }

    def answer(self, question: Question) -> Answer:
        return answer(self.captures, self.faults, question)


@contextmanager
def serving(captures: Sequence[Capture], *faults: Fault) -> Iterator[Archive]:
    """Serve captures on a free port of 127.0.0.1 for as long as the block lasts."""
    archive = Archive(captures, faults)
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(portal.call(partial(served, archive.answer))) as archive.server,
    ):
        yield archive
