"""`linkcheck history`: what we knew of one URL, when, and why it changed."""

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter

from linkcheck import uri
from linkcheck.cli.history import opened
from linkcheck.cli.terminal import as_utf8, style_for
from linkcheck.errors import UsageError
from linkcheck.model import Mark, Verdict
from linkcheck.render.api import Style
from linkcheck.render.counting import counted, minute
from linkcheck.render.escape import plain, uncommanding
from linkcheck.render.fit import pad, wrap
from linkcheck.render.ink import painter
from linkcheck.render.json import inert
from linkcheck.standing import FINE
from linkcheck.store.lookback import Citing, PastCheck, checks_of, citing, marks_of, past_runs


def history(
    url: str,
    /,
    *,
    format_: Annotated[Literal["text", "json"], Parameter(name="--format", help="text or json.")] = "text",
    store: Annotated[str | None, Parameter(help="The history file.")] = None,
    color: Annotated[Literal["auto", "always", "never"], Parameter(help="Colour.")] = "auto",
) -> None:
    """Print every check of a URL."""
    key = uri.key(uri.without_credentials(url))
    if key is None:
        raise UsageError(f"{url}: is no URL; write it in full, such as https://example.org/page")
    with opened(store) as database:
        checks, marks = list(checks_of(database, key)), marks_of(database, key)
        run, places = citing(database, key)
        is_pruned = any(one.is_pruned for one in past_runs(database))
        if not (checks or marks):
            raise UsageError(f"{database.path}: {key} was never checked; `linkcheck report last` lists what was")
    if format_ == "json":
        as_utf8(sys.stdout)
        told = {"url": key, "checks": checks, "marks": marks, "run": run or None, "cited": places}
        print(inert(msgspec.json.format(msgspec.json.encode(told), indent=2).decode()))
        return
    style = style_for(sys.stdout, color=color, verbose=0)
    for line in _lines(key, checks, marks, places, style, is_pruned=is_pruned):
        print(uncommanding(line))


def _lines(
    url: str,
    checks: Sequence[PastCheck],
    marks: Sequence[Mark],
    places: Sequence[Citing],
    style: Style,
    *,
    is_pruned: bool,
) -> Iterator[str]:
    paint = painter(colour=style.colour)
    yield paint(plain(url), "bold")
    if checks:
        yield from wrap(_now(checks), style.width)
        if is_pruned:
            yield from wrap("This history was pruned: there may have been more checks than are listed.", style.width)
        yield ""
    before: PastCheck | None = None
    for one in checks:
        verdict = one.judgement.verdict if one.judgement else None
        ink = "dim" if verdict is None else "fine" if verdict in FINE else "error" if verdict in _LOST else "warning"
        glyph = {"dim": "-", "fine": "✔", "error": "✗", "warning": "?"}[ink]
        word = pad(f"{glyph} {verdict or 'not judged'}", 14)
        head = f"{minute(one.at)}  "
        room = style.width - len(head) - 16
        for position, text in enumerate(wrap(_why(one, before), room)):
            yield f"{head if not position else ' ' * len(head)}{paint(word, ink) if not position else ' ' * 14}  {text}"
        before = one if one.judgement else before
    for mark in marks:
        yield from wrap(_said(mark), style.width)
    if places:
        yield ""
        yield from wrap(
            f"cited in {', '.join(f'{one.document}:{one.line}:{one.column}' for one in places)}", style.width
        )


def _now(checks: Sequence[PastCheck]) -> str:
    last = next((one for one in reversed(checks) if one.judgement), None)
    said = f"{counted(len(checks), 'check')} since {checks[0].at[:10]}"
    if last is None or last.judgement is None:
        return said
    stands = f", {last.standing}" if last.standing else ""
    since = f" since {last.standing.since[:10]}" if last.standing and last.standing.since else ""
    return f"{said}; at the last one it was {last.judgement.verdict}{stands}{since}"


def _why(one: PastCheck, before: PastCheck | None) -> str:
    """Say why it had its word, where it stood, and what had changed."""
    if one.judgement is None:
        return "the run was broken off"
    parts = [one.judgement.reason.text]
    if one.standing:
        parts.append(f"({one.standing})")
    if before and before.judgement and before.judgement.verdict is not one.judgement.verdict:
        parts.append(f"- it was {before.judgement.verdict}: {before.judgement.reason.text}")
    return " ".join(parts)


def _said(mark: Mark) -> str:
    if mark.verdict is None:
        return f"{minute(mark.at)}  a person took the mark back"
    until = f", until {mark.until}" if mark.until else ""
    note = f": {mark.note}" if mark.note else ""
    return f"{minute(mark.at)}  a person has seen it {mark.verdict}{until}{note}"


_LOST = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.USURPED})
