"""A link that names another story must not lead to the article that it stands in.

That happens when an article is copied and its links are written anew: a related story then points back to the original.
Links that mean the article itself stay unaccused: those that say where it first stood, places within it, and whatever
is called by its own headline or by what its own address says.
"""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from linkcheck import uri
from linkcheck.detect.api import Detector, Mention
from linkcheck.detect.tracking import is_tracking
from linkcheck.model import WRONG_PAGE, Claim, Finding, Role, Severity
from linkcheck.slug import Agreement, compare, content_words, is_alike

RULE = WRONG_PAGE


def mention(mention: Mention) -> Iterator[Finding]:
    """Compare the link with where the article says that it stands."""
    reference, document = mention.reference, mention.document
    if reference.role not in _NAMING or mention.url is None or _is_place_within(mention):
        return
    own = own_address(mention)
    if own is None or not _names_another_story(mention, own.value):
        return
    where = f" (same URL as line {own.line})" if own.line else ""
    yield Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=f"the link is this article{where}, but its text names another story",
        next=next_step(own, reference.span.line),
        evidence={
            "same_as_line": own.line,
            "address": own.value,
            "said_by": own.said_by,
            "text": reference.text,
            "headline": document.title,
        },
    )


def next_step(own: Claim, line: int) -> str:
    """Say what to do about a link in a line that is the article itself."""
    as_in = f", as in line {own.line}" if own.line else ""
    return (
        f"The link is this article itself{as_in}; find the story that the text names, and put its URL in line {line}."
    )


def own_address(mention: Mention) -> Claim | None:
    """Give who says that the reference's URL is the article's own; None where nobody does, or several are meant.

    Scheme, `www.`, a trailing slash, the fragment and tracking parameters are set aside. A home page is no article.
    """
    originals = [claim for claim in mention.document.claims if claim.field == "original"]
    originals += [Claim("original", mention.document.url, "address")] if mention.document.url else []
    if not originals:
        return None
    linked = {same for claim in originals if claim.said_by == _LINKED and (same := _same(claim.value))}
    target = _same(mention.url) if mention.url else None
    if target is None or len(linked) > 1:
        return None
    return next((claim for claim in originals if _same(claim.value) == target), None)


@lru_cache(maxsize=1024)
def _same(url: str) -> str | None:
    """Give what is equal for addresses of one article; None for what is no page of a site."""
    parts = uri.parse(uri.key(url) or "")
    if parts is None or parts.scheme not in uri.WEB:
        return None
    path, query = parts.path.rstrip("/"), _without_tracking(parts.query) if parts.query else ""
    return f"{parts.host.removeprefix('www.')}{path}?{query}" if path or query else None


def _without_tracking(query: str) -> str:
    return urlencode([pair for pair in parse_qsl(query, keep_blank_values=True) if not is_tracking(pair[0])])


def _is_place_within(mention: Mention) -> bool:
    """Tell a link to a place in a page, as tables of contents have them, from one whose fragment only tracks."""
    fragment = uri.fragment_of(mention.url or "")
    return mention.reference.raw.startswith("#") or (bool(fragment) and "=" not in (fragment or ""))


def _names_another_story(mention: Mention, own: str) -> bool:
    text, title = mention.reference.text, mention.document.title or ""
    fewest = _FEWEST_WORDS if mention.reference.role is Role.RELATED else _FEWEST_OF_CITATION
    telling = set(content_words(text)) - set(uri.host_of(own).split("."))
    if len(telling) < fewest or "://" in text:
        return False
    titles = [claim.value for claim in mention.document.claims if claim.field == "title"]
    if any(is_alike(text, headline) for headline in titles):
        return False
    compared = compare(text, own, other=title)
    if mention.reference.role is Role.RELATED:
        return compared.agreement is not Agreement.AGREES
    return compared.agreement is Agreement.CONTRADICTS and not compared.shared


_NAMING = frozenset({Role.RELATED, Role.CITATION})
_LINKED = "original link"
_FEWEST_WORDS, _FEWEST_OF_CITATION = 3, 5
"""Content words that name a story; more in running text, where any words may be linked."""
PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="The text names another story, but the link is the article itself.",
    why="When articles are copied, links that cannot be resolved are written anew as the address of the article.",
    example="A related story's headline leads to the URL that stands below as the original.",
    mention=mention,
)
