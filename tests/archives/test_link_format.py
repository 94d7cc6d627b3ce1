from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.archives.link_format import date_of, targets
from tests.cost import is_linear

RECORDED = (
    '<https://www.epa.gov/climatechange>; rel="original", '
    '<https://web.archive.org/web/timemap/link/https://www.epa.gov/climatechange>; rel="timemap"; '
    'type="application/link-format", <https://web.archive.org/web/https://www.epa.gov/climatechange>; rel="timegate", '
    '<https://web.archive.org/web/20061007193932/http://www.epa.gov:80/climatechange>; rel="first memento"; '
    'datetime="Sat, 07 Oct 2006 19:39:32 GMT", <https://web.archive.org/web/20200201023757/https://www.epa.gov/'
    'climatechange?a=1&amp;b=2>; rel="memento"; datetime="Sat, 01 Feb 2020 02:37:57 GMT"'
)
"""A `Link` header of web.archive.org, after a recording by EDGI."""


def test_a_recorded_header_is_read_whole() -> None:
    found = list(targets(RECORDED))

    assert [sorted(one.relations) for one in found] == [
        ["original"], ["timemap"], ["timegate"], ["first", "memento"], ["memento"],
    ]  # fmt: skip
    assert found[3].at == datetime(2006, 10, 7, 19, 39, 32, tzinfo=UTC)
    assert found[4].url.endswith("climatechange?a=1&b=2")


def test_the_form_of_pywb_and_bare_values_are_read() -> None:
    date = '"Mon, 27 Jan 2014 17:12:00 GMT"'
    text = f"""<http://x/timemap/link/http://e.com/>; rel=self; type=application/link-format; from={date},
<http://x/20140127171200mp_/http://e.com/>; rel="memento"; datetime={date}; collection="my" """
    first, second = targets(text)

    assert (first.relations, first.since) == ({"self"}, datetime(2014, 1, 27, 17, 12, tzinfo=UTC))
    assert second.at == first.since


@pytest.mark.parametrize(
    "text",
    [
        "", "<", "<>", "<a", '<a>; rel="', "Mon, 99 Jan 2014", "Mon, 27 Jan 99999999999 17:12:00 GMT",
        '<http://a.test/>; rel="memento"; datetime="Mon, 99 Jan 2014"',
    ],
)  # fmt: skip
def test_nonsense_is_no_date_and_no_memento(text: str) -> None:
    assert date_of(text) is None
    assert all(one.at is None for one in targets(text))


urls = st.from_regex(r"https?://[a-z]{1,9}\.test/[a-z0-9?=/.,;-]{0,20}", fullmatch=True)
instants = st.integers(820_454_400, 1_900_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(st.lists(st.tuples(urls, instants), max_size=9))
def test_what_is_written_is_read_again(held: list[tuple[str, datetime]]) -> None:
    text = ",\n".join(f'<{url}>; rel="memento"; datetime="{at:%a, %d %b %Y %H:%M:%S} GMT"' for url, at in held)

    assert [(one.url, one.at) for one in targets(text)] == held


@given(st.text(alphabet='<>;,"= \n&rel/datetime0GMT', max_size=200))
def test_anything_can_be_read(text: str) -> None:
    list(targets(text))


@pytest.mark.parametrize("piece", ["<a", "<a>;", "<a>; x=", '<a>; rel="', "<a> ; ", ", ", "<a>; rel=b; "])
def test_reading_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda count: list(targets(piece * count)), 100_000)


def test_a_time_map_of_150_000_captures_is_read() -> None:
    line = (
        '<https://arc.test/20200201023757/https://a.test/>; rel="memento"; datetime="Sat, 01 Feb 2020 02:37:57 GMT",\n'
    )

    assert sum(1 for _ in targets(line * 160_000)) == 150_000
