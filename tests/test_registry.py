"""Plug-ins are found by looking, and loaded one by one."""

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from linkcheck import registry
from linkcheck.errors import UsageError


def test_a_file_with_a_plugin_is_enough_to_be_known() -> None:
    assert {"text", "json", "markdown"} <= set(registry.names("render"))
    assert "api" not in registry.names("render")
    assert "missing-file" in registry.names("detect")


def test_names_are_given_without_importing_any() -> None:
    code = (
        "import sys; from linkcheck import registry; registry.names('render'); registry.names('extract');"
        "print([m for m in sys.modules if m.startswith(('linkcheck.render.', 'linkcheck.extract.'))])"
    )

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_every_plugin_loads_and_detectors_bear_the_name_of_their_file() -> None:
    for family in ("extract", "detect", "archives", "render"):
        assert list(registry.load_all(family))
    assert all(plugin.rule == name for name, plugin in registry.load_all("detect"))


def test_an_unknown_name_is_an_error_that_lists_what_there_is() -> None:
    with pytest.raises(UsageError, match=r"no render plug-in 'jsn'.*json"):
        registry.load("render", "jsn")


def test_third_parties_offer_plugins_but_cannot_take_our_names(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = [
        EntryPoint("theirs", "math:pi", "linkcheck.render"),
        EntryPoint("json", "math:pi", "linkcheck.render"),
    ]
    monkeypatch.setattr(registry, "entry_points", lambda: EntryPoints(theirs))
    for known in (registry.names, registry._foreign, registry._offered):
        known.cache_clear()
    try:
        assert registry.load("render", "theirs") == pytest.approx(3.14159, abs=1e-4)
        assert registry.load("render", "json") != pytest.approx(3.14159, abs=1e-4)
        assert registry.has_foreign("render")
        assert not registry.has_foreign("extract")
    finally:
        for known in (registry.names, registry._foreign, registry._offered):
            known.cache_clear()
