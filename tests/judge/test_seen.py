"""The table of verdicts is total, and cries wolf nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkcheck.fetch.census import count
from linkcheck.judge import World
from linkcheck.judge.seen import moved_to
from linkcheck.judge.world import Network
from linkcheck.model import Check, FailureKind, Hop, Judgement, Reason, ReasonCode, Trouble, Verdict
from tests.judge.making import AT, URL, check, hops, verdict


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


DENIED = {"failure": FailureKind.DNS_UNPROVEN, "confirmed": True}
ABSENT = {"failure": FailureKind.DNS_NXDOMAIN, "confirmed": True}


@pytest.mark.parametrize(
    ("one", "url", "network", "text"),
    [
        (DENIED, "http://gone.org/", Network(), "does not answer for the web: it was"),
        (DENIED, "http://a.cmo/", Network(), ".cmo is no top-level domain of the internet: mistyped, or of another"),
        (DENIED, "http://a.cmo/", Network(is_closed=True), "it knows no names of the internet (it was dns-unproven)"),
        (
            ABSENT,
            "http://gone.org/",
            Network(is_closed=True),
            "does not answer",
        ),
        (
            ABSENT,
            "http://gone.org/",
            Network(unproven={"org": "y"}),
            "y (it was dns-nxdomain)",
        ),
    ],
)
def test_a_denial_that_proves_nothing_is_not_dead(
    one: dict[str, object], url: str, network: Network, text: str
) -> None:
    judgement = verdict(check(**one), url, World(network=network))

    assert (judgement.verdict, judgement.reason.code) == (Verdict.UNREACHABLE, ReasonCode.NOT_ANSWERED_FOR)
    assert text in judgement.reason.text


def test_a_denial_that_is_proven_is_dead_whatever_other_domains_are() -> None:
    one = check(failure=FailureKind.DNS_NXDOMAIN, confirmed=True)

    judgement = verdict(one, "http://gone.org/", World(network=Network(unproven={"com": "y"})))
    assert judgement.verdict is Verdict.DEAD


def test_a_name_that_needs_no_look_up_is_judged_in_any_network() -> None:
    one = check(failure=FailureKind.DNS_NXDOMAIN, confirmed=True)

    judgement = verdict(one, "http://gone.invalid/", World(network=Network(is_closed=True)))
    assert judgement.verdict is Verdict.DEAD
