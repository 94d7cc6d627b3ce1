"""Patterns for paths, as git and shells write them; in linear time, since a repository's patterns are not ours.

A pattern is matched part by part: `**` alone stands for any number of folders, `*` and `?` do not cross a slash.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias

Part: TypeAlias = re.Pattern[str] | None
"""What one part of a path must look like; None for `**`."""


def compiled(parts: Sequence[str]) -> tuple[Part, ...] | None:
    """Compile the parts of a pattern; None where one cannot match, such as an open bracket."""
    found: list[Part] = []
    for part in parts:
        if part == "**":
            found.append(None)
        elif (regex := _regex(part)) is not None:
            found.append(regex)
        else:
            return None
    return tuple(found)


def matches(parts: Sequence[str], pattern: Sequence[Part]) -> bool:
    """Tell whether a path, in parts, matches; all ways through the pattern are followed at once."""
    reached = _past_folders({0}, pattern)
    for part in parts:
        stepped = set()
        for at in reached:
            if at < len(pattern):
                regex = pattern[at]
                if regex is None:
                    stepped.add(at)
                elif regex.fullmatch(part):
                    stepped.add(at + 1)
        reached = _past_folders(stepped, pattern)
    return len(pattern) in reached


def _past_folders(reached: set[int], pattern: Sequence[Part]) -> set[int]:
    """Add the places behind each `**`, which may stand for no folder."""
    for at, part in enumerate(pattern):
        if part is None and at in reached:
            reached.add(at + 1)
    return reached


def _regex(part: str) -> re.Pattern[str] | None:
    """Translate one part. Stars are atomic, as in `fnmatch`, so that many of them do not multiply."""
    pieces = [""]
    at = 0
    while at < len(part):
        token = _TOKEN.match(part, at)
        if token is None:
            return None
        at = token.end()
        match token.lastgroup:
            case "stars":
                pieces.append("")
            case "any":
                pieces[-1] += "."
            case "members":
                pieces[-1] += f"[{'^' if token['not'] else ''}{_members(token['members'])}]"
            case _:
                pieces[-1] += re.escape(token["escaped"] or token["plain"])
    first, *rest = pieces
    middle = "".join(f"(?>.*?{piece})" for piece in rest[:-1])
    return re.compile(first + middle + (f".*{rest[-1]}" if rest else ""), re.DOTALL)


def _members(text: str) -> str:
    """Translate what stands in brackets; of a range that runs backwards git sees the first character alone."""
    return "".join(
        _escaped(first) + (f"-{_escaped(last)}" if first[-1] <= last[-1:] else "")
        for first, last in _MEMBER.findall(text)
    )


def _escaped(character: str) -> str:
    return re.escape(character[-1])


_TOKEN = re.compile(
    r"(?P<stars>\*+)|(?P<any>\?)|\[(?P<not>[!^]?+)(?P<members>(?:\]|\\.|[^\]\\])(?:\\.|[^\]\\])*)\]"
    r"|\\(?P<escaped>.)|(?P<plain>[^\\\[*?]+)",
    re.DOTALL,
)
_MEMBER = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
