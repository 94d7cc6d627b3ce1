"""An address whose scheme was left out, or cut short, leads nowhere where only whole addresses are links."""

import re
from collections.abc import Iterator

from linkcheck import uri
from linkcheck.detect.api import Detector, Mention
from linkcheck.model import Confidence, Finding, Severity

RULE = "missing-scheme"


def mention(mention: Mention) -> Iterator[Finding]:
    """Compare what is written with what was checked: the format's own reader has added the scheme."""
    raw, element = mention.reference.raw, mention.reference.element
    if element not in _ELEMENTS or _SCHEME.match(raw) or mention.url is None:
        return
    if element == "url" and mention.document.media_type in _WIKITEXT:
        return  # a template that adds the scheme itself
    written = _WRITTEN.match(raw)
    checked = uri.parse(mention.url)
    meant = uri.parse(f"https://{written['host']}") if written else None
    if not (written and checked and meant) or checked.scheme not in uri.WEB:
        return
    if checked.host != meant.host or meant.host in checked.path:
        return  # relative to a page, and no address
    is_cut = written["scheme"] is not None
    yield Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        message=f"the address has no `//` behind `{written['scheme']}`, so that it is no link for many programs"
        if is_cut
        else f"the address has no scheme, so that it is no link; {checked.scheme} was taken for it",
        next=f"Write {mention.url}" if mention.is_there else f"Write {mention.url}, if the page is there",
        evidence={"written": raw, "checked": mention.url},
    )


_ELEMENTS = frozenset({"citation", "url", "link"})
"""Of wikitext, LaTeX and BibTeX."""
_WIKITEXT = frozenset({"text/x-wiki", "text/mediawiki"})
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]{0,30}://", re.IGNORECASE)
"""At its beginning: what follows may hold another address."""
_WRITTEN = re.compile(r"(?P<scheme>https?:)?/?(?P<host>[^\s/?#\\{}]{1,255})", re.IGNORECASE)

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="A citation's address has no scheme (or no `//`): MediaWiki shows an error, and LaTeX links to a file.",
    why="What was meant is checked, with https; but readers cannot follow the link before it is written in full.",
    example="{{cite web |url=paper.example/story}}: https://paper.example/story is checked, and should be written.",
    mention=mention,
)
