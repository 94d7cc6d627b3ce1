"""One entry of a list in the Markdown report: what it is, why, what to put there, and the evidence folded away."""

from collections.abc import Iterator

from linkcheck.model import WRONG_PAGE, ReferenceRow, RescueKind, Verdict
from linkcheck.render.counting import minute
from linkcheck.render.escape import code, inline, link, plain, sentence
from linkcheck.render.fit import EXACT, end
from linkcheck.render.triage import candidates_of, replacement_of, said_of, word_of
from linkcheck.render.wording import capture, capture_of, now_of, proof, shortened, spoken, standing

TEXT = 60
"""Cells of an anchor text."""

SENTENCE = 300
"""Cells of a reason or a piece of evidence."""

ITEMS = 200
"""Entries of one list about one document."""


def item(marker: str, first: str, *lines: str) -> Iterator[str]:
    """Give a list item; what belongs to it is indented as far as its marker is wide."""
    yield f"{marker}{first}"
    yield from (f"{' ' * len(marker)}{line}" if line else "" for line in lines)


def headline(row: ReferenceRow) -> str:
    """Give where it stands, and what is wrong with it."""
    text = plain(row.text)
    what = f', "{inline(end(text, TEXT))}"' if text else ""
    word = "lost target" if row.verdict is Verdict.PLACEHOLDER else inline(spoken(word_of(row)))
    return f"**Line {row.line}{what}**: {word}"


def details(row: ReferenceRow) -> Iterator[str]:
    """Give what stands below an entry: why, the replacement, what to do, and the evidence."""
    said = said_of(row, notes=False)
    if row.verdict is not Verdict.PLACEHOLDER:
        yield f"- {code(end(row.raw, EXACT))}"
    yield from dict.fromkeys(f"- {sentence(end(finding.message, SENTENCE))}" for finding in said)
    if stands := standing(row):
        yield f"- Over time: {inline(stands)}"
    replacement = replacement_of(row)
    if replacement:
        yield f"- {_replacement(row, replacement)}"
    elif row.verdict is not Verdict.ALIVE and word_of(row) != WRONG_PAGE and (found := capture_of(row)):
        best = row.mementos[0] if row.mementos else None
        yield f"- {link(inline(found), best.uri_m) if best else inline(end(found, SENTENCE))}"
    todo = (finding.next for finding in said if not (replacement and replacement in finding.next))
    yield from dict.fromkeys(f"- {sentence(end(text, EXACT))}" for text in todo if text)
    if candidates := candidates_of(row):
        yield from ("", "| | Candidate | Title | Now | Score |", "|---|---|---|---|--:|")
        for letter, one in zip("abcde", candidates, strict=False):
            title = inline(end(str(one.evidence.get("title", "")), TEXT))
            now = sentence(end(now_of(one) or "", SENTENCE))
            yield f"| {letter}) | {code(end(one.uri_m or one.url, EXACT))} | {title} | {now} | {one.confidence:.2f} |"
        yield ""
    if evidence := list(_evidence(row)):
        yield from ("<details><summary>Evidence</summary>", "", *evidence, "", "</details>", "")


def _replacement(row: ReferenceRow, replacement: str) -> str:
    """Say what to put there, and how far it can be trusted."""
    if not row.rescues:
        return f"Use {link(inline(f'capture {capture(row.mementos[0])}'), replacement)}"
    best = row.rescues[0]
    if best.kind is RescueKind.MEMENTO:
        label = next((f"capture {capture(one)}" for one in row.mementos if one.uri_m == replacement), best.message)
        return f"Use {link(inline(end(label, SENTENCE)), replacement)}"
    if best.kind is not RescueKind.RECOVERED:
        trust = f"{inline(end(best.message, SENTENCE))}, confidence {best.confidence:.2f}"
        return f"Replace with {code(end(replacement, EXACT))} ({trust})"
    state = inline(end(now_of(best) or "", SENTENCE))
    now = f"{state}{', ' if state else ''}confidence {best.confidence:.2f}"
    why = inline(end(shortened(best), SENTENCE))
    if best.uri_m:
        return f"It was {code(end(best.url, EXACT))} ({now}); use {code(end(replacement, EXACT))}. Why: {why}"
    return f"Replace with {code(end(replacement, EXACT))} ({now}). Why: {why}"


def _evidence(row: ReferenceRow) -> Iterator[str]:
    """Give what findings, rescues and archives rest on, as far as it says more than their words."""
    sources = [(finding.rule, finding.evidence) for finding in row.findings]
    sources += [(rescue.kind.value, rescue.evidence) for rescue in row.rescues[:5]]
    for name, evidence in sources:
        told = {key: str(value) for key, value in evidence.items() if key != "reason" and value is not None}
        pairs = [f"{inline(key)} {code(end(value, SENTENCE))}" for key, value in told.items()]
        if pairs:
            yield f"- {inline(name)}: {', '.join(pairs[:20])}"
    for archive in row.archives:
        words = [archive.answer.value, archive.reason, archive.at and f"at {minute(archive.at)}"]
        yield f"- {inline(archive.archive)}: {inline(end(', '.join(word for word in words if word), SENTENCE))}"
    for memento in row.mementos[:5]:
        if shown := proof(memento):
            said = f"{memento.archive}, capture of {memento.datetime[:10]}: {shown}"
            yield f"- {inline(end(said, SENTENCE))}"


def and_more(count: int) -> Iterator[str]:
    """Say how many entries are not shown, if any."""
    if count > 0:
        yield from ("", f"And {count:,} more; the JSON report has all.")
