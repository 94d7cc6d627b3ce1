import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.decompress import decompressed, decompressing
from linkcheck.model import Failure, FailureKind, Read, Request, Response
from tests.cost import is_linear, seconds
from tests.fetch.fakes import FakeExchange, answer

TEXT = b"All the news that is fit to rot. " * 100


def raw_deflate(data: bytes) -> bytes:
    deflator = zlib.compressobj(wbits=-15)
    return deflator.compress(data) + deflator.flush()


def encoded(body: bytes, *codings: str) -> Response:
    return Response("http://a.test/", 200, tuple(("content-encoding", coding) for coding in codings), body)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("identity", TEXT),
        ("gzip, identity", gzip.compress(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
    ],
)
def test_codings_are_undone_last_one_first(coding: str, body: bytes) -> None:
    response = decompressed(encoded(body, coding), 1 << 20)

    assert (response.body, response.truncated) == (TEXT, False)


def test_codings_may_stand_in_several_headers() -> None:
    response = decompressed(encoded(gzip.compress(zlib.compress(TEXT)), "deflate", "gzip"), 1 << 20)

    assert response.body == TEXT


def test_gzip_members_are_joined() -> None:
    body = gzip.compress(TEXT) + gzip.compress(b"and more")

    assert decompressed(encoded(body, "gzip"), 1 << 20).body == TEXT + b"and more"


def test_padding_behind_gzip_is_dropped() -> None:
    response = decompressed(encoded(gzip.compress(TEXT) + b"\0" * 10_000, "gzip"), 1 << 20)

    assert (response.body, response.truncated) == (TEXT, False)


@given(st.binary(max_size=2000), st.integers(min_value=1, max_value=2500))
def test_the_limit_is_exact(data: bytes, limit: int) -> None:
    response = decompressed(encoded(gzip.compress(data), "gzip"), limit)

    assert response.body == data[:limit]
    assert response.truncated == (len(data) > limit)


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate", "br", "gzip, deflate", "nonsense"]))
def test_no_body_raises_or_exceeds_the_limit(data: bytes, coding: str) -> None:
    assert len(decompressed(encoded(data, coding), 100).body) <= 100


def test_a_bomb_costs_no_more_than_the_limit() -> None:
    def cost(bomb: bytes) -> float:
        return min(seconds(lambda: decompressed(encoded(bomb, "gzip"), 1 << 20)) for _ in range(5))

    small, large = (gzip.compress(bytes(size << 20), compresslevel=1) for size in (2, 50))

    response = decompressed(encoded(large, "gzip"), 1 << 20)

    assert (len(response.body), response.truncated) == (1 << 20, True)
    assert cost(large) < max(5 * cost(small), 0.05)


def test_a_bomb_of_empty_members_is_linear() -> None:
    member = gzip.compress(b"")

    response = decompressed(encoded(member * 50_000, "gzip"), 1 << 20)

    assert (response.body, response.truncated) == (b"", False)
    assert is_linear(lambda count: decompressed(encoded(member * count, "gzip"), 1 << 20), 50_000)


def test_what_a_cut_body_holds_is_kept() -> None:
    response = decompressed(encoded(gzip.compress(TEXT)[:-12], "gzip"), 1 << 20)

    assert TEXT.startswith(response.body)
    assert response.body
    assert response.truncated


def test_what_stands_before_the_damage_is_kept() -> None:
    noise = bytes(range(256)) * 64
    body = bytearray(gzip.compress(noise, compresslevel=0))
    body[-6] ^= 0xFF  # the checksum

    response = decompressed(encoded(bytes(body), "gzip"), 1 << 20)

    assert noise.startswith(response.body)
    assert response.truncated


def test_text_that_only_claims_to_be_gzip_is_taken_as_it_is() -> None:
    response = decompressed(encoded(b"<html>plain", "gzip"), 1 << 20)

    assert (response.body, response.truncated) == (b"<html>plain", False)


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip," * 9 + "gzip"])
def test_nothing_is_kept_of_what_was_not_offered(coding: str) -> None:
    response = decompressed(encoded(gzip.compress(TEXT), coding), 1 << 20)

    assert (response.body, response.truncated) == (b"", True)


def test_a_body_that_was_cut_before_stays_truncated() -> None:
    cut = Response("http://a.test/", 200, (("content-encoding", "gzip"),), gzip.compress(TEXT), truncated=True)

    assert decompressed(cut, 1 << 20).truncated


@pytest.mark.anyio
async def test_the_limit_is_that_of_the_request() -> None:
    exchange = decompressing(FakeExchange(encoded(gzip.compress(TEXT), "gzip")))

    response = await exchange(Request("http://a.test/", read=Read(("*/*",), 10)))

    assert isinstance(response, Response)
    assert response.body == TEXT[:10]


@pytest.mark.anyio
@pytest.mark.parametrize("plain", [answer(body=b"x"), Failure(FailureKind.RESET, "broke")])
async def test_what_is_not_encoded_passes_untouched(plain: Response | Failure) -> None:
    assert await decompressing(FakeExchange(plain))(Request("http://a.test/")) is plain
