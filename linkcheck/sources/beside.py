"""Reads what is said of a page beside it, in headers; an archive keeps those of its original by other names."""

from linkcheck.archives.link_format import targets
from linkcheck.archives.unwrap import unwrap
from linkcheck.model import Claim, Response
from linkcheck.provenance import headers


def claims_beside(response: Response) -> tuple[Claim, ...]:
    """Give the claims of an answer's headers; those of an archive's own are none about the original. Never raises."""
    copy = unwrap(response.url)
    said = response.headers
    if copy:
        said = tuple((name.removeprefix(_KEPT), value) for name, value in said if name.startswith(_KEPT))
    written = ", ".join(value for name, value in said if name == "link")[:_LONGEST]
    links = ((one.url, one.relations) for one in targets(written, limit=_MOST) if one.anchor is None)
    return headers.claims(said, links, copy.original if copy else response.url)


_KEPT = "x-archive-orig-"
"""How the Wayback Machine and pywb call the headers of what they captured."""
_LONGEST, _MOST = 64 << 10, 200
"""Characters and links of all `Link` headers together."""
