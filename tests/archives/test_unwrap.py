from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import uri
from linkcheck.archives import cdx
from linkcheck.archives.unwrap import is_copy, unwrap
from tests.cost import is_linear

FEBRUARY = datetime(2017, 2, 14, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/20170214021100/http://a.test/x?y=1",
        "https://web.archive.org/web/20170214021100id_/http://a.test/x?y=1",
        "http://web.archive.org/web/20170214021100if_/http:/a.test/x?y=1",
        "https://web.archive.org/web/20170214021100/http%3A//a.test/x?y=1",
        "https://web.archive.org/web/20170214021100/http%3A%2F%2Fa.test%2Fx%3Fy%3D1",
        "https://web.archive.org/web/20170214021100/a.test/x?y=1",
        "https://web.archive.org/20170214021100/http://a.test/x?y=1",
        "https://archive.org/web/20170214021100/http://a.test:80/x?y=1",
        "https://archive.ph/20170214021100/http://a.test/x?y=1",
        "https://archive.today/2017.02.14-021100/http://a.test/x?y=1",
        "https://arquivo.pt/wayback/20170214021100mp_/http://a.test/x?y=1",
        "https://www.webarchive.org.uk/wayback/archive/20170214021100/http://a.test/x?y=1",
        "https://web.archive.org/web/2018/https://web.archive.org/web/20170214021100/http://a.test/x?y=1",
    ],
)
def test_the_original_and_the_instant_are_read_from_the_address(url: str) -> None:
    assert unwrap(url) == ("http://a.test/x?y=1", FEBRUARY)
    assert is_copy(url)


@pytest.mark.parametrize(
    ("digits", "at"),
    [
        ("2017", datetime(2017, 1, 1, tzinfo=UTC)),
        ("20171", datetime(2017, 1, 1, tzinfo=UTC)),
        ("201702", datetime(2017, 2, 1, tzinfo=UTC)),
        ("2017021402", datetime(2017, 2, 14, 2, tzinfo=UTC)),
        ("99999999999999", None),
    ],
)
def test_a_short_timestamp_is_the_earliest_that_it_can_be(digits: str, at: datetime | None) -> None:
    assert unwrap(f"https://web.archive.org/web/{digits}/http://a.test/") == ("http://a.test/", at)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("url=http%3A%2F%2Fa.test%2Fx%3Fy&date=2012-05-03", ("http://a.test/x?y", datetime(2012, 5, 3, tzinfo=UTC))),
        ("date=2012-05-03&url=a.test", ("http://a.test/", datetime(2012, 5, 3, tzinfo=UTC))),
        ("url=http://a.test/", ("http://a.test/", None)),
        ("url=http://a.test/&date=soon", ("http://a.test/", None)),
        ("url=mailto:a@a.test", None),
        ("id=1234", None),
        ("url=http://a.test/" + "&x=1" * 99, None),
    ],
)  # fmt: skip
def test_webcite_names_the_original_in_its_query(query: str, found: tuple[str, datetime | None] | None) -> None:
    assert unwrap(f"http://www.webcitation.org/query?{query}") == found


@pytest.mark.parametrize("way", ["*/", "", "*/https://web.archive.org/web/"])
def test_an_address_of_all_copies_or_the_latest_names_no_instant(way: str) -> None:
    assert unwrap(f"https://web.archive.org/web/{way}https://a.test/") == ("https://a.test/", None)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.test/web/20170214021100/http://b.test/",
        "https://web.archive.org/",
        "https://web.archive.org/web/",
        "https://web.archive.org/web/20170214021100/",
        "https://web.archive.org/web/20170214021100/javascript:alert(1)",
        "https://archive.org/details/some.book",
        "https://archive.org/download/book/page.html",
        "https://blog.archive.org/2017/02/14/news/",
        "https://notarchive.org/web/2017/http://a.test/",
        "mailto:somebody@archive.org",
        "nonsense",
    ],
)
def test_what_is_no_copy_is_left_alone(url: str) -> None:
    assert unwrap(url) is None
    assert not is_copy(url)


@pytest.mark.parametrize(
    "url", ["https://perma.cc/85LS-BXV7", "https://archive.is/AbCdE", "http://archive.ph/o/AbCdE/"]
)
def test_a_copy_whose_address_says_nothing_is_still_a_copy(url: str) -> None:
    assert unwrap(url) is None
    assert is_copy(url)


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(["", "id_", "if_", "im_"]))
def test_what_was_wrapped_is_unwrapped(at: datetime, modifier: str) -> None:
    at = at.replace(microsecond=0)
    url = "https://www.a.test/2017/02/14/story?x=http://b.test/&y=%20"

    assert unwrap(f"https://web.archive.org/web/{cdx.timestamp(at)}{modifier}/{url}") == (url, at)


@given(st.text(max_size=60))
def test_nothing_raises_and_every_original_is_a_web_address(tail: str) -> None:
    for url in (tail, f"https://web.archive.org/web/2017/{tail}", f"https://archive.ph/{tail}"):
        found = unwrap(url)

        assert found is None or uri.scheme_of(found.original) in uri.WEB


@pytest.mark.parametrize("filler", ["/a", "a.", "web/2017/", "https://web.archive.org/web/2017/", "%3a", "-"])
def test_megabytes_take_no_time(filler: str) -> None:
    def work(size: int) -> None:
        unwrap("https://web.archive.org/web/2017/" + filler * (size // len(filler)))

    assert is_linear(work, 1_000_000)
