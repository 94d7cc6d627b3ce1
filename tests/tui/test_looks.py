import pytest

from linkcheck.model import Judgement, Reason, ReasonCode, Verdict
from linkcheck.render.triage import Heap
from linkcheck.tui.looks import early_heap, early_look, look_of
from tests.render import staged


def judgement(verdict: Verdict, code: ReasonCode = ReasonCode.ANSWERED) -> Judgement:
    return Judgement(verdict, Reason(code, ""))


@pytest.mark.parametrize("verdict", set(Verdict) - {Verdict.SKIPPED})
def test_a_first_answer_is_said_with_its_word_and_a_glyph(verdict: Verdict) -> None:
    look = early_look(judgement(verdict))

    assert look.word == verdict.value
    assert len(look.glyph) == 1


@pytest.mark.parametrize("verdict", [Verdict.DEAD, Verdict.SOFT_404, Verdict.USURPED, Verdict.DRIFTED])
def test_what_looks_bad_at_first_is_a_question_and_no_error(verdict: Verdict) -> None:
    look = early_look(judgement(verdict))

    assert (look.glyph, look.ink) == ("?", "warning")
    assert early_heap(judgement(verdict)) is Heap.DO


def test_what_was_skipped_says_why() -> None:
    wanted, unwanted = ReasonCode.OFFLINE, ReasonCode.SCHEME

    assert early_look(judgement(Verdict.SKIPPED, wanted)).word == "offline"
    assert early_heap(judgement(Verdict.SKIPPED, wanted)) is Heap.WAITING
    assert early_heap(judgement(Verdict.SKIPPED, unwanted)) is Heap.DESIGN


def test_glyph_and_ink_never_contradict_each_other() -> None:
    looks = {look_of(row) for make in staged.REPORTS.values() for row in make().references()}
    inks = {(look.glyph, look.ink) for look in looks}

    assert {glyph for glyph, ink in inks if ink == "error"} == {"✗"}
    assert {glyph for glyph, ink in inks if ink == "fine"} == {"✔"}
    assert "✗" not in {glyph for glyph, ink in inks if ink != "error"}
