"""`linkcheck save`: have pages archived that are still there and were not archived lately."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import anyio
from cyclopts import Parameter
from msgspec import structs

from linkcheck.archives.saving import NotSaved, Saved
from linkcheck.cli.configured import VOUCHED, configured
from linkcheck.cli.exits import Exit
from linkcheck.cli.history import open_journal
from linkcheck.cli.options import Checking, layer
from linkcheck.cli.progress import Progress
from linkcheck.cli.usage import EXAMPLES
from linkcheck.config import Settings
from linkcheck.errors import ConfigError
from linkcheck.pipeline.line import Job
from linkcheck.pipeline.saving import Plan, Saving
from linkcheck.render.escape import message, plain

KEYS = ("LINKCHECK_SECRET_IA_ACCESS", "LINKCHECK_SECRET_IA_SECRET")
"""Of https://archive.org/account/s3.php; only ever read from the environment."""
PATIENCE = 1800.0
"""Seconds that the archive may take in all, unless the person says otherwise."""


def save(
    *sources: Annotated[str, Parameter(name="SOURCE", help="File, folder, pattern, web address, or - (stdin).")],
    yes: Annotated[bool, Parameter(negative="", help="Save them; without it they are only listed.")] = False,
    days: Annotated[
        int, Parameter(help="A capture is recent for so many days. [default: 90]", show_default=False)
    ] = 90,
    options: Annotated[Checking | None, Parameter(name="*")] = None,
    vouched: VOUCHED = None,
    quiet: Annotated[bool, Parameter(name=["--quiet", "-q"], negative="", help="Only the answer.")] = False,
) -> int:
    """Check the sources, list what should be saved, and save it when told to; give the exit code."""
    with configured(layer(options, sources), vouched) as (read, committed):
        settings = _patient(read)
        if not settings.config.sources:
            print(EXAMPLES, file=sys.stderr)
            return Exit.USAGE
        if settings.config.offline or not settings.config.archive:
            raise ConfigError("save: asks the web and an archive, which --offline and --no-archive forbid")
        authorization = _authorization() if yes else None
        progress = Progress(sys.stderr, wanted=settings.config.progress, quiet=quiet)
        journal = open_journal(settings, Path.cwd(), progress.say)
        try:
            job = Job(
                config=settings.config,
                journal=journal,
                emit=progress,
                stdin=sys.stdin.buffer,
                committed=committed,
                untrusted=settings.untrusted,
            )
            return anyio.run(_run, job, timedelta(days=days), authorization)
        finally:
            journal.close()


async def _run(job: Job, recent: timedelta, authorization: str | None) -> int:
    saving = Saving(job, has_keys=authorization is not None)
    try:
        plan = await saving.plan(recent)
        for note in plan.notes:
            print(f"linkcheck: {message(note)}", file=sys.stderr)
        if not plan.was_read:
            return Exit.USAGE
        wanted = _show(plan, recent)
        unknown = len(plan.unsaved) - wanted + len(plan.notes)
        if authorization is None or not wanted:
            if wanted:
                print("Nothing was saved. The same with --yes asks the Wayback Machine to save them.")
            return Exit.INCOMPLETE if unknown else Exit.CLEAN
        failed = 0
        async for outcome in saving.save(plan, authorization):
            failed += isinstance(outcome, NotSaved)
            print(_said(outcome))
            sys.stdout.flush()
        print(f"{wanted - failed} of {wanted} saved.")
        return Exit.INCOMPLETE if failed or unknown else Exit.CLEAN
    finally:
        await saving.aclose()


def _show(plan: Plan, recent: timedelta) -> int:
    """Print the plan; give how many links are to be saved."""
    wanted = [one for one in plan.unsaved if one.is_known]
    print(
        f"Of {plan.alive} links that are alive {len(wanted)} {'has' if len(wanted) == 1 else 'have'} no good capture"
        f" of the last {recent.days} days{':' if plan.unsaved else '.'}"
    )
    for one in plan.unsaved:
        print(f"  {plain(one.url)}  ({plain(one.why)})")
    return len(wanted)


def _said(outcome: Saved | NotSaved) -> str:
    if isinstance(outcome, Saved):
        note = f"  ({plain(outcome.note)})" if outcome.note else ""
        return f"saved      {plain(outcome.url)}\n           {plain(outcome.uri_m)}{note}"
    later = "; another day may bring it" if outcome.is_passing else ""
    return f"not saved  {plain(outcome.url)}\n           {plain(outcome.reason)}{later}"


def _patient(settings: Settings) -> Settings:
    if settings.origins["archive-budget"] != "default":
        return settings
    return structs.replace(settings, config=structs.replace(settings.config, archive_budget=PATIENCE))


def _authorization() -> str:
    access, secret = (os.environ.get(name, "").strip() for name in KEYS)
    if not (access and secret):
        raise ConfigError(
            f"save: --yes needs the keys of https://archive.org/account/s3.php in {KEYS[0]} and {KEYS[1]}"
        )
    if not f"{access}{secret}".isprintable() or not f"{access}{secret}".isascii():
        raise ConfigError(f"save: {KEYS[0]} and {KEYS[1]} must be plain text")
    return f"LOW {access}:{secret}"
