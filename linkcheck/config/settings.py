"""A config, and where each of its values came from."""

from pathlib import Path

from msgspec import Struct

from linkcheck.config.config import Config


class Settings(Struct, frozen=True):
    """A config, and where each of its values came from."""

    config: Config
    origins: dict[str, str]
    """Key (as in TOML) to `default`, a file, `LINKCHECK_...` or an option."""
    file: Path | None = None
    """The config file that was used."""
    place: str = ""
    """That file as `origins` and messages name it."""
    is_trusted: bool = True
    """Whether the user vouches for that file's bytes."""
    warning: str = ""
    """What of the config file does not count, and how to change that; empty where all of it counts."""

    def is_from_file(self, key: str) -> bool:
        """Return whether the config file has the last word on a key; its paths then start at the file's folder."""
        return self.file is not None and self.origins[key] == self.place

    @property
    def untrusted(self) -> frozenset[str]:
        """The keys whose values come from an untrusted config."""
        return frozenset() if self.is_trusted else frozenset(key for key in self.origins if self.is_from_file(key))

    def path_of(self, key: str, path: str, directory: Path) -> Path:
        """Return the place of a path that a key says: from its file's folder, else from the working `directory`."""
        return (self.file.absolute().parent if self.file and self.is_from_file(key) else directory) / path
