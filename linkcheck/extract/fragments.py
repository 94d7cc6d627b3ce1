"""Whether a document has the place that a fragment names (HTML 7.4.2.3.3, "find a potential indicated element").

What is not an id at all (a line of a source view, a page of a PDF, a route of a script, a text fragment) cannot be
told from the ids, and is never called missing.
"""

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

from msgspec.structs import replace
from rapidfuzz import fuzz, process

from linkcheck import invisible
from linkcheck.model import FragmentAnswer

_DIRECTIVE = ":~:"
_PREFIX = "user-content-"
"""What GitHub puts before the ids of rendered Markdown; its links leave it out."""

_NOT_AN_ID = (
    (re.compile(r"L[0-9]{1,9}(?:C[0-9]{1,9})?(?:-L?[0-9]{1,9}(?:C[0-9]{1,9})?)?"), "a line number, not an id"),
    (re.compile(r"page=[0-9]+(?:[&,].*)?", re.DOTALL), "a page number, not an id"),
    (re.compile(r"!?/.*|!.+", re.DOTALL), "a route of the page's script, not an id"),
    (re.compile(r"[\w.-]{1,50}=.*", re.DOTALL), "a parameter, not an id"),
)

_DIGITS = re.compile(r"[0-9]+")
_LIKENESS = 70
"""Least Indel similarity in percent: `instal` is like `install`, `foo` is not like `food-and-drink`."""
_LONGEST = 200
_MOST = 5_000
"""How many ids are compared with a missing one; what is found exactly is found among any number."""
_SEARCHED = 200
"""Missing ids of one document for which another is sought."""


class Anchors(Collection[str]):
    """A document's ids, made ready to be asked for many times."""

    def __init__(self, ids: Collection[str]) -> None:
        """Give a set or dict where there are many: what is there is found by one membership test."""
        self._ids = ids
        self._searched = 0

    def __contains__(self, name: object) -> bool:
        return name in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def same_but_for_case(self, name: str) -> str | None:
        """Give the first id that differs in case only."""
        return self._folded.get(name.casefold())

    def nearest(self, name: str) -> str | None:
        """Give the id most like one that is missing; none any more where very many are."""
        self._searched += 1
        if len(name) > _LONGEST or self._searched > _SEARCHED:
            return None
        found = process.extractOne(name.lower(), self._lowered, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        return found[2] if found and not _is_other_number(name, found[2]) else None

    @cached_property
    def _folded(self) -> dict[str, str]:
        folded: dict[str, str] = {}
        for name in self._ids:
            folded.setdefault(name.casefold(), name)
        return folded

    @cached_property
    def _lowered(self) -> dict[str, str]:
        sound = (name for name in self._ids if len(name) <= _LONGEST)
        return {name: name.lower() for name in islice(sound, _MOST)}


def _is_other_number(name: str, other: str) -> bool:
    """Tell ids that differ in their digits alone: `page-5` is not `page-4` misspelt."""
    return bool(_DIGITS.search(name) and _DIGITS.search(other)) and _DIGITS.sub("", name) == _DIGITS.sub("", other)


def match(
    fragment: str, anchors: Collection[str], *, is_complete: bool = True, is_local: bool = False
) -> FragmentAnswer:
    """Look a fragment (as written, without `#`) up among a document's ids.

    Give `Anchors` where many are looked up in one document: they keep what a search needs. `is_complete` says that
    `anchors` are all there are; otherwise an absent one is not missing, it is unknown. In local files a difference in
    case only is a note, since the places where they are rendered differ on it.
    """
    known = anchors if isinstance(anchors, Anchors) else Anchors(anchors)
    name, directive, _ = fragment.partition(_DIRECTIVE)
    if not directive:
        return _match_id(fragment, known, is_complete=is_complete, is_local=is_local)
    if not name:
        return FragmentAnswer(None, note="a text fragment, not an id")
    answer = _match_id(name, known, is_complete=is_complete, is_local=is_local)
    notes = (answer.note, "the text after the id was not looked for")
    return replace(answer, note="; ".join(note for note in notes if note))


def _match_id(name: str, anchors: Anchors, *, is_complete: bool, is_local: bool) -> FragmentAnswer:
    decoded = unquote(name)
    if decoded.lower() in {"", "top"} or any(spelling in anchors for spelling in _spellings(name, decoded)):
        return FragmentAnswer(found=True)
    for form, note in _NOT_AN_ID:
        if form.fullmatch(decoded):
            return FragmentAnswer(None, note=note)
    if is_local and (same := _same_but_for_case(decoded, anchors)):
        return FragmentAnswer(found=True, note=f"differs in case only: #{same}")
    if not is_complete:
        return FragmentAnswer(None, note="not all of the page could be read")
    seen = invisible.without(decoded)
    return FragmentAnswer(found=False, nearest=seen if seen in anchors else anchors.nearest(decoded))


def _spellings(name: str, decoded: str) -> tuple[str, ...]:
    return (name, decoded, _PREFIX + decoded, decoded.removeprefix(_PREFIX))


def _same_but_for_case(name: str, anchors: Anchors) -> str | None:
    return anchors.same_but_for_case(name) or anchors.same_but_for_case(name.removeprefix(_PREFIX))
