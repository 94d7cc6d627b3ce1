import subprocess
import sys

import pytest

from linkcheck.clock import Clock
from linkcheck.fetch.httpx_wire import HttpxWire
from linkcheck.fetch.wire import Limits, wire_named

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("engine", ["auto", "httpx"])
async def test_the_wire_that_is_there_is_taken(engine: str) -> None:
    wire = wire_named(engine, Limits(), Clock())

    assert isinstance(wire, HttpxWire)
    await wire.aclose()


def test_an_unknown_wire_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="telnet"):
        wire_named("telnet", Limits(), Clock())


def test_libraries_of_the_network_are_loaded_only_when_they_are_needed() -> None:
    program = "import sys, linkcheck.fetch.onion; print([name for name in ('httpx', 'dns') if name in sys.modules])"

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"
