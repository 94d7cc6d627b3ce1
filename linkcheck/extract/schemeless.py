"""Tells a web address whose scheme somebody has left out: `www.paper.example/x`, `paper.example/x`."""

import re

from linkcheck import domains


def is_address(text: str) -> bool:
    """Tell a host, with or without a path, where nothing but web addresses stands."""
    return bool(_HOST.match(text))


def is_likely(text: str) -> bool:
    """Tell an address where a file may be meant, too: by `www.`, or by a top-level domain that is no file's ending."""
    found = _HOST.match(text)
    if found is None:
        return False
    host = found["host"].lower()
    if host.startswith("www."):
        return True
    is_alone = found.end("host") == len(text)
    return not (is_alone and host.rpartition(".")[2] in _ENDINGS) and domains.is_public(host)


def with_scheme(text: str) -> str:
    """Give an address as a web address, where it likely is one; https, as browsers try first."""
    return f"https://{text}" if is_likely(text) else text


_HOST = re.compile(
    r"(?P<host>(?:[^\W_](?:[^\W_]|-(?=[^.])){0,62}\.){1,10}[^\W\d_][^\W_]{1,62})(?::[0-9]{1,5})?(?:[/?#]|\Z)"
)
_ENDINGS = frozenset("cc md mk ml mm mov pl ps pub py rs sh so zip".split())
"""Top-level domains that are endings of files, too."""
