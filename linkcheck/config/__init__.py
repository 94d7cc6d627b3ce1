"""The settings: one value that says every key, its type, its default and what it is for.

The command line, the environment (`LINKCHECK_...`), the documented `config.toml`, `config show` and the JSON Schema
are all made from `Config`; a new key is one entry there, with its trust class. Precedence: command line > environment >
`--config` or `--config-from` > nearest discovered file, as far as that counts (`untrusted`) > defaults.
"""

from linkcheck.config.config import Config, HostSettings
from linkcheck.config.layers import read
from linkcheck.config.settings import Settings

__all__ = ["Config", "HostSettings", "Settings", "read"]
