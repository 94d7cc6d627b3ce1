"""The settings of a command: whose config counts, what of it, and what its paths mean from here."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from msgspec import structs

from linkcheck import config, uri
from linkcheck.config import Settings
from linkcheck.errors import ConfigError, UsageError
from linkcheck.render.escape import message
from linkcheck.sources.committed import Committed
from linkcheck.sources.git import Repository

ConfigFile = Annotated[str | None, Parameter(name="--config", help="Read the settings from this file, and trust it.")]


@dataclass(frozen=True)
class Vouched:
    """Whose bytes the user vouches for; the same options for every command that reads settings."""

    file: ConfigFile = None
    config_from: Annotated[
        str | None,
        Parameter(help="Read config, baseline and ignore files as this Git revision has them, and trust them."),
    ] = None
    strict_config: Annotated[
        bool,
        Parameter(
            negative="", help="Exit with 2 where an untrusted config sets more than it may; else it is left out."
        ),
    ] = False


VOUCHED = Annotated[Vouched | None, Parameter(name="*")]


@contextmanager
def configured(options: Mapping[str, Any], vouched: Vouched | None) -> Iterator[tuple[Settings, Committed | None]]:
    """Yield the settings of a command, and the files of the work tree as a commit has them, where one was named."""
    vouched = vouched or Vouched()
    with _committed_at(vouched.config_from) as committed:
        yield settings_of(options, file=vouched.file, committed=committed, strict=vouched.strict_config), committed


@contextmanager
def _committed_at(revision: str | None) -> Iterator[Committed | None]:
    """Yield the files of the checked work tree as a commit has them; UsageError where there is none of that name.

    The tree is that of the nearest repository at or above the working directory.
    """
    if revision is None:
        yield None
        return
    repository = Repository.find(Path.cwd())
    if repository is None:
        raise UsageError("--config-from: there is no Git repository here; name the config with --config")
    with repository:
        commit = repository.commit_of(revision)
        if commit is None:
            raise UsageError(
                f"--config-from: Git knows no commit {revision!r} here; name a branch, a tag or a commit, and fetch it"
                " first (in GitHub Actions: fetch-depth: 0)"
            )
        yield Committed(repository, commit, name=revision)


def settings_of(
    options: Mapping[str, Any], *, file: str | None = None, committed: Committed | None = None, strict: bool = False
) -> Settings:
    """Return the settings, their paths as seen from here; one warning says what of an untrusted config is left out.

    ConfigError instead where it is `strict`.
    """
    settings = config.read(options, named=file, snapshot=committed)
    if settings.warning and strict:
        raise ConfigError(settings.warning)
    if settings.warning:
        print(f"linkcheck: {message(settings.warning)}", file=sys.stderr)
    return from_here(settings)


def from_here(settings: Settings) -> Settings:
    """Return settings whose paths from a config file start where we stand, no longer at its folder."""
    if settings.file is None:
        return settings
    folder, here, said = settings.file.absolute().parent, Path.cwd(), settings.config
    moved: dict[str, Any] = {}
    if settings.is_from_file("sources"):
        moved["sources"] = tuple(
            source if source == "-" or uri.scheme_of(source) in uri.WEB else os.path.relpath(folder / source, here)
            for source in said.sources
        )
    if settings.is_from_file("root-dir") and said.root_dir:
        moved["root_dir"] = str(folder / said.root_dir)
    if settings.is_from_file("exclude-path"):
        moved["exclude_path"] = tuple(_pattern_from_here(pattern, folder, here) for pattern in said.exclude_path)
    return structs.replace(settings, config=structs.replace(said, **moved))


def _pattern_from_here(pattern: str, folder: Path, here: Path) -> str:
    """Return the pattern that means the same files from here; one without a slash means every folder's, as in Git."""
    taken_back = "!" if pattern.startswith("!") else ""
    body = pattern.removeprefix("!")
    path = body.strip("/")
    if "/" not in body.rstrip("/") or path.startswith("**/") or not path:
        return pattern
    moved = Path(os.path.relpath(folder / path, here)).as_posix()
    if not moved.strip("./"):
        return f"{taken_back}*"  # it means the folder that we stand in, or one above
    return f"{taken_back}/{moved}{'/' if body.endswith('/') else ''}"
