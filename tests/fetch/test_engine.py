import importlib.metadata
import subprocess
import sys

import pytest

from linkcheck.clock import Clock
from linkcheck.errors import ConfigError
from linkcheck.fetch import engine
from linkcheck.fetch.engine import engine_of, wire_named
from linkcheck.fetch.wire import Limits

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("installed", "wanted", "used"),
    [
        ("0.13.0", "auto", "wreq"),
        ("0.13.7", "wreq", "wreq"),
        ("0.13.0", "httpx", "httpx"),
        ("0.14.0", "auto", "httpx"),
        (None, "auto", "httpx"),
        (None, "httpx", "httpx"),
    ],
)
def test_the_fast_wire_is_used_where_it_is_one_that_we_know(
    installed: str | None, wanted: str, used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(installed, monkeypatch)

    assert engine_of(wanted) == used


@pytest.mark.parametrize("installed", [None, "0.12.9", "0.130.0"])
def test_a_wire_that_is_wanted_and_not_there_is_named(installed: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(installed, monkeypatch)

    with pytest.raises(ConfigError, match=r"--engine wreq needs .*pip install 'linkcheck-provenance\[fast\]'"):
        engine_of("wreq")


def pretend(installed: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if installed is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return installed

    monkeypatch.setattr(engine, "version", version)


async def test_a_wire_is_made_by_its_name() -> None:
    made = wire_named("httpx", Limits(), Clock())

    assert type(made).__name__ == "HttpxWire"
    await made.aclose()


def test_libraries_of_the_network_are_loaded_only_when_they_are_needed() -> None:
    program = (
        "import sys, linkcheck.fetch.onion; print([name for name in ('httpx', 'wreq', 'dns') if name in sys.modules])"
    )

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"
