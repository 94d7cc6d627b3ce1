import gzip

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.inflate import GZIP, unfolded


@given(st.binary(max_size=200))
def test_unfolding_never_fails_and_never_grows_beyond_its_limit(body: bytes) -> None:
    assert len(unfolded(GZIP + b"\x08" + body, 100)[0]) <= max(100, len(body) + 3)
    assert unfolded(body, 100) == (body, True) or body.startswith(GZIP)


def test_a_file_in_gzip_is_unfolded_up_to_the_limit() -> None:
    assert unfolded(gzip.compress(b"one") + gzip.compress(b"two"), 6) == (b"onetwo", True)
    assert unfolded(gzip.compress(b"one"), 2) == (b"on", False)


def test_a_damaged_file_is_not_taken_for_an_empty_one() -> None:
    damaged = gzip.compress(b"com,a)/ 20170214021100 http://a.com/")[:10] + b"\xff" * 9

    assert unfolded(damaged, 100) == (damaged, False)


def test_an_empty_file_is_empty() -> None:
    assert unfolded(gzip.compress(b""), 100) == (b"", True)
