"""Knows which column of a table, or key of an object, holds a URL, and which say something of it. Data only."""

from collections.abc import Iterable

URL = ("url", "uri", "link", "href", "address", "website", "web", "homepage", "source_url", "page_url", "page",
       "target", "loc", "permalink", "final_url", "requested_url")  # fmt: skip
TITLE = ("title", "name", "text", "label", "anchor", "headline", "description")
AUTHOR = ("author", "creator", "byline")
PUBLISHED = ("published", "date", "published_at", "publication_date", "pubdate")
ACCESSED = ("accessed", "access_date", "accessed_at", "retrieved", "last_visited")
ARCHIVE_URL = ("archive_url", "archived_url", "archive", "memento", "snapshot")


def normal(name: str) -> str:
    """Make names equal that people write for the same: `Archive-URL`, `archive url`."""
    return name.strip().strip("\ufeff").casefold().replace("-", "_").replace(" ", "_")


def first(names: Iterable[str], wanted: Iterable[str]) -> str | None:
    """Give the first of the wanted names that is among those given, as it is spelt there."""
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(normal(name), name)
    return next((known[name] for name in wanted if name in known), None)
