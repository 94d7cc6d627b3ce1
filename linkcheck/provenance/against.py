"""Says where an article and its original do not agree, and what could not be compared. Pure.

Nothing is said of a page that does not show the article, except that it does not.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from linkcheck import uri
from linkcheck.dates import find_date
from linkcheck.model import ArchiveAnswer, Claim, Confidence, PlacedFinding, Severity
from linkcheck.provenance.agreement import DATE
from linkcheck.provenance.api import Article, Source, Text
from linkcheck.provenance.author import is_person
from linkcheck.provenance.identity import shingles
from linkcheck.provenance.likeness import words_of
from linkcheck.provenance.published import IN_URL, is_weak
from linkcheck.provenance.publisher import Names
from linkcheck.provenance.recover import HEARD, Consulted
from linkcheck.provenance.sources import LITTLE_TEXT, Look
from linkcheck.provenance.target import is_same_page, without_tracking
from linkcheck.slug import Agreement, compare, content_words, is_alike

_UNSURE = frozenset({IN_URL, "date line"})
TITLE, AUTHOR, CANONICAL = "title-differs", "author-differs", "canonical-mismatch"
UNREACHABLE, DRIFTED = "original-unreachable", "original-drifted"
REPUBLISHED = "republished-elsewhere"


def findings(article: Article, consulted: Consulted) -> Iterator[PlacedFinding]:
    """Give what is to be said of a document after its originals were consulted."""
    if not article.originals:
        return
    best = best_source(consulted.sources)
    yield from _unreachable(article, consulted)
    yield from _drifted(article, consulted)
    if best:
        yield from _title(article, best)
        yield from _author(article, best)
        yield from _date(article, best)
        yield from _canonical(article, best)
        yield from _republished(article, best)


def claims(sources: Sequence[Source]) -> Iterator[Claim]:
    """Give what the original says of itself, as claims about the article; conflicts are kept."""
    best = best_source(sources)
    said: set[str] = set()
    for claim in best.text.claims if best else ():
        if best and claim.field in _FIELDS and claim.field not in said and claim.said_by != IN_URL:
            said.add(claim.field)
            yield Claim(claim.field, claim.value, f"{best.name} ({claim.said_by})")


def best_source(sources: Sequence[Source]) -> Source | None:
    """Give the page that shows most of the article; of equals the capture nearest to its date."""
    ranked = sorted(sources, key=lambda source: (-round(source.share, 1), source.memento is None))
    return ranked[0] if ranked else None


def is_written(article: Article) -> bool:
    """Tell an article, which has a title and some text, from a list of links or a page in the making."""
    return bool(article.first("title")) and len(shingles(article.passages)) >= LITTLE_TEXT


def is_shown(words: str, text: Text) -> bool:
    """Tell whether a page itself has these words in a row: then it does not speak against them."""
    wanted = f" {' '.join(words_of(words))} "
    return any(wanted in f" {' '.join(words_of(passage.text))} " for passage in text.passages)


def has_day(day: date, text: Text) -> bool:
    """Tell whether a page has this day, or the one beside it, in any of its short passages."""
    return any(_is_day(passage.text, day) for passage in text.passages if len(passage.text) <= _SHORT)


def _is_day(text: str, day: date) -> bool:
    found = find_date(text)
    return found is not None and abs((date.fromisoformat(found.iso) - day).days) <= 1


def _unreachable(article: Article, consulted: Consulted) -> Iterator[PlacedFinding]:
    if any(look.text for look in (*consulted.live, *consulted.archived)):
        return
    looks = [look for look in consulted.live if look.why]
    if not looks:
        return
    asked = [lookup for _, lookups in consulted.lookups for lookup in lookups]
    archives = "; ".join(
        f"{one.archive}: {one.answer.value}{f' ({one.reason})' if one.reason else ''}" for one in asked
    )
    is_heard = all(one.answer in HEARD for one in asked)
    if not asked:
        copies = ""
    elif any(one.answer is ArchiveAnswer.FOUND for one in asked):
        copies = ", and no capture of it that shows the article"
    elif is_heard:
        copies = ", and no archive that was asked holds a capture of it"
    else:
        copies = ", and not every archive has answered"
    if looks[0].is_shut:
        todo = f"Open it in a browser, and compare the article with it by hand: {looks[0].url}"
    else:
        todo = "Compare the article with its original by hand, if you can get hold of it."
    yield _finding(
        UNREACHABLE,
        f"the original could not be read ({looks[0].why}){copies}",
        todo if is_heard else "Run again: nothing was compared.",
        severity=Severity.NOTE,
        evidence={"url": looks[0].url, "why": looks[0].why, "archives": archives},
        line=_line_of(article),
    )


def _drifted(article: Article, consulted: Consulted) -> Iterator[PlacedFinding]:
    """Say that the live original shows another text than its captures, under another title: not a wall, not a cut."""
    archived = next((source for source in consulted.sources if source.memento), None)
    if archived is None or archived.memento is None:
        return
    for look in consulted.live[:1]:
        if look.source or look.text is None or _is_wall(look):
            continue
        titles = [claim.value for claim in look.text.claims if claim.field == "title"]
        known = [claim.value for claim in (*article.claims, *archived.text.claims) if claim.field == "title"]
        if not titles or any(_may_be_one(one, other) for one in titles for other in known):
            continue
        yield _finding(
            DRIFTED,
            f'the live original shows something else now, under the title "{titles[0]}"',
            f"Name the capture that shows the article: {archived.memento.uri_m}",
            severity=Severity.WARNING,
            evidence={"url": look.url, "title": titles[0], "capture": archived.memento.uri_m},
            line=_line_of(article),
        )


def _is_wall(look: Look) -> bool:
    """Tell a page that has hardly any text."""
    return look.text is None or len(shingles(look.text.passages)) < LITTLE_TEXT


def _title(article: Article, source: Source) -> Iterator[PlacedFinding]:
    ours = [claim for claim in article.claims if claim.field == "title"]
    theirs = [claim.value for claim in source.text.claims if claim.field == "title"]
    told = [title for title in theirs if len(set(content_words(title))) >= _TELLING]
    if not ours or not told or any(_may_be_one(claim.value, other) for claim in ours for other in told):
        return
    if any(is_shown(claim.value, source.text) for claim in ours):
        return
    yield _finding(
        TITLE,
        f'{source.name} is called "{told[0]}"',
        "Decide which headline is to stand; headlines are often rewritten.",
        severity=Severity.NOTE,
        evidence={"ours": ours[0].value, "theirs": told[0]},
        line=ours[0].line,
    )


def _author(article: Article, source: Source) -> Iterator[PlacedFinding]:
    ours = [claim for claim in article.claims if claim.field == "author"]
    known = Names([claim.value for claim in source.text.claims if claim.field == "publisher"], [source.url])
    theirs = [
        claim.value
        for claim in source.text.claims
        if claim.field == "author" and is_person(claim.value) and not known.has(claim.value)
    ]
    if not ours or not theirs or source.share < _SURELY:
        return
    if any(is_shown(claim.value, source.text) or not is_person(claim.value) for claim in ours):
        return
    names = {word for name in theirs for word in words_of(name) if len(word) > 1}
    mine = {word for claim in ours for word in words_of(claim.value) if len(word) > 1}
    if names & mine or not names or not mine:
        return
    yield _finding(
        AUTHOR,
        f'{source.name} names "{theirs[0]}" as its author, the article "{ours[0].value}"',
        "Find out who wrote it, and name that person.",
        severity=Severity.WARNING,
        evidence={"ours": ours[0].value, "said_by": ours[0].said_by, "theirs": theirs},
        line=ours[0].line,
    )


def _date(article: Article, source: Source) -> Iterator[PlacedFinding]:
    """Compare the day that the article states with the days that its original claims; any that agrees is enough."""
    ours = [claim for claim in article.claims if claim.field == "published"]
    all_theirs = [claim for claim in source.text.claims if claim.field == "published"]
    # A date line may be any day that the page speaks of; what it says to machines is meant to be its date.
    theirs = [claim for claim in all_theirs if claim.said_by not in _UNSURE and not is_weak(claim)]
    stated = next((claim for claim in ours if claim.said_by != IN_URL and not is_weak(claim)), None)
    if stated is None or not theirs or source.share < _SURELY:
        return
    day = date.fromisoformat(stated.value)
    days = min((abs((day - date.fromisoformat(claim.value)).days) for claim in theirs), default=0)
    modified = (claim.value for claim in source.text.claims if claim.field == "modified")
    if days <= 1 or any(_is_day(one, day) for one in modified) or has_day(day, source.text):
        return
    # Where the address agrees with the article, the page is more likely to lie: it may have been moved to a new system.
    is_backed = any(claim.said_by == IN_URL and claim.value == stated.value for claim in (*ours, *all_theirs))
    first = theirs[0]
    yield _finding(
        DATE,
        f"the {stated.said_by} says {stated.value}, {source.name} {first.value} ({first.said_by})",
        "Find out which day is right.",
        severity=Severity.NOTE if is_backed else Severity.WARNING,
        evidence={"stated": stated.value, "original": first.value, "said_by": first.said_by, "days": days},
        line=stated.line,
    )


def _canonical(article: Article, source: Source) -> Iterator[PlacedFinding]:
    """Say that the original names another page of its own site as the one that counts."""
    for claim in source.text.claims:
        named = uri.key(claim.value) if claim.field == "original" and claim.said_by in _CANONICAL else None
        if named is None or any(is_same_page(named, one) for one in (source.url, *article.originals)):
            continue
        parts = uri.parse(named)
        is_here = parts is not None and _site(named) == _site(source.url)
        if parts is None or not parts.path.strip("/") or not is_here or not _is_story(named, source):
            continue
        named = without_tracking(named)
        yield _finding(
            CANONICAL,
            f"{source.name} calls another address its own: {named}",
            f"Look whether that is the better address for the original: {named}",
            severity=Severity.NOTE,
            evidence={"original": source.url, "canonical": named, "said_by": claim.said_by},
            line=_line_of(article),
        )
        return


def _republished(article: Article, source: Source) -> Iterator[PlacedFinding]:
    """Say that the original itself was taken from elsewhere."""
    for claim in source.text.claims:
        named = uri.key(claim.value) if claim.field == "original" else None
        parts = uri.parse(named) if named else None
        if named is None or parts is None or parts.scheme not in uri.WEB or not parts.path.strip("/"):
            continue
        if _site(named) in {_site(source.url), *map(_site, article.originals)}:
            continue
        if claim.said_by not in _MEANT and not _is_story(named, source):
            continue
        yield _finding(
            REPUBLISHED,
            f"{source.name} says that it was first published elsewhere: {named}",
            f"Look whether that is the original: {named}",
            severity=Severity.NOTE,
            evidence={"url": source.url, "first": named, "said_by": claim.said_by},
            line=_line_of(article),
        )
        return


def _is_story(url: str, source: Source) -> bool:
    """Tell an address that has the words of the page's title from a section's, a number's or a system's own."""
    titles = [claim.value for claim in source.text.claims if claim.field == "title"]
    return any(compare(title, url).agreement is Agreement.AGREES for title in titles)


def _finding(
    rule: str, message: str, todo: str, *, severity: Severity, evidence: dict[str, Any], line: int | None
) -> PlacedFinding:
    return PlacedFinding(
        rule=rule,
        severity=severity,
        confidence=Confidence.MEDIUM,
        message=message,
        next=todo,
        evidence=evidence,
        line=line,
        column=1 if line else None,
    )


def _line_of(article: Article) -> int | None:
    """Give the line in which the original is stated."""
    return next((claim.line for claim in article.claims if claim.field == "original" and claim.line), None)


def _may_be_one(title: str, other: str) -> bool:
    """Tell whether two titles may be one story's: they share words, or are too short to tell."""
    a, b = set(content_words(title)), set(content_words(other))
    return len(a) < _TELLING or len(b) < _TELLING or is_alike(title, other) or len(a & b) >= _SHARED


def _site(url: str) -> str:
    return ".".join(uri.host_of(url).split(".")[-2:])


_FIELDS = ("title", "author", "published", "modified", "publisher", "language")
_CANONICAL = frozenset({"rel=canonical", "canonical link", "og:url", "JSON-LD"})
_MEANT = frozenset({"rel=syndication-source", "rel=original-source", "meta source", "rel=canonical"})
_SURELY = 0.6
_SHORT = 200
_TELLING, _SHARED = 3, 2
