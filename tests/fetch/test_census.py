import pytest

from linkcheck.fetch.census import Census, count
from linkcheck.judge.world import Outage
from linkcheck.model import Check, FailureKind, Trouble


def seen(url: str, status: int = 200, *, end: str | None = None, at: str = "2026-01-01T00:00:00Z") -> tuple[str, Check]:
    return url, Check(at=at, status=status, final_url=end or url)


def failed(url: str, kind: FailureKind, *, end: str | None = None) -> tuple[str, Check]:
    return url, Check(at="2026-01-01T00:00:00Z", failure=Trouble(kind, "x"), final_url=end or url)


def census(*checks: tuple[str, Check], overridden: frozenset[str] = frozenset()) -> Census:
    return count(checks, overridden)


def test_a_host_most_of_whose_links_fail_is_out() -> None:
    checks = [failed(f"http://a.org/{n}", FailureKind.RESET) for n in range(3)]
    checks += [seen("http://a.org/x", 502), seen("http://a.org/y"), seen("http://b.org/", 500)]

    assert census(*checks).outages == {"a.org": Outage(failing=4, asked=5)}


def test_two_failures_are_no_outage() -> None:
    assert census(*[failed(f"http://a.org/{n}", FailureKind.RESET) for n in range(2)]).outages == {}


def test_a_host_that_answers_often_enough_is_not_out() -> None:
    checks = [failed(f"http://a.org/{n}", FailureKind.RESET) for n in range(3)]

    assert census(*checks, seen("http://a.org/x")).outages == {}


@pytest.mark.parametrize("kind", [FailureKind.DNS_NXDOMAIN, FailureKind.POLICY, FailureKind.BUDGET])
def test_a_missing_host_and_our_own_decisions_are_no_outage(kind: FailureKind) -> None:
    assert census(*[failed(f"http://a.org/{n}", kind) for n in range(9)]).outages == {}


def test_missing_pages_are_no_outage() -> None:
    assert census(*[seen(f"http://a.org/{n}", 404) for n in range(9)]).outages == {}


def test_the_failure_of_where_a_host_leads_to_is_not_its_own() -> None:
    checks = [failed(f"http://doi.org/{n}", FailureKind.REFUSED, end="http://gone.org/") for n in range(9)]

    assert census(*checks).outages == {}


PORTAL = "http://login.hotel.net/welcome"
CAPTURED = [seen(f"http://{host}/", end=PORTAL) for host in ("a.org", "b.com", "c.net")]


def test_one_uncited_host_that_answers_for_all_others_is_a_portal() -> None:
    assert census(*CAPTURED).portal == "login.hotel.net"


def test_with_https_it_can_only_show_its_certificate() -> None:
    forged = [failed(f"https://{host}/", FailureKind.TLS_HOSTNAME) for host in ("d.org", "e.org", "f.org")]

    assert census(*forged).portal == ""
    assert census(*CAPTURED, *forged).portal == "login.hotel.net"


def test_a_cited_host_is_no_portal() -> None:
    assert census(*CAPTURED, seen(PORTAL)).portal is None


def test_two_sites_are_a_coincidence() -> None:
    assert (
        census(*CAPTURED[:2], seen("http://www.a.org/", end=PORTAL), seen("http://x.a.org/", end=PORTAL)).portal is None
    )


def test_where_others_answer_for_themselves_nobody_is_captured() -> None:
    shortened = [seen(f"http://{host}/x", end="http://video.com/") for host in ("a.org", "b.com", "c.net")]

    assert census(*shortened, seen("http://d.org/")).portal is None


def test_expired_certificates_are_their_owners_matter() -> None:
    checks = [failed(f"https://{host}/", FailureKind.TLS_EXPIRED) for host in ("d.org", "e.org", "f.org")]

    assert census(*checks).portal is None


def test_what_is_settled_without_the_network_says_nothing_about_it() -> None:
    hosts = frozenset({"a.org", "b.com", "c.net"})
    settled = [failed("http://x.invalid/", FailureKind.DNS_NXDOMAIN), failed("http://192.0.2.1/", FailureKind.REFUSED)]

    found = census(*CAPTURED, *settled, overridden=hosts)

    assert (found.portal, found.last_answer, found.has_failures) == (None, "", False)


def test_the_last_answer_is_remembered() -> None:
    early, late = "2026-01-01T00:00:01Z", "2026-01-01T00:00:09Z"

    found = census(
        seen("http://a.org/", at=late), seen("http://b.org/", at=early), failed("http://c.org/", FailureKind.RESET)
    )

    assert (found.last_answer, found.has_failures) == (late, True)


def test_links_that_were_not_due_may_fail_as_well() -> None:
    checks = [failed("http://a.org/1", FailureKind.RESET)]

    assert count(checks, frozenset(), {"a.org": 1}).outages == {}
    assert count(checks, frozenset(), {"a.org": 2}).outages == {"a.org": Outage(failing=1, asked=1)}
    assert count([*checks, seen("http://a.org/2")], frozenset(), {"a.org": 2}).outages == {}
