import pytest

from linkcheck.fetch.wire import endpoint


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.1", ("192.0.2.1", 80)),
        ("2001:db8::1", ("2001:db8::1", 80)),
        ("192.0.2.1:8080", ("192.0.2.1", 8080)),
        ("[2001:db8::1]:8080", ("2001:db8::1", 8080)),
    ],
)
def test_an_address_may_have_a_port(address: str, place: tuple[str, int]) -> None:
    assert endpoint(address, 80) == place
