"""Every setting: its key, its type, its default, what it is for, and its trust class.

The class says what a config may set that nobody vouches for (`trust`); a setting without one is refused there.
"""

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from linkcheck.config.trust import Trust
from linkcheck.model import Severity

AGENT = "linkcheck/{version} (+https://pypi.org/project/linkcheck-provenance/)"

Duration: TypeAlias = Annotated[float, Meta(ge=0, extra={"is_duration": True})]
"""Seconds, written `30`, `"30s"`, `"500ms"`, `"2m"` or `"1h"`."""

Deadline: TypeAlias = Annotated[float, Meta(gt=0, extra={"is_duration": True})]
"""A duration that leaves time for something to happen."""


Size: TypeAlias = Annotated[int, Meta(gt=0, extra={"is_size": True})]
"""Bytes, written `1000`, `"10MB"` or `"64MiB"`."""


class HostSettings(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What one host wants to be otherwise; None leaves a setting as it is for all."""

    concurrency: Annotated[Annotated[int, Meta(ge=1, le=100)] | None, Trust.AT_MOST] = None
    """Requests at once."""
    interval: Annotated[Duration | None, Trust.AT_LEAST] = None
    timeout: Annotated[Deadline | None, Trust.AT_MOST] = None
    headers: Annotated[dict[str, str], Trust.NEVER] = {}
    """Sent to this host alone; `${LINKCHECK_SECRET_...}` in a value stands for a variable of the environment."""
    accept: Annotated[tuple[Annotated[int, Meta(ge=400, le=999)], ...], Trust.NEVER] = ()
    """Statuses that are fine here."""


class Config(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Every setting."""

    sources: Annotated[tuple[str, ...], Trust.INSIDE, Meta(description="What to check when no SOURCE is given.")] = ()
    format: Annotated[str, Trust.FREE, Meta(description="The report on stdout.")] = "text"
    outputs: Annotated[
        tuple[str, ...],
        Trust.REPORTS,
        Meta(description="More reports, each FORMAT=PATH; {name} in the path makes one a document."),
    ] = ()
    min_confidence: Annotated[
        float,
        Trust.NEVER,
        Meta(description="How sure a recovered target must be for --output article=PATH to put it in.", ge=0, le=1),
    ] = 0.9
    evidence: Annotated[
        str | None,
        Trust.NEVER,
        Meta(description="Ask all anew, and keep every answer below this folder: WARC, manifest; see --replay."),
    ] = None
    read_as: Annotated[
        str | None, Trust.NEVER, Meta(description="Read every source as this format, whatever its name says.")
    ] = msgspec.field(default=None, name="as")
    column: Annotated[
        str | None,
        Trust.NEVER,
        Meta(description="The column of a CSV, or the key of JSON lines, that holds the URL; default: by its name."),
    ] = None
    base_url: Annotated[
        str | None, Trust.BASE_URL, Meta(description="Where the sources are published; their links stand on it.")
    ] = None
    root_dir: Annotated[
        str | None,
        Trust.INSIDE,
        Meta(description="The folder that /links start from and local links may not leave; default: the repository."),
    ] = None
    published: Annotated[
        str | None, Trust.FREE, Meta(description="The article's date (YYYY-MM-DD), where it does not say itself.")
    ] = None
    include: Annotated[
        tuple[str, ...], Trust.FREE, Meta(description="Check only URLs that match one of these regular expressions.")
    ] = ()
    exclude: Annotated[tuple[str, ...], Trust.FREE, Meta(description="Do not check URLs that match one of these.")] = ()
    exclude_path: Annotated[
        tuple[str, ...], Trust.FREE, Meta(description="Do not read files that match one of these globs.")
    ] = ()
    remap: Annotated[
        tuple[tuple[str, str], ...],
        Trust.REMAP,
        Meta(description="REGEX and TARGET: check URLs that match elsewhere, e.g. in the working tree; $1 is a group."),
    ] = ()
    recurse: Annotated[
        bool,
        Trust.NEVER,
        Meta(description="Read the pages of the same site that web sources lead to, and check what these cite."),
    ] = False
    depth: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        Trust.NEVER,
        Meta(description="How many links away from its source a page is read; default: any."),
    ] = None
    max_pages: Annotated[
        int, Trust.NEVER, Meta(description="Pages that are read in all; then the run says so.", ge=1)
    ] = 10_000
    scope: Annotated[
        tuple[str, ...],
        Trust.NEVER,
        Meta(description="Hosts, or beginnings of URLs, where pages are read; default: the hosts of the sources."),
    ] = ()
    robots: Annotated[
        Literal["ignore", "following", "obey"],
        Trust.NEVER,
        Meta(description="What robots.txt governs: nothing, which pages are read (following), or all asking (obey)."),
    ] = "following"
    role: Annotated[
        tuple[str, ...], Trust.FREE, Meta(description="Check only references of these roles; the others are listed.")
    ] = ()
    shard: Annotated[
        Annotated[str, Meta(pattern=r"^[1-9]\d{0,3}/[1-9]\d{0,3}$")] | None,
        Trust.NEVER,
        Meta(description="N/OF: check only this share of the sites, for a matrix of jobs."),
    ] = None
    max_file_size: Annotated[
        Size,
        Trust.AT_MOST,
        Meta(description="Do not read files, pages or standard input that are larger than this."),
    ] = 64 << 20
    include_code: Annotated[bool, Trust.FREE, Meta(description="Take links in code, too.")] = False
    fresh: Annotated[bool, Trust.NEVER, Meta(description="Ask every link, whether or not it is due again.")] = False
    resume: Annotated[
        bool, Trust.NEVER, Meta(description="Go on with the last run of these sources, if it was broken off.")
    ] = False
    offline: Annotated[
        bool, Trust.NEVER, Meta(description="Check without network: local files, fragments, placeholders.")
    ] = False
    resolve: Annotated[
        tuple[str, ...], Trust.NEVER, Meta(description="HOST:PORT:ADDRESS, as in curl: where a name is to be found.")
    ] = ()
    allow_private: Annotated[
        bool, Trust.NEVER, Meta(description="Ask private, loopback and link-local addresses, too.")
    ] = False
    archive: Annotated[bool, Trust.NEVER, Meta(description="Ask web archives.")] = True
    provenance: Annotated[
        bool, Trust.NEVER, Meta(description="Read stated originals: recover lost targets, compare text and quotations.")
    ] = True
    archive_budget: Annotated[
        Annotated[float, Meta(ge=0)] | Literal["auto"],
        Trust.AT_MOST,
        Meta(
            description="Time each archive may take in all; `auto`: 60 s, 5 min for what is lost. The rest is named.",
            extra={"is_duration": True, "bound": 60.0},
        ),
    ] = "auto"
    archive_order: Annotated[
        tuple[str, ...],
        Trust.NEVER,
        Meta(description="Who is asked; the next only while none before has a capture that is proven."),
    ] = ("wayback", "arquivo")
    deep: Annotated[
        bool,
        Trust.NEVER,
        Meta(description="Compare every page with its capture of the citation's time, not only doubtful ones."),
    ] = False
    rdap: Annotated[
        bool,
        Trust.NEVER,
        Meta(description="Ask since when a domain is registered whose page looks parked or taken over."),
    ] = False
    rdap_service: Annotated[
        str,
        Trust.NEVER,
        Meta(description="Whom to ask (RDAP); it learns which domains are doubted.", pattern=r"^https?://[^?#\s]+$"),
    ] = "https://rdap.org"
    archives: Annotated[
        dict[str, dict[str, str]],
        Trust.NEVER,
        Meta(description="Base URLs of archives by name, to point them elsewhere or to name others."),
    ] = {}
    store: Annotated[
        str | None,
        Trust.NEVER,
        Meta(description="The history file; default: .linkcheck/history.sqlite in the project."),
    ] = None
    no_store: Annotated[bool, Trust.NEVER, Meta(description="Keep no history.")] = False
    fail_on: Annotated[
        tuple[str, ...],
        Trust.FREE,
        Meta(description="What makes exit code 1: severities, verdicts or rules, or `never`."),
    ] = ("error",)
    fail_when: Annotated[
        Literal["any", "new", "confirmed"],
        Trust.NEVER,
        Meta(description="Let it count only when it is new since the last check, or confirmed over days."),
    ] = "any"
    strikes: Annotated[
        int, Trust.NEVER, Meta(description="So many failing checks make an unreachable link dead.", ge=2, le=100)
    ] = 3
    strike_days: Annotated[
        float, Trust.NEVER, Meta(description="Days that lie between two of them, at least.", gt=0, le=365)
    ] = 3
    since: Annotated[
        str | None,
        Trust.NEVER,
        Meta(description="Let only count what was added since this Git revision, or what the change broke."),
    ] = None
    baseline: Annotated[
        str | None, Trust.INSIDE, Meta(description="Let not count what this file of `linkcheck baseline` knows.")
    ] = None
    severity: Annotated[
        dict[str, Severity], Trust.FREE, Meta(description="Severity by rule, where the default does not suit.")
    ] = {}
    concurrency: Annotated[int, Trust.AT_MOST, Meta(description="Requests at once, in all.", ge=1, le=1000)] = 64
    host_concurrency: Annotated[int, Trust.AT_MOST, Meta(description="Requests at once to one host.", ge=1, le=100)] = (
        10
    )
    host_interval: Annotated[
        Duration, Trust.AT_LEAST, Meta(description="Least time between two requests to one host.")
    ] = 0.05
    host_patience: Annotated[
        Duration, Trust.NEVER, Meta(description="How long one host may make us wait in all, by 429 and Retry-After.")
    ] = 60
    timeout: Annotated[Deadline, Trust.AT_MOST, Meta(description="Time for one request in all.")] = 30
    connect_timeout: Annotated[Deadline, Trust.AT_MOST, Meta(description="Time to get a connection.")] = 5
    max_time: Annotated[
        Duration | None,
        Trust.AT_MOST,
        Meta(description="Time for the whole run, reading included; then a partial report."),
    ] = None
    retries: Annotated[
        int, Trust.AT_MOST, Meta(description="How often a passing failure is tried again.", ge=0, le=10)
    ] = 2
    engine: Annotated[
        Literal["auto", "httpx", "wreq"],
        Trust.NEVER,
        Meta(description="What speaks HTTP: `wreq` is fast and an extra, `httpx` is always there."),
    ] = "auto"
    ca_file: Annotated[str | None, Trust.NEVER, Meta(description="Trust the authorities in this PEM file, too.")] = None
    user_agent: Annotated[str, Trust.NEVER, Meta(description="How we introduce ourselves.", min_length=1)] = AGENT
    hosts: Annotated[
        dict[str, HostSettings],
        Trust.HOSTS,
        Meta(description="By HOST or HOST:PORT: concurrency, interval, timeout, headers, accepted statuses."),
    ] = {}
    control_hosts: Annotated[
        tuple[str, ...],
        Trust.NEVER,
        Meta(description="Names that exist; looked up to tell a dead host from a network that is down."),
    ] = ("web.archive.org", "www.wikipedia.org")
    progress: Annotated[
        bool | None,
        Trust.NEVER,
        Meta(description="Progress on stderr; default: a bar on a terminal, lines elsewhere."),
    ] = None
    color: Annotated[Literal["auto", "always", "never"], Trust.NEVER, Meta(description="Colour on stdout.")] = "auto"
