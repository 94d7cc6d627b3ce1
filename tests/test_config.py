"""Settings: their layers, their errors, and the files and schema that are made of them."""

import tomllib
from pathlib import Path

import jsonschema
import msgspec
import pytest

from linkcheck.config import Config, keys, read, schema
from linkcheck.errors import ConfigError

SHIPPED = Path(__file__).parents[1] / "config.toml"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command_line_wins_over_the_environment_over_files_over_defaults(tmp_path: Path) -> None:
    write(tmp_path / "linkcheck.toml", 'timeout = "1s"\nretries = 1\nconcurrency = 1')
    environ = {"LINKCHECK_TIMEOUT": "2s", "LINKCHECK_RETRIES": "3"}

    settings = read({"timeout": "3s"}, environ=environ, directory=tmp_path)

    config = settings.config
    assert (config.timeout, config.retries, config.concurrency, config.connect_timeout) == (3, 3, 1, 5)
    assert settings.origins["timeout"] == "--timeout"
    assert settings.origins["retries"] == "LINKCHECK_RETRIES"
    assert settings.origins["concurrency"] == str(tmp_path / "linkcheck.toml")
    assert settings.origins["connect-timeout"] == "default"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("linkcheck.toml", "retries = 7"),
        ("linkcheck.toml", "[linkcheck]\nretries = 7"),
        ("pyproject.toml", "[tool.linkcheck]\nretries = 7"),
        ("config.toml", "[linkcheck]\nretries = 7"),
    ],
)
def test_the_nearest_file_is_found(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / "config.toml", "[linkcheck]\nretries = 1")
    write(tmp_path / "project" / name, text)
    (tmp_path / "project" / "docs").mkdir()

    settings = read({}, environ={}, directory=tmp_path / "project" / "docs")

    assert settings.config.retries == 7
    assert settings.is_discovered


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("config.toml", 'baseURL = "https://site.example"'),
        ("pyproject.toml", "[tool.ruff]"),
        ("config.toml", "= broken"),
    ],
)
def test_a_file_that_is_somebody_elses_is_left_alone(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / name, text)

    assert read({}, environ={}, directory=tmp_path).file is None


def test_discovery_ends_at_the_repository(tmp_path: Path) -> None:
    write(tmp_path / "linkcheck.toml", "retries = 7")
    (tmp_path / "repo" / ".git").mkdir(parents=True)

    assert read({}, environ={}, directory=tmp_path / "repo").file is None


def test_an_unknown_key_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    path = write(tmp_path / "linkcheck.toml", "timeuot = 3")

    with pytest.raises(
        ConfigError, match=r"linkcheck\.toml: there is no setting `timeuot`; did you mean `timeout`\?"
    ) as said:
        read({}, environ={}, directory=tmp_path)
    assert str(path) in str(said.value)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("timeout", "soon", "expected a duration"),
        ("timeout", True, "expected a duration"),
        ("timeout", "-3s", "expected a duration"),
        ("concurrency", 0, ">= 1"),
        ("concurrency", "many", "int"),
        ("exclude", "x", "array"),
        ("severity", {"dead": "fatal"}, "fatal"),
        ("color", "sometimes", "sometimes"),
        ("offline", "perhaps", "bool"),
    ],
)
def test_a_wrong_type_is_named_with_its_place(key: str, value: object, words: str) -> None:
    with pytest.raises(ConfigError) as said:
        read({key: value}, environ={})

    assert f"--{key}: `{key}` cannot be" in str(said.value)
    assert words in str(said.value)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30", 30), ("500ms", 0.5), ("1.5s", 1.5), ("2m", 120), ("1h", 3600), ("1d", 86400), (7, 7), (0.25, 0.25)],
)
def test_durations_are_written_as_people_do(text: object, seconds: float) -> None:
    assert read({"timeout": text}, environ={}).config.timeout == seconds


def test_lists_in_the_environment_have_commas() -> None:
    assert read({}, environ={"LINKCHECK_FAIL_ON": "error,blocked"}).config.fail_on == ("error", "blocked")
    assert read({}, environ={"LINKCHECK_EXCLUDE": ""}).config.exclude == ()


def test_a_named_file_must_be_there_and_ours(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such config file"):
        read({}, named=str(tmp_path / "none.toml"), environ={})
    with pytest.raises(ConfigError, match=r"has no \[linkcheck\] table"):
        read({}, named=str(write(tmp_path / "other.toml", "x = 1")), environ={})
    with pytest.raises(ConfigError, match="cannot be read as TOML"):
        read({}, named=str(write(tmp_path / "broken.toml", "= 1")), environ={})


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
    validator = jsonschema.Draft202012Validator(schema())

    assert list(validator.iter_errors(table)) == []
    assert list(validator.iter_errors({"timeuot": 1})) != []
