"""The shipped file and the JSON Schema know every key."""

import tomllib
from pathlib import Path

import jsonschema
import msgspec

from linkcheck.config import Config, read
from linkcheck.config.keys import keys
from linkcheck.config.schema import json_schema
from tests.config.making import HOST

SHIPPED = Path(__file__).parents[2] / "config.toml"


def test_every_key_says_what_it_is_for() -> None:
    assert all(key.about.endswith(".") for key in keys().values())


def test_the_shipped_file_shows_every_key_with_its_default() -> None:
    text = SHIPPED.read_text(encoding="utf-8")

    settings = read({}, named=str(SHIPPED), environ={})

    assert settings.config == msgspec.structs.replace(Config(), outputs=("markdown=reports/{name}.md",))
    for name, key in keys().items():
        assert f"\n{name} = " in text or f"\n# {name} = " in text or f"[linkcheck.{name}" in text
        assert key.about in text or name in {"severity", "archives"}


def test_the_schema_accepts_the_shipped_file_and_no_unknown_key() -> None:
    table = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["linkcheck"]
    validator = jsonschema.Draft202012Validator(json_schema())

    assert list(validator.iter_errors(table)) == []
    assert list(validator.iter_errors(tomllib.loads(HOST)["linkcheck"])) == []
    assert list(validator.iter_errors({"timeuot": 1})) != []
    assert list(validator.iter_errors({"hosts": {"a.test": {"timeuot": 1}}})) != []
