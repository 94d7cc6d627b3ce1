"""Arquivo.pt, the Portuguese web archive: a pywb with an index, which also keeps pages from elsewhere.

Source: https://github.com/arquivo/pwa-technologies/wiki/APIs; 250 questions a minute to the index, 400 to the replay.
"""

from functools import partial

from linkcheck.archives.api import Archive, Manners
from linkcheck.archives.index import siblings
from linkcheck.archives.memento import look_up

PLUGIN = Archive(
    name="arquivo",
    title="Arquivo.pt",
    endpoints={
        "cdx": "https://arquivo.pt/wayback/cdx",
        "timemap": "https://arquivo.pt/wayback/timemap/link",
        "replay": "https://arquivo.pt/wayback",
    },
    manners={
        "cdx": Manners(requests=24, seconds=60),
        "timemap": Manners(requests=24, seconds=60),
        "replay": Manners(requests=4, seconds=1),
    },
    look_up=partial(look_up, "arquivo"),
    siblings=siblings,
)
