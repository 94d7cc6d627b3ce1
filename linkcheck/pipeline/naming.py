"""Asks the archives what those pages were called when they were cited that are not called so now."""

from collections import Counter
from datetime import datetime

import anyio.lowlevel

from linkcheck import uri
from linkcheck.archives.api import Evaluate
from linkcheck.detect.api import Then
from linkcheck.detect.naming import names_of
from linkcheck.detect.text_target_mismatch import differs as differs_from_text
from linkcheck.detect.title_mismatch import differs as differs_from_title
from linkcheck.fetch.converse import converse
from linkcheck.model import Captures, Conversation, DocumentRow, Lookup, Once, Request, Response, Role, ask
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.evaluating import evaluating
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.mentioning import mention_of
from linkcheck.pipeline.targeting import instant_of, target_of
from linkcheck.store import Met

MOST = 20
"""Pages that one document cites by another name, and that archives are asked about."""
_OFTEN = 500


async def recall_names(line: Line) -> None:
    """Note the names of that time, where there is a capture; lost links have been looked up before."""
    line.named_then.clear()
    if not line.archives:
        return
    documents = dict(line.journal.documents())
    asked: Counter[int] = Counter()
    for number, met in enumerate(line.journal.references()):
        if number % _OFTEN == 0:
            await anyio.lowlevel.checkpoint()  # so that it can be ended
        if asked[met.document] < MOST and _is_doubted(line, met, documents[met.document]):
            asked[met.document] += 1
            await line.job.commands.cleared()
            if then := await _then(line, met, documents[met.document]):
                line.named_then[met.seq] = then


def _is_doubted(line: Line, met: Met, row: DocumentRow) -> bool:
    reference, link = met.planned.reference, met.planned.plan.link
    is_named = reference.role is Role.RELATED or (reference.cited and reference.cited.title)
    if not is_named or uri.scheme_of(link or "") not in uri.WEB:
        return False
    mention = mention_of(line, met, row)
    return mention.facts is not None and (differs_from_title(mention) or differs_from_text(mention))


async def _then(line: Line, met: Met, row: DocumentRow) -> Then | None:
    at = instant_of(target_of(met.planned, row).day)
    looking = _looked_up(met.planned.plan.link or "", at, evaluating(line)) if at else None
    return await converse(looking, answering(line)) if looking else None


def _looked_up(url: str, at: datetime, evaluate: Evaluate) -> Conversation[Then | None]:
    """Look at the proven capture, else at the nearest: one that shows another page than was cited tells, too."""
    lookups: tuple[Lookup, ...] = yield from ask(Captures(url, at))
    mementos = [(one, (datetime.fromisoformat(one.datetime) - at).days) for each in lookups for one in each.mementos]
    if not mementos:
        return None
    memento, days = min(mementos, key=lambda one: (one[0].validated is not True, abs(one[1])))
    answer = yield from ask(Once(Request(memento.uri_raw or memento.uri_m)))
    if not isinstance(answer, Response) or answer.status != 200:
        return None
    shown = evaluate(url, answer)
    if shown.trouble or shown.doubt:
        return None
    return Then(names=names_of(shown.facts), at=memento.datetime, days=days, uri_m=memento.uri_m)
