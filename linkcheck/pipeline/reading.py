"""First stage: sources become documents, documents references, references plans."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, starmap
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar
from urllib.parse import quote

import anyio
import anyio.lowlevel
from msgspec import structs

from linkcheck import uri, userinfo
from linkcheck.blanking import blanked_source
from linkcheck.config import Config
from linkcheck.dates import parse_date
from linkcheck.errors import ConfigError, SizeError, SourceError
from linkcheck.events import Extracted, Warned
from linkcheck.evidence.replayer import Replayer
from linkcheck.evidence.tape import asking
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.fragments import Anchors, match
from linkcheck.extract.ignores import ignores_of
from linkcheck.extract.passages import paragraphs
from linkcheck.fetch.converse import converse
from linkcheck.hints import hint
from linkcheck.model import Claim, Document, DocumentRow, PlacedFinding, Provenance, Reference, Request, Role, Span
from linkcheck.packed import Packed
from linkcheck.pipeline.commands import CutShort
from linkcheck.pipeline.hurrying import is_over
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.listening import is_pipe, read_pipe, read_to_end
from linkcheck.pipeline.lost import is_placeholder
from linkcheck.pipeline.unread import Unread
from linkcheck.plan import Ground, Pattern, Scope, discreet, left_behind, patterns, plan, without_secret_part
from linkcheck.provenance import agreement, original
from linkcheck.provenance.origin import provenance_of
from linkcheck.provenance.original import STATED
from linkcheck.sources import files, formats, web
from linkcheck.sources.api import Found, Named, Unreadable, named
from linkcheck.sources.ignore import urls_ignored
from linkcheck.sources.read import as_document, contents
from linkcheck.store import Begun, Planned

T = TypeVar("T")


class Understood(NamedTuple):
    """What a document comes to."""

    row: DocumentRow
    planned: Sequence[Planned]
    anchors: tuple[str, ...]
    """What fragments may name in it."""


Take: TypeAlias = Callable[[DocumentRow, Sequence[Planned], int], Awaitable[None]]
"""Hears of a document, its planned references, and its place in the run."""


async def read_all(line: Line, scope: Scope, take: Take) -> Path:
    """Read every source into the journal; give the root that local links start from."""
    scope = structs.replace(scope, ignored=_ignored(line))
    unread = Unread(line)
    root = line.job.directory if line.tape.is_replaying else root_of(line)  # a replay looks nothing up below it
    async for found, document in _documents(line, root, scope, take, unread):
        taking = partial(_taken, document, found, scope, line)
        taken = _unless_cut(taking, document.name, line, unread, "understanding")
        if taken is None and unread.is_time_up:
            continue  # which counts the rest
        if taken is None:
            break
        row, planned, place = taken
        _keep_text(document, row, planned, line, place)
        line.tally.document(row.findings)
        line.emit(Extracted(document.name, len(planned)))
        await take(row, planned, place)
        await anyio.lowlevel.checkpoint()
        if is_over(line, f"document {place}"):
            break
    line.is_reading_bounded |= unread.is_time_up
    line.notes += unread.notes()
    line.remarks += unread.remarks()
    return root


def _taken(document: Document, found: Found, scope: Scope, line: Line) -> tuple[DocumentRow, Sequence[Planned], int]:
    """Understand a document and write it down; return its row, its references, and its place in the run."""
    row, planned, _ = understood(document, found, scope, line)
    if line.job.keeps_sources:
        line.journal.keep(document.source, row.sha256)
    return row, planned, line.journal.add(row, planned, digest=row.sha256)


def _unless_cut(work: Callable[[], T], name: str, line: Line, unread: Unread, stage: str) -> T | None:
    """Return what `work` on a source returns; None where a person, or `--max-time`, ended it before it was done."""
    tape, commands, cut = line.tape, line.job.commands, f"cut {name}"
    if unread.was_cut(name, stage):
        return None
    try:
        if not (isinstance(tape, Replayer) and tape.has(cut)):
            with commands.cuttable(unread.time_left):
                return work()
    except CutShort:
        if not commands.is_heard:
            unread.note_cut(name, stage)
            return None
        tape.note(cut, True)
    line.notes.append(f"{name}: was not read, since the run was interrupted meanwhile")
    return None


def _ignored(line: Line) -> tuple[Pattern, ...]:
    """Give what a `.lycheeignore` leaves out."""

    def read() -> tuple[list[str], list[str]]:
        ignored, problems = urls_ignored(
            line.job.directory, files.repository_of(line.job.directory), line.job.committed
        )
        return [pattern.text for pattern in ignored], list(problems)

    ignored, problems = line.tape.value("ignored", read, tuple[list[str], list[str]])
    for problem in problems:
        line.emit(Warned(problem))
    return patterns(ignored, ".lycheeignore")


def root_of(line: Line) -> Path:
    """Give the root that local links start from."""
    root_dir = Path(line.config.root_dir) if line.config.root_dir else None
    return files.root_of(line.config.sources, directory=line.job.directory, root_dir=root_dir)


def found_sources(line: Line, root: Path) -> Iterator[Found | Unreadable]:
    """Give what the sources are, or why they are not."""
    return files.find(
        line.config.sources,
        directory=line.job.directory,
        root_dir=root,
        exclude_path=line.config.exclude_path,
        ours=line.job.ours,
        committed=line.job.committed,
    )


def scope_of(config: Config, directory: Path, *, untrusted: Collection[str] = ()) -> Scope:
    """Read what the person wants checked, and says of the documents; ConfigError for what means nothing.

    `untrusted` are the settings that an untrusted config made.
    """
    _check_ground(config)
    include, exclude = patterns(config.include), patterns(config.exclude)
    known = {role.value for role in Role}
    if unknown := [name for name in config.role if name not in known]:
        raise ConfigError(f"--role: there is no role {unknown[0]!r}; {hint(unknown[0], sorted(known))}")
    compiled = patterns((pattern for pattern, _ in config.remap), "remap")
    remaps = tuple(zip(compiled, (target for _, target in config.remap), strict=True))
    return Scope(
        include=include,
        exclude=exclude,
        roles=frozenset(map(Role, config.role)),
        shard=_shard(config.shard),
        has_navigation=config.recurse,
        remaps=remaps,
        remaps_files="remap" not in untrusted,
        here=_address_of(directory, config) if remaps else "file:///",
    )


def _shard(wanted: str | None) -> tuple[int, int] | None:
    """Read `2/4`; ConfigError where there is no such share."""
    if wanted is None:
        return None
    share, of = map(int, wanted.split("/"))
    if share > of:
        raise ConfigError(f"--shard: there is no share {share} of {of}; they are 1/{of} to {of}/{of}")
    return share, of


def _check_ground(config: Config) -> None:
    """Refuse what the person says of the documents where it means nothing."""
    if config.read_as:
        formats.named(config.read_as)
    if config.published and parse_date(config.published) is None:
        raise ConfigError(f"--published: {config.published!r} is no date; write YYYY-MM-DD")
    if config.base_url and uri.scheme_of(uri.resolve(config.base_url, None) or "") not in uri.WEB:
        raise ConfigError(f"--base-url: {config.base_url!r} is no absolute http(s) URL")


async def _documents(
    line: Line, root: Path, scope: Scope, take: Take, unread: Unread
) -> AsyncIterator[tuple[Found, Document]]:
    """Read what was found; what cannot be read becomes a note, and the others go on."""
    for told, found_or_not in _told(line, partial(found_sources, line, root)):
        found = found_or_not or told.again()
        if isinstance(found, Found) and line.begun and line.begun[0].path == found.name:
            await _take_over(line.begun.popleft(), line, take)
            continue
        if unread.is_late(found.name):
            continue
        if isinstance(found, Unreadable) and found.is_special:
            unread.add_special(found.name)
            continue
        document = found if isinstance(found, Unreadable) else await _read(found, line, unread)
        if document is None and not unread.is_time_up:
            return
        if isinstance(document, Unreadable) and document.is_too_large and isinstance(found, Found) and found.below:
            unread.add_large(found.name)
            line.is_reading_bounded = True
        elif isinstance(document, Unreadable):
            line.is_reading_bounded |= document.is_too_large
            is_page = isinstance(found, Found) and found.path is None and found.url is not None
            is_as_asked = line.config.offline and is_page
            (line.remarks if is_as_asked else line.notes).append(document.message)
            line.emit(Warned(document.message))
            if isinstance(found, Found) and found.url and found.path is None:
                _keep_unread(found, found.url, scope, line)
        elif isinstance(found, Found) and document is not None:
            yield found, document


async def _take_over(begun: Begun, line: Line, take: Take) -> None:
    """Count a document that was read before the run was broken off."""
    line.tally.document(begun.row.findings)
    if line.config.recurse or begun.row.media_type in formats.LISTS:
        await take(begun.row, Packed(Planned, line.journal.planned(begun.place)), begun.place)
    if not begun.digest:
        line.notes.append(f"{begun.path}: could not be read when the run began")


def _told(
    line: Line, finding: Callable[[], Iterable[Found | Unreadable]]
) -> Iterator[tuple[Named, Found | Unreadable | None]]:
    """Give the sources that there are, or were: as they can be told, and in the first case as they are."""
    here: list[Found | Unreadable] = []

    def tell() -> Iterator[Named]:
        for one in finding():
            here.append(one)
            yield named(one)

    for told in line.tape.each("source found", tell, Named):
        yield told, here.pop() if here else None


async def _read(found: Found, line: Line, unread: Unread) -> Document | Unreadable | None:
    """Return the document, or why there is none; None where reading ended before."""
    if found.path is None and found.url is not None and line.config.offline:
        return Unreadable(found.name, f"{found.name}: is on the web, and --offline keeps away from it")
    if unread.was_cut(found.name, "fetching"):
        return None
    with anyio.move_on_after(unread.time_left) as waiting:
        came = await _come(found, line)
    if waiting.cancelled_caught:
        unread.note_cut(found.name, "fetching")
        return None
    if isinstance(came, Document | Unreadable):
        return came
    try:
        source = line.tape.source(found.name, found.url, came)
        making = partial(as_document, source, found, read_as=line.config.read_as)
        return _unless_cut(making, found.name, line, unread, "decoding")
    except SizeError as error:
        return Unreadable(found.name, str(error), is_too_large=True)
    except SourceError as error:
        return Unreadable(found.name, str(error))


async def _come(found: Found, line: Line) -> Document | Unreadable | Callable[[], bytes]:
    """Wait for a page, or for whoever writes into a pipe; return the page, or what reads the source."""
    largest = line.config.max_file_size
    if found.path is None and found.url is not None:
        with asking(f"page {found.name}"):
            listening = line.heard.listening(line.web.exchange)
            fetching = web.fetch_document(found, read_as=line.config.read_as, largest=largest)
            return await converse(fetching, {Request: listening})
    stdin = pipe = None
    try:
        if found.path is None and not line.tape.is_replaying:
            stdin = await read_to_end(line.job.stdin, largest)
        elif found.path and found.is_named and is_pipe(found.path) and not line.tape.is_replaying:
            pipe = await read_pipe(found.path, largest)
    except OSError as error:
        return Unreadable(found.name, f"{found.name}: cannot be read: {error.strerror or error}; name a file")
    return partial(contents, found, stdin=stdin, pipe=pipe, largest=largest)


def understood(document: Document, found: Found, scope: Scope, line: Line) -> Understood:
    """Extract, gather what is said of the origin, and plan every reference."""
    config = line.config
    extractor = formats.extractor_of(document.media_type)
    assert extractor, "a document has a media type that somebody reads"
    asked = partial(extractor.extract, document, Wanted(include_code=config.include_code, column=config.column))
    extraction = line.hear(document.media_type, asked) or Extraction(references=())
    secrets = userinfo.places(document.source) if document.encoding != "binary" else ()
    references = partial(_decoded, extraction.references, extractor, secrets)
    is_web = uri.scheme_of(document.url or "") in uri.WEB
    provenance = provenance_of(
        (*extraction.claims, *document.claims),
        extraction.opening,
        [said for said in references() if said[0].role in original.ROLES],
        stated=config.published,
        address=document.url if is_web else None,
    )
    has_base = config.base_url and not (extractor.is_data and "base-url" in line.untrusted)
    published_at = uri.resolve(quote(found.below), config.base_url) if has_base else None
    ground = _ground(document, provenance, published_at)
    itself = [(_itself(found.url), found.url)] if ground.is_web and found.is_named and found.url else []
    anchors = Anchors(dict.fromkeys(extraction.anchors))
    is_saved = document.media_type in _PAGES and found.is_named and not ground.is_web and ground.origin is not None

    def planned_as(reference: Reference, destination: str) -> Planned:
        wanted = plan(reference, destination, ground, scope)
        own = None
        if wanted.fragment is not None and wanted.link is None:
            own = match(wanted.fragment, anchors, is_complete=extractor.knows_anchors, is_local=not ground.is_web)
            if own.found is False and (behind := left_behind(reference, wanted, is_saved=is_saved)):
                wanted, own = behind, None
        return Planned(discreet(reference), wanted, own)

    planned = Packed(Planned, starmap(planned_as, chain(itself, references())))
    findings = _weighed((*extraction.findings, *agreement.findings(provenance)), config)
    wishes = () if found.url and is_web else ignores_of(document.text)
    row = structs.replace(
        _row(document, found, provenance, findings, line.tape.digest(document.source)), ignores=wishes
    )
    return Understood(row, planned, extraction.anchors)


_PAGES = frozenset({formats.HTML, "application/xhtml+xml"})


def _decoded(
    references: Iterable[Reference], extractor: Extractor, secrets: Sequence[tuple[int, int]]
) -> Iterator[tuple[Reference, str]]:
    """Yield references with the URLs that they mean by the rules of the syntax."""
    for one in references:
        if (shown := without_secret_part(one, secrets)) is not None:
            yield shown, f"mailto:{shown.raw}"
        else:
            yield one, extractor.decoded(one.raw, one.element)


def _keep_text(document: Document, row: DocumentRow, planned: Iterable[Planned], line: Line, place: int) -> None:
    """Keep the text of a document that has an original to be compared with, or lost targets to be found in one."""
    if line.config.offline or not line.config.provenance:
        return
    is_copied = any(claim.field == "original" and claim.said_by in STATED for claim in row.claims)
    if not (is_copied or any(is_placeholder(one) for one in planned)):
        return
    extractor = formats.extractor_of(document.media_type)
    assert extractor, "a document has a media type that somebody reads"
    wanted = Wanted(include_code=line.config.include_code, passages=True)
    shown = _without_userinfo(document)
    if shown is None:
        return
    again = line.hear(document.media_type, partial(extractor.extract, shown, wanted))
    passages = (again.passages if again else ()) or paragraphs(shown.text)
    line.journal.origins.keep_text(place, passages)


def _without_userinfo(document: Document) -> Document | None:
    """Return a document whose text can be kept, its parts where they were; None where there is none."""
    source = blanked_source(document.source)
    if source is None or source == document.source:
        return None if source is None else document
    text = userinfo.blanked(document.text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
    return structs.replace(document, source=source, text=text)


def _ground(document: Document, provenance: Provenance, base_url: str | None) -> Ground:
    stated = provenance.first("original") or provenance.first("canonical")
    return Ground(url=document.url, base_url=base_url, origin=uri.origin_of(stated) if stated else None)


def _address_of(directory: Path, config: Config) -> str:
    """Give the address of the working directory; that of the root where it lies elsewhere."""
    root_dir = Path(config.root_dir) if config.root_dir else None
    root = files.root_of(config.sources, directory=directory, root_dir=root_dir)
    here = Path(os.path.realpath(directory))
    is_below = here.is_relative_to(root) and here != root
    return f"{files.url_of(here, root)}/" if is_below else "file:///"


def _itself(url: str) -> Reference:
    """Make a web source's own address the first thing to check; it stands on the command line, not in the page."""
    return Reference(raw=url, span=Span(0, 0, 1, 1), element="source", role=Role.ORIGINAL)


def _keep_unread(found: Found, url: str, scope: Scope, line: Line) -> None:
    """Keep a page that could not be read as its own first link, so that the report says what became of it."""
    itself = _itself(url)
    line.journal.add(
        DocumentRow(path=found.name, url=uri.masked(url), media_type=formats.HTML),
        [Planned(discreet(itself), plan(itself, url, Ground(url=url), scope))],
    )
    line.tally.document(())


def _weighed(findings: Iterable[PlacedFinding], config: Config) -> tuple[PlacedFinding, ...]:
    """Give findings about the document the severity that the config wants for their rules."""
    return tuple(structs.replace(one, severity=config.severity.get(one.rule, one.severity)) for one in findings)


def _discreet(claim: Claim) -> Claim:
    return structs.replace(claim, value=uri.masked(claim.value)) if "@" in claim.value else claim


def _row(
    document: Document, found: Found, provenance: Provenance, findings: tuple[PlacedFinding, ...], digest: str
) -> DocumentRow:
    return DocumentRow(
        path=document.name,
        url=document.url and uri.masked(document.url),
        media_type=document.media_type,
        encoding=document.encoding,
        sha256=digest,
        named=found.is_named,
        title=provenance.first("title"),
        author=provenance.first("author"),
        published=provenance.first("published"),
        claims=tuple(_discreet(claim) for claim in provenance.claims),
        original=uri.masked(provenance.first("original") or "") or None,
        findings=findings,
    )
