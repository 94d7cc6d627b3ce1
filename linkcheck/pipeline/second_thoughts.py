"""What all pages of a site together make worth a second thought: late fragments, and pages that say the same."""

from msgspec import structs

from linkcheck.detect import missing_fragment, repeated_text
from linkcheck.extract.fragments import Anchors, match
from linkcheck.model import Observe
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.line import Line
from linkcheck.store import Seen, second_thoughts
from linkcheck.traps import Traps


def answer_late(line: Line) -> list[Seen]:
    """Answer for fragments that were asked of pages when these had been read; they are not asked again."""
    answered = []
    for late in second_thoughts.late(line.journal.database, line.journal.run):
        if late.anchors is None or late.seen.check is None:
            continue
        anchors = Anchors(dict.fromkeys(late.anchors))
        answers = {name: match(name, anchors, is_complete=True, is_local=False) for name in late.link.fragments}
        check = structs.replace(late.seen.check, fragments={**late.seen.check.fragments, **answers})
        said = [missing_fragment.finding(name, answer, is_local=False) for name, answer in answers.items()]
        findings = (*late.seen.findings, *(finding for finding in said if finding))
        answered.append(Seen(late.link.id, check, findings))
    return answered


async def notice_storms(line: Line, traps: Traps) -> list[Seen]:
    """Say of pages that have the same words as many others that they are one; a page that cannot exist decides."""
    observe, noticed = answering(line)[Observe], list[Seen]()
    database, run = line.journal.database, line.journal.run
    for repeated in second_thoughts.repeated(database, run, repeated_text.LEAST):
        looks = second_thoughts.seen(database, run, repeated.links)
        seen = [one for one in looks if one.check and not traps.holds(one.check.final_url or "")]
        if len(seen) < repeated_text.LEAST or seen[0].check is None or any(map(_is_noticed, seen)):
            continue
        url = seen[0].check.final_url or ""
        other = await observe(Observe(repeated_text.impossible(url, run)))
        is_catch_all = other.status == 200 and other.facts is not None and other.facts.text_digest == repeated.digest
        said = repeated_text.finding(len(seen), seen[0].check.title, is_catch_all=is_catch_all)
        noticed += [structs.replace(one, findings=(*one.findings, said)) for one in seen]
    return noticed


def _is_noticed(seen: Seen) -> bool:
    """Tell a page of which it has been said before the run was broken off."""
    return any(one.rule == repeated_text.RULE for one in seen.findings)
