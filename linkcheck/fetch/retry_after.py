"""Reads how long a host wants to be left alone (RFC 9110 10.2.3)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(headers: Iterable[tuple[str, str]], now: datetime) -> float | None:
    """Give the seconds that a Retry-After header asks for, 0 for a date that is past; None without, or for nonsense."""
    said = next((value.strip() for name, value in headers if name == "retry-after"), "")
    if not said:
        return None
    if said.isascii() and said.isdigit():
        return float(said) if len(said) <= 9 else None
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return max((until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds(), 0.0)
