"""Where an address carries another along, and where it only looks so."""

from base64 import b64encode, urlsafe_b64encode
from functools import partial
from urllib.parse import quote

import pytest

from linkcheck import uri
from linkcheck.detect.way_back import way_back
from tests.cost import is_linear

START = "https://paper.org/2019/03/story?id=5"


def carried(end: str, start: str = START) -> str | None:
    first, last = uri.parse(start), uri.parse(end)
    assert first
    assert last
    return way_back(first, last)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (quote(START, safe=""), "continue"),
        (quote(quote(START, safe=""), safe=""), "next"),
        (quote(quote(quote(START, safe=""), safe=""), safe=""), "next"),
        ("/2019/03/story?id=5".replace("?", "%3F"), "dest"),
        (b64encode(START.encode()).decode().replace("=", "%3D"), "url"),
        (urlsafe_b64encode(b"/2019/03/story?id=5").decode().rstrip("="), "url"),
        (quote("https://paper.org/gate-confirm?redirectUri=" + quote("/2019/03/story?id=5", safe=""), safe=""), "back"),
    ],
)
def test_a_parameter_carries_the_address_in_many_forms(value: str, name: str) -> None:
    assert carried(f"https://gate.org/consent?x=1&{name}={value}") == name


def test_base64_in_the_path_carries_it_too() -> None:
    coded = b64encode(START.encode()).decode().replace("=", ",")

    assert carried(f"https://paper.org/customer/entry/referer/{coded}/") == "path"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (START, "https://paper.org/error?aspxerrorpath=/2019/03/story"),
        (START, "https://paper.org/consent?next=/2019/03/other"),
        (START, "https://paper.org/search?q=%2F2019%2F03%2Fstory%3Fid%3D5"),
        (START, "https://paper.org/new/2019/03/story?id=5"),
        ("https://paper.org/", "https://paper.org/consent?next=/"),
        ("https://paper.org/a", "https://paper.org/consent?next=/about/all"),
        (START, "https://paper.org/consent?url=bm9uc2Vuc2U&next=%ff%fe"),
    ],
)
def test_other_addresses_carry_nothing(start: str, end: str) -> None:
    assert carried(end, start) is None


def test_a_hostile_address_takes_no_time() -> None:
    def work(piece: str, size: int) -> None:
        carried(f"https://gate.org/?a={piece * (size // len(piece))}")

    for piece in ("%25", "a=&", "QUFB", "%"):
        assert is_linear(partial(work, piece), 100_000)
