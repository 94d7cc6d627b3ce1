"""`linkcheck mark`: keep what a person has seen, where programs cannot look."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from linkcheck import config, uri
from linkcheck.cli.history import journal_at, place_of
from linkcheck.clock import Clock, iso
from linkcheck.errors import UsageError
from linkcheck.model import Mark, Verdict
from linkcheck.render.escape import message


def mark(
    url: str,
    verdict: Literal["alive", "moved", "drifted", "soft-404", "usurped", "dead", "blocked", "none"],
    /,
    *,
    note: Annotated[str, Parameter(help="What was seen, in a few words.")] = "",
    until: Annotated[str | None, Parameter(help="YYYY-MM-DD: the day on which it no longer holds.")] = None,
    store: Annotated[str | None, Parameter(help="The history file.")] = None,
) -> None:
    """Say what a URL really is; `none` takes it back."""
    key = uri.key(uri.without_credentials(url))
    if key is None or uri.scheme_of(key) not in uri.WEB:
        raise UsageError(f"{url}: is no web address; write it in full, such as https://example.org/page")
    if until is not None:
        try:
            until = date.fromisoformat(until).isoformat()
        except ValueError as error:
            raise UsageError(f"--until: {until!r} is no date; write YYYY-MM-DD") from error
    settings = config.read({"store": store} if store else {})
    now = Clock().now()
    if until is not None and until <= now.date().isoformat():
        raise UsageError(f"--until: {until} has come already")
    journal = journal_at(place_of(settings, Path.cwd()), lambda sentence: print(message(sentence), file=sys.stderr))
    try:
        said = None if verdict == "none" else Verdict(verdict)
        answer = journal.memory.say(key, Mark(at=iso(now), verdict=said, note=note[:500], until=until or ""))
    finally:
        journal.close()
    holds = f" until {until}, and" if until else ""
    told = "the mark is taken back" if said is None else f"{said} by a person{holds} as long as it answers as it did"
    if said and answer is None:
        told += " (it has not been asked yet: the next check will tell)"
    print(message(f"{key}: {told}"), file=sys.stderr)
