import ssl
from datetime import UTC, datetime

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.certificate import Certificate, end_of, read_certificate

BEGINS, ENDS = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)


def der(*names: str, begins: datetime = BEGINS, ends: datetime = ENDS) -> bytes:
    leaf = trustme.CA().issue_cert(*names, not_before=begins, not_after=ends)
    return ssl.PEM_cert_to_DER_cert(leaf.cert_chain_pems[0].bytes().decode())


KNOWN = der("a.test", "*.b.test", "192.0.2.7", "2001:db8::7")


def test_names_and_dates_are_read() -> None:
    assert read_certificate(KNOWN) == Certificate(("a.test", "*.b.test", "192.0.2.7", "2001:db8::7"), BEGINS, ENDS)


def test_its_end_is_said_as_an_instant() -> None:
    assert end_of(KNOWN) == "2021-02-03T04:05:06Z"
    assert end_of(b"no certificate") is None


@pytest.mark.parametrize("year", [1950, 1999, 2049, 2050, 9999])
def test_dates_of_either_form_are_read(year: int) -> None:
    found = read_certificate(
        der("a.test", ends=datetime(year, 12, 31, tzinfo=UTC), begins=datetime(1950, 1, 1, tzinfo=UTC))
    )

    assert found is not None
    assert (found.begins.year, found.ends) == (1950, datetime(year, 12, 31, tzinfo=UTC))


def test_real_authorities_are_read() -> None:
    context = ssl.create_default_context()
    decoded = context.get_ca_certs()
    for known, raw in zip(decoded, context.get_ca_certs(binary_form=True), strict=True):
        found = read_certificate(raw)
        assert found is not None
        assert found.ends.timestamp() == ssl.cert_time_to_seconds(str(known["notAfter"]))


def test_of_very_many_names_the_first_are_read() -> None:
    found = read_certificate(der(*(f"n{number}.test" for number in range(500))))

    assert found is not None
    assert (len(found.names), found.names[0]) == (200, "n0.test")


@pytest.mark.parametrize("data", [b"", b"\x30", b"\x30\x80", b"\x30\xff" + b"\xff" * 200, b"0" * 100_000, KNOWN[:-9]])
def test_nonsense_is_no_certificate(data: bytes) -> None:
    assert read_certificate(data) is None


@given(st.integers(0, len(KNOWN) - 1), st.binary(min_size=1, max_size=4))
def test_damage_never_raises(at: int, damage: bytes) -> None:
    found = read_certificate(KNOWN[:at] + damage + KNOWN[at + len(damage) :])

    assert found is None or found.begins.tzinfo is UTC
