"""Why a reference is there: told by its element, its label, its own words, or the heading above it.

A label stands directly before a link (`Related article: [...]`), or is the block before it (`Original url:`). In the
middle of a sentence the same words are no label: "according to the source" says nothing of why a link is there.
"""

import re
from functools import lru_cache
from unicodedata import normalize

from linkcheck.extract.labels import GENERIC, KEYS, LEADS, LED, PHRASES, SIGNS
from linkcheck.extract.surroundings import Surroundings
from linkcheck.later import later
from linkcheck.model import Role


def role_of(element: str, text: str, around: Surroundings, *, rel: str = "") -> Role:
    """Say why a reference is there; a citation where nothing says otherwise.

    `rel` is the attribute of HTML links. For `front-matter`, `around.before` is the key. Linear in the length of the
    words, of which no more than the nearest are looked at.
    """
    if element == "front-matter":
        return KEYS.get(around.before.rstrip(": ").lower().replace("_", "-"), Role.CITATION)
    if fixed := _by_element(element, rel):
        return fixed
    before = _normal(around.before[-_NEAREST:])
    has_before = any(map(str.isalnum, before))
    label = _of_label(before) if has_before else _of_block(around.previous)
    if label is None or label is Role.CITATION:
        label = _of_own_words(_normal(text[:_NEAREST])) or label
    return label or _of_heading(around.heading, has_before) or Role.CITATION


def _by_element(element: str, rel: str) -> Role | None:
    if element in _IMAGES:
        return Role.IMAGE
    if element in _EMBEDS:
        return Role.EMBED
    if rel:
        return next((_RELS[word] for word in rel.lower().split() if word in _RELS), None)
    return None


def _of_label(before: str) -> Role | None:
    """Read the words before a link, from the last end of a sentence or opening bracket on."""
    segment = _BREAK.split(before)[-1].strip()
    label = segment.rstrip(_ENDS)
    is_marked = label != segment
    if role := _of_phrase(label):
        return role
    if (is_marked or (segment == before and " " in label)) and label in SIGNS:
        return SIGNS[label]
    if is_marked and (role := _of_beginning(label)):
        return role
    head, colon, rest = segment.partition(":")
    head = head.rstrip()
    role = (SIGNS.get(head) or _of_phrase(head)) if colon else None
    return None if role is Role.ORIGINAL and len(rest) > _NAME else role


@lru_cache(maxsize=1024)
def _of_block(previous: str) -> Role | None:
    """Read the block before a link that has no words before it in its own: nothing but a label, or one at its end."""
    segment = _normal(previous[-_NEAREST:])
    label = segment.rstrip(_ENDS)
    if role := SIGNS.get(label) or _of_phrase(label):
        return role
    return _of_label(segment) if segment.endswith(_POINTING) else None


def _of_own_words(text: str) -> Role | None:
    """Read a link's own text: all of it a label, or beginning with one."""
    label = text.rstrip(_ENDS)
    role = SIGNS.get(label)
    if role and (" " in label or role in {Role.ORIGINAL, Role.CITATION}):
        return role
    head, colon, _ = text.partition(":")
    if colon and (role := SIGNS.get(head.rstrip()) or _of_phrase(head.rstrip())):
        return role
    return _of_phrase(label) or _of_beginning(label)


@lru_cache(maxsize=1024)
def _of_heading(heading: str, has_before: bool) -> Role | None:  # noqa: FBT001 - a key of the cache
    """Read the heading above; what stands under "Original" beside other words is not the original."""
    label = _NUMBERING.sub("", _normal(heading[:_NEAREST])).rstrip(_ENDS)
    role = None if label in GENERIC else SIGNS.get(label) or PHRASES.get(label)
    if role is Role.ORIGINAL and has_before:
        return None
    return role if role in {Role.RELATED, Role.CITATION, Role.ORIGINAL} else None


def _of_phrase(label: str) -> Role | None:
    if role := PHRASES.get(label):
        return role
    lead = _lead(label)
    rest = label[lead:] if lead else ""
    return Role.ORIGINAL if rest in LED or PHRASES.get(rest) is Role.ORIGINAL else None


def _of_beginning(label: str) -> Role | None:
    """Read words that begin with a phrase of several: "Read more on sanctions", "Originally published at The Star"."""
    lead = _lead(label)
    words = label[lead:].split(" ", _MOST_WORDS)[:_MOST_WORDS]
    for count in range(len(words), 1, -1) if words[0] in _FIRST_WORDS else ():
        start = " ".join(words[:count])
        if role := PHRASES.get(start) or (Role.ORIGINAL if lead and start in LED else None):
            return role
    return None


def _lead(label: str) -> int:
    """Measure the words about the article itself that a label begins with; 0 where there are none."""
    lead = _LEAD.match(label) if label.partition(" ")[0] in _LEADING else None
    return lead.end() if lead else 0


def _normal(text: str) -> str:
    """Fold case and compatibility forms, straighten apostrophes, and leave out marks that only decorate."""
    if not text.isascii():
        text = normalize("NFKC", text).replace("’", "'")  # noqa: RUF001 - the apostrophe that is straightened
    return " ".join(text.casefold().translate(_DECORATION).split())


_NEAREST = 160
_NAME = 60
"""Characters of a name or title between the label of an original and its link."""
_MOST_WORDS = 8

_ENDS = " :-–—−→➡»›>=."  # noqa: RUF001 - dashes that end labels
_POINTING = (":", "-", "–", "—", "→", "➡", "»", "›", ">")  # noqa: RUF001 - of these, what leads on to the next block
_BREAK = re.compile(r"(?<=[.!?;])(?<!\bvgl\.)(?<!\bсм\.)(?<!\bдив\.)(?<!\bцит\.)\s|[()\[\]|•·。]")  # noqa: RUF001 - Cyrillic
_NUMBERING = re.compile(r"^[0-9.)§\s]+")
_DECORATION: dict[int, str] = {**dict.fromkeys(map(ord, '*_`~"“”„«#<†'), " "), 0x0307: ""}
"""Also the dot above that case folding leaves of a Turkish capital I."""
_LEAD = later(rf"(?:{'|'.join(sorted(map(re.escape, LEADS), key=len, reverse=True))}) ")
_LEADING = frozenset(lead.partition(" ")[0] for lead in LEADS)
_FIRST_WORDS = frozenset(phrase.partition(" ")[0] for phrase in (*PHRASES, *LED))
"""Most labels begin otherwise, and need not be looked at closely."""

_IMAGES = frozenset({"image", "img", "picture", "source", "srcset"})
_EMBEDS = frozenset(
    {"script", "iframe", "frame", "form", "video", "audio", "track", "embed", "object", "input", "button"}
)
_RELS = {
    "canonical": Role.CANONICAL,
    **dict.fromkeys(("stylesheet", "preload", "modulepreload", "prefetch", "manifest"), Role.EMBED),
    **dict.fromkeys(("icon", "apple-touch-icon", "mask-icon", "image_src"), Role.IMAGE),
    **dict.fromkeys(
        ("next", "prev", "previous", "first", "last", "up", "home", "index", "tag", "alternate"), Role.NAVIGATION
    ),
}
