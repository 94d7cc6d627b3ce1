"""Compiles a regular expression when it is first used: what a run never looks for costs its start nothing."""

import re
from typing import Any, AnyStr, Generic, cast


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Give what can be used as the compiled pattern is: its methods, but not as an argument of `re`'s functions."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))


class _Later(Generic[AnyStr]):
    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._written: tuple[AnyStr, int] = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        """Find a method of the pattern, once: it is kept where it is found first the next time."""
        if name.startswith("_"):
            raise AttributeError(name)
        pattern, flags = self._written
        found = getattr(re.compile(pattern, flags), name)
        setattr(self, name, found)
        return found
