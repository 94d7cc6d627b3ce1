"""Says which attributes of HTML hold URLs, where these stand, and which role the element alone decides."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linkcheck.extract import srcset
from linkcheck.extract.tags import Attribute, Tag, decoded_with_places
from linkcheck.model import Role


class Destination(NamedTuple):
    """One URL that a tag names; `text[start:end]` is `raw`, as written, white space around it left out."""

    element: str
    raw: str
    start: int
    end: int
    attribute: str
    """The attribute it stands in."""


def destinations(tag: Tag, text: str) -> Iterator[Destination]:
    """Give the URLs that one tag names, in the order of its attributes.

    An `<a>` that neither leads anywhere nor can be led to has lost its target: an empty one, behind the tag's name.
    """
    if tag.is_end:
        return
    for attribute in tag.attributes:
        for start, end in _places(tag, attribute, text):
            yield Destination(tag.name, text[start:end], start, end, attribute.name)
    if tag.name == "a" and not any(attribute.name in _NOT_LOST for attribute in tag.attributes):
        if any(attribute.name.startswith(_BOUND) for attribute in tag.attributes):
            return
        at = tag.start + len("<a")
        yield Destination("a", "", at, at, "href")


def role_by_element(tag: Tag, attribute: str) -> Role | None:
    """Say why a URL in this attribute is there; None where the words around it must decide."""
    match tag.name:
        case "a" | "area":
            return None if _NAVIGATION_RELS.isdisjoint(tokens(tag, "rel")) else Role.NAVIGATION
        case "blockquote" | "q" | "ins" | "del":
            return None
        case "img" | "image" | "input":
            return Role.IMAGE
        case "link":
            return next((role for rel, role in _LINK_ROLES.items() if rel in tokens(tag, "rel")), Role.NAVIGATION)
        case "meta":
            return _META_ROLES.get(meta_name(tag))
        case _:
            return Role.IMAGE if attribute in _IMAGES else Role.EMBED


def is_control(tag: Tag, destination: str, *, is_navigation: bool) -> bool:
    """Return True for a button or menu that is written as a link: it leads nowhere, or to a part of its own page.

    So it is in menus, headers and footers; elsewhere its attributes say so (WAI-ARIA, `on...`, Bootstrap's `data-`).
    """
    target = destination.strip().lower()
    is_script = target.startswith("javascript:")
    if tag.name != "a" or not (is_script or not target or target.startswith("#")):
        return False
    if is_navigation or (is_script and _NO_SCRIPT.fullmatch(target) is None):
        return True
    names = {attribute.name for attribute in tag.attributes}
    return (
        not names.isdisjoint(_OF_CONTROLS)
        or any(name.startswith("on") for name in names)
        or not _ROLES_OF_CONTROLS.isdisjoint(tokens(tag, "role"))
        or not _CLASSES_OF_CONTROLS.isdisjoint(tokens(tag, "class"))
    )


def tokens(tag: Tag, name: str) -> list[str]:
    """Split an attribute of words, in lower case."""
    return (tag.get(name) or "").lower().split()


def meta_name(tag: Tag) -> str:
    """Give what a `<meta>` is about, in lower case: its property (RDFa, Open Graph), else its name."""
    return (tag.get("property") or tag.get("name") or "").strip().lower()


def _places(tag: Tag, attribute: Attribute, text: str) -> Iterator[tuple[int, int]]:
    """Give the places of the URLs in one attribute."""
    name, element = attribute.name, tag.name
    if element not in _ELEMENTS.get(name, ()):
        return
    if element == "meta":
        yield from _meta_places(tag, attribute, text)
    elif name in _SRCSETS:
        value, places = decoded_with_places(text[attribute.start : attribute.end])
        for candidate in srcset.candidates(value):
            yield attribute.start + places[candidate.start], attribute.start + places[candidate.end]
    else:
        start, end = _trimmed(text, attribute.start, attribute.end)
        if _is_asked(tag, name, text[start:end]):
            yield start, end


def _is_asked(tag: Tag, name: str, raw: str) -> bool:
    """Tell a URL that leads somewhere, or should, from what only looks like one."""
    match tag.name:
        case "a" | "area":
            return True
        case "img":  # a script fills in the empty ones that carry their image elsewhere
            return bool(raw) or not any(attribute.name.startswith("data-") for attribute in tag.attributes)
        case "link" if not _HINTS.isdisjoint(tokens(tag, "rel")):
            return False
        case "input" if name == "src" and (tag.get("type") or "").strip().lower() != "image":
            return False
        case _:
            return bool(raw) and not _NOWHERE.match(raw)


def _meta_places(tag: Tag, content: Attribute, text: str) -> Iterator[tuple[int, int]]:
    if (tag.get("http-equiv") or "").strip().lower() == "refresh":
        value, places = decoded_with_places(text[content.start : content.end])
        if found := _refresh(value):
            yield content.start + places[found[0]], content.start + places[found[1]]
    elif meta_name(tag) in _META_ROLES:
        start, end = _trimmed(text, content.start, content.end)
        if start < end:
            yield start, end


def _refresh(value: str) -> tuple[int, int] | None:
    """Place the URL of a refresh (https://html.spec.whatwg.org/#shared-declarative-refresh-steps); None without one."""
    delay = _DELAY.match(value)
    if delay is None:
        return None
    start, end = delay.end(), len(value)
    if value[start : start + 1] in {"'", '"'}:
        closing = value.find(value[start], start + 1)
        start, end = start + 1, closing if closing >= 0 else end
    start, end = _trimmed(value, start, end)
    return (start, end) if start < end else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the white space around a URL, as URL parsers do."""
    value = text[start:end]
    left = len(value) - len(value.lstrip(_WHITE))
    return start + left, start + max(left, len(value.rstrip(_WHITE)))


_WHITE = "\t\n\f\r "
_DELAY = re.compile(
    r"[\t\n\f\r ]*+(?:[0-9]++|(?=\.))[0-9.]*+(?=[\t\n\f\r ;,])[\t\n\f\r ]*+[;,]?[\t\n\f\r ]*+"
    r"(?:url[\t\n\f\r ]*+=[\t\n\f\r ]*+)?",
    re.IGNORECASE,
)

_ELEMENTS = {
    "action": {"form"},
    "background": {"body"},
    "cite": {"blockquote", "q", "ins", "del"},
    "content": {"meta"},
    "data": {"object"},
    "formaction": {"button", "input"},
    "href": {"a", "area", "link", "image"},
    "imagesrcset": {"link"},
    "poster": {"video"},
    "src": {"img", "source", "video", "audio", "track", "embed", "iframe", "frame", "script", "input", "image"},
    "srcset": {"img", "source"},
    "xlink:href": {"a", "image"},
}
"""Attributes that hold URLs, and the elements on which they do; browsers take `<image src>` for `<img src>`, and in SVG
`<image href>` is one."""

_SRCSETS = frozenset({"srcset", "imagesrcset"})
_IMAGES = frozenset({"srcset", "imagesrcset", "poster", "background"})
_NOT_LOST = frozenset({"href", "xlink:href", "name", "id", "role", "tabindex", "to", "routerlink", "[routerlink]"})
"""What makes an `<a>` a link, an anchor, or a control of a script."""
_BOUND = ("on", "@", ":", "(", "v-", "x-", "ng-", "[href", "[attr.href", "hx-", "wire:")
"""How attributes begin by which scripts, and frameworks of scripts, say what a click does."""

_NOWHERE = re.compile(r"#|javascript:|about:", re.IGNORECASE)
"""What forms and frames do without an address of their own; only for a link is that a loss."""

_HINTS = frozenset({"preconnect", "dns-prefetch"})
_NAVIGATION_RELS = frozenset(
    {"contents", "first", "help", "home", "index", "last", "next", "prev", "previous", "search", "tag", "up"}
)
_LINK_ROLES = {
    "canonical": Role.CANONICAL,
    "stylesheet": Role.EMBED,
    "preload": Role.EMBED,
    "modulepreload": Role.EMBED,
    "prefetch": Role.EMBED,
    "manifest": Role.EMBED,
    "icon": Role.IMAGE,
    "apple-touch-icon": Role.IMAGE,
    "apple-touch-icon-precomposed": Role.IMAGE,
    "mask-icon": Role.IMAGE,
    "image_src": Role.IMAGE,
}
_META_ROLES = {
    "og:url": Role.CANONICAL,
    "twitter:url": Role.CANONICAL,
    **dict.fromkeys(("og:image", "og:image:url", "og:image:secure_url"), Role.IMAGE),
    **dict.fromkeys(("twitter:image", "twitter:image:src"), Role.IMAGE),
    **dict.fromkeys(("og:video", "og:video:url", "og:video:secure_url"), Role.EMBED),
    **dict.fromkeys(("og:audio", "og:audio:url", "og:audio:secure_url"), Role.EMBED),
    **dict.fromkeys(("twitter:player", "twitter:player:stream"), Role.EMBED),
}

_NO_SCRIPT = re.compile(r"javascript:\s*(?:void\s*(?:\(\s*0?\s*\)|0)|return\s+false|false)?[;\s]*")
"""A script that does nothing: what stands there may have been an address."""
_OF_CONTROLS = frozenset(
    """aria-controls aria-expanded aria-haspopup aria-pressed data-action data-bs-dismiss data-bs-target data-bs-toggle
    data-dismiss data-modal data-popup data-share data-target data-toggle""".split()
)
_ROLES_OF_CONTROLS = frozenset("button checkbox menuitem option switch tab".split())
_CLASSES_OF_CONTROLS = frozenset(
    """back-to-top dropdown-toggle hamburger menu-toggle nav-toggle navbar-toggler screen-reader-text share-button
    skip-link skip-to-content social-share""".split()
)
