"""Reads whether a page says that it is free to read, in its JSON-LD (https://schema.org/isAccessibleForFree).

Only what is said of the page or of a part of it counts: an event or a museum that is not free has its price at the
door. Publishers write the value as a boolean or as text
(https://developers.google.com/search/docs/appearance/structured-data/paywalled-content).
"""

import json
import re
from typing import Any

_PROPERTY = "isAccessibleForFree"


def is_free(markup: str) -> bool | None:
    """Tell whether a page calls itself free; False if it or a part of it is not, None if it says nothing."""
    if _PROPERTY not in markup:
        return None
    answers: set[bool] = set()
    for script in _SCRIPT.finditer(markup):
        if "ld+json" in script["attributes"].lower() and _PROPERTY in script["content"]:
            answers |= _said(script["content"])
    return False not in answers if answers else None


def _said(text: str) -> set[bool]:
    """Give what one script says of works to be read; nothing where it is no JSON."""
    try:
        pending: list[Any] = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return set()
    answers = set()
    while pending:
        match pending.pop():
            case dict() as node:
                pending.extend(node.values())
                answer = _answer(node.get(_PROPERTY))
                if answer is not None and _is_read(node.get("@type")):
                    answers.add(answer)
            case list() as nodes:
                pending.extend(nodes)
            case _:
                pass
    return answers


def _answer(value: object) -> bool | None:
    match value:
        case bool():
            return value
        case str():
            return _ANSWERS.get(value.strip().lower().rpartition("/")[2])
        case _:
            return None


def _is_read(types: object) -> bool:
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.rpartition("/")[2].endswith(_READ) for name in names)


_ANSWERS = {"true": True, "false": False}
_READ = ("Article", "Posting", "Page", "WebPageElement", "CreativeWork", "Report", "Blog")
"""How the types of works end that are read on a page."""
_SCRIPT = re.compile(
    r"<script(?=[\t\n\f\r /])(?P<attributes>[^<>]*+)>(?P<content>[^<]*+(?:<(?!/script)[^<]*+)*+)", re.IGNORECASE
)
