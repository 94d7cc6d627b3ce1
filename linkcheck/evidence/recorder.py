"""Records a run into a folder of its own: `run.warc.gz`, with the tape that `--replay` plays in it."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import structs

from linkcheck import __version__, uri
from linkcheck.blanking import blanked_source
from linkcheck.clock import Clock
from linkcheck.config import Config
from linkcheck.config.headers import SECRET
from linkcheck.errors import EvidenceError, SizeError, SourceError
from linkcheck.evidence.discreet import HIDDEN, Discretion, is_credential
from linkcheck.evidence.step import Step, masked_hop, step_of
from linkcheck.evidence.tape import CONFIG, END, SCHEMA, TAPE, Tape, asker
from linkcheck.evidence.warc import WarcFile
from linkcheck.model import Failure, Lookup, Request, Response, RunInfo
from linkcheck.surrogates import tolerant
from linkcheck.userinfo import blanked_json, hidden_in_json
from linkcheck.writing import create_folder, created

T = TypeVar("T")

WARC = "run.warc.gz"
FAILURE, LOOKUP = "urn:linkcheck:failure:", "urn:linkcheck:lookup:"
"""What metadata about a URL is filed under: under the URL itself, a viewer would show it instead of the page."""
_BATCH = 64 << 10
"""Bytes of the tape that are held before they are written."""

_encode = tolerant(msgspec.json.Encoder().encode)


class Recorder(Tape):
    """Writes everything down; what cannot be written ends the recording, not the run, and is said at the end."""

    is_recording = True

    home: Path

    def __init__(self, folder: Path, clock: Clock, trees: tuple[Path, ...] = ()) -> None:
        """Create the folder; EvidenceError when it cannot be. `trees` hold a stranger's files; see `writing`."""
        self.run = ""
        self.started = self.finished = ""
        self.trouble: EvidenceError | None = None
        """Why the recording is not whole."""
        self.config_sha256 = ""
        self.home = folder
        self.trees = trees
        self._clock = clock
        self._warc: WarcFile | None = None
        self._lines: list[bytes] = []
        self._held = self._noted = 0
        self._discretion = Discretion(secrets.token_bytes(16))
        try:
            create_folder(folder, trees)
        except OSError as error:
            raise EvidenceError(
                f"{folder}: cannot hold evidence ({error.strerror}); choose another --evidence"
            ) from error

    @property
    def folder(self) -> Path:
        """The run's own folder, once it has begun."""
        return self.home / self.run

    def begin(self, info: RunInfo, config: Config) -> None:
        """Open the file, and keep the settings without what is secret."""
        self.run, self.started = info.id, info.started
        self._discretion = Discretion(secrets.token_bytes(16), _secret_headers(config))
        content = blanked_json(_encode(_without_secrets(config)))
        self.config_sha256 = sha256(content).hexdigest()
        with _Tried(self):
            create_folder(self.folder, self.trees, must_be_new=True)
            file = created(self.folder / WARC, self.trees)
            self._warc = WarcFile(file, WARC, info.id, f"linkcheck/{__version__}")
            self._warc.metadata(CONFIG, content, self._clock.now())

    def finish(self) -> None:
        """Write what is held, and the record that says that nothing is missing."""
        self._flush()
        self.finished = f"{self._clock.now():%Y-%m-%dT%H:%M:%SZ}"
        with _Tried(self):
            if self._warc:
                told = {"schema": SCHEMA, "version": __version__, "run": self.run, "entries": self._noted}
                self._warc.metadata(END, _encode(told), self._clock.now())
                self._warc.close()
        self._warc = None

    def clock(self, clock: Clock) -> Clock:
        """Give a clock whose instants are written down."""

        def now() -> Any:
            instant = clock.now()
            self.note("now", instant)
            return instant

        return Clock(now=now, stopwatch=clock.stopwatch)

    def value(self, kind: str, make: Callable[[], T], type_: Any) -> T:
        """Write down what `make` gives."""
        made = make()
        self.note(kind, made)
        return made

    async def answer(self, kind: str, make: Callable[[], Awaitable[T]], type_: Any) -> T:
        """Write down what `make` gives."""
        made = await make()
        self.note(kind, made)
        return made

    def each(self, kind: str, made: Callable[[], Iterable[T]], type_: Any) -> Iterator[T]:
        """Write every value down when it comes."""
        for one in made():
            self.note(kind, one)
            yield one

    def source(self, name: str, url: str | None, make: Callable[[], bytes]) -> bytes:
        """Keep a document as a `resource` record."""
        try:
            content = make()
        except SourceError as error:
            self.note("source", {"name": name, "error": str(error), "is_too_large": isinstance(error, SizeError)})
            raise
        record, digest = "", sha256(content).hexdigest()
        with _Tried(self):
            kept = blanked_source(content)
            if kept is None:
                raise OSError(f"{name} holds a password in a URL, which cannot be taken out of such a document")
            if self._warc:
                address = (url and uri.masked(url)) or f"urn:linkcheck:source:{digest}"
                kind = "application/octet-stream"
                record = self._warc.resource(address, kept, self._clock.now(), content_type=kind)
        told = {"name": name, "record": record}
        self.note("source", told if kept == content else {**told, "sha256": digest})
        return content

    def note(self, kind: str, value: Any) -> None:
        """Write a line of the tape."""
        line = hidden_in_json(_encode((asker(), kind, value)))
        self._lines.append(line)
        self._held += len(line)
        self._noted += 1
        if self._held >= _BATCH:
            self._flush()

    def exchanged(self, request: Request, answer: Response | Failure) -> str:
        """Keep request and response, or why there is none."""
        name = ""
        with _Tried(self):
            if self._warc is None:
                return name
            at, url = self._clock.now(), uri.masked(request.url)
            if isinstance(answer, Response):
                name = self._warc.response(answer, self._discretion.headers(answer.headers), url, at)
            else:
                told = {"url": url, "failure": {"kind": answer.kind, "message": answer.message}}
                name = self._warc.metadata(f"{FAILURE}{url}", _encode(told), at)
            self._warc.request(request, self._discretion.headers(request.headers), url, at, answer=name)
        return name

    def named(self, host: str, answer: tuple[str, ...] | Failure) -> None:
        """Keep a name's addresses, or why it has none."""
        told = (
            {"failure": {"kind": answer.kind, "message": answer.message}}
            if isinstance(answer, Failure)
            else {"addresses": answer}
        )
        with _Tried(self):
            if self._warc:
                self._warc.metadata(f"dns:{host}", _encode(told), self._clock.now())

    def looked_up(self, url: str, lookup: Lookup) -> None:
        """Keep an archive's answer, the empty one above all."""
        with _Tried(self):
            if self._warc:
                url = uri.masked(url)
                told = {"url": url, "lookup": lookup}
                self._warc.metadata(f"{LOOKUP}{url}", _encode(told), self._clock.now())

    def stepped(self, request: Request, answer: Response | Failure, record: str) -> None:
        """Write down what the onion answered, and in which record it lies."""
        if isinstance(answer, Failure):
            value = Step(failure=structs.replace(answer, url=answer.url and uri.masked(answer.url)))
        else:
            headers = self._discretion.headers(answer.headers)
            is_plain = record and all((name + text).isascii() for name, text in headers)
            value = Step(
                response=structs.replace(
                    answer,
                    url=uri.masked(answer.url),
                    headers=() if is_plain else headers,
                    body=b"" if record else answer.body,
                    hops=tuple(masked_hop(hop) for hop in answer.hops),
                ),
                record=record,
                has_headers=not is_plain,
                sha256=sha256(answer.body).hexdigest(),
            )
        self.note(step_of(request), value)

    def give_up(self, error: OSError) -> None:
        """Keep no more."""
        if self._warc:
            with suppress(OSError):  # what could not be written still cannot
                self._warc.close()
        self._warc = None
        self.trouble = self.trouble or EvidenceError(
            f"{self.folder}: the evidence is not whole ({error.strerror or error}); choose another --evidence"
        )

    def _flush(self) -> None:
        lines, self._lines, self._held = self._lines, [], 0
        with _Tried(self):
            if self._warc and lines:
                content = b"\n".join(lines)
                self._warc.metadata(TAPE, content, self._clock.now(), content_type="application/jsonl")


class _Tried:
    """Ends the recording, rather than the run, when nothing can be written any more."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> bool:
        if not isinstance(error, OSError):
            return False
        self._recorder.give_up(error)
        return True


def _without_secrets(config: Config) -> Config:
    """Hide what is secret in settings: a header says what holds its secret, or is not kept."""
    base_url = config.base_url and uri.masked(config.base_url)
    hosts = {name: structs.replace(host, headers=_shown(host.headers)) for name, host in config.hosts.items()}
    return structs.replace(config, sources=tuple(map(uri.masked, config.sources)), base_url=base_url, hosts=hosts)


def _shown(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: HIDDEN if is_credential(name) and SECRET.search(value) is None else value
        for name, value in headers.items()
    }


def _secret_headers(config: Config) -> frozenset[str]:
    """Return the names of the headers that the environment fills in, or whose names say that they are secret."""
    return frozenset(
        name
        for host in config.hosts.values()
        for name, value in host.headers.items()
        if is_credential(name) or SECRET.search(value) is not None
    )
