"""Reads JSON-LD as pages embed it: the URLs it names, with their places, and what it says of the article.

Tokens are read, not a tree: a parser of JSON gives no places, and pages hold JSON that it would refuse. The words are
those of https://schema.org.
"""

import json
import re
from typing import NamedTuple

from linkcheck.model import Role


class Address(NamedTuple):
    """One URL: `text[start:end]` as written between the quotes, JSON escapes included."""

    start: int
    end: int
    role: Role


class Statement(NamedTuple):
    """One thing that is said of the article."""

    field: str
    """As in a claim: `title`, `author`, `published`, `modified`, `publisher`, `language` or `photo`."""
    value: str
    start: int


class LinkedData(NamedTuple):
    """All that one script says, in its order."""

    addresses: tuple[Address, ...]
    statements: tuple[Statement, ...]


def read(text: str, start: int = 0, end: int | None = None) -> LinkedData:
    """Read the JSON between two characters. Never raises: what is no JSON says nothing."""
    found = _Found()
    root = _Node("@graph", None)
    stack = [_Level(root, "@graph", is_array=True)]
    for token in _TOKEN.finditer(text, start, len(text) if end is None else end):
        if len(stack) > _DEEPEST:
            break
        level = stack[-1]
        match text[token.start()]:
            case "{":
                stack.append(_Level(_Node(level.member or "", level.node), None, is_array=False))
            case "[":
                stack.append(_Level(level.node, level.member, is_array=True))
            case "}" | "]":
                if len(stack) > 1:
                    stack.pop()
            case ",":
                level.member = level.member if level.is_array else None
            case _ if token.end() == token.end(1):  # cut off: what it says is only the beginning
                break
            case _ if level.member is None:
                level.member = unescaped(token[1])
            case _:
                found.take(level.node, level.member, token)
    return found.settled()


def unescaped(raw: str) -> str:
    """Decode what stands between the quotes of a JSON string; what is no JSON stays as it is."""
    if "\\" not in raw:
        return raw
    try:
        value = json.loads(f'"{raw}"', strict=False)
    except ValueError:
        return raw
    return value if isinstance(value, str) else raw


class _Node:
    """One object: which property of which other object it is a value of, and what it turned out to be."""

    __slots__ = ("is_article", "is_top", "key", "owner")

    def __init__(self, key: str, owner: "_Node | None") -> None:
        self.key = key
        self.owner = owner or self
        self.is_top: bool = owner is None or (owner.is_top and key == "@graph")
        self.is_article = False


class _Level:
    """One open brace or bracket: the object it belongs to, and the property whose value comes next."""

    __slots__ = ("is_array", "member", "node")

    def __init__(self, node: _Node, member: str | None, *, is_array: bool) -> None:
        self.node = node
        self.member = member
        self.is_array = is_array


class _Found:
    """What was met so far; whether its object is an article may be said after it."""

    def __init__(self) -> None:
        self._addresses: list[tuple[Address, _Node]] = []
        self._statements: list[tuple[Statement, _Node]] = []

    def take(self, node: _Node, member: str, token: re.Match[str]) -> None:
        """Take one string, the value of a property of an object."""
        if member == "@type":
            node.is_article = node.is_article or (node.is_top and token[1].rpartition("/")[2] in _ARTICLES)
        elif member in _FIELDS and len(token[1]) <= _LONGEST and not _URL.match(token[1]):
            self._statements.append((Statement(_FIELDS[member], unescaped(token[1]), token.start(1)), node))
        elif member == "name" and node.key in _NAMED and len(token[1]) <= _LONGEST:
            self._statements.append((Statement(node.key, unescaped(token[1]), token.start(1)), node.owner))
        elif member == "creditText" and node.key == "image" and len(token[1]) <= _LONGEST:
            self._statements.append((Statement("photo", unescaped(token[1]), token.start(1)), node.owner))
        elif _URL.match(token[1]):
            self._take_address(node, member, token)

    def _take_address(self, node: _Node, member: str, token: re.Match[str]) -> None:
        start, end = token.span(1)
        if member in _OWN and node.key in _ROLES and not (member == "@id" and "#" in token[1]):
            self._addresses.append((Address(start, end, _ROLES[node.key]), node.owner))
        elif member in _ROLES:
            self._addresses.append((Address(start, end, _ROLES[member]), node))

    def settled(self) -> LinkedData:
        """Give what was met, now that it is known what it was said of."""
        return LinkedData(
            tuple(
                address._replace(role=Role.NAVIGATION)
                if address.role is Role.CANONICAL and not node.is_article
                else address
                for address, node in self._addresses
            ),
            tuple(statement for statement, node in self._statements if node.is_article),
        )


_ARTICLES = frozenset(
    """AdvertiserContentArticle AnalysisNewsArticle Article AskPublicNewsArticle BackgroundNewsArticle BlogPosting
    LiveBlogPosting MedicalScholarlyArticle NewsArticle OpinionNewsArticle Report ReportageNewsArticle
    ReviewNewsArticle SatiricalArticle ScholarlyArticle SocialMediaPosting TechArticle""".split()
)

_FIELDS = {
    "headline": "title",
    "author": "author",
    "datePublished": "published",
    "dateModified": "modified",
    "publisher": "publisher",
    "inLanguage": "language",
}
_NAMED = frozenset({"author", "publisher"})
"""Properties whose values are persons or organisations, called by their names."""

_ROLES = {
    "url": Role.CANONICAL,
    "mainEntityOfPage": Role.CANONICAL,
    "isBasedOn": Role.CITATION,
    "citation": Role.CITATION,
    "archivedAt": Role.ARCHIVE,
    "image": Role.IMAGE,
    "logo": Role.IMAGE,
    "thumbnailUrl": Role.IMAGE,
    "contentUrl": Role.EMBED,
    "embedUrl": Role.EMBED,
    "sameAs": Role.NAVIGATION,
}
"""Properties whose values are places on the web; the canonical ones are so only for the article itself."""

_OWN = frozenset({"@id", "url", "contentUrl"})
"""Properties that say the place of the object itself; an `@id` with a fragment names a node, not a place."""

_LONGEST = 1000
_DEEPEST = 500
_TOKEN = re.compile(r'"((?:[^"\\]++|\\.)*+)"?|[{}\[\],]', re.DOTALL)
"""A string, which may be unclosed, or a mark; numbers, words and colons say nothing here."""
_URL = re.compile(r"\s*(?:https?:)?\\?/\\?/|/", re.IGNORECASE)
