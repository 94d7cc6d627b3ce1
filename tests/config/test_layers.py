"""Command line, environment, files and defaults; what a stranger may not set."""

from pathlib import Path

import pytest

from linkcheck.config import Config, read
from linkcheck.config.keys import keys
from linkcheck.errors import ConfigError
from tests.config.making import write


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


def test_an_unknown_key_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    path = write(tmp_path / "linkcheck.toml", "timeuot = 3")

    with pytest.raises(
        ConfigError, match=r"linkcheck\.toml: there is no setting `timeuot`; did you mean `timeout`\?"
    ) as said:
        read({}, environ={}, directory=tmp_path)
    assert str(path) in str(said.value)


def test_lists_in_the_environment_have_commas() -> None:
    assert read({}, environ={"LINKCHECK_FAIL_ON": "error, blocked ,"}).config.fail_on == ("error", "blocked")


@pytest.mark.parametrize("text", ["", " ", ","])
def test_an_empty_variable_says_nothing(tmp_path: Path, text: str) -> None:
    settings = read({}, environ={"LINKCHECK_FAIL_ON": text, "LINKCHECK_STORE": text.strip(",")}, directory=tmp_path)

    assert (settings.config.fail_on, settings.config.store) == (("error",), None)
    assert settings.origins["fail-on"] == "default"


def test_an_unknown_variable_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(ConfigError, match=r"environment: there is no setting LINKCHECK_TIMEUOT; did you mean `LINKCHE"):
        read({}, environ={"LINKCHECK_TIMEUOT": "3"})


def test_other_variables_are_left_alone(tmp_path: Path) -> None:
    environ = {"LINKCHECK_SECRET_TOKEN": "x", "OTHER": "y"}

    assert read({}, environ=environ, directory=tmp_path).config == Config()


def test_an_option_is_named_as_it_is_spelt() -> None:
    assert read({"outputs": ["json=x"]}, environ={}).origins["outputs"] == "--output"
    assert keys()["outputs"].option == "--output"


def test_paths_in_a_file_start_at_its_folder(tmp_path: Path) -> None:
    file = write(tmp_path / "linkcheck.toml", 'store = "kept/x.sqlite"\nbaseline = "known.json"')

    found = read({}, environ={}, directory=tmp_path)
    named = read({}, environ={}, named=str(file))
    said = read({"store": "x.sqlite"}, environ={}, named=str(file))

    assert found.path_of("baseline", "known.json", tmp_path / "docs") == file.parent / "known.json"
    assert named.path_of("store", "kept/x.sqlite", tmp_path / "docs") == file.parent / "kept" / "x.sqlite"
    assert said.path_of("store", "x.sqlite", tmp_path / "docs") == tmp_path / "docs" / "x.sqlite"


def test_authorities_in_a_named_file_lie_beside_it(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.toml", '[linkcheck]\nca-file = "authority.pem"')

    assert read({}, named=str(file), environ={}).config.ca_file == str(tmp_path / "authority.pem")
    assert read({"ca-file": "x.pem"}, named=str(file), environ={}).config.ca_file == "x.pem"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("fail-when", "nwe", "did you mean `new`?"),
        ("color", "sometimes", "there are: auto, always, never"),
        ("engine", "htpx", "did you mean `httpx`?"),
        ("robots", "obay", "did you mean `obey`?"),
    ],
)
def test_a_closed_choice_that_is_misspelt_is_told_what_there_is(
    key: str, value: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as error:
        read({key: value}, environ={}, directory=tmp_path)

    assert str(error.value) == f"--{key}: `{key}` cannot be {value!r}: {said}"
