"""Says things in words that text and Markdown share: plurals, times, captures, and the answer in one sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence

from linkcheck.model import (
    WRONG_PAGE,
    ArchiveAnswer,
    Claim,
    Copy,
    DocumentRow,
    Excused,
    Memento,
    ReasonCode,
    ReferenceRow,
    Report,
    Rescue,
    RunInfo,
    Severity,
    StandingWord,
)
from linkcheck.render.tally import Tally
from linkcheck.render.triage import Heap, heap_of


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Give `1 link`, `14,212 links`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Give `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def counts(counter: Mapping[str, int]) -> str:
    """Give `118 blocked, 9 unreachable`, most first."""
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count:,} {_name(key, count)}" for key, count in ranked if count)


def minute(instant: str) -> str:
    """Give an ISO 8601 instant in UTC as `2026-11-24 14:02Z`."""
    return f"{instant[:16].replace('T', ' ')}Z"


def duration(milliseconds: float) -> str:
    """Give `41 ms`, `6.1 s`, `71 s`, `12 min 5 s`."""
    seconds = milliseconds / 1000
    if seconds < 1:
        return f"{milliseconds:.0f} ms"
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole} s" if whole < 120 else f"{whole // 60:,} min {whole % 60} s"


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


def excused(told: Excused) -> str:
    """Say what a baseline has made of a run: `3 known and not counted, 1 entry stale`."""
    parts = [f"{told.known:,} known and not counted"]
    if told.stale:
        parts.append(f"{counted(told.stale, 'entry', 'entries')} stale")
    if told.expired:
        parts.append(f"{counted(told.expired, 'entry', 'entries')} expired")
    return listed(parts)


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


def archives_asked(report: Report, counted_by: Tally) -> str:
    """Say how many archive look-ups there were, and how those that are left can go on."""
    answers = report.summary.archives
    left = answers.get(ArchiveAnswer.NOT_ASKED, 0)
    failed = answers.get(ArchiveAnswer.FAILED, 0)
    asked = failed + answers.get(ArchiveAnswer.FOUND, 0) + answers.get(ArchiveAnswer.NONE, 0)
    words = f"archive asked {asked:,}{f' ({failed:,} failed)' if failed else ''}, not asked {left:,}"
    return f"{words} ({go_on(report.run, counted_by)})" if left else words


def go_on(run: RunInfo, counted_by: Tally) -> str:
    """Say what makes a run ask the archives that this one did not ask."""
    if run.offline:
        return "to go on: the same without --offline"
    if any("budget" in reason for reason in counted_by.not_asked):
        return "to go on: the same with --archive-budget 10m"
    return "to go on: run again"


def verdicts(report: Report, counted_by: Tally) -> str:
    """Give `5 references, 1 link: 3 placeholder, 2 alive, of these 1 to the wrong page`."""
    summary = report.summary
    words = f"{counted(summary.references, 'reference')}, {counted(summary.links, 'link')}"
    if summary.reference_verdicts:
        words += f": {counts(summary.reference_verdicts)}"
    if wrong := counted_by.problems[WRONG_PAGE]:
        words += f", of these {wrong:,} to the wrong page"
    return words


def spoken(word: str) -> str:
    """Give a verdict or rule as people say it."""
    return _SPOKEN.get(word, word)


def file_name(document: DocumentRow) -> str:
    """Give what a reader knows the document by: the last part of its path, or its address."""
    if document.path == "-":
        return "standard input"
    return document.path if "://" in document.path else document.path.replace("\\", "/").rpartition("/")[2]


def sentences(report: Report, document: DocumentRow | None, counted_by: Tally) -> str:
    """Give the answer as text."""
    if is_all_fine(report, counted_by):
        return f"{all_fine(report, counted_by)}."
    return f"{lead(report, document, counted_by)}: {'. '.join(answer(report, counted_by))}."


def lead(report: Report, document: DocumentRow | None, counted_by: Tally, refusal: str = "Do not {} yet") -> str:
    """Give the answer in a few words, without a full stop."""
    if counted_by.errors:
        if document is None:
            return "Links need repair"
        return refusal.format("republish" if document.original else "publish")
    if not report.run.complete or (counted_by.heaps[Heap.WAITING] and not counted_by.heaps[Heap.FINE]):
        return "Cannot tell yet"
    return "Nothing is known to be lost"


def answer(report: Report, counted_by: Tally) -> Iterator[str]:
    """Give the sentences that follow the lead and say what was found, whatever the mix; without full stops."""
    total = report.summary.references
    rest = list(_rest(counted_by, report.run))
    if not counted_by.errors:
        fine = counted_by.heaps[Heap.FINE]
        parts = [(fine, _is(fine, "fine"))] if fine else []
        yield listed(_of_links([*parts, *rest], total)) or "nothing was read"
        if warnings := counted_by.documents[Severity.WARNING]:
            yield f"The text itself has {counted(warnings, 'warning')}"
        return
    wrong = _of_links(list(_wrong(counted_by)), total)
    if errors := counted_by.documents[Severity.ERROR]:
        wrong.append(f"the text itself has {counted(errors, 'error')}")
    yield listed(wrong)
    if rest:
        yield listed([f"{count:,} {phrase}" for count, phrase in rest])
    if warnings := counted_by.documents[Severity.WARNING]:
        yield f"The text itself has {counted(warnings, 'warning')}"
    if counted_by.replacements:
        need = counted_by.need_a_person
        needs = f", {need:,} {'needs' if need == 1 else 'need'} you" if need else ""
        yield f"{counted(counted_by.replacements, 'replacement')} found{needs}"


def is_all_fine(report: Report, counted_by: Tally) -> bool:
    """Tell whether there is nothing to do, to decide or to wait for."""
    return (
        report.run.complete
        and not counted_by.errors
        and not counted_by.documents[Severity.WARNING]
        and not any(counted_by.heaps[heap] for heap in (Heap.DO, Heap.DECIDE, Heap.WAITING, Heap.NOTED))
    )


def all_fine(report: Report, counted_by: Tally) -> str:
    """Say that everything is fine, or that there was nothing to check; without a full stop."""
    total, fine, left_out = report.summary.references, counted_by.heaps[Heap.FINE], counted_by.heaps[Heap.DESIGN]
    if not total:
        return "There are no links"
    if not fine:
        return f"There is nothing to check: {counted(total, 'link')}, left out by design"
    unseen = f"; the content of {counted_by.unseen:,} could not be judged" if counted_by.unseen else ""
    if not left_out:
        return f"The only link is fine{unseen}" if total == 1 else f"{_all(fine)} links are fine{unseen}"
    checked = "The only link to check is" if fine == 1 else f"{_all(fine)} links to check are"
    return f"{checked} fine; {left_out:,} {'was' if left_out == 1 else 'were'} left out by design{unseen}"


def _name(key: str, count: int) -> str:
    one, many = _NAMES.get(key, (key, key))
    return one if count == 1 else many


def _of_links(parts: Sequence[tuple[int, str]], total: int) -> list[str]:
    """Put counts before their phrases; the first says of how many."""
    said = [f"{count:,} {phrase}" for count, phrase in parts]
    if parts:
        count, phrase = parts[0]
        said[0] = f"the only link {phrase}" if total == 1 else f"{count:,} of {total:,} links {phrase}"
    return said


def _wrong(counted_by: Tally) -> Iterator[tuple[int, str]]:
    for problem, count in sorted(counted_by.problems.items(), key=lambda item: (-item[1], item[0])):
        one, many = _PROBLEMS.get(problem, (f"has an error ({problem})", f"have errors ({problem})"))
        yield count, one if count == 1 else many


def _rest(counted_by: Tally, run: RunInfo) -> Iterator[tuple[int, str]]:
    """Say what is neither fine nor wrong for certain."""
    if count := counted_by.attention.total():
        yield count, f"{'needs' if count == 1 else 'need'} a look ({counts(counted_by.attention)})"
    if count := counted_by.waiting.total():
        why = _waiting(counted_by.waiting)
        yield (
            count,
            f"{_is(count, 'not checked', past=True)} ({why})" if run.offline else f"could not be checked ({why})",
        )
    if count := counted_by.heaps[Heap.NOTED]:
        yield count, _is(count, "noted")
    if count := counted_by.unseen:
        yield count, f"{'answers' if count == 1 else 'answer'} with content that could not be judged"


def _all(count: int) -> str:
    return "Both" if count == 2 else f"All {count:,}"


def _is(count: int, state: str, *, past: bool = False) -> str:
    verb = ("was" if past else "is") if count == 1 else ("were" if past else "are")
    return f"{verb} {state}"


def _waiting(waiting: Mapping[ReasonCode, int]) -> str:
    return listed([_WAITING.get(code, code.value) for code in sorted(waiting)])


def _speakers(claims: Sequence[Claim]) -> list[str]:
    return list(dict.fromkeys(claim.said_by for claim in claims))


_DIGITS = re.compile(r"/([12][0-9]{3})([0-9]{2})([0-9]{2})[0-9]{0,6}(?:[a-z]{2}_)?/")
_SLUGS = {"agrees": "agree", "contradicts": "differ"}
_SPOKEN = {WRONG_PAGE: "wrong page"}
_VALIDATED = {True: "validated", False: "shows something else", None: "not validated"}
_ANSWERS = {
    ArchiveAnswer.NONE: "no capture",
    ArchiveAnswer.FAILED: "captures unknown: the archive did not answer",
    ArchiveAnswer.NOT_ASKED: "captures unknown: the archive was not asked",
}
_WAITING = {ReasonCode.OFFLINE: "offline", ReasonCode.NETWORK: "no network", ReasonCode.NOT_ASKED: "not asked"}
_NAMES = {
    "private-address": ("private address", "private addresses"),
    "example-address": ("example address", "example addresses"),
    "template": ("template", "templates"),
    "outside-root": ("outside the root", "outside the root"),
    "no-base": ("relative without a base", "relative without a base"),
    "scheme": ("other scheme", "other schemes"),
}
_PROBLEMS = {
    "placeholder": ("has lost its target", "have lost their target"),
    "dead": ("is dead", "are dead"),
    "missing-file": ("points to a missing file", "point to missing files"),
    "missing-fragment": ("names a place that its page lacks", "name places that their pages lack"),
    WRONG_PAGE: ("points to the wrong page", "point to the wrong page"),
    "soft-404": ("answers without the page that was cited", "answer without the pages that were cited"),
    "usurped": ("leads to somebody else's site", "lead to somebody else's sites"),
    "invalid": ("is not a URL", "are not URLs"),
    "drifted": ("no longer shows what was cited", "no longer show what was cited"),
    "blocked": ("is behind a wall", "are behind walls"),
    "unreachable": ("cannot be reached", "cannot be reached"),
}
