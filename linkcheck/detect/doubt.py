"""Tells which answers are doubtful enough to ask an archive about them. Pure."""

from linkcheck import uri
from linkcheck.detect.api import Context
from linkcheck.detect.naming import Naming, names_of, naming
from linkcheck.model import Check, Role
from linkcheck.slug import content_words, stems_of

ENDS_IT = frozenset(
    """bot-wall login-wall gate paywall homepage-redirect error-page-redirect soft-404 default-page blank-page
    refusal-page trouble-page content-not-judged not-found-words""".split()
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


def changed_bits(check: Check, context: Context) -> int | None:
    """Give how many bits of the page's simhash are others than when it was last alive; None where they are few."""
    facts, before = check.facts, context.before()
    then = before.facts if before else None
    if facts is None or then is None or facts.simhash is None or then.simhash is None:
        return None
    if min(facts.words, then.words) < _ENOUGH:
        return None
    bits = (facts.simhash ^ then.simhash).bit_count()
    return bits if bits > _CHANGED else None


def is_renamed(check: Check, context: Context) -> bool:
    """Tell a page whose text has changed and whose names have not one word of those it had."""
    if changed_bits(check, context) is None:
        return False
    before = context.before()
    then, now = (" ".join(names_of(facts)) for facts in (before.facts if before else None, check.facts))
    return bool(content_words(then)) and bool(content_words(now)) and not stems_of(then) & stems_of(now)


def is_elsewhere(check: Check, context: Context) -> bool:
    """Tell a link that was redirected to a host of another name, not to a subdomain or another ending of it."""
    start, end = uri.host_of(context.url), uri.host_of(check.final_url or "")
    return len(check.hops) > 1 and bool(end) and _name(start) != _name(end)


def _name(host: str) -> str:
    """Give the label that people know a site by: the longest of the last three."""
    labels = host.split(".")
    return max(labels[:-1][-_LABELS:], key=len) if len(labels) > 1 and not uri.is_address(host) else host


_LABELS = 2
_ENOUGH = 50
"""Words of texts whose simhashes can be compared."""
_CHANGED = 12
"""Of 64 bits. Of pairs of states of one page (`python -m tests.eval pairs`) 13 of 14 that changed a lot differ in more,
2 of 22 that changed little, and none with the same text; near-duplicates differ in 3 (Manku 2007), other texts in 32.
"""
