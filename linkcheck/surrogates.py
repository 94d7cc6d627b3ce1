r"""Encodes values that hold lone surrogates: JSON escapes (`\ud800`) and file names bring them, UTF-8 has none."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

_LONE = re.compile("[\ud800-\udfff]")


def tolerant(encode: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """Return an encoder that writes U+FFFD for a lone surrogate, where the given one raises UnicodeEncodeError."""

    def encoded(value: Any) -> bytes:
        try:
            return encode(value)
        except UnicodeEncodeError:
            return encode(_without(msgspec.to_builtins(value, builtin_types=(bytes,))))

    return encoded


def _without(value: Any) -> Any:
    match value:
        case str():
            return _LONE.sub("\ufffd", value)
        case dict():
            return {_without(key): _without(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_without(inner) for inner in value]
        case _:
            return value
