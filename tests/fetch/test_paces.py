"""Hosts that are known to want another pace get it, unless the config says otherwise for them."""

import pytest

from linkcheck import uri
from linkcheck.config import Config, HostSettings
from linkcheck.fetch.lanes import Pace
from linkcheck.fetch.paces import known, known_of, pacing


def test_the_shipped_list_names_hosts_as_urls_do_and_says_why() -> None:
    assert known().keys() >= {"github.com", "youtube.com"}
    for host, one in known().items():
        assert uri.host_of(f"https://{host}/") == host
        assert 1 <= one.concurrency <= 10
        assert 0 < one.interval <= 60
        assert one.why


def test_what_is_documented_says_where_and_what_is_reported_by_whom() -> None:
    for one in known().values():
        other = known().get(one.why.removeprefix("as "))
        assert other is None or one.basis in {other.basis, "assumed"}
        assert other or one.basis != "documented" or "https://" in one.why
        assert other or one.basis != "reported" or "#" in one.why


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("github.com", "github.com"),
        ("gist.github.com", "gist.github.com"),
        ("www.youtube.com", "youtube.com"),
        ("en.wikipedia.org.", "wikipedia.org"),
        ("notgithub.com", None),
        ("com", None),
        ("", None),
    ],
)
def test_a_name_covers_what_is_below_it(host: str, name: str | None) -> None:
    assert known_of(host) is (known()[name] if name else None)


def test_a_listed_host_is_asked_at_its_pace_and_others_at_the_usual_one() -> None:
    pace_at = pacing(Config())

    assert pace_at("https://arxiv.org/abs/1") == Pace(per_origin=1, interval=3.0)
    assert pace_at("https://example.org/") is None


def test_the_list_makes_nobody_faster_but_the_config_may() -> None:
    slow = pacing(Config(host_concurrency=1, host_interval=9.0))
    own = pacing(Config(hosts={"github.com": HostSettings(concurrency=8, interval=0.0)}))

    assert slow("https://github.com/") == Pace(per_origin=1, interval=9.0)
    assert own("https://github.com/") == Pace(per_origin=8, interval=0.0)
    assert own("https://gist.github.com/") == Pace(per_origin=1, interval=1.0)


def test_an_untrusted_config_makes_a_host_slower_alone() -> None:
    hosts = {
        "github.com": HostSettings(concurrency=8, interval=0.05),
        "a.test": HostSettings(concurrency=1, interval=2.0),
    }

    pace_at = pacing(Config(hosts=hosts), is_slower_only=True)

    assert pace_at("https://github.com/") == pacing(Config())("https://github.com/")
    assert pace_at("https://a.test/") == Pace(per_origin=1, interval=2.0)
