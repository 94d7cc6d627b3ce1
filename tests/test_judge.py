"""The table of verdicts is total, and cries wolf nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkcheck.fetch.census import count
from linkcheck.judge import Network, World, fingerprint, judge_link, moved_to, needs_archive, refer
from linkcheck.model import (
    ArchiveAnswer,
    Check,
    Confidence,
    FailureKind,
    Finding,
    Hop,
    Judgement,
    Lookup,
    Memento,
    Reason,
    ReasonCode,
    RescueKind,
    Severity,
    Trouble,
    Verdict,
)

URL = "https://paper.org/story"
AT = "2026-11-24T14:02:00Z"


def check(status: int | None = None, failure: FailureKind | None = None, **said: object) -> Check:
    trouble = Trouble(failure, f"it was {failure}") if failure else None
    return Check(**{"at": AT, "status": status, "failure": trouble, **said})  # type: ignore[arg-type]  # test shorthand


def verdict(one: Check | None, url: str = URL, world: World | None = None) -> Judgement:
    return judge_link(url, one, (), {}, world or World()).judgement


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *[(status, Verdict.ALIVE) for status in (200, 203, 204, 206)],
        *[(status, Verdict.BLOCKED) for status in (400, 401, 402, 403, 405, 406, 418, 429, 451, 498, 999)],
        *[(status, Verdict.UNREACHABLE) for status in (100, 300, 304, 399, 500, 502, 503, 504, 520, 599, 600, 700)],
        (407, Verdict.UNREACHABLE),
        (404, Verdict.DEAD),
        (410, Verdict.DEAD),
    ],
)
def test_a_status_that_was_confirmed_gives_its_verdict(status: int, expected: Verdict) -> None:
    assert verdict(check(status, confirmed=True)).verdict is expected


@pytest.mark.parametrize("status", [404, 410])
def test_not_found_once_is_not_dead(status: int) -> None:
    judgement = verdict(check(status))

    assert judgement.verdict is Verdict.UNREACHABLE
    assert judgement.reason.code is ReasonCode.NOT_CONFIRMED


@pytest.mark.parametrize("kind", list(FailureKind))
def test_every_failure_has_a_verdict_and_only_a_confirmed_nxdomain_is_dead(kind: FailureKind) -> None:
    expected = {
        FailureKind.POLICY: Verdict.SKIPPED,
        FailureKind.BUDGET: Verdict.SKIPPED,
        FailureKind.NETWORK: Verdict.SKIPPED,
        FailureKind.DNS_NXDOMAIN: Verdict.DEAD,
    }
    assert verdict(check(failure=kind, confirmed=True)).verdict is expected.get(kind, Verdict.UNREACHABLE)
    assert verdict(check(failure=kind)).verdict is not Verdict.DEAD


@given(
    st.one_of(st.none(), st.integers(min_value=0, max_value=1200)),
    st.one_of(st.none(), st.sampled_from(FailureKind)),
    st.booleans(),
    st.sampled_from([URL, "https://x.invalid/", "http://127.0.0.1/", "https://example.com/a", "file:///a.md"]),
    st.booleans(),
)
def test_the_table_is_total_and_dead_is_never_said_without_evidence_asked_twice(
    status: int | None,
    failure: FailureKind | None,
    confirmed: bool,
    url: str,
    has_network: bool,
) -> None:
    one = check(status, failure, confirmed=confirmed)

    judgement = verdict(one, url, World(has_network=has_network))

    if judgement.verdict is Verdict.DEAD:
        assert confirmed
        assert failure is FailureKind.DNS_NXDOMAIN or (failure is None and status in {404, 410})
    assert judgement.reason.text


def test_without_network_nothing_that_needs_a_name_is_judged() -> None:
    offline = World(has_network=False)
    gone = check(failure=FailureKind.DNS_NXDOMAIN, confirmed=True)

    assert verdict(gone, world=offline).reason.code is ReasonCode.NETWORK
    assert verdict(gone, "https://nothing.invalid/", offline).verdict is Verdict.DEAD
    staged = World(has_network=False, overridden=frozenset({"paper.org"}))
    assert verdict(check(404, confirmed=True), world=staged).verdict is Verdict.DEAD
    assert verdict(check(failure=FailureKind.REFUSED), "http://127.0.0.1:1/", offline).verdict is Verdict.UNREACHABLE


@pytest.mark.parametrize("kind", [FailureKind.DNS_NXDOMAIN, FailureKind.DNS_TEMPORARY])
def test_a_host_that_is_overridden_at_another_port_needs_the_network_like_any(kind: FailureKind) -> None:
    """`--resolve paper.org:80:127.0.0.1` says nothing of https://paper.org, whose name was looked up in vain."""
    failed = check(failure=kind, confirmed=True)
    names = frozenset({"paper.org"})

    assert verdict(failed, world=World(has_network=False, overridden=names)).reason.code is ReasonCode.NETWORK
    assert count([(URL, failed)], names).has_failures


LYING = World(network=Network(lies=frozenset({"192.0.2.9"})))
CAPTIVE = World(network=Network(portal="login.hotel"))
LOST = World(network=Network(lost_since=AT))
REFUSED = check(failure=FailureKind.REFUSED, confirmed=True)


@pytest.mark.parametrize(
    ("one", "world"),
    [
        (check(200, hops=(Hop(URL, 200, address="192.0.2.9"),)), LYING),
        (check(404, confirmed=True, hops=(Hop(URL, 404, address="192.0.2.9"),)), LYING),
        (REFUSED, LYING),
        (check(200, final_url="http://login.hotel/"), CAPTIVE),
        (check(failure=FailureKind.TLS_HOSTNAME), CAPTIVE),
        (check(failure=FailureKind.DNS_NXDOMAIN, confirmed=True), LOST),
    ],
)
def test_a_network_that_does_not_tell_the_truth_suspends_judgement(one: Check, world: World) -> None:
    judgement = verdict(one, world=world)

    assert (judgement.verdict, judgement.reason.code) == (Verdict.SKIPPED, ReasonCode.NETWORK)


@pytest.mark.parametrize(
    ("one", "world", "url"),
    [
        (check(200, hops=(Hop(URL, 200, address="192.0.2.1"),)), LYING, URL),
        (check(200), CAPTIVE, URL),
        (check(200), LOST, URL),
        (check(failure=FailureKind.REFUSED, at="2026-11-24T14:01:59Z"), LOST, URL),
        (REFUSED, LYING, "http://192.0.2.9/"),
        (REFUSED, CAPTIVE, "http://192.0.2.1/"),
        (REFUSED, LOST, "http://192.0.2.1/"),
        (check(failure=FailureKind.POLICY), LYING, URL),
    ],
)
def test_what_the_network_cannot_have_spoilt_is_judged(one: Check, world: World, url: str) -> None:
    assert verdict(one, url=url, world=world).reason.code is not ReasonCode.NETWORK


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


def test_what_was_inferred_says_so() -> None:
    one = check(failure=FailureKind.DNS_NXDOMAIN, confirmed=True, inferred=True)

    assert verdict(one).verdict is Verdict.DEAD
    assert "not asked itself" in verdict(one).reason.text


def test_what_failed_is_the_host_at_the_end_of_the_redirects() -> None:
    """A page on this machine that redirects out says nothing about a host that an offline laptop cannot look up."""
    there = "https://elsewhere.org/"
    one = check(failure=FailureKind.DNS_NXDOMAIN, confirmed=True, final_url=there)

    for url in ("http://127.0.0.1:8000/a", "http://staged.org/a"):
        world = World(has_network=False, overridden=frozenset({"staged.org"}))
        assert verdict(one, url, world).reason.code is ReasonCode.NETWORK


def test_a_redirect_to_where_we_do_not_go_waits_for_a_person() -> None:
    one = check(failure=FailureKind.POLICY, hops=(Hop(URL, 302),), final_url="http://127.0.0.1/")

    assert verdict(one).reason.code is ReasonCode.POLICY
    assert not ReasonCode.POLICY.is_by_design


def refused(reason: ReasonCode | None, kind: FailureKind = FailureKind.POLICY, **said: object) -> Check:
    return structs.replace(check(**said), failure=Trouble(kind, "it may not be", reason))  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("reason", [ReasonCode.PRIVATE_ADDRESS, ReasonCode.OUTSIDE_ROOT, ReasonCode.POLICY])
def test_whoever_forbids_a_link_says_which_rule_it_is(reason: ReasonCode) -> None:
    assert verdict(refused(reason)) == Judgement(Verdict.SKIPPED, Reason(reason, "it may not be"))
    assert verdict(refused(None)).reason.code is ReasonCode.POLICY


def test_a_redirect_to_what_robots_txt_forbids_leads_to_where_we_do_go() -> None:
    led = {"hops": (Hop(URL, 302),), "final_url": "https://paper.org/archive/"}

    assert verdict(refused(ReasonCode.POLICY, **led)).reason.text == "it may not be"
    assert verdict(refused(ReasonCode.PRIVATE_ADDRESS, **led)).reason == Reason(
        ReasonCode.POLICY, "redirects to where we do not go: it may not be"
    )


def test_what_this_machine_was_too_busy_to_hear_is_unreachable_and_without_a_network_skipped() -> None:
    busy = refused(ReasonCode.BUSY, FailureKind.NETWORK, confirmed=True)

    assert verdict(busy) == Judgement(Verdict.UNREACHABLE, Reason(ReasonCode.BUSY, "it may not be"))
    assert verdict(busy, world=World(has_network=False)).reason.code is ReasonCode.NETWORK


def test_a_failing_example_address_is_nobodys_fault() -> None:
    assert verdict(check(404, confirmed=True), "https://www.example.com/x").reason.code is ReasonCode.EXAMPLE_ADDRESS
    for status in (100, 304, 403, 429, 500):
        assert verdict(check(status), "http://demo.test/").reason.code is ReasonCode.EXAMPLE_ADDRESS
    assert verdict(check(failure=FailureKind.REFUSED), "http://nas.local/").reason.code is ReasonCode.EXAMPLE_ADDRESS
    assert verdict(check(200), "https://www.example.com/").verdict is Verdict.ALIVE
    assert verdict(check(404, confirmed=True), "https://x.invalid/").verdict is Verdict.DEAD
    assert verdict(check(404, confirmed=True), "https://example.com.paper.org/").verdict is Verdict.DEAD
    staged = World(overridden=frozenset({"www.example.com"}))
    assert verdict(check(404, confirmed=True), "https://www.example.com/x", staged).verdict is Verdict.DEAD


def test_what_was_not_asked_says_why() -> None:
    assert verdict(None, world=World(is_offline=True)).reason.code is ReasonCode.OFFLINE
    assert verdict(None).reason.code is ReasonCode.NOT_ASKED


def test_a_local_file_is_there_or_dead() -> None:
    assert verdict(check(exists=True), "file:///a.md").verdict is Verdict.ALIVE
    assert verdict(check(exists=False), "file:///a.md").verdict is Verdict.DEAD
    outside = refused(ReasonCode.OUTSIDE_ROOT)
    assert verdict(outside, "file:///a.md").reason.code is ReasonCode.OUTSIDE_ROOT


def hops(*steps: tuple[str, int]) -> tuple[Hop, ...]:
    return tuple(Hop(url, status) for url, status in steps)


@pytest.mark.parametrize(
    ("chain", "target"),
    [
        (hops((URL, 200)), None),
        (hops((URL, 301), ("https://paper.org/new", 200)), "https://paper.org/new"),
        (hops((URL, 308), ("https://paper.org/b", 301), ("https://paper.org/c", 200)), "https://paper.org/c"),
        (hops((URL, 302), ("https://paper.org/new", 200)), None),
        (hops((URL, 301), ("https://paper.org/b", 302), ("https://paper.org/c", 200)), "https://paper.org/b"),
        (hops((URL, 302), ("https://paper.org/b", 301), ("https://paper.org/c", 200)), None),
        (hops((URL, 301), (f"{URL}#part", 200)), None),
    ],
)
def test_a_link_moved_as_far_as_permanent_redirects_lead(chain: tuple[Hop, ...], target: str | None) -> None:
    one = check(200, hops=chain, final_url=chain[-1].url)

    assert moved_to(URL, one) == target
    assert verdict(one).verdict is (Verdict.MOVED if target else Verdict.ALIVE)


def test_a_redirect_that_ends_badly_moved_nowhere() -> None:
    one = check(404, hops=hops((URL, 301), ("https://paper.org/new", 404)), confirmed=True)

    assert moved_to(URL, one) is None
    assert verdict(one).verdict is Verdict.DEAD


def finding(rule: str, confidence: Confidence = Confidence.HIGH) -> Finding:
    return Finding(rule=rule, severity=Severity.ERROR, confidence=confidence, message=f"{rule}!", next="Look.")


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
    [(200, Verdict.BLOCKED), (403, Verdict.BLOCKED), (404, Verdict.DEAD), (503, Verdict.UNREACHABLE)],
)
def test_a_likely_wall_excuses_no_error(status: int, expected: Verdict) -> None:
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


def memento(validated: bool | None = None) -> Memento:
    return Memento(archive="wayback", uri_m="https://a.org/1/x", datetime="2017-02-14T00:00:00Z", validated=validated)


def test_a_dead_link_is_told_its_capture() -> None:
    opinion = judge_link(URL, check(404, confirmed=True), (), {}, World())
    found = Lookup(archive="wayback", answer=ArchiveAnswer.FOUND, mementos=(memento(),))

    told = refer(URL, opinion, (), (found,), World())

    assert "https://a.org/1/x" in told.findings[0].next
    assert [one.kind for one in told.rescues] == [RescueKind.MEMENTO]
    assert told.archives[0].answer is ArchiveAnswer.FOUND


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ArchiveAnswer.NONE, "no archive that was asked"),
        (ArchiveAnswer.FAILED, "run again"),
        (ArchiveAnswer.NOT_ASKED, "run again"),
    ],
)
def test_an_archive_that_was_not_heard_is_never_called_empty(answer: ArchiveAnswer, words: str) -> None:
    opinion = judge_link(URL, check(404, confirmed=True), (), {}, World())

    told = refer(URL, opinion, (), (Lookup(archive="wayback", answer=answer),), World())

    assert words in told.findings[0].next


def test_a_capture_that_was_seen_to_be_wrong_is_not_offered() -> None:
    opinion = judge_link(URL, check(404, confirmed=True), (), {}, World())
    found = Lookup(archive="wayback", answer=ArchiveAnswer.FOUND, mementos=(memento(validated=False),))

    assert refer(URL, opinion, (), (found,), World()).rescues == ()


def test_a_link_to_the_wrong_page_is_offered_no_copy_of_it() -> None:
    opinion = judge_link(URL, check(404, confirmed=True), (), {}, World())
    found = Lookup(archive="wayback", answer=ArchiveAnswer.FOUND, mementos=(memento(),))
    wrong = finding("self-reference")

    told = refer(URL, opinion, (wrong,), (found,), World())

    assert told.rescues == ()
    assert {one.next for one in told.findings} == {wrong.next}


def test_a_moved_link_is_told_its_address() -> None:
    one = check(200, hops=hops((URL, 301), ("https://paper.org/new", 200)), final_url="https://paper.org/new")

    told = refer(URL, judge_link(URL, one, (), {}, World()), (), (), World())

    assert told.rescues[0].url == "https://paper.org/new"
    assert told.findings[0].next == "Update the link to https://paper.org/new"


def test_a_moved_link_keeps_its_fragment_unless_the_page_lacks_it() -> None:
    one = check(200, hops=hops((URL, 301), ("https://paper.org/new", 200)), final_url="https://paper.org/new")
    opinion = judge_link(URL, one, (), {}, World())
    lacking = structs.replace(
        opinion, findings=(*opinion.findings, structs.replace(finding("missing-fragment"), evidence={"fragment": "b"}))
    )

    assert refer(URL, opinion, (), (), World(), fragment="b").rescues[0].url == "https://paper.org/new#b"
    assert refer(URL, lacking, (), (), World(), fragment="b").rescues[0].url == "https://paper.org/new"


def test_archives_help_where_content_is_lost() -> None:
    assert {word for word in Verdict if needs_archive(word)} == {
        Verdict.DEAD,
        Verdict.SOFT_404,
        Verdict.USURPED,
        Verdict.DRIFTED,
    }


def test_a_fingerprint_survives_the_moving_of_the_line() -> None:
    assert fingerprint("a.md", URL, 0) == fingerprint("a.md", URL, 0)
    assert len({fingerprint("a.md", URL, 0), fingerprint("a.md", URL, 1), fingerprint("b.md", URL, 0)}) == 3


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
