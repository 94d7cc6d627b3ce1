"""`--evidence` and `--replay`: what a run was told, kept in a folder; and the run again, from what was kept."""

from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile

import msgspec
from msgspec import structs

from linkcheck import __version__, registry
from linkcheck.cli.outputs import atomic, shown, trees_of
from linkcheck.clock import Clock
from linkcheck.config import Settings
from linkcheck.config.keys import keys
from linkcheck.errors import EvidenceError, LinkcheckError, OutputError, UsageError
from linkcheck.evidence.manifest import Manifest, Tool, digest, digest_of, item, read_manifest
from linkcheck.evidence.recording import Recording
from linkcheck.evidence.replayer import Replayer
from linkcheck.evidence.tape import BLANK, Tape
from linkcheck.render.api import Style
from linkcheck.store import StoredReport

MANIFEST, REPORT = "manifest.json", "report.json"
_SHOWN_ANEW = frozenset({"format", "outputs", "min-confidence", "fail-on", "color", "progress"})
"""Settings that say how a run is shown, not what it does: a replay may have its own."""

_ELSEWHERE = {"baseline": None, "since": None}
"""What a run compared itself with, and a replay cannot: neither file nor repository is at hand."""


def tape_for(settings: Settings) -> Tape:
    """Give the tape that the settings ask for; EvidenceError when there can be none."""
    if settings.config.evidence is None:
        return BLANK
    if settings.config.resume:
        raise UsageError(
            "--evidence keeps every request of a run; what a run that was broken off had asked before was not kept; "
            "leave --resume out to ask everything anew and keep it, or --evidence to go on without"
        )
    from linkcheck.evidence.recorder import Recorder  # noqa: PLC0415 - it brings warcio along; most runs need none

    folder = settings.path_of("evidence", settings.config.evidence, Path.cwd())
    return Recorder(folder, Clock(), trees_of(settings))


def folders_of(tape: Tape) -> tuple[Path, ...]:
    """Give the folder of evidence, which is never a source."""
    return (tape.home,) if tape.home else ()


def replaying(settings: Settings, path: Path, sources: Sequence[str]) -> tuple[Settings, Replayer]:
    """Give the settings and the tape of a recorded run; EvidenceError or UsageError when it cannot be repeated.

    A manifest beside the recording must speak of it as it is.
    """
    if sources:
        raise UsageError("--replay brings its own sources; leave SOURCE out")
    for key, told in keys().items():
        if settings.origins[key] == told.option and key not in _SHOWN_ANEW:
            raise UsageError(f"{told.option} cannot be said of a run that is over; --replay has its own")
    manifest = read_manifest(path.parent / MANIFEST)
    if manifest and manifest.warc.file == path.name and manifest.warc.sha256 != digest(path):
        raise EvidenceError(f"{path}: was changed after it was recorded: its SHA-256 is not that of its {MANIFEST}")
    recording = Recording(path)
    anew = {one.field for key, one in keys().items() if settings.origins[key] == one.option}
    fields = {name: getattr(settings.config, name) for name in anew}
    recorded = structs.replace(
        recording.config, **({"outputs": (), "evidence": None, "no_store": True} | _ELSEWHERE | fields)
    )
    tape = Replayer(recording)
    tape.exit_code = manifest.exit_code if manifest and "fail_on" not in anew else None
    tape.excused = manifest.excused if manifest else None
    return Settings(recorded, settings.origins), tape


def seal(
    tape: Tape, report: StoredReport, written: Sequence[Path], exit_code: int, say: Callable[[str], None]
) -> list[LinkcheckError]:
    """Write report and manifest beside a recording, or say whether a replay is what was recorded; give what failed."""
    if isinstance(tape, Replayer):
        return list(_compared(tape, report, say))
    if not tape.is_recording:
        return []
    from linkcheck.evidence.recorder import WARC, Recorder  # noqa: PLC0415 - as above

    assert isinstance(tape, Recorder)
    if tape.trouble:
        return [tape.trouble]
    try:
        with atomic(tape.folder / REPORT, tape.trees) as stream:
            registry.load("render", "json").write(report.whole(), stream, Style())
        manifest = Manifest(
            tool=Tool(name="linkcheck", version=__version__),
            run=tape.run,
            started=tape.started,
            finished=tape.finished,
            exit_code=exit_code,
            excused=report.summary.baseline,
            config_sha256=tape.config_sha256,
            warc=item(tape.folder / WARC, WARC),
            reports=(
                item(tape.folder / REPORT, REPORT),
                *(item(path, shown(path)) for path in written if path.is_file()),
            ),
        )
        with atomic(tape.folder / MANIFEST, tape.trees) as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2).decode() + "\n")
    except (OutputError, EvidenceError) as error:
        return [error]
    say(f"linkcheck: evidence: {shown(tape.folder)}")
    return []


def _compared(tape: Replayer, report: StoredReport, say: Callable[[str], None]) -> Sequence[LinkcheckError]:
    """Tell whether this report is the recorded one, as far as that can be told."""
    path = tape.recording.path
    if tape.missed:
        return [
            EvidenceError(
                f"{path}: has no answer to {len(tape.missed)} questions, the first by {tape.missed[0][:200]}: "
                f"linkcheck {tape.recording.version} recorded it, and this is {__version__}"
            )
        ]
    manifest = read_manifest(path.parent / MANIFEST)
    then = next((one.sha256 for one in manifest.reports if one.file == REPORT), None) if manifest else None
    if then is None:
        return []
    if then == _digest_of(report):
        say(f"linkcheck: the JSON report is the recorded one, byte for byte (SHA-256 {then})")
        return []
    return [
        EvidenceError(
            f"{path}: this report is not the recorded one: linkcheck {tape.recording.version} made that, "
            f"and this is {__version__}"
        )
    ]


def _digest_of(report: StoredReport) -> str:
    with TemporaryFile() as file:
        stream = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")
        registry.load("render", "json").write(report.whole(), stream, Style())
        stream.flush()
        file.seek(0)
        found = digest_of(file)
        stream.detach()
        return found
