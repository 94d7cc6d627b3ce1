"""`linkcheck extract`: list the references of sources, without network."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, TextIO

import msgspec
from cyclopts import Parameter
from msgspec import structs

from linkcheck import uri, userinfo
from linkcheck.cli.configured import VOUCHED, configured
from linkcheck.cli.exits import Exit
from linkcheck.cli.options import Extracting, layer
from linkcheck.cli.terminal import as_utf8
from linkcheck.cli.usage import EXAMPLES
from linkcheck.config import Config
from linkcheck.errors import ConfigError, SourceError
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.model import Document, Reference
from linkcheck.plan import Pattern, discreet, without_secret_part
from linkcheck.render.escape import message, plain, uncommanding
from linkcheck.render.json import encoded
from linkcheck.sources import files, formats
from linkcheck.sources.api import Unreadable
from linkcheck.sources.committed import Committed
from linkcheck.sources.ignore import urls_ignored
from linkcheck.sources.read import read


def extract(
    *sources: Annotated[str, Parameter(name="SOURCE", help="File, folder, pattern, web address, or - (stdin).")],
    options: Annotated[Extracting | None, Parameter(name="*")] = None,
    vouched: VOUCHED = None,
) -> int:
    """List every reference of the sources, and give the exit code."""
    with configured(layer(options, sources), vouched) as (chosen, committed):
        settings = chosen.config
        if not settings.sources:
            print(EXAMPLES, file=sys.stderr)
            return Exit.USAGE
        writers = {"text": _write_text, "json": _write_json}
        if settings.format not in writers:
            raise ConfigError(f"--format: `linkcheck extract` writes {' or '.join(writers)}, not {settings.format!r}")
        if settings.format != "text":
            as_utf8(sys.stdout)
        troubles: list[str] = []
        count = writers[settings.format](_extracted(settings, troubles, committed), sys.stdout)
        for trouble in troubles:
            print(f"linkcheck: {message(trouble)}", file=sys.stderr)
        return Exit.CLEAN if not troubles else Exit.INCOMPLETE if count else Exit.USAGE


def _extracted(
    settings: Config, troubles: list[str], committed: Committed | None
) -> Iterator[tuple[Document, Extraction]]:
    wanted = Wanted(include_code=settings.include_code, column=settings.column)
    ignored, problems = urls_ignored(Path.cwd(), files.repository_of(Path.cwd()), committed)
    for problem in problems:
        print(f"linkcheck: {message(problem)}", file=sys.stderr)
    root = Path(settings.root_dir) if settings.root_dir else None
    for found in files.find(
        settings.sources,
        directory=Path.cwd(),
        root_dir=root,
        exclude_path=settings.exclude_path,
        committed=committed,
    ):
        if isinstance(found, Unreadable) and found.is_special:
            print(f"linkcheck: {message(found.message)}", file=sys.stderr)
        elif isinstance(found, Unreadable):
            troubles.append(found.message)
        elif found.path is None and found.url:
            troubles.append(
                f"{found.name}: is on the web; `linkcheck check` reads pages, extract stays off the network"
            )
        else:
            try:
                document = read(found, read_as=settings.read_as, stdin=sys.stdin.buffer, largest=settings.max_file_size)
            except SourceError as error:
                troubles.append(str(error))
                continue
            extractor = formats.extractor_of(document.media_type)
            assert extractor, "a document has a media type that somebody reads"
            extraction = extractor.extract(document, wanted)
            kept = [one for one in extraction.references if not _is_ignored(one, extractor, ignored)]
            secrets = userinfo.places(document.source) if document.encoding != "binary" else ()
            shown = (discreet(without_secret_part(one, secrets) or one) for one in kept)
            yield document, structs.replace(extraction, references=tuple(shown))


def _is_ignored(reference: Reference, extractor: Extractor, ignored: Sequence[Pattern]) -> bool:
    """Tell a URL that a `.lycheeignore` leaves out."""
    url = uri.resolve(extractor.decoded(reference.raw, reference.element), None) if ignored else None
    return url is not None and any(pattern.search(url) for pattern in ignored)


def _write_text(documents: Iterator[tuple[Document, Extraction]], stream: TextIO) -> int:
    """Write one line a reference: place, role, element, destination, text."""
    count = references = 0
    for document, extraction in documents:
        count += 1
        references += len(extraction.references)
        lines = [
            f"{plain(document.name)}:{one.span.line}:{one.span.column}  {one.role}  {one.element}"
            f"  {plain(one.raw) or '(empty)'}  {plain(one.text)}".rstrip()
            for one in extraction.references
        ]
        lines += [
            f"{plain(document.name)}:{one.line}:{one.column}  note  {plain(one.message)}" for one in extraction.findings
        ]
        stream.write("".join(f"{uncommanding(line)}\n" for line in lines))
    documents_word = "document" if count == 1 else "documents"
    print(f"{references} references in {count} {documents_word}", file=sys.stderr)
    return count


def _write_json(documents: Iterator[tuple[Document, Extraction]], stream: TextIO) -> int:
    """Write one object with one line a reference or finding, spelt as in the report of `check`."""
    count, separator = 0, "\n"
    findings: list[str] = []
    stream.write('{"schema": 1, "references": [')
    for document, extraction in documents:
        count += 1
        for one in extraction.references:
            row = {
                "document": document.name,
                **msgspec.structs.asdict(one.span),
                **{name: value for name, value in msgspec.structs.asdict(one).items() if name != "span"},
            }
            stream.write(separator + encoded(row))
            separator = ",\n"
        findings += (encoded({"document": document.name, **msgspec.structs.asdict(one)}) for one in extraction.findings)
    stream.write('\n],\n"findings": [')
    stream.writelines(f"{',' if position else ''}\n{one}" for position, one in enumerate(findings))
    stream.write("]}\n")
    return count
