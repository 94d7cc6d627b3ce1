"""Reads lost targets out of pages that show the article, and says how far each can be trusted.

What several captures agree on is believed more; what they differ in is ranked, the nearest to the article's date first.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.provenance.align import Match, Place, align, places
from linkcheck.provenance.api import Article, Context, Lost, Source
from linkcheck.provenance.likeness import words_of
from linkcheck.provenance.target import is_same_page, page_of, target_of, timestamp_of, within
from linkcheck.words import count_tokens


class Candidate(Struct, frozen=True, kw_only=True):
    """An address that a lost link may have led to."""

    url: str
    """The key of a link, and the fragment that the original asks for."""
    confidence: float
    said_by: tuple[str, ...]
    """The sources, in words."""
    evidence: dict[str, str] = {}
    is_beside: bool = False
    """The original links other words of the same sentence or paragraph: a person must look."""


def from_sources(
    article: Article, sources: Sequence[Source], wanted: Iterable[Lost], context: Context
) -> dict[int, tuple[Candidate, ...]]:
    """Give the candidates for lost references, by reference, best first."""
    ours = places(article.passages)
    found: dict[int, list[Candidate]] = {lost.reference: [] for lost in wanted}
    for source in sources:
        for match in align(ours, places(source.text.passages)):
            if match.ours.reference in found:
                found[match.ours.reference].extend(_candidates(match, source, article, context))
    return {reference: _merged(candidates) for reference, candidates in found.items() if candidates}


def _candidates(match: Match, source: Source, article: Article, context: Context) -> Iterable[Candidate]:
    """Give what a match speaks for: one target, or several where the same words stand in like places."""
    chosen = _target(match.theirs, source, article, context)
    if chosen is None:
        return
    if match.is_beside:
        yield structs.replace(_candidate(chosen, _BESIDE, match, source), is_beside=True)
        return
    near = match.context or 0.0
    rivals: dict[str, tuple[str, float]] = {}
    has_exact_rival = False
    for place, context_of_it, is_exact in match.rivals:
        url = _target(place, source, article, context)
        if url and page_of(url) != page_of(chosen):
            rivals.setdefault(page_of(url), (url, context_of_it))
            has_exact_rival = has_exact_rival or is_exact
    if match.is_exact and not has_exact_rival:
        yield _candidate(chosen, _EXACT, match, source)
        return
    closest = max((one for _, one in rivals.values()), default=None)
    trust = trust_of(match)
    if closest is None and source.share >= _MOSTLY and match.text == 1 and not match.theirs.is_navigation:
        trust = max(trust, _ONLY)  # the only target that the page has for these words, and the page is the article
    if closest is not None and not match.ours.has_own and count_tokens(words_of(match.ours.text)) < _SOME:
        trust = min(
            trust, _LIKELY
        )  # "More" beside no words of its own: which one it was is told by its neighbours alone
    if closest is not None and near - closest < _MARGIN:
        is_told = near >= _NEAR and near - closest >= _LEAST_MARGIN
        trust = min(trust, _LIKELY if is_told else _EVEN)
        if not is_told:
            for url, other in rivals.values():
                if near - other < _LEAST_MARGIN:
                    yield _candidate(url, min(_EVEN, trust) - 0.05, match, source)
    yield _candidate(chosen, trust, match, source)


def _candidate(url: str, trust: float, match: Match, source: Source) -> Candidate:
    said = {"text": match.theirs.text, "href": match.theirs.href, "page": source.url}
    if source.memento:
        said["capture"] = source.memento.uri_m
    return Candidate(url=url, confidence=round(trust, 3), said_by=(source.name,), evidence=said)


def _target(place: Place, source: Source, article: Article, context: Context) -> str | None:
    """Give where a link of the original leads; None where it has lost its target there, too, or leads to itself."""
    href = place.href.strip()
    if not href or href.startswith("#") or (not uri.scheme_of(href) and href.startswith("?")):
        return None
    text = source.text
    url = target_of(within(href) if source.memento else href, text.base, context.unwrap, text.stamps)
    key = uri.key(url) if url else None
    if url is None or key is None:
        return None
    if source.memento and _is_rewritten(key, href, source.memento.uri_m, source.url):
        return None
    own = (source.url, *article.originals, *((article.url,) if article.url else ()))
    if any(is_same_page(key, one) for one in own):
        return None
    _, mark, fragment = url.partition("#")
    return f"{key}{mark}{fragment}" if fragment else key


def _is_rewritten(key: str, href: str, uri_m: str, own: str) -> bool:
    """Tell a link that an archive has rewritten in a way that nobody knows from one of the page that it captured."""
    host = uri.host_of(key)
    if host == uri.host_of(own):
        # A whole address within a path: of the site, or of the archive.
        return not uri.scheme_of(href) and "://" in key.partition("://")[2]
    return host == uri.host_of(uri_m) and not timestamp_of(key)


def trust_of(match: Match) -> float:
    """Say how sure it is that a match is the same link, before rivals are looked at, 0 to 1."""
    count = count_tokens(words_of(match.ours.text))
    near = match.context
    if near is None:
        trust = 0.95 if count >= _MANY else 0.9 if count >= _SOME else 0.7
    elif near >= _NEAR:
        trust = 0.97
    elif near >= _FAR:
        trust = 0.95 if count >= _MANY else 0.9 if count >= _SOME else 0.8
    else:
        trust = 0.93 if count >= _MANY else 0.75 if count >= _SOME else 0.4
    if match.text < 1:
        trust *= 0.97 if near is not None and near >= _NEAR else match.text * 0.95
    return trust - (0.1 if match.theirs.is_navigation and not match.ours.is_navigation and count < _MANY else 0)


def _merged(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Bring together what speaks for one page; the sources come nearest first."""
    merged: dict[str, Candidate] = {}
    for one in candidates:
        page = page_of(one.url)
        known = merged.get(page)
        if known is None:
            merged[page] = one
        elif one.said_by[0] not in known.said_by:
            better = max(known.confidence, one.confidence)
            agreed = better + (0 if known.is_beside else (1 - better) * _AGREED)
            merged[page] = structs.replace(known, confidence=round(agreed, 3), said_by=known.said_by + one.said_by)
    ranked = sorted(merged.values(), key=lambda one: -one.confidence)
    if len(ranked) > 1 and ranked[1].confidence >= _RIVAL:
        # Two sources name different pages, and both seem sure.
        first = structs.replace(ranked[0], confidence=round(min(ranked[0].confidence, _LIKELY), 3))
        ranked = [first, *(structs.replace(one, confidence=min(one.confidence, _EVEN)) for one in ranked[1:])]
    return tuple(ranked[:_KEPT])


_NEAR, _FAR = 0.6, 0.35
_MANY, _SOME = 5, 3
_MARGIN, _LEAST_MARGIN = 0.2, 0.08
_LIKELY, _EVEN, _RIVAL = 0.88, 0.55, 0.8
_MOSTLY, _ONLY = 0.6, 0.92
_EXACT = 0.97
_AGREED = 0.3
_BESIDE = 0.6
_KEPT = 5
