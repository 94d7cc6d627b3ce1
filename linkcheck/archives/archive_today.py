"""archive.today: what it lists in its TimeMap, for a person to open and to compare.

Its operator has changed archived pages (The Signpost, 2026-03-10) and guards them with captchas: listed, never fetched.
"""

from functools import partial

from linkcheck.archives.api import Archive, Manners
from linkcheck.archives.memento import look_up
from linkcheck.model import Trust

PLUGIN = Archive(
    name="archive-today",
    title="archive.today",
    endpoints={"timemap": "https://archive.ph/timemap"},
    manners={"timemap": Manners(requests=6, seconds=60)},
    trust=Trust.LOW,
    look_up=partial(look_up, "archive-today", trust=Trust.LOW, tries_variants=False),
)
