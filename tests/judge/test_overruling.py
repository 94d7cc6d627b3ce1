"""Findings overrule what only looks alive; every verdict has one finding of its own, as sure as what it rests on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkcheck.judge import World, judge_link, refer
from linkcheck.model import Confidence, Finding, Hop, Judgement, Reason, ReasonCode, Severity, Verdict
from tests.judge.making import URL, check, finding, hops, verdict


def test_a_status_that_the_config_accepts_is_alive_and_says_so() -> None:
    world = World(accepted={"paper.org": frozenset({403}), "paper.org:8443": frozenset({404})})
    wall = Finding(rule="bot-wall", severity=Severity.WARNING, message="a bot wall", next="Look.")

    opinion = judge_link(URL, check(403), [wall], {"bot-wall": Verdict.BLOCKED}, world)

    assert opinion.judgement == Judgement(
        Verdict.ALIVE, Reason(ReasonCode.ACCEPTED, "403 Forbidden, accepted by config")
    )
    assert opinion.findings == ()
    assert verdict(check(404, confirmed=True), world=world).verdict is Verdict.DEAD
    assert verdict(check(404), "https://paper.org:8443/a", world).verdict is Verdict.ALIVE
    assert verdict(check(403), "https://paper.org:8443/a", world).verdict is Verdict.BLOCKED
    assert verdict(check(403), "https://other.org/a", world).verdict is Verdict.BLOCKED


def test_a_detector_overrules_only_what_seems_alive() -> None:
    suggests = {"homepage-redirect": Verdict.SOFT_404}
    seen = (finding("homepage-redirect"),)

    assert judge_link(URL, check(200), seen, suggests, World()).judgement.verdict is Verdict.SOFT_404
    assert judge_link(URL, check(403), seen, suggests, World()).judgement.verdict is Verdict.BLOCKED
    unsure = (finding("homepage-redirect", Confidence.LOW),)
    assert judge_link(URL, check(200), unsure, suggests, World()).judgement.verdict is Verdict.ALIVE


WALL = {"bot-wall": Verdict.BLOCKED, "homepage-redirect": Verdict.SOFT_404}


@pytest.mark.parametrize("status", [200, 403, 404, 410, 429, 500, 503, 520])
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_wall_that_is_certain_overrules_any_status(status: int, confirmed: bool) -> None:
    opinion = judge_link(URL, check(status, confirmed=confirmed), (finding("bot-wall"),), WALL, World())

    assert opinion.judgement == Judgement(Verdict.BLOCKED, Reason(ReasonCode.WALL, "bot-wall!"))


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, Verdict.BLOCKED), (403, Verdict.BLOCKED), (404, Verdict.DEAD), (503, Verdict.BLOCKED)],
)
def test_a_likely_wall_excuses_no_missing_page(status: int, expected: Verdict) -> None:
    seen = (finding("bot-wall", Confidence.MEDIUM),)

    assert judge_link(URL, check(status, confirmed=True), seen, WALL, World()).judgement.verdict is expected


def test_a_wall_says_nothing_of_a_failure_a_law_or_an_example() -> None:
    seen = (finding("bot-wall"),)

    assert judge_link(URL, check(451), seen, WALL, World()).judgement.reason.code is ReasonCode.LEGAL
    example = judge_link("https://www.example.com/x", check(403), seen, WALL, World()).judgement
    assert example.reason.code is ReasonCode.EXAMPLE_ADDRESS


def test_of_two_that_are_as_certain_the_wall_is_believed() -> None:
    seen = (finding("homepage-redirect"), finding("bot-wall"))

    assert judge_link(URL, check(200), seen, WALL, World()).judgement.verdict is Verdict.BLOCKED
    likely = (finding("homepage-redirect"), finding("bot-wall", Confidence.MEDIUM))
    assert judge_link(URL, check(200), likely, WALL, World()).judgement.verdict is Verdict.SOFT_404


def test_what_to_do_about_a_wall_is_said_by_whoever_saw_it() -> None:
    opinion = judge_link(URL, check(403), (finding("bot-wall"),), WALL, World())

    assert [one.next for one in opinion.findings] == ["Look.", "Look."]
    assert [one.next for one in refer(URL, opinion, (), (), World()).findings] == ["Look.", "Look."]


def test_a_proxy_of_ours_is_no_wall_of_theirs() -> None:
    judgement = verdict(check(407))

    assert (judgement.verdict, judgement.reason.code) == (Verdict.UNREACHABLE, ReasonCode.FAILURE)
    assert "proxy on our side" in judgement.reason.text


@given(st.sampled_from(Verdict))
def test_every_verdict_but_alive_and_skipped_makes_exactly_one_finding_of_its_name(word: Verdict) -> None:
    judgement = Judgement(word, Reason(ReasonCode.CONTENT, "because"))
    opinion = judge_link(URL, check(200), (finding("r"),), {"r": word}, World())
    wanted = 0 if word in {Verdict.ALIVE, Verdict.SKIPPED} else 1

    assert [one.rule for one in opinion.findings].count(word) == wanted
    told = refer(URL, opinion, (), (), World())
    assert [one.rule for one in told.findings].count(word) == wanted
    assert judgement.verdict == told.judgement.verdict
    assert all(one.next for one in told.findings)


def test_the_config_weighs_rules() -> None:
    world = World(severities={"dead": Severity.NOTE})
    opinion = judge_link(URL, check(404, confirmed=True), (), {}, world)

    assert opinion.findings[0].severity is Severity.NOTE


RIVALS = {
    "parked-domain": Verdict.USURPED,
    "default-page": Verdict.SOFT_404,
    "soft-404": Verdict.SOFT_404,
    "content-drift": Verdict.DRIFTED,
    "trouble-page": Verdict.UNREACHABLE,
    "bot-wall": Verdict.BLOCKED,
    "permanent-redirect": Verdict.ALIVE,
}

MOVED_TO = hops((URL, 301), ("https://paper.org/new", 200))


def test_evidence_against_it_lowers_the_confidence_of_a_verdict_and_is_told() -> None:
    seen = (finding("parked-domain"), finding("default-page", Confidence.MEDIUM))
    opinion = judge_link(URL, check(200), seen, RIVALS, World())
    headline, parked, other = opinion.findings

    assert (opinion.judgement.verdict, headline.rule, parked.rule) == (Verdict.USURPED, "usurped", "parked-domain")
    assert headline.confidence is Confidence.MEDIUM
    assert headline.evidence["against"] == ["default-page: default-page!"]
    assert (other.severity, other.confidence) == (Severity.NOTE, Confidence.LOW)
    assert other.evidence["outweighed_by"] == "parked-domain!"


def test_who_agrees_lowers_nothing() -> None:
    seen = (finding("default-page"), finding("soft-404", Confidence.MEDIUM))
    opinion = judge_link(URL, check(200), seen, RIVALS, World())

    assert [one.rule for one in opinion.findings] == ["soft-404", "default-page"]
    assert opinion.findings[0].confidence is Confidence.HIGH
    assert "against" not in opinion.findings[0].evidence


def test_a_rule_that_is_a_verdict_makes_no_second_finding_and_its_evidence_is_kept() -> None:
    seen = (structs.replace(finding("soft-404"), evidence={"likeness": 1.0}),)
    opinion = judge_link(URL, check(200), seen, RIVALS, World())
    told = refer(URL, opinion, (), (), World())

    assert [one.rule for one in opinion.findings] == ["soft-404"]
    assert told.findings[0].evidence == {"reason": "content", "likeness": 1.0}
    assert told.findings[0].confidence is Confidence.HIGH


def test_who_pleads_for_a_link_keeps_it_where_it_is() -> None:
    plea = (finding("permanent-redirect"),)
    moved = check(200, hops=MOVED_TO, final_url="https://paper.org/new")

    assert judge_link(URL, moved, (), RIVALS, World()).judgement.verdict is Verdict.MOVED
    assert judge_link(URL, moved, plea, RIVALS, World()).judgement.verdict is Verdict.ALIVE
    lost = judge_link(URL, moved, (*plea, finding("soft-404", Confidence.MEDIUM)), RIVALS, World())
    assert lost.judgement.verdict is Verdict.SOFT_404
    assert [one.rule for one in lost.findings] == ["soft-404"]


def test_a_parked_domain_is_one_whatever_its_status() -> None:
    for status in (200, 403, 404, 503):
        opinion = judge_link(URL, check(status, confirmed=True), (finding("parked-domain"),), RIVALS, World())
        assert opinion.judgement.verdict is Verdict.USURPED
    unsure = (finding("parked-domain", Confidence.MEDIUM),)
    assert judge_link(URL, check(404, confirmed=True), unsure, RIVALS, World()).judgement.verdict is Verdict.DEAD


@given(
    st.lists(st.builds(finding, st.sampled_from(sorted(RIVALS)), st.sampled_from(Confidence)), max_size=5),
    st.sampled_from([200, 204, 301, 403, 404, 451, 503]),
    st.sampled_from([(), MOVED_TO]),
)
def test_whatever_is_found_there_is_one_word_with_one_finding(
    seen: list[Finding], status: int, chain: tuple[Hop, ...]
) -> None:
    opinion = judge_link(URL, check(status, hops=chain, confirmed=True), seen, RIVALS, World())

    word = opinion.judgement.verdict
    own = [one for one in opinion.findings if one.rule == word]
    assert len(own) == (word not in {Verdict.ALIVE, Verdict.SKIPPED})
    assert not [one for one in opinion.findings if one.rule in set(Verdict) - {word}]


@pytest.mark.parametrize("rule", ["missing-fragment", "missing-text-fragment"])
def test_a_page_that_stands_in_for_the_cited_one_is_not_blamed_for_a_place_that_it_lacks(rule: str) -> None:
    lacking = Finding(rule=rule, severity=Severity.WARNING, message="the page has no #intro", next="Correct it.")
    gone = Finding(rule="not-there", severity=Severity.ERROR, message="it says so", next="Look.")

    lost = judge_link(URL, check(200), [lacking, gone], {"not-there": Verdict.SOFT_404}, World())
    alive = judge_link(URL, check(200), [lacking], {}, World())

    assert lost.judgement.verdict is Verdict.SOFT_404
    assert rule not in {one.rule for one in lost.findings}
    assert rule in {one.rule for one in alive.findings}
