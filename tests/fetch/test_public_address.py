import tomllib
from datetime import date
from importlib.resources import files
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.public_address import is_public

_DATA = (files("linkcheck.fetch") / "special_purpose.toml").read_text(encoding="utf-8")
_FILE = tomllib.loads(_DATA)
_JUDGED_OTHERWISE = {"::ffff:0:0/96", "64:ff9b::/96", *_FILE["refused"]}
"""Blocks whose addresses are judged by the IPv4 address that they carry, and those that are refused all the same."""
_ROWS = [
    (block, row["reachable"])
    for rows in _FILE["registry"].values()
    for block, row in rows.items()
    if block not in _JUDGED_OTHERWISE
]


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.215.14", "192.31.196.1", "192.175.48.6", "168.63.129.15", "168.63.129.17", "192.0.1.1"],
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["2606:4700:4700::1111", "2a00:1450::1", "2001:200::1", "2620:4f:8000::1", "3fff:1000::1", "3ffe::1", "2003::1"],
)
def test_ipv6_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row[0])
def test_a_block_of_the_registry_is_what_the_registry_says(row: tuple[str, bool]) -> None:
    block, is_reachable = row
    network = ip_network(block)
    ends = {str(network[0]), str(network[-1])}

    assert {is_public(address) for address in ends} == {is_reachable}


@pytest.mark.parametrize("block", _FILE["refused"])
def test_what_is_refused_besides_the_registry_is_not_public(block: str) -> None:
    network = ip_network(block)

    assert not is_public(str(network[0]))
    assert not is_public(str(network[-1]))


@pytest.mark.parametrize(
    "address",
    [
        "fec0::1",  # site-local (RFC 3879)
        "5f00::1",
        "3fff::1",
        "::ffff:0:7f00:1",
        "168.63.129.16",
        "4000::1",
        "1000::1",
        "e000::1",
        "ff0e::1",
        "fe80::1%eth0",
        "2606:4700:4700::1111%eth0",
        "2001:1::4",
    ],
)
def test_what_versions_of_python_call_global_is_not_public(address: str) -> None:
    assert not is_public(address)


def _carriers(inner: IPv4Address) -> dict[str, int]:
    """Return every IPv6 address that carries an IPv4 one, and would lead to it, by the name of its form."""
    number = int(inner)
    public = int(IPv4Address("8.8.8.8"))
    return {
        "mapped": 0xFFFF << 32 | number,
        "NAT64": 0x64_FF9B << 96 | number,
        "6to4": 0x2002 << 112 | number << 80 | 1,
        "Teredo client": 0x2001 << 112 | public << 64 | number ^ 0xFFFF_FFFF,
        "Teredo server": 0x2001 << 112 | number << 64 | public ^ 0xFFFF_FFFF,
        "ISATAP": int(IPv6Address("2a00:1450::")) | 0x5EFE << 32 | number,
        "ISATAP, global": int(IPv6Address("2a00:1450::")) | 0x0200_5EFE << 32 | number,
    }


_DEAD_ENDS = {"translated": 0xFFFF << 48, "compatible": 0, "local NAT64": int(IPv6Address("64:ff9b:1::"))}


@given(st.ip_addresses(v=4) | st.ip_addresses(v=4, network="10.0.0.0/8") | st.just(IPv4Address("168.63.129.16")))
def test_an_ipv6_address_is_as_public_as_the_ipv4_address_that_it_carries(inner: IPv4Address) -> None:
    for form, number in _carriers(inner).items():
        carrier = str(IPv6Address(number))
        assert is_public(carrier) == is_public(str(inner)), (form, carrier)
    for form, prefix in _DEAD_ENDS.items():
        assert not is_public(str(IPv6Address(prefix | int(inner)))), form


def test_the_copy_of_the_registry_says_of_when_it_is() -> None:
    dates = [date.fromisoformat(line.rpartition(" ")[2]) for line in _DATA.splitlines() if "as of" in line]

    assert len(dates) == 2
    assert min(dates) >= date(2025, 1, 1)
