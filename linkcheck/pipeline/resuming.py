"""Goes on with a run that was broken off: what it has read and heard is not read or asked again."""

from collections.abc import Sequence
from hashlib import sha256

from linkcheck import uri
from linkcheck.errors import SourceError
from linkcheck.events import Warned
from linkcheck.fetch.schedule import trouble_of
from linkcheck.model import Check, Failure, FailureKind, Response, RunInfo
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.listening import is_pipe
from linkcheck.pipeline.reading import found_sources, root_of
from linkcheck.render.counting import minute
from linkcheck.sources.api import Found
from linkcheck.sources.read import read
from linkcheck.store import Begun


def take_up(line: Line, task: str) -> RunInfo | None:
    """Go on with the last run of this task, if that is wanted and possible; None where a new one is to begin."""
    info = line.journal.unfinished(task)
    if info is None:
        if line.config.resume:
            line.emit(Warned("no run of these sources was broken off, so this one begins anew"))
        return None
    if not line.config.resume:
        since = minute(info.started)
        line.emit(Warned(f"a run of these sources, begun {since}, was broken off; --resume goes on with it"))
        return None
    begun, is_whole = line.journal.begun(info)
    if not _is_unchanged(line, begun, is_whole=is_whole):
        line.emit(Warned("the sources have changed since the run was broken off, so this one begins anew"))
        return None
    if not line.journal.resume(info):
        line.emit(Warned("another process goes on with the run that was broken off, so this one begins anew"))
        return None
    line.begun.extend(begun)
    line.is_resumed = True
    return info


def look_back(line: Line) -> None:
    """Take in what the run has heard before, so that hosts that are down are known to be, and look-ups are counted."""
    for url, check, is_final in line.journal.observed():
        line.requests_before += sent(check)
        if uri.scheme_of(url) in uri.WEB and not (check.inferred or line.config.offline):
            is_last = is_final and trouble_of(check) is not None
            line.web.breaker.hear(uri.origin_of(url) or "", _answer(check), is_last=is_last)
    line.carried = line.journal.carried
    for answer in line.journal.answers():
        line.tally.lookup(answer)


def sent(check: Check) -> int:
    """Tell how many requests a check has sent, as far as it knows: none for a host that has no address."""
    if check.attempts == 0:
        return 0  # its host had answered so to others
    if check.failure and check.failure.kind in _UNSENT:
        return len(check.hops)
    return len(check.hops) + check.attempts - 1 + (check.failure is not None)


def _answer(check: Check) -> Response | Failure:
    if check.failure and not check.hops:
        failed = check.failure
        return Failure(failed.kind, failed.message, url=check.final_url, reason=failed.reason)
    return Response(check.final_url or "", check.hops[0].status if check.hops else check.status or 200)


def _is_unchanged(line: Line, begun: Sequence[Begun], *, is_whole: bool) -> bool:
    """Tell whether the documents that were read are the same now, and as many if all had been read."""
    waiting = list(begun)
    for found in found_sources(line, root_of(line)):
        if not isinstance(found, Found):
            continue
        if not waiting:
            return not is_whole
        if found.path is None or is_pipe(found.path):
            if found.name != waiting[0].path or ((found.url is None or found.path) and not is_whole):
                return False
            del waiting[0]
            continue
        try:
            digest = sha256(read(found, read_as=line.config.read_as).source).hexdigest()
        except SourceError:
            continue
        if (found.name, digest) != (waiting[0].path, waiting[0].digest):
            return False
        del waiting[0]
    return not waiting


_UNSENT = frozenset(
    {
        FailureKind.DNS_NXDOMAIN,
        FailureKind.DNS_UNPROVEN,
        FailureKind.DNS_TEMPORARY,
        FailureKind.POLICY,
        FailureKind.BUDGET,
    }
)
"""Failures before anything goes over the wire."""
