"""A config, and where each of its values came from."""

from pathlib import Path

from msgspec import Struct

from linkcheck.config.config import Config
from linkcheck.errors import ConfigError


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
