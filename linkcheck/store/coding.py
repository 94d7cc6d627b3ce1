"""Writes and reads what rows hold: values as JSON, in which no URL gives a password away."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from linkcheck.errors import DamageError
from linkcheck.surrogates import tolerant
from linkcheck.userinfo import hidden_in_json

T = TypeVar("T")

_encode = tolerant(msgspec.json.Encoder().encode)


def encode(value: object) -> bytes:
    """Write a value as JSON, without the user names and passwords of any URL in it."""
    return hidden_in_json(_encode(value))


def decoder(kind: type[T]) -> Callable[[bytes], T]:
    """Give what reads values of a type; DamageError for bytes that are none, since only whole ones are written."""
    decode = msgspec.json.Decoder(kind).decode

    def read(value: bytes) -> T:
        try:
            return decode(value)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            said = f"the history is damaged (a {kind.__name__} cannot be read: {error})"
            raise DamageError(f"{said}; move it away, or name another with --store") from error

    return read
