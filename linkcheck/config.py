"""The settings: one value that says every key, its type, its default and what it is for.

The command line, the environment (`LINKCHECK_...`), the documented `config.toml`, `config show` and the JSON Schema
are all made from `Config`; a new key is one entry here. Precedence: command line > environment > `--config` >
nearest discovered file > defaults.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta, Struct

from linkcheck import uri
from linkcheck.errors import ConfigError
from linkcheck.hints import hint
from linkcheck.model import Severity

FILES = ("linkcheck.toml", "pyproject.toml", "config.toml")
"""Discovered upwards from the working directory; the nearest folder wins, and in it the first of these."""

AGENT = "linkcheck/{version} (+https://pypi.org/project/linkcheck-provenance/)"


Duration: TypeAlias = Annotated[float, Meta(ge=0, extra={"is_duration": True})]
"""Seconds, written `30`, `"30s"`, `"500ms"`, `"2m"` or `"1h"`."""

Deadline: TypeAlias = Annotated[float, Meta(gt=0, extra={"is_duration": True})]
"""A duration that leaves time for something to happen."""


class HostSettings(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What one host wants to be otherwise; None leaves a setting as it is for all."""

    concurrency: Annotated[int, Meta(ge=1, le=100)] | None = None
    """Requests at once."""
    interval: Duration | None = None
    timeout: Deadline | None = None
    headers: dict[str, str] = {}
    """Sent to this host alone; `${LINKCHECK_SECRET_...}` in a value stands for a variable of the environment."""
    accept: tuple[Annotated[int, Meta(ge=400, le=999)], ...] = ()
    """Statuses that are fine here."""


class Config(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Every setting."""

    sources: Annotated[tuple[str, ...], Meta(description="What to check when no SOURCE is given.")] = ()
    format: Annotated[str, Meta(description="The report on stdout.")] = "text"
    outputs: Annotated[
        tuple[str, ...],
        Meta(description="More reports, each FORMAT=PATH; {name} in the path makes one a document."),
    ] = ()
    min_confidence: Annotated[
        float,
        Meta(description="How sure a recovered target must be for --output article=PATH to put it in.", ge=0, le=1),
    ] = 0.9
    evidence: Annotated[
        str | None,
        Meta(description="Ask all anew, and keep every answer below this folder: WARC, manifest; see --replay."),
    ] = None
    read_as: Annotated[str | None, Meta(description="Read every source as this format, whatever its name says.")] = (
        msgspec.field(default=None, name="as")
    )
    column: Annotated[
        str | None,
        Meta(description="The column of a CSV, or the key of JSON lines, that holds the URL; default: by its name."),
    ] = None
    base_url: Annotated[str | None, Meta(description="Where the sources are published; their links stand on it.")] = (
        None
    )
    root_dir: Annotated[
        str | None,
        Meta(description="The folder that /links start from and local links may not leave; default: the repository."),
    ] = None
    published: Annotated[
        str | None, Meta(description="The article's date (YYYY-MM-DD), where it does not say itself.")
    ] = None
    include: Annotated[
        tuple[str, ...], Meta(description="Check only URLs that match one of these regular expressions.")
    ] = ()
    exclude: Annotated[tuple[str, ...], Meta(description="Do not check URLs that match one of these.")] = ()
    exclude_path: Annotated[tuple[str, ...], Meta(description="Do not read files that match one of these globs.")] = ()
    remap: Annotated[
        tuple[tuple[str, str], ...],
        Meta(description="REGEX and TARGET: check URLs that match elsewhere, e.g. in the working tree; $1 is a group."),
    ] = ()
    recurse: Annotated[
        bool, Meta(description="Read the pages of the same site that web sources lead to, and check what these cite.")
    ] = False
    depth: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        Meta(description="How many links away from its source a page is read; default: any."),
    ] = None
    max_pages: Annotated[int, Meta(description="Pages that are read in all; then the run says so.", ge=1)] = 10_000
    scope: Annotated[
        tuple[str, ...],
        Meta(description="Hosts, or beginnings of URLs, where pages are read; default: the hosts of the sources."),
    ] = ()
    robots: Annotated[
        Literal["ignore", "following", "obey"],
        Meta(description="What robots.txt governs: nothing, which pages are read (following), or all asking (obey)."),
    ] = "following"
    role: Annotated[
        tuple[str, ...], Meta(description="Check only references of these roles; the others are listed.")
    ] = ()
    shard: Annotated[
        Annotated[str, Meta(pattern=r"^[1-9]\d{0,3}/[1-9]\d{0,3}$")] | None,
        Meta(description="N/OF: check only this share of the sites, for a matrix of jobs."),
    ] = None
    include_code: Annotated[bool, Meta(description="Take links in code, too.")] = False
    fresh: Annotated[bool, Meta(description="Ask every link, whether or not it is due again.")] = False
    resume: Annotated[bool, Meta(description="Go on with the last run of these sources, if it was broken off.")] = False
    offline: Annotated[bool, Meta(description="Check without network: local files, fragments, placeholders.")] = False
    resolve: Annotated[
        tuple[str, ...], Meta(description="HOST:PORT:ADDRESS, as in curl: where a name is to be found.")
    ] = ()
    allow_private: Annotated[bool, Meta(description="Ask private, loopback and link-local addresses, too.")] = False
    archive: Annotated[bool, Meta(description="Ask web archives.")] = True
    provenance: Annotated[
        bool, Meta(description="Read stated originals: recover lost targets, compare text and quotations.")
    ] = True
    archive_budget: Annotated[
        Duration, Meta(description="How long each archive may take in all; what is left is named, not dropped.")
    ] = 60
    archive_order: Annotated[
        tuple[str, ...],
        Meta(description="Who is asked; the next only while none before has a capture that is proven."),
    ] = ("wayback", "arquivo")
    deep: Annotated[
        bool, Meta(description="Compare every page with its capture of the citation's time, not only doubtful ones.")
    ] = False
    rdap: Annotated[
        bool, Meta(description="Ask since when a domain is registered whose page looks parked or taken over.")
    ] = False
    rdap_service: Annotated[
        str,
        Meta(description="Whom to ask (RDAP); it learns which domains are doubted.", pattern=r"^https?://[^?#\s]+$"),
    ] = "https://rdap.org"
    archives: Annotated[
        dict[str, dict[str, str]],
        Meta(description="Base URLs of archives by name, to point them elsewhere or to name others."),
    ] = {}
    store: Annotated[
        str | None, Meta(description="The history file; default: .linkcheck/history.sqlite in the project.")
    ] = None
    no_store: Annotated[bool, Meta(description="Keep no history.")] = False
    fail_on: Annotated[
        tuple[str, ...],
        Meta(description="What makes exit code 1: severities, verdicts or rules, or `never`."),
    ] = ("error",)
    fail_when: Annotated[
        Literal["any", "new", "confirmed"],
        Meta(description="Let it count only when it is new since the last check, or confirmed over days."),
    ] = "any"
    strikes: Annotated[int, Meta(description="So many failing checks make an unreachable link dead.", ge=2, le=100)] = 3
    strike_days: Annotated[float, Meta(description="Days that lie between two of them, at least.", gt=0, le=365)] = 3
    since: Annotated[
        str | None,
        Meta(description="Let only count what was added since this Git revision, or what the change broke."),
    ] = None
    baseline: Annotated[str | None, Meta(description="Let not count what this file of `linkcheck baseline` knows.")] = (
        None
    )
    severity: Annotated[
        dict[str, Severity], Meta(description="Severity by rule, where the default does not suit.")
    ] = {}
    concurrency: Annotated[int, Meta(description="Requests at once, in all.", ge=1, le=1000)] = 64
    host_concurrency: Annotated[int, Meta(description="Requests at once to one host.", ge=1, le=100)] = 10
    host_interval: Annotated[Duration, Meta(description="Least time between two requests to one host.")] = 0.05
    host_patience: Annotated[
        Duration, Meta(description="How long one host may make us wait in all, by 429 and Retry-After.")
    ] = 60
    timeout: Annotated[Deadline, Meta(description="Time for one request in all.")] = 30
    connect_timeout: Annotated[Deadline, Meta(description="Time to get a connection.")] = 5
    max_time: Annotated[Duration | None, Meta(description="Time for the whole run; then a partial report.")] = None
    retries: Annotated[int, Meta(description="How often a passing failure is tried again.", ge=0, le=10)] = 2
    engine: Annotated[
        Literal["auto", "httpx", "wreq"],
        Meta(description="What speaks HTTP: `wreq` is fast and an extra, `httpx` is always there."),
    ] = "auto"
    ca_file: Annotated[str | None, Meta(description="Trust the authorities in this PEM file, too.")] = None
    user_agent: Annotated[str, Meta(description="How we introduce ourselves.", min_length=1)] = AGENT
    hosts: Annotated[
        dict[str, HostSettings],
        Meta(description="By HOST or HOST:PORT: concurrency, interval, timeout, headers, accepted statuses."),
    ] = {}
    control_hosts: Annotated[
        tuple[str, ...],
        Meta(description="Names that exist; looked up to tell a dead host from a network that is down."),
    ] = ("web.archive.org", "www.wikipedia.org")
    progress: Annotated[
        bool | None,
        Meta(description="Progress on stderr; default: a bar on a terminal, lines elsewhere."),
    ] = None
    color: Annotated[Literal["auto", "always", "never"], Meta(description="Colour on stdout.")] = "auto"


class Settings(Struct, frozen=True):
    """A config, and where each of its values came from."""

    config: Config
    origins: dict[str, str]
    """Key (as in TOML) to `default`, a file, `LINKCHECK_...` or an option."""
    file: Path | None = None
    """The config file that was used."""
    is_discovered: bool = False
    """Whether that file was found rather than named: then it may write only below its own folder."""

    def is_from_file(self, key: str) -> bool:
        """Tell whether the config file has the last word on a key; its paths then start at the file's folder."""
        return self.file is not None and self.origins[key] == str(self.file)

    def path_of(self, key: str, path: str, directory: Path) -> Path:
        """Give the place of a path that a key says: from its file's folder, else from the working `directory`.

        ConfigError where a config that was found leads out of its folder.
        """
        if self.file is None or not self.is_from_file(key):
            return directory / path
        folder = self.file.absolute().parent
        place = folder / path
        if self.is_discovered and not place.resolve().is_relative_to(folder.resolve()):
            raise ConfigError(f"{self.file}: a config that was found may write only below its folder, not to {path}")
        return place


class Key(Struct, frozen=True):
    """One setting, as other modules need to know it."""

    name: str
    """As TOML spells it."""
    option: str
    """As the command line spells it, `--` included."""
    variable: str
    """As the environment spells it."""
    field: str
    about: str
    default: Any
    is_list: bool
    is_flag: bool
    is_duration: bool
    choices: tuple[str, ...] = ()
    """What it may say, where that is a closed list."""


@cache
def keys() -> dict[str, Key]:
    """Give every setting by its name in TOML."""
    defaults = Config()
    found = {}
    for field in msgspec.structs.fields(Config):
        extra, about, choices = _meta(field.type)
        default = getattr(defaults, field.name)
        found[field.encode_name] = Key(
            name=field.encode_name,
            option=f"--{_SPELT.get(field.encode_name, field.encode_name)}",
            variable=f"{_PREFIX}{field.encode_name.replace('-', '_').upper()}",
            field=field.name,
            about=about,
            default=default,
            is_list=isinstance(default, tuple),
            is_flag=isinstance(default, bool) or field.name == "progress",
            is_duration=bool(extra.get("is_duration")),
            choices=choices,
        )
    return found


def _meta(annotated: Any) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """Collect what `Meta` says about a field, nested annotations included, and what its literals are."""
    extra: dict[str, Any] = {}
    about, choices = "", list[str]()
    pending = [annotated]
    while pending:
        kind = pending.pop()
        for meta in getattr(kind, "__metadata__", ()):
            extra |= meta.extra or {}
            about = meta.description or about
        choices += [kind] if isinstance(kind, str) else []
        pending.extend(reversed(get_args(kind)))
    return extra, about, tuple(choices)


def read(
    options: Mapping[str, Any],
    *,
    named: str | None = None,
    environ: Mapping[str, str] = os.environ,
    directory: Path | None = None,
) -> Settings:
    """Bring the layers together. `options` is keyed as TOML; ConfigError names the place and the remedy."""
    directory = directory or Path.cwd()
    if named:
        file: Path | None = Path(named)
        table = _table(Path(named), must=True)
    else:
        file, table = _discover(directory)
    layers: list[tuple[str, Mapping[str, Any]]] = [(str(file), table or {})] if file else []
    layers += [("environment", _environment(environ)), ("command line", options)]
    values: dict[str, Any] = {}
    origins = dict.fromkeys(keys(), "default")
    for origin, layer in layers:
        for key, value in layer.items():
            _check_known(key, origin)
            place = _place(origin, key)
            values[key] = _checked(key, value, place)
            origins[key] = place
    if file and not named:
        _check_safe(table or {}, file)
    settings = Settings(
        msgspec.convert(values, Config, strict=False), origins, file, is_discovered=bool(file and not named)
    )
    if (ca_file := settings.config.ca_file) is None or not settings.is_from_file("ca-file"):
        return settings
    place = str(settings.path_of("ca-file", ca_file, directory))
    return msgspec.structs.replace(settings, config=msgspec.structs.replace(settings.config, ca_file=place))


def schema() -> dict[str, Any]:
    """Give the JSON Schema of a `[linkcheck]` table."""
    made = msgspec.json.schema(Config)
    duration = {"type": ["number", "string", "null"], "pattern": f"^{_DURATION.pattern}$"}
    properties = made["$defs"]["Config"]["properties"]
    for name, key in keys().items():
        if key.is_duration:
            properties[name] = {part: properties[name][part] for part in ("description", "default")} | duration
    made["$defs"]["HostSettings"]["properties"] |= dict.fromkeys(_HOST_DURATIONS, duration)
    return made


def _discover(directory: Path) -> tuple[Path | None, dict[str, Any] | None]:
    for folder in (directory, *directory.parents):
        for name in FILES:
            path = folder / name
            if path.is_file() and (table := _table(path, must=False)) is not None:
                return path, table
        if (folder / ".git").exists():
            break
    return None, None


def _table(path: Path, *, must: bool) -> dict[str, Any] | None:
    """Read a file's table; a shared file (`config.toml` is also Hugo's and Zola's) without one is not ours."""
    is_shared = not must and path.name != "linkcheck.toml"
    source = _bytes(path, is_shared=is_shared)
    if is_shared and b"linkcheck" not in source:
        return None
    if len(source) > _LARGEST:
        raise ConfigError(f"{path}: is larger than {_LARGEST >> 10} kB; no config is")
    try:
        text = source.decode()
        if _DEEP.search(text):
            raise ConfigError(f"{path}: is nested too deep")
        document = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deep") from error
    if path.name == "pyproject.toml":
        document = document.get("tool", {})
    table = document.get("linkcheck")
    if table is None and path.name == "linkcheck.toml":
        table = document
    if table is None:
        if must:
            raise ConfigError(f"{path}: has no [linkcheck] table; put the settings under one")
        return None
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: `linkcheck` must be a table")
    return table


def _bytes(path: Path, *, is_shared: bool) -> bytes:
    """Read a regular file, not much further than a config may be long."""
    try:
        if path.is_dir():
            raise ConfigError(f"{path}: is a folder; name the config file in it")
        if path.exists() and not path.is_file():
            raise ConfigError(f"{path}: is not a regular file; copy the settings into one")
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: there is no such config file") from error
    except (OSError, ValueError) as error:
        if is_shared:
            return b""
        raise ConfigError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Read the variables; one that is empty, as a shell or CI leaves it, says nothing."""
    names = {key.variable: key for key in keys().values()}
    found: dict[str, Any] = {}
    for variable, text in environ.items():
        if not variable.startswith(_PREFIX) or variable.startswith(_SECRET):
            continue
        if variable not in names:
            raise ConfigError(f"environment: there is no setting {variable}; {hint(variable, names)}")
        key = names[variable]
        value = [part for item in text.split(",") if (part := item.strip())] if key.is_list else text.strip()
        if value:
            found[key.name] = value
    return found


def _place(origin: str, key: str) -> str:
    match origin:
        case "environment":
            return keys()[key].variable
        case "command line":
            return keys()[key].option
        case _:
            return origin


def _check_known(key: str, place: str) -> None:
    if key not in keys():
        raise ConfigError(f"{place}: there is no setting `{key}`; {hint(key, keys())}")


def _check_safe(table: Mapping[str, Any], file: Path) -> None:
    """Refuse what may be decided only by the person who runs us: a config that was found may be a stranger's."""
    for key in _PERSONAL:
        if key in table and table[key] not in (keys()[key].default, []):
            raise ConfigError(
                f"{file}: `{key}` may not be set by a config that was found; name it with --config {file}"
            )
    hosts = msgspec.convert(_plain("hosts", table.get("hosts", {})), dict[str, HostSettings], strict=False)
    if any(host.headers for host in hosts.values()):
        raise ConfigError(
            f"{file}: `headers` of `hosts` may not be set by a config that was found; name it with --config {file}"
        )


def _checked(key: str, value: Any, place: str) -> Any:
    """Give the value in the form that converts, or say what is wrong with it, and where it stands."""
    try:
        plain = _plain(key, value)
        msgspec.convert({key: plain}, Config, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        said = str(error).partition(" - at `$")[0]
        if keys()[key].choices and isinstance(value, str):
            said = hint(value, keys()[key].choices)
        shown = "what is written there" if key in _UNSPEAKABLE else repr(value)
        raise ConfigError(f"{place}: `{key}` cannot be {shown}: {said}") from error
    return plain


def _plain(key: str, value: Any) -> Any:
    """Give a value without what TOML or people dress it in; ValueError where it cannot be."""
    if keys()[key].is_duration and value is not None:
        return _seconds(value)
    if key == "hosts":
        return _hosts(value)
    if key == "remap" and isinstance(value, list | tuple):
        return [_pair(item) if isinstance(item, str) else item for item in value]
    if key == "published" and isinstance(value, date):
        return value.isoformat()[:10]
    if key == "user-agent" and not str(value).isprintable():
        raise ValueError("expected one line of printable text")
    return value


def _pair(text: str) -> list[str]:
    """Split what the command line can only say in one word."""
    pair = text.split()
    if len(pair) != 2:
        raise ValueError("expected a regular expression and a target, with a space between them")
    return pair


def _hosts(table: Any) -> Any:
    """Give the table of hosts with plain durations; ValueError for what is no host, or would give a secret away."""
    found = {}
    for name, settings in table.items() if isinstance(table, dict) else ():
        parts = uri.parse(f"https://{name}/")
        if parts is None or name not in {parts.host, f"{parts.host}:{parts.port}"}:
            raise ValueError(f"`{name[:_LONGEST]}` is no HOST or HOST:PORT, in lower case")
        if not isinstance(settings, dict):
            raise ValueError(f"expected a table under `{name}`")  # noqa: TRY004 - as all that is wrong with a value
        found[name] = settings | {key: _seconds(settings[key]) for key in _HOST_DURATIONS if key in settings}
        headers = settings.get("headers")
        for header, value in headers.items() if isinstance(headers, dict) else ():
            _check_header(header, value)
    return found if isinstance(table, dict) else table


def _check_header(name: str, value: Any) -> None:
    if _HEADER.fullmatch(name) is None or not isinstance(value, str) or not value.isprintable():
        raise ValueError(f"`{name[:_LONGEST]}` is no header with one line of printable text")
    if name.lower() in _OURS:
        raise ValueError(f"`{name}` is not for a config to say")
    if name.lower() in _CREDENTIALS and SECRET.search(value) is None:
        raise ValueError(f"`{name}` must come from the environment: write ${{{_SECRET}...}}")


_PREFIX = "LINKCHECK_"
_SECRET = "LINKCHECK_SECRET_"  # noqa: S105 - a name, no secret
"""What a config may refer to; no setting."""
SECRET = re.compile(r"\$\{(LINKCHECK_SECRET_[A-Z0-9_]+)\}")
"""How a header's value refers to one."""

_SPELT = {"outputs": "output"}
"""Options that are called otherwise than their keys: each use gives one item."""

_PERSONAL = ("allow-private", "resolve", "archives", "rdap-service", "ca-file")

_UNSPEAKABLE = frozenset({"hosts"})
"""What may hold a password that somebody wrote out; errors do not repeat it."""
_HOST_DURATIONS = ("interval", "timeout")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
"""A header's name (RFC 9110 5.6.2)."""
_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie"})
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding"})
"""Headers that say how we speak, not what we ask."""

_LARGEST = 256 << 10
"""Bytes of a config file."""
_LONGEST = 100
"""Characters of an unknown name that are compared with the known ones."""
_DEEP = re.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\r\n]*+"|'[^'\r\n]*+')[ \t]*+\.[ \t]*+){50}""")
"""A dotted key that takes the TOML reader quadratic time."""

_DURATION = re.compile(r"\s*(\d{1,9}(?:\.\d+)?)\s*(ms|s|m|h|d|)\s*")
_SECONDS = {"ms": 0.001, "s": 1.0, "": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def _seconds(value: Any) -> float:
    found = _DURATION.fullmatch(str(value)) if isinstance(value, str | int | float) else None
    if found is None or isinstance(value, bool):
        raise ValueError('expected a duration such as 30, "30s", "500ms" or "2m"')
    return float(found[1]) * _SECONDS[found[2]]
