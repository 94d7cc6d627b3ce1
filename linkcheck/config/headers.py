"""What a config may send to a host, and what of it must come from the environment."""

import re
from typing import Any

from linkcheck.config.keys import LONGEST

SECRETS = "LINKCHECK_SECRET_"
"""What a config may refer to; no setting."""

SECRET = re.compile(r"\$\{(LINKCHECK_SECRET_[A-Z0-9_]+)\}")
"""How a header's value refers to one."""

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
"""A header's name (RFC 9110 5.6.2)."""

_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie"})

_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding"})
"""Headers that say how we speak, not what we ask."""


def check_header(name: str, value: Any) -> None:
    """Let a header pass that a config may give a host; ValueError says why it may not."""
    if _HEADER.fullmatch(name) is None or not isinstance(value, str) or not value.isprintable():
        raise ValueError(f"`{name[:LONGEST]}` is no header with one line of printable text")
    if name.lower() in _OURS:
        raise ValueError(f"`{name}` is not for a config to say")
    if name.lower() in _CREDENTIALS and SECRET.search(value) is None:
        raise ValueError(f"`{name}` must come from the environment: write ${{{SECRETS}...}}")
