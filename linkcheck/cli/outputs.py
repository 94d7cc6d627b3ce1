"""Writes reports: to a stream, or to files that are whole or not there."""

import glob
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from msgspec import Struct, structs

from linkcheck import registry, uri
from linkcheck.config import Settings
from linkcheck.errors import ConfigError, OutputError
from linkcheck.render.api import Renderer, Style
from linkcheck.store import StoredReport
from linkcheck.writing import replaced

_DOCUMENTS = frozenset(
    """.md .markdown .mdx .qmd .rmd .html .htm .xhtml .txt .text .rst .adoc .asciidoc .org .tex .bib .ipynb .wiki
    .wikitext .mediawiki .csv .tsv .jsonl""".split()
)
_MARGIN = 2048
_SAYS_SO = re.compile(
    rb"\A(?:# Link report\b|document,line,column,role,element,|\{\"kind\":\"tool\",\"name\":\"linkcheck\")"
    rb"|\A<!-- linkcheck |- linkcheck</title>|exit \d+\s*\Z"
)


class Output(Struct, frozen=True):
    """One report to be written."""

    format: str
    path: Path
    """With `{name}` where each document's own name goes."""
    trees: tuple[Path, ...] = ()
    """Folders with a stranger's files, beside the project."""

    @property
    def is_per_document(self) -> bool:
        """Tell a report for each document from one for all."""
        return "{name}" in str(self.path)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that it writes, or has written: no run reads them as sources."""
        if not self.is_per_document:
            return (self.path,)
        pattern = "*".join(glob.escape(part) for part in str(self.path).split("{name}"))
        return tuple(map(Path, glob.glob(pattern)))  # noqa: PTH207 - pathlib cannot escape the folders

    def path_for(self, name: str) -> Path:
        """Fill in a name."""
        return Path(str(self.path).replace("{name}", name))


def flat(document: str) -> str:
    """Flatten a document's name for use in a file name: `docs/README.md` is `docs--README`."""
    stem = document.rpartition(".")[0] if "." in document.rpartition("/")[2].lstrip(".") else document
    kept = "".join(
        character if character.isalnum() or character in "-_." else "-" for character in stem.replace("/", "--")
    )
    return kept.strip("-.")[:120] or "report"


def planned(settings: Settings) -> tuple[Output, ...]:
    """Read the `outputs` setting; ConfigError for an unknown format, or a path that a found config may not write."""
    origin = settings.origins["outputs"]
    outputs: list[Output] = []
    trees = trees_of(settings)
    for entry in settings.config.outputs:
        format_, mark, path = entry.partition("=")
        if not mark or not path:
            raise ConfigError(f"{origin}: an output is FORMAT=PATH, such as markdown=report.md, not {entry!r}")
        if path == "-":
            raise ConfigError(f"{origin}: what stdout gets is said by --format; an output needs a file")
        registry.load("render", format_)
        output = Output(format_, settings.path_of("outputs", path, Path.cwd()), trees)
        if lost := next((file for file in output.files if _is_somebodys(file, settings.config.sources)), None):
            raise ConfigError(
                f"{origin}: {shown(lost)} is a document, and a report would replace it; choose another path"
            )
        outputs.append(output)
    return tuple(outputs)


def trees_of(settings: Settings) -> tuple[Path, ...]:
    """Return the folders whose files are checked, and that of a config that was found: nothing in them is trusted."""
    local = (Path(source) for source in settings.config.sources if uri.scheme_of(source) not in uri.WEB)
    folders = [source if source.is_dir() else source.parent for source in local]
    if settings.file is not None and not settings.is_trusted:
        folders.append(settings.file.parent)
    return tuple(folders)


def do_need_sources(outputs: Sequence[Output], sources: Sequence[str], *formats: str) -> bool:
    """Tell whether any of these reports needs the documents themselves, or shows lines of the one that was named."""
    names = {*formats, *(output.format for output in outputs)}
    renderers = [registry.load("render", name) for name in names]
    is_one = len(sources) == 1 and not Path(sources[0]).is_dir()
    return any(one.needs_sources or (is_one and one.shows_source) for one in renderers)


def _is_somebodys(file: Path, sources: Sequence[str]) -> bool:
    """Tell a file that must not be lost from a report of ours: a source by name, or a document that a folder gives."""
    if not file.is_file():
        return False
    for source in map(Path, sources):
        with suppress(OSError, ValueError):
            if source.is_file() and source.samefile(file):
                return True
            if source.is_dir() and _is_below(file, source) and file.suffix.lower() in _DOCUMENTS:
                return not _is_report(file)
    return False


def _is_report(file: Path) -> bool:
    """Tell whether a file is a report of ours, which says so at its beginning or its end."""
    content = file.read_bytes()
    return bool(_SAYS_SO.search(content[:_MARGIN] + content[-_MARGIN:]))


def _is_below(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


@contextmanager
def atomic(path: Path, trees: Iterable[Path] = ()) -> Iterator[TextIO]:
    """Open a text file that appears when it is complete; OutputError with the remedy when it cannot.

    What lies below `trees` is a stranger's, as what lies in the project; see `writing`.
    """
    try:
        with replaced(path, trees) as stream:
            yield stream
    except OSError as error:
        raise OutputError(f"{shown(path)}: cannot be written ({error.strerror}); choose another --output") from error


def write(outputs: Sequence[Output], report: StoredReport, *, style: Style) -> tuple[list[Path], list[OutputError]]:
    """Write every report, whole or not at all; give the files, and what went wrong.

    A path with `{name}` makes a report for each document where a person named all of them; documents that folders and
    patterns hold share one, named for the tool, unless the format is about one document.
    """
    written, troubles = [], []
    is_each_named = all(document.named for document in report.documents())
    for output in outputs:
        renderer = registry.load("render", output.format)
        is_apart = output.is_per_document and (is_each_named or renderer.is_of_one)
        for name, part in _parts(told(report, renderer), is_apart=is_apart):
            path = output.path_for(name)
            try:
                _spare(path, renderer, part)
                with atomic(path, output.trees) as stream:
                    renderer.write(part, stream, structs.replace(style, colour=False))
                written.append(path)
            except OutputError as error:
                troubles.append(error)
    return written, troubles


def told(report: StoredReport, renderer: Renderer) -> StoredReport:
    """Give what a format tells of a report: all, or what was judged, where that is not the same."""
    return report.whole() if renderer.lists_all else report


def _spare(path: Path, renderer: Renderer, report: StoredReport) -> None:
    """Refuse to replace a document that is no report of ours; OutputError with the remedy."""
    if path.suffix.lower() not in _DOCUMENTS or not path.is_file():
        return
    is_ours = renderer.is_older(path.read_bytes(), report) if renderer.is_older else _is_report(path)
    if not is_ours:
        raise OutputError(f"{shown(path)}: is no report of linkcheck, and would be lost; choose another path")


def _parts(report: StoredReport, *, is_apart: bool) -> Iterator[tuple[str, StoredReport]]:
    if not is_apart:
        yield "linkcheck", report
        return
    taken = Counter[str]()
    for document in report.documents():
        name = flat(document.path)
        taken[name] += 1
        suffix = f"-{taken[name]}" if taken[name] > 1 else ""
        yield name + suffix, report.only(document.path)


def shown(path: Path) -> str:
    """Give a path as people would type it here."""
    here = Path.cwd()
    shown = str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
    return shown.encode("utf-8", "backslashreplace").decode()
