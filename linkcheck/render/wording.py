"""What is said of one reference, capture or document, in words that text, Markdown and the terminal UI share."""

import re
from collections.abc import Sequence

from linkcheck.model import (
    WRONG_PAGE,
    ArchiveAnswer,
    Claim,
    Copy,
    DocumentRow,
    Memento,
    ReasonCode,
    ReferenceRow,
    Rescue,
    StandingWord,
)
from linkcheck.render.counting import counted, listed
from linkcheck.render.triage import Heap, heap_of

_DIGITS = re.compile(r"/([12][0-9]{3})([0-9]{2})([0-9]{2})[0-9]{0,6}(?:[a-z]{2}_)?/")

_SLUGS = {"agrees": "agree", "contradicts": "differ"}

_SPOKEN = {WRONG_PAGE: "wrong page"}

_VALIDATED = {True: "validated", False: "shows something else", None: "not validated"}

_ANSWERS = {
    ArchiveAnswer.NONE: "no capture",
    ArchiveAnswer.FAILED: "captures unknown: the archive did not answer",
    ArchiveAnswer.NOT_ASKED: "captures unknown: the archive was not asked",
}


def capture(memento: Memento) -> str:
    """Give `2017-02-14, 3 days later, not validated`."""
    parts = [memento.datetime[:10]]
    if memento.distance_days is not None:
        days = round(memento.distance_days)
        direction = "off" if not days else "later" if days > 0 else "earlier"
        parts.append(f"{counted(abs(days), 'day')} {direction}")
    parts.append(_VALIDATED[memento.validated])
    return ", ".join(parts)


def proof(memento: Memento) -> str | None:
    """Say what the capture was chosen for, and what was seen of it; None where nobody knows."""
    parts = []
    if memento.target:
        parts.append(f"chosen for {memento.target[:10]}, {memento.target_basis or 'as asked'}")
    if memento.note:
        parts.append(f"it {memento.note}" if memento.validated is not None else memento.note)
    return "; ".join(parts) or None


def capture_of(row: ReferenceRow) -> str | None:
    """Say what the archives have of a reference's link: the best capture, or why there is none."""
    if row.mementos:
        return f"capture {capture(row.mementos[0])}"
    said = {archive.answer: archive for archive in reversed(row.archives)}
    for answer in (ArchiveAnswer.NOT_ASKED, ArchiveAnswer.FAILED, ArchiveAnswer.NONE):
        if answer in said:
            reason = f": {said[answer].reason}" if said[answer].reason else ""
            return f"{_ANSWERS[answer]} ({said[answer].archive}{reason})"
    return None


def compared(copy: Copy) -> str:
    """Say how a text compares with its original's: `98 % of the text; 1 paragraph missing, 2 altered`."""
    altered = sum(1 for one in copy.altered if one.theirs)
    found = ((len(copy.missing), "missing"), (altered, "altered"), (len(copy.added), "added"))
    parts = [f"{count:,} {word}" for count, word in found if count]
    first = parts and parts[0].partition(" ")
    if first:
        parts[0] = f"{counted(int(first[0].replace(',', '')), 'paragraph')} {first[2]}"
    parts += [f'stray "{_sign(one.words)}" in line {one.line}' for one in copy.altered if not one.theirs]
    return f"{_percent(copy.share)} of the text; {', '.join(parts) or 'nothing missing'}"


def copied(document: DocumentRow) -> str | None:
    """Say how a document compares with its original, quotations included; None where it was not compared."""
    if document.copy is None:
        return None
    rules = [finding.rule for finding in document.findings]
    quoted = [(rules.count("quote-altered"), "altered"), (rules.count("quote-missing"), "not there")]
    parts = [f"{count:,} {word}" for count, word in quoted if count]
    if not parts:
        return compared(document.copy)
    first, _, rest = parts[0].partition(" ")
    parts[0] = f"{counted(int(first.replace(',', '')), 'quotation')} {rest}"
    return f"{compared(document.copy)}; {', '.join(parts)}"


def _percent(share: float) -> str:
    """Round down, so that only what is whole is called so."""
    return f"{int(share * 100)} %"


def _sign(words: str) -> str:
    return words.replace("{+", "").replace("+}", "")


def shortened(rescue: Rescue) -> str:
    """Say why a recovered target is proposed, where the target itself is printed beside it."""
    return rescue.message.replace(f" to {rescue.url}", " there", 1).replace(f": {rescue.url}", "", 1)


def later(row: ReferenceRow) -> str | None:
    """Say what has a reference judged that was wanted and not asked; None for any other."""
    if heap_of(row) is not Heap.WAITING:
        return None
    match row.reason.code:
        case ReasonCode.OFFLINE:
            return "Check again without --offline."
        case ReasonCode.NETWORK:
            return "Check again when there is a network."
        case _:
            return "Run again."


def now_of(rescue: Rescue) -> str | None:
    """Say what became of a recovered target: `alive`, or `dead (404 Not Found ...); its capture of 2019-06-12`."""
    said = str(rescue.evidence.get("now", ""))
    verdict, _, reason = said.partition(": ")
    if not verdict:
        return None
    if not rescue.uri_m:
        return verdict if verdict == "alive" else f"{verdict} ({reason})"
    found = _DIGITS.search(rescue.uri_m)
    day = f" of {found[1]}-{found[2]}-{found[3]}" if found else ""
    return f"{verdict} ({reason}); there is a capture{day}"


def standing(row: ReferenceRow, *, always: bool = False) -> str | None:
    """Give `persisting 2/3, since 2026-11-20`, the verdict over time; None where there is no history.

    Of what was not asked this time, it gives `dead when last checked, on 2026-11-20`.

    Nor is there anything to say of what is steady, unless it shall `always` be said.
    """
    if row.last_known:
        return f"{row.last_known.verdict} when last checked, on {row.last_known.at[:10]}"
    if row.standing is None or (row.standing == StandingWord.STEADY and not always):
        return None
    since = f", since {row.since[:10]}" if row.since and row.standing != StandingWord.NEW else ""
    return f"{standing_word(row)}{since}"


def standing_word(row: ReferenceRow) -> str:
    """Give `persisting 2/3`, or the other words as they are; empty where there is no history."""
    is_counted = row.standing == StandingWord.PERSISTING and row.strikes_of
    return f"{row.standing} {row.strikes}/{row.strikes_of}" if is_counted else row.standing or ""


def published(document: DocumentRow) -> str | None:
    """Give the date with those who state it: `2017-02-14  (line 5; URL path agrees)`; None where nobody does."""
    claims = [claim for claim in document.claims if claim.field == "published"]
    value = document.published or (claims[0].value if claims else None)
    if value is None:
        return None
    agreeing = [claim for claim in claims if claim.value[:10] == value[:10]]
    said = []
    if agreeing:
        said.append(f"line {agreeing[0].line}" if agreeing[0].line else agreeing[0].said_by)
    if also := _speakers(agreeing[1:]):
        said.append(f"{listed(also)} {'agrees' if len(also) == 1 else 'agree'}")
    said.extend(f"{claim.said_by} says {claim.value}" for claim in claims if claim.value[:10] != value[:10])
    return f"{value}  ({'; '.join(said)})" if said else value


def slug_agreement(document: DocumentRow) -> str | None:
    """Say whether the headline and the slug of the original's URL agree; None where that cannot be told."""
    return next(
        (_SLUGS[claim.value] for claim in document.claims if claim.field == "slug" and claim.value in _SLUGS), None
    )


def spoken(word: str) -> str:
    """Give a verdict or rule as people say it."""
    return _SPOKEN.get(word, word)


def file_name(document: DocumentRow) -> str:
    """Give what a reader knows the document by: the last part of its path, or its address."""
    if document.path == "-":
        return "standard input"
    return document.path if "://" in document.path else document.path.replace("\\", "/").rpartition("/")[2]


def _speakers(claims: Sequence[Claim]) -> list[str]:
    return list(dict.fromkeys(claim.said_by for claim in claims))
