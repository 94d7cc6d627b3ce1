"""Runs app and engine side by side, and gives back how the run ended once the terminal is restored."""

from collections import deque

import anyio
from msgspec import Struct, structs

from linkcheck import pipeline
from linkcheck.errors import LinkcheckError
from linkcheck.events import Event
from linkcheck.tui.app import LinkcheckApp
from linkcheck.tui.board import Board
from linkcheck.tui.ledger import StoredLedger


class Ending(Struct, frozen=True):
    """How it ended: with an outcome, or with the reason why there is none."""

    outcome: pipeline.Outcome | None
    error: str = ""


async def interact(job: pipeline.Job) -> Ending:
    """Show a run until the person leaves or `Commands.end` is said; what is known by then is kept."""
    inbox: deque[Event] = deque()
    board = Board(StoredLedger(job.journal), job.clock.stopwatch)
    app = LinkcheckApp(board, job.commands, inbox, is_offline=job.config.offline)
    ending = Ending(None, "the run was left before it was through")

    async def engine() -> None:
        nonlocal ending
        try:
            ending = Ending(await pipeline.run(structs.replace(job, emit=inbox.append, does_linger=True)))
        except Exception as error:  # noqa: BLE001 - whatever broke the run, the app says it and stays
            ending = Ending(None, str(error) if isinstance(error, LinkcheckError) else f"internal error: {error!r}")
            app.fail(ending.error)

    async def leave_when_ended() -> None:
        await job.commands.stop.wait()
        app.exit()

    async with pipeline.beside(leave_when_ended), anyio.create_task_group() as group:
        group.start_soon(engine)
        await app.run_async()
        job.commands.end()
    if app.return_code:
        return Ending(None, "the terminal UI broke (see above); `linkcheck check` does the same without it")
    return ending
