"""What must not stand in evidence: passwords, tokens and cookies. Pure, but for a key that no run shares."""

import re
from collections.abc import Collection, Sequence
from hashlib import blake2b

from linkcheck import uri

Headers = tuple[tuple[str, str], ...]

HIDDEN = "(not recorded)"
_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "proxy-authenticate", "authentication-info"})
_SECRET_NAME = re.compile(r"auth|token|secret|password|credential|session|cookie|key", re.IGNORECASE)
_TOKEN = 12
"""Characters that stand for a cookie's value, at least."""


def is_credential(name: str) -> bool:
    """Return whether the name of a header that a config sets says that its value is secret."""
    return _SECRET_NAME.search(name) is not None


class Discretion:
    """Hides secrets in headers.

    A cookie's value is replaced by one as long that is the same for the same value, so that a chain that turns on
    cookies can be walked again; the key is drawn for the run and forgotten with it.
    """

    def __init__(self, key: bytes, secret_headers: Collection[str] = ()) -> None:
        self._key = key
        self._hidden = _CREDENTIALS | {name.lower() for name in secret_headers}

    def headers(self, pairs: Sequence[tuple[str, str]]) -> Headers:
        """Give headers without what is secret."""
        return tuple((name, self._value(name.lower(), value)) for name, value in pairs)

    def _value(self, name: str, value: str) -> str:
        if name in self._hidden:
            return HIDDEN
        match name:
            case "cookie" | "cookie2":
                return "; ".join(self._cookie(pair.strip()) for pair in value.split(";"))
            case "set-cookie" | "set-cookie2":
                pair, mark, attributes = value.partition(";")
                return self._cookie(pair) + mark + attributes
            case _:
                return uri.masked(value)

    def _cookie(self, pair: str) -> str:
        name, mark, value = pair.partition("=")
        if not mark:
            return name if not name.strip() else self._token(name)
        return f"{name}={self._token(value.strip())}" if value.strip() else pair

    def _token(self, value: str) -> str:
        digest = blake2b(value.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).hexdigest()
        length = max(_TOKEN, len(value))
        return (digest * (length // len(digest) + 1))[:length]
