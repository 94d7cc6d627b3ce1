"""Tells which answers are doubtful enough to ask an archive about them. Pure."""

from linkcheck import uri
from linkcheck.detect.api import Context
from linkcheck.detect.naming import Naming, names_of, naming
from linkcheck.model import Check, Role

ENDS_IT = frozenset(
    """bot-wall login-wall paywall homepage-redirect error-page-redirect soft-404 default-page blank-page refusal-page
    trouble-page content-not-judged not-found-words""".split()
)
"""Rules whose findings say that the page of the link was not seen."""


def is_doubtful(check: Check, context: Context) -> bool:
    """Tell a link that ends on another host, or whose page is not called what those who cite it call it."""
    if is_elsewhere(check, context):
        return True
    names = names_of(check.facts)
    return any(
        naming(said, names, context.url) is Naming.OTHER
        for one in context.citations()
        for said in ((one.text if one.role is Role.RELATED else ""), (one.cited.title or "") if one.cited else "")
        if said
    )


def is_elsewhere(check: Check, context: Context) -> bool:
    """Tell a link that was redirected to a host of another name, not to a subdomain or another ending of it."""
    start, end = uri.host_of(context.url), uri.host_of(check.final_url or "")
    return len(check.hops) > 1 and bool(end) and _name(start) != _name(end)


def _name(host: str) -> str:
    """Give the label that people know a site by: the longest of the last three."""
    labels = host.split(".")
    return max(labels[:-1][-_LABELS:], key=len) if len(labels) > 1 and not uri.is_address(host) else host


_LABELS = 2
