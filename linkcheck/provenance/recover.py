"""Finds out where the lost links of an article led: from its original, else by the slugs of its headlines.

Every candidate is looked at before it is proposed: its title, live or archived, must not speak against the words of the
link. What remains in doubt is ranked and left to a person.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.model import (
    ArchiveAnswer,
    Captures,
    Check,
    Conversation,
    Failure,
    Lookup,
    Memento,
    Observe,
    Request,
    Rescue,
    RescueKind,
    ask,
)
from linkcheck.provenance import sources
from linkcheck.provenance.api import Article, Context, Found, Lost, Source
from linkcheck.provenance.evidence import Candidate, from_sources
from linkcheck.provenance.naming import Naming, is_headline, naming
from linkcheck.provenance.slug_search import Searched, search
from linkcheck.provenance.sources import Look

SURE = 0.9
"""The confidence from which on a target may be put in place without a person."""
HEARD = frozenset({ArchiveAnswer.FOUND, ArchiveAnswer.NONE})
"""What an archive says of a page; everything else says nothing of it."""


class Unread(Struct, frozen=True):
    """A target that the original names for certain, and whose page is not there to confirm it: a capture may."""

    lost: Lost
    candidate: Candidate


class Recovery(Struct, frozen=True):
    """What was found for one lost reference."""

    reference: int
    rescues: tuple[Rescue, ...] = ()
    """Best first; several where it cannot be told, none where nothing was found."""
    sought: str = ""
    """Where it was looked for in vain, in words."""
    was_heard: bool = True
    """Whether everybody who might know has answered; else it may be found another day."""
    advice: str = ""
    """Where a person may still find it, where programs cannot look; empty where nobody knows."""
    unread: Unread | None = None
    """What captures may confirm of the best rescue."""


class Consulted(Struct, frozen=True, kw_only=True):
    """All that was learnt about an article from elsewhere."""

    live: tuple[Look, ...] = ()
    """What the stated originals are on the live web."""
    lookups: tuple[tuple[str, tuple[Lookup, ...]], ...] = ()
    """What the archives answered about them."""
    sources: tuple[Source, ...] = ()
    """The pages that show the article; live ones first, then captures, the nearest to its date first."""
    archived: tuple[Look, ...] = ()
    """What captures of the originals show."""
    recoveries: tuple[Recovery, ...] = ()


def consult(article: Article, context: Context) -> Conversation[Consulted]:
    """Read the original as far as it is needed, and recover what is lost."""
    live: list[Look] = []
    archived: list[Look] = []
    lookups: list[tuple[str, tuple[Lookup, ...]]] = []
    for url in article.originals[:_ORIGINALS]:
        live.append((yield from sources.live(article, url, context)))
        found = yield from sources.captures(article, url)
        lookups.append((url, found))
        for memento in sources.usable(article, found):
            archived.append((yield from sources.capture(article, url, memento, context)))
            known = _sources(live, archived)
            if known and not _is_wanting(article, known, context):
                break
    for url in [other for look in live for other in sources.named_by(look, article)][:_COPIES]:
        look = yield from sources.live(article, url, context)
        live.append(look)
    read = _sources(live, archived)
    candidates = from_sources(article, _nearest_first(read), article.lost, context)
    left = [lost for lost in article.lost if all(one.is_beside for one in candidates.get(lost.reference, ()))]
    feeds = [feed for look in live if look.text for feed in look.text.feeds]
    searched = (yield from search(article, left, feeds, context)) if left and article.originals else Searched()
    unread = next((look for look in live if look.source is None and look.why), None)
    is_answered = all(one.answer in HEARD for _, said in lookups for one in said)
    was_heard = any(one.memento for one in read) or (is_answered and not any(look.is_left for look in archived))
    recoveries: list[Recovery] = []
    for lost in article.lost:
        rescues, unread_one = yield from _rescues(
            lost, candidates.get(lost.reference, ()), searched.found, article, context
        )
        if rescues:
            recoveries.append(Recovery(lost.reference, rescues, unread=unread_one))
        elif article.originals:
            is_heard = was_heard and (searched.was_heard or not is_headline(lost.text, lost.role))
            sought = _sought(lost, read, unread, context, is_heard=is_heard)
            recoveries.append(Recovery(lost.reference, sought=sought, was_heard=is_heard, advice=_advice(read, unread)))
    return Consulted(
        live=tuple(live),
        lookups=tuple(lookups),
        sources=read,
        archived=tuple(archived),
        recoveries=tuple(recoveries),
    )


def _advice(read: Sequence[Source], unread: Look | None) -> str:
    """Send a person to an original that programs could not read."""
    if read or unread is None or not unread.is_shut:
        return ""
    return f"Open the original in a browser, and see where it links this text ({unread.url})"


def _sought(lost: Lost, read: Sequence[Source], unread: Look | None, context: Context, *, is_heard: bool) -> str:
    """Say where a lost target was looked for."""
    no_original = f"the original could not be read{f' ({unread.why})' if unread else ''}"
    names = _listed(list(dict.fromkeys(source.name for source in read)))
    first = f"{names} {'has' if len(read) == 1 else 'have'} no link with this text" if read else ""
    if not is_headline(lost.text, lost.role):
        return first or no_original
    if is_heard:
        places = "in archives' indexes, or in sitemap and feeds" if context.searches else "in sitemap and feeds"
        second = f"nothing of that name was found {places} of its site"
    else:
        second = "not every archive or site that may know a page of that name has answered"
    return f"{first or no_original}, and {second}"


def _sources(live: Sequence[Look], archived: Sequence[Look]) -> tuple[Source, ...]:
    return tuple(look.source for look in (*live, *archived) if look.source)


def _nearest_first(read: Sequence[Source]) -> tuple[Source, ...]:
    """Put captures before the live page: they were made nearer to the day on which the article was copied."""
    return tuple(sorted(read, key=lambda source: source.memento is None))


def _is_wanting(article: Article, read: Sequence[Source], context: Context) -> bool:
    """Tell whether another capture may help: something that is lost is not found for certain yet."""
    found = from_sources(article, read, article.lost, context)
    return any(
        not found.get(lost.reference) or found[lost.reference][0].confidence < SURE for lost in article.lost
    ) or not any(source.memento for source in read)


def _rescues(
    lost: Lost,
    candidates: Sequence[Candidate],
    by_slug: Mapping[int, tuple[Found, ...]],
    article: Article,
    context: Context,
) -> Conversation[tuple[tuple[Rescue, ...], Unread | None]]:
    """Return what may stand in the place of a lost target, and what captures should still confirm.

    Where the original is sure, no archive is asked here: its answers are few, and other targets need them.
    """
    rescues: list[Rescue] = []
    unread: Unread | None = None
    for candidate in candidates[:_LOOKED_AT]:
        page = yield from _live_page(candidate.url)
        if not page.is_read and candidate.confidence < SURE:
            page = yield from _archived_page(candidate.url, page, article.at, context)
        rescues.append(_by_original(lost, candidate, page))
        if len(rescues) == 1 and rescues[0].confidence >= SURE:
            unread = None if page.is_read or page.memento else Unread(lost, candidate)
            break
    if all(candidate.is_beside for candidate in candidates):
        searched: list[Rescue] = []
        for found in by_slug.get(lost.reference, ()):
            page = yield from _live_page(found.url)
            if not page.is_read:
                page = yield from _archived_page(found.url, page, article.at, context)
            if rescue := _by_search(lost, found, page):
                searched.append(rescue)
        rescues += _unless_alone(searched)
    return tuple(sorted(rescues, key=lambda rescue: -rescue.confidence)), unread


def confirmed(unread: Unread, at: datetime | None, context: Context) -> Conversation[Rescue]:
    """Weigh a target that the original names for certain with what its capture near an instant is called."""
    page = yield from _live_page(unread.candidate.url)
    if not page.is_read:
        page = yield from _archived_page(unread.candidate.url, page, at, context)
    return _by_original(unread.lost, unread.candidate, page)


class _Page(Struct, frozen=True):
    """What a candidate is called, and how that is known."""

    titles: tuple[str, ...]
    memento: Memento | None = None
    """The capture that says so, where the live page does not."""
    is_there: bool = False
    """It answers on the live web."""

    @property
    def is_read(self) -> bool:
        """Whether the live page itself says what it is called."""
        return self.is_there and bool(self.titles)


def _live_page(url: str) -> Conversation[_Page]:
    url = uri.without_fragment(url)
    check = yield from ask(Observe(url))
    is_there = _is_there(url, check)
    return _Page(titles_of(check) if is_there else (), is_there=is_there)


def _archived_page(url: str, live: _Page, at: datetime | None, context: Context) -> Conversation[_Page]:
    """Look at captures near an instant; what the live page is stays known."""
    lookups = yield from ask(Captures(uri.without_fragment(url), at))
    mementos = [one for lookup in lookups for one in lookup.mementos if one.validated is not False and one.uri_raw]
    for memento in mementos[:_CAPTURES]:
        answer = yield from ask(Request(memento.uri_raw or memento.uri_m, read=sources.PAGE))
        if isinstance(answer, Failure) or not 200 <= answer.status < 300:
            continue
        if named := tuple(claim.value for claim in context.claims(answer) if claim.field == "title"):
            return structs.replace(live, titles=named, memento=memento)
    return structs.replace(live, titles=(), memento=mementos[0] if mementos else None)


def titles_of(check: Check) -> tuple[str, ...]:
    """Give what a page calls itself, as a check of it has read."""
    facts = check.facts
    said = (facts.h1, facts.og_title, facts.title) if facts else (check.title,)
    return tuple(dict.fromkeys(title for title in said if title))


def _is_there(url: str, check: Check) -> bool:
    """Tell whether the page itself answers: 2xx, and not with the home page in its stead."""
    if check.status is None or not 200 <= check.status < 300:
        return False
    parts, end = uri.parse(url), uri.parse(check.final_url or url)
    return not (parts and end and parts.path.strip("/") and not end.path.strip("/") and not end.query)


def _by_original(lost: Lost, candidate: Candidate, page: _Page) -> Rescue:
    """Weigh what the original says with what the page is called."""
    named = naming(lost.text, page.titles, lost.role)
    trust = candidate.confidence
    match named:
        case Naming.EQUAL | Naming.AGREES:
            trust += (1 - trust) * _TITLE_AGREES
        case Naming.CONTRADICTS:
            trust *= _TITLE_CONTRADICTS
        case Naming.SILENT:
            pass
    said_by = _listed(candidate.said_by)
    verb = "links" if len(candidate.said_by) == 1 else "link"
    what = "this text"
    if candidate.is_beside:
        trust = min(trust, _BESIDE)
        what = f'"{candidate.evidence.get("text", "")}" in the same paragraph, and not this text,'
    return _rescue(
        candidate.url,
        trust,
        page,
        f"{said_by} {verb} {what} to {candidate.url}",
        _about(named, page),
        candidate.evidence,
    )


def _by_search(lost: Lost, found: Found, page: _Page) -> Rescue | None:
    """Propose what a search found only where its title agrees."""
    named = naming(lost.text, page.titles, lost.role)
    if named not in {Naming.EQUAL, Naming.AGREES}:
        return None
    trust = _SEARCHED_EQUAL if named is Naming.EQUAL else _SEARCHED
    evidence = {"listed_by": found.by} | ({"listed_at": found.at} if found.at else {})
    message = f"{found.by} has a page whose address has the words of this text: {found.url}"
    return _rescue(found.url, trust, page, message, _about(named, page), evidence)


def _unless_alone(rescues: Sequence[Rescue]) -> list[Rescue]:
    """Let nothing that a search found be sure beside another that may be meant as well."""
    best = max((rescue.confidence for rescue in rescues), default=0.0)
    rivals = [rescue for rescue in rescues if best - rescue.confidence < _MARGIN]
    if len(rivals) < 2:
        return list(rescues)
    return [structs.replace(one, confidence=min(one.confidence, round(1 / len(rivals) + 0.05, 3))) for one in rescues]


def _about(named: Naming, page: _Page) -> str:
    where = f" in its capture of {page.memento.datetime[:10]}" if page.titles and page.memento else ""
    title = page.titles[0] if page.titles else ""
    match named:
        case Naming.EQUAL | Naming.AGREES:
            return f"its title agrees{where}"
        case Naming.CONTRADICTS:
            return f'its title speaks of something else{where}: "{title}"'
        case Naming.SILENT if page.titles:
            return f'its title{where} is "{title}"'
        case _:
            return "its title could not be read, live or archived"


def _rescue(url: str, trust: float, page: _Page, message: str, about: str, evidence: Mapping[str, str]) -> Rescue:
    said = dict(evidence) | ({"title": page.titles[0]} if page.titles else {})
    return Rescue(
        kind=RescueKind.RECOVERED,
        url=url,
        uri_m=page.memento.uri_m if page.memento and not page.is_there else None,
        confidence=round(min(max(trust, 0.01), 0.99), 2),
        evidence=said,
        message=f"{message}; {about}",
    )


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown.append(f"{len(names) - _NAMED} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


_ORIGINALS = 2
_COPIES = 2
_LOOKED_AT = 3
_CAPTURES = 2
_NAMED = 2
_TITLE_AGREES, _TITLE_CONTRADICTS = 0.6, 0.6
_SEARCHED_EQUAL, _SEARCHED = 0.92, 0.75
_MARGIN = 0.1
_BESIDE = 0.7
"""At most, for a link on other words: never enough to be put in place without a person."""
