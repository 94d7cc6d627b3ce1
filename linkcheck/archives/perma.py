"""Perma.cc, the archive of law reviews and courts: what it lists in its TimeMap, for a person to open.

Its copies are shown by a script in a frame, so that nobody but a person can see what they hold: listed, never fetched.
Source: https://perma.cc/docs/developer; the TimeMap after https://github.com/oduwsdl/MemGator/blob/master/docs/archives.json.
"""

from functools import partial

from linkcheck.archives.api import Archive, Manners
from linkcheck.archives.memento import look_up
from linkcheck.model import Trust

PLUGIN = Archive(
    name="perma",
    title="Perma.cc",
    endpoints={"timemap": "https://perma.cc/timemap/link"},
    manners={"timemap": Manners(requests=10, seconds=60)},
    trust=Trust.LOW,
    look_up=partial(look_up, "perma", trust=Trust.LOW, tries_variants=False),
)
