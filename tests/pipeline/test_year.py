"""Over a year nobody is buried alive, all who die are confirmed in time, and far less is asked than every week."""

from collections.abc import Iterator

import pytest

from linkcheck.model import FailureKind, Verdict
from tests.year import WEEKS, Fate, Week, web, year


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> list[Week]:
    return list(year(tmp_path_factory.mktemp("year")))


def lives(fate: Fate, week: int) -> bool:
    return fate.answers(week) in {200, 301}


def said(weeks: list[Week], fate: Fate) -> Iterator[tuple[int, str, str | None]]:
    for week in weeks:
        row = week.links[fate.url]
        yield week.number, row.verdict.value, row.standing


def test_no_live_link_is_ever_called_dead(weeks: list[Week]) -> None:
    buried = [
        (fate.url, number)
        for fate in web()
        for number, verdict, _ in said(weeks, fate)
        if verdict == Verdict.DEAD and lives(fate, number)
    ]

    assert buried == []


def test_what_returns_was_never_confirmed(weeks: list[Week]) -> None:
    confirmed = {
        fate.url
        for fate in web()
        if fate.dies is None
        for _, verdict, standing in said(weeks, fate)
        if verdict == Verdict.DEAD and standing == "confirmed"
    }

    assert confirmed == set()


def test_a_host_that_is_away_for_good_is_no_outage_any_more(weeks: list[Week]) -> None:
    for fate in web():
        if "doomed" in fate.url:
            dead = [number for number, verdict, _ in said(weeks, fate) if verdict == Verdict.DEAD]
            assert dead[0] in {25, 26}  # it goes away in week 20, and not every link is due then
            assert dead == list(range(dead[0], WEEKS))


def test_outages_certificates_and_walls_kill_nobody(weeks: list[Week]) -> None:
    for fate in web():
        if any(name in fate.url for name in ("big.net", "large.net", "certificate", "walled")):
            assert all(verdict != Verdict.DEAD for _, verdict, _ in said(weeks, fate))


def test_every_death_is_found_within_five_weeks_and_confirmed_within_two_more(weeks: list[Week]) -> None:
    """Of a whole host within five more: as long as it may only be out, that counts no strike."""
    dying = [fate for fate in web() if fate.dies is not None]
    late = []
    for fate in dying:
        assert fate.dies is not None
        found = next(number for number, verdict, _ in said(weeks, fate) if verdict in {"dead", "unreachable"})
        confirmed = next(number for number, verdict, standing in said(weeks, fate) if standing == "confirmed")
        needed = 1 if fate.answers(WEEKS) in {410, FailureKind.DNS_NXDOMAIN} else 5 if "doomed" in fate.url else 2
        if found - fate.dies > 5 or confirmed - found != needed:
            late.append((fate.url, fate.dies, found, confirmed))
        assert all(
            (verdict, standing) == ("dead", "confirmed")
            for number, verdict, standing in said(weeks, fate)
            if number >= confirmed
        )

    assert len(dying) == 65
    assert late == []


def test_far_less_is_asked_than_everything_every_week(weeks: list[Week]) -> None:
    asked = sum(week.requests for week in weeks)
    everything = len(web()) * WEEKS  # and whatever fails twice

    assert asked < everything * 2 / 3, f"{asked} of {everything}"
