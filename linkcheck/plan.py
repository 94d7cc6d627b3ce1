"""Turns a destination into something to check, or says at once why there is nothing to check. Pure.

Relative destinations stand on `<base href>`, else `--base-url`, else the document's own address; `/x` stands on
`--base-url`, else the origin of the stated original, else the root folder; `//host` is https.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct, structs
from rapidfuzz.distance import OSA

from linkcheck import domains, uri, userinfo
from linkcheck.errors import ConfigError
from linkcheck.model import Judgement, Reason, ReasonCode, Reference, Role, Verdict
from linkcheck.wrappers import inner_of


class Ground(Struct, frozen=True, kw_only=True):
    """What the destinations of one document stand on."""

    url: str | None
    """The document's own address; None for standard input."""
    base_url: str | None = None
    origin: str | None = None
    """The origin of the original or canonical URL that the document states, for `/x`."""

    @property
    def is_web(self) -> bool:
        """Tell a page from the web from a local document."""
        return uri.scheme_of(self.url or "") in uri.WEB


class Scope(Struct, frozen=True, kw_only=True):
    """What the person wants checked."""

    include: tuple["Pattern", ...] = ()
    exclude: tuple["Pattern", ...] = ()
    ignored: tuple["Pattern", ...] = ()
    """What a `.lycheeignore` leaves out."""
    roles: frozenset[Role] = frozenset()
    """Empty means all, but the navigation of web pages."""
    shard: tuple[int, int] | None = None
    """Which share of how many; what needs no network falls to the first."""
    has_navigation: bool = False
    """Whether the navigation of web pages is wanted, too, since it leads through a site."""
    remaps: tuple[tuple["Pattern", str], ...] = ()
    """Where URLs that match are checked instead; `$1` in a target is a group."""
    remaps_files: bool = True
    """False where an untrusted config made `remaps`: then addresses of local files are not led elsewhere."""
    here: str = "file:///"
    """The address of the folder that relative targets stand on."""


class Plan(Struct, frozen=True, kw_only=True):
    """What is to be done about one reference."""

    url: str | None = None
    """Absolute, fragment included."""
    link: str | None = None
    """The canonical URL to check, of a redirector that which it carries; None where nothing needs to be asked."""
    fragment: str | None = None
    """What is asked of the link, or of the document itself when there is no link."""
    judgement: Judgement | None = None
    """The word, where it is known without looking."""


def plan(reference: Reference, destination: str, ground: Ground, scope: Scope) -> Plan:
    """Plan one reference. `destination` is its raw text with the escapes of its syntax decoded."""
    is_long = len(destination) > LONGEST_URL
    made = _too_long(destination) if is_long else _plan(reference, destination, ground, scope)
    if scope.roles and reference.role not in scope.roles:
        return _skipped(ReasonCode.EXCLUDED, f"role {reference.role} is not wanted", url=made.url)
    if scope.shard and (share := _share(made, scope.shard[1])) != scope.shard[0]:
        return _skipped(ReasonCode.EXCLUDED, f"falls to shard {share}/{scope.shard[1]}", url=made.url)
    return made


def _plan(reference: Reference, destination: str, ground: Ground, scope: Scope) -> Plan:
    target = destination.strip("\t\n\f\r ")
    if lost := _lost(target):
        is_script = "a control of the page, not a link: a script answers it"
        return _skipped(ReasonCode.CONTROL, is_script, url=None) if reference.is_control else Plan(judgement=lost)
    if _TEMPLATE.search(target):
        return _skipped(ReasonCode.TEMPLATE, "a template, filled in elsewhere", url=None)
    if target.startswith("#"):
        return Plan(url=uri.resolve(target, ground.url) if ground.url else None, fragment=target[1:])
    target = _DOI.sub("https://doi.org/", target)
    scheme = uri.scheme_of(target)
    if scheme is not None and scheme not in uri.WEB:
        return _skipped(ReasonCode.SCHEME, f"`{scheme}:` is not checked{_hint(scheme)}", url=uri.masked(target))
    if target.startswith("//"):
        scheme, target = "https", f"https:{target}"
    base = None if scheme else _base(target, reference, ground)
    if base and base.startswith("file:") and ground.origin and _climbs_out(target, base):
        base = ground.origin  # the page was copied from there: what no folder here can hold stands there, as `/x` does
    if scheme is None and base is None:
        why = "relative, and there is no folder to start from; give --base-url"
        return _skipped(ReasonCode.NO_BASE, why, url=None)
    parts = uri.parse(target, base)
    absolute = uri.without_credentials(parts.href) if parts else None
    if absolute == target:
        absolute = target  # one string and not three: there may be a million
    if base and base.startswith("file:") and _climbs_out(target, base):
        return _skipped(ReasonCode.OUTSIDE_ROOT, "leads out of the root folder; --root-dir widens it", url=None)
    link = uri.key(inner_of(absolute) or absolute) if absolute else None
    if link == absolute:
        link = absolute
    if absolute is None or link is None:
        return Plan(judgement=_judgement(Verdict.INVALID, ReasonCode.NOT_A_URL, "not a URL: WHATWG parsing fails"))
    return _in_scope(absolute, link, reference, ground, scope)


def _too_long(destination: str) -> Plan:
    """Return the plan for a destination that no server would take; `data:` and the like hold what they lead to."""
    scheme = uri.scheme_of(destination[:_SHOWN].lstrip("\t\n\f\r "))
    if scheme is not None and scheme not in uri.WEB:
        return _skipped(ReasonCode.SCHEME, f"`{scheme}:` is not checked", url=None)
    why = f"longer than {LONGEST_URL:,} characters: no server takes such an address"
    return Plan(judgement=_judgement(Verdict.INVALID, ReasonCode.NOT_A_URL, why))


def left_behind(reference: Reference, made: Plan, *, is_saved: bool) -> Plan | None:
    """Return the plan for a part of the own page that is not there; None where its absence is to be reported.

    A page that was saved from the web (`is_saved`) has not all that its scripts had put in: menus, comments, the
    entries of a live blog. Links to those are no sources that the article has lost.
    """
    if reference.is_control or (is_saved and reference.element == "a"):
        return _skipped(ReasonCode.CONTROL, "a part of the page that was not saved with it", url=made.url)
    return None


def without_secret_part(reference: Reference, secrets: Sequence[tuple[int, int]]) -> Reference | None:
    """Return a reference that begins within the userinfo of a URL, without that; None for any other.

    `secrets` is where userinfo stands in the document, in order. To a syntax that knows no such URL, the end of
    `//:password@host` is an e-mail address.
    """
    at = bisect_right(secrets, (reference.span.start, 1 << 62)) - 1
    if at < 0 or reference.span.start >= secrets[at][1] or "@" not in reference.raw:
        return None
    shown = f"{userinfo.HIDDEN}@{reference.raw.rpartition('@')[2]}"
    return structs.replace(reference, raw=shown, text=shown if "@" in reference.text else reference.text)


def discreet(reference: Reference) -> Reference:
    """Hide the user names and passwords that a reference gives away, once it has been planned; its span stays.

    A destination that is longer than any address is cut.
    """
    raw = reference.raw if len(reference.raw) <= LONGEST_URL else f"{reference.raw[:_SHOWN]}\u2026"
    raw, text, cited = uri.masked(raw), uri.masked(reference.text), reference.cited
    if cited and (cited.original_url or cited.archive_url):
        original, archive = uri.masked(cited.original_url or ""), uri.masked(cited.archive_url or "")
        cited = structs.replace(cited, original_url=original or None, archive_url=archive or None)
    if (raw, text) == (reference.raw, reference.text) and cited == reference.cited:
        return reference
    return structs.replace(reference, raw=raw, text=text, cited=cited)


class Pattern(Struct, frozen=True):
    """A regular expression that somebody wrote, who may be a stranger: it is given up when it takes too long."""

    text: str
    search: Callable[[str], re.Match[str] | None]
    """ConfigError where it takes longer than `_LONGEST` for one URL."""


def patterns(expressions: Iterable[str], said_by: str = "--include/--exclude") -> tuple[Pattern, ...]:
    """Compile what the person wrote; ConfigError, which names by what, where it is not a regular expression."""
    return tuple(_pattern(text, said_by) for text in expressions)


def _pattern(text: str, said_by: str) -> Pattern:
    import regex  # noqa: PLC0415 - few runs have patterns

    try:
        search = regex.compile(text[: _MOST + 1]).search
    except (regex.error, OverflowError, RecursionError) as error:
        raise ConfigError(f"{said_by}: {text[:100]!r} is no regular expression: {error}") from error
    if len(text) > _MOST:
        raise ConfigError(f"{said_by}: {text[:100]!r}... is longer than {_MOST} characters; split it")

    def found(url: str) -> re.Match[str] | None:
        match: re.Match[str] | None  # its own kind, which is used in the same way
        try:
            match = search(url, timeout=_LONGEST)
        except TimeoutError as error:
            raise ConfigError(
                f"{said_by}: {text[:100]!r} takes for ever on {url[:100]}; avoid repeats in repeats"
            ) from error
        return match

    return Pattern(text, found)


def _in_scope(absolute: str, link: str, reference: Reference, ground: Ground, scope: Scope) -> Plan:
    """Leave out what the person does not want asked."""
    if reference.role is Role.NAVIGATION and ground.is_web and not _is_navigation_wanted(reference, scope):
        return _skipped(ReasonCode.NAVIGATION, "navigation of the page; --role navigation checks it", url=absolute)
    if scope.include and not any(pattern.search(absolute) for pattern in scope.include):
        return _skipped(ReasonCode.EXCLUDED, "no --include pattern matches", url=absolute)
    if hit := next((pattern for pattern in scope.exclude if pattern.search(absolute)), None):
        return _skipped(ReasonCode.EXCLUDED, f"--exclude {hit.text}", url=absolute)
    if ignored := next((pattern for pattern in scope.ignored if pattern.search(absolute)), None):
        return _skipped(ReasonCode.EXCLUDED, f".lycheeignore: {ignored.text}", url=absolute)
    may_remap = scope.remaps and (scope.remaps_files or not absolute.startswith("file:"))
    if may_remap and (elsewhere := remapped(absolute, scope)):
        if elsewhere.startswith("file:") and _climbs_out(elsewhere.removeprefix("file://"), "file:///"):
            return _skipped(ReasonCode.OUTSIDE_ROOT, "is remapped to what lies outside the root folder", url=absolute)
        link = uri.key(elsewhere) or link
    if link.startswith("file:"):
        link = link.partition("?")[0]
    fragment = uri.fragment_of(inner_of(absolute) or absolute)
    return Plan(url=absolute, link=link, fragment=fragment or None)


def _share(made: Plan, shares: int) -> int:
    is_web = made.link is not None and uri.scheme_of(made.link) in uri.WEB
    return domains.share_of(uri.host_of(made.link), shares) if made.link and is_web else 1


def _is_navigation_wanted(reference: Reference, scope: Scope) -> bool:
    """Tell whether navigation is wanted; what a `<link>` says is for programs."""
    return bool(scope.roles) or (scope.has_navigation and reference.element != "link")


def remapped(absolute: str, scope: Scope) -> str | None:
    """Give where a URL is to be checked instead, by the first pattern that matches; None where it is asked itself.

    The fragment is left aside, and so is the query where the target is a file. The path of such a target is not
    resolved, so that it can be seen where it climbs.
    """
    url = uri.without_fragment(absolute)
    for pattern, target in scope.remaps:
        is_file = uri.scheme_of(target) not in uri.WEB
        if found := pattern.search(url.partition("?")[0] if is_file else url):
            return _filled(target, found, scope.here) if is_file else uri.resolve(_with_groups(target, found), None)
    return None


def _filled(target: str, found: re.Match[str], here: str) -> str:
    path = _with_groups(target, found).removeprefix("file://")
    return f"file://{path}" if path.startswith("/") else here + path.removeprefix("./")


def _with_groups(target: str, found: re.Match[str]) -> str:
    def group(wanted: re.Match[str]) -> str:
        name = wanted[1] or wanted[2]
        try:
            return found[int(name) if name.isdigit() else name] or ""
        except IndexError:
            return ""

    return _GROUP.sub(group, target)


def _base(target: str, reference: Reference, ground: Ground) -> str | None:
    """Choose what a relative destination stands on."""
    if reference.base is not None:
        return uri.resolve(reference.base, ground.base_url or ground.url)
    if ground.base_url:
        return ground.base_url
    if target.startswith("/") and not ground.is_web and ground.origin:
        return ground.origin
    return ground.url


def _hint(scheme: str) -> str:
    """Offer the scheme of the web that somebody may have meant: one slip away, and no scheme of its own."""
    if scheme in _SIMILAR:
        return ""
    meant = next((one for one in ("http", "https") if OSA.distance(scheme, one, score_cutoff=1) == 1), None)
    return f"; did you mean `{meant}:`?" if meant else ""


def _climbs_out(target: str, base: str) -> bool:
    """Tell whether a path leaves the root, where WHATWG resolution would quietly stay (`/../a` is `/a`)."""
    path = re.split(r"[?#]", target, maxsplit=1)[0].replace("\\", "/")
    depth = 0 if path.startswith("/") else uri.local_path(base).count("/") - 1
    for step in path.split("/"):
        name = step.lower().replace("%2e", ".")
        depth += {"": 0, ".": 0, "..": -1}.get(name, 1)
        if depth < 0:
            return True
    return False


def _lost(target: str) -> Judgement | None:
    """Recognise a target that was lost in copying."""
    if target in {"", "#", "#!"} or target.lower() == "about:blank":
        text = {"": "the link has no target"}.get(target, f"the target is a bare `{target}`")
        return _judgement(Verdict.PLACEHOLDER, ReasonCode.NO_TARGET, text)
    if uri.scheme_of(target) == "javascript":
        return _judgement(Verdict.PLACEHOLDER, ReasonCode.SCRIPT_TARGET, "the target is a script, not an address")
    return None


LONGEST_URL = 65_536
"""Characters of a destination; servers take 8,000 (RFC 9110 4.1) to some ten thousands."""
_SHOWN = 1000
"""Characters that are kept of a longer one."""
_SIMILAR = frozenset({"shttp"})
"""Schemes that are registered (IANA), and as good as written like those of the web."""
_LONGEST = 1.0
"""Seconds for one URL; a pattern without catastrophe takes microseconds."""
_MOST = 4096
"""Characters of one pattern."""
_GROUP = re.compile(r"\$(?:([0-9]{1,2})|\{([A-Za-z_]\w*|[0-9]{1,2})\})")

_DOI = re.compile(r"\Adoi:\s*(?=10\.[0-9]{4,9}/)", re.IGNORECASE)
"""What a DOI begins with (https://www.doi.org/the-identifier/resources/handbook/2_numbering)."""
_TEMPLATE = re.compile(
    r"""
      (?:\{|%7b){2} | \{% | <[%?]               # {{ page }}, {% url %}, <%= id %>, <?php echo $id ?>
    | \A@[a-z_][\w.]*+\(                       # @Url.Action("Index")
    | (?:\$|%24)(?:\{|%7b) | %\(\w++\)[sd]      # ${id}, %(id)s
    | \{[+\#./;?&]?[a-z_][\w.,:*]*+\}           # {id}, {?page,size} (RFC 6570)
    | <[a-z_][\w\ .-]*+> | %3c[a-z_][\w.-]*+%3e # <host>
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Braces around a GUID (`{3F2504E0-4F89-...}`) hold hyphens and are none; neither is the end of a JSON value, `}}`."""


def _judgement(verdict: Verdict, code: ReasonCode, text: str) -> Judgement:
    return Judgement(verdict, Reason(code, text))


def _skipped(code: ReasonCode, text: str, *, url: str | None) -> Plan:
    return Plan(url=url, judgement=_judgement(Verdict.SKIPPED, code, text))
