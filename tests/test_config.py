"""Settings: their layers, their errors, and the files and schema that are made of them."""

import os
import sys
import tomllib
from pathlib import Path

import jsonschema
import msgspec
import pytest

from linkcheck.config import Config, HostSettings, keys, read, schema
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
        ("pyproject.toml", "a." * 100_000),
        ("config.toml", "x = " + "[" * 100_000),
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
        ("timeout", "9" * 400, "expected a duration"),
        ("timeout", 0, "> 0"),
        ("connect-timeout", "0s", "> 0"),
        ("user-agent", "mine\r\nx-evil: 1", "printable"),
        ("user-agent", "mine\udcff", "printable"),
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


@pytest.mark.parametrize("written", ["2017-02-14", '"2017-02-14"', "2017-02-14T23:00:00-08:00"])
def test_a_date_may_be_written_as_toml_writes_dates(tmp_path: Path, written: str) -> None:
    write(tmp_path / "linkcheck.toml", f"published = {written}")

    assert read({}, environ={}, directory=tmp_path).config.published == "2017-02-14"


@pytest.mark.parametrize(
    "text",
    [
        "allow-private = true",
        'resolve = ["a.test:80:127.0.0.1"]',
        '[linkcheck.archives.wayback]\navailability = "http://127.0.0.1/"',
        'ca-file = "authority.pem"',
        '[linkcheck.hosts."a.test"]\nheaders = { x-token = "${LINKCHECK_SECRET_A}" }',
    ],
)
def test_only_a_named_file_may_loosen_what_keeps_us_safe(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "config.toml", text if text.startswith("[") else f"[linkcheck]\n{text}")

    with pytest.raises(ConfigError, match=r"may not be set by a config that was found; name it with --config ") as said:
        read({}, environ={}, directory=tmp_path)
    assert str(said.value).startswith(f"{path}: `")
    assert read({}, environ={}, named=str(path)).file == path


def test_a_found_file_may_say_what_holds_anyway(tmp_path: Path) -> None:
    write(tmp_path / "linkcheck.toml", "allow-private = false\nresolve = []")

    assert read({}, environ={}, directory=tmp_path).config == Config()


@pytest.mark.parametrize("path", ["/tmp/x.sqlite", "../x.sqlite", "link/x.sqlite"])
def test_a_found_file_may_write_only_below_its_folder(tmp_path: Path, path: str) -> None:
    file = write(tmp_path / "project" / "linkcheck.toml", f'store = "{path}"')
    (tmp_path / "project" / "link").symlink_to(tmp_path)

    found = read({}, environ={}, directory=file.parent)
    named = read({}, environ={}, named=str(file))
    said = read({"store": path}, environ={}, directory=file.parent)

    with pytest.raises(ConfigError, match=r"linkcheck\.toml: a config that was found may write only below its folder"):
        found.path_of("store", path, tmp_path)
    assert named.path_of("store", path, tmp_path) == file.parent / path
    assert said.path_of("store", path, tmp_path) == tmp_path / path


def test_paths_in_a_file_start_at_its_folder(tmp_path: Path) -> None:
    file = write(tmp_path / "linkcheck.toml", 'store = "kept/x.sqlite"')

    settings = read({}, environ={}, directory=tmp_path)

    assert settings.path_of("store", "kept/x.sqlite", tmp_path / "docs") == file.parent / "kept" / "x.sqlite"


@pytest.mark.parametrize("name", ["pyproject.toml", "config.toml", "linkcheck.toml"])
@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("= broken", "cannot be read as TOML"),
        ("x = " + "[" * 100_000, "nested too deep"),
        ("a." * 50_000 + "b = 1", "nested too deep"),
        ('"a".' * 50_000 + "b = 1", "nested too deep"),
        ("#" * 300_000, "larger than 256 kB"),
    ],
)
def test_a_file_of_ours_that_is_broken_is_not_passed_over(tmp_path: Path, name: str, broken: str, words: str) -> None:
    write(tmp_path / name, f"# linkcheck\n{broken}")

    with pytest.raises(ConfigError, match=rf"{name}: .*{words}"):
        read({}, environ={}, directory=tmp_path)


def test_a_named_file_must_be_there_and_ours(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such config file"):
        read({}, named=str(tmp_path / "none.toml"), environ={})
    with pytest.raises(ConfigError, match=r"has no \[linkcheck\] table"):
        read({}, named=str(write(tmp_path / "other.toml", "x = 1")), environ={})
    with pytest.raises(ConfigError, match="cannot be read as TOML"):
        read({}, named=str(write(tmp_path / "broken.toml", "= 1")), environ={})
    with pytest.raises(ConfigError, match="is a folder; name the config file in it"):
        read({}, named=str(tmp_path), environ={})
    with pytest.raises(ConfigError, match="cannot be read"):
        read({}, named="a\0b", environ={})


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes on Windows")
def test_a_pipe_is_no_config_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")

    with pytest.raises(ConfigError, match="is not a regular file"):
        read({}, named=str(tmp_path / "pipe.toml"), environ={})


HOST = """
[linkcheck.hosts."example.org"]
concurrency = 2
interval = "1s"
timeout = "2m"
headers = { authorization = "Bearer ${LINKCHECK_SECRET_A}", x-who = "us" }
accept = [403]
[linkcheck.hosts."example.org:8443"]
timeout = 5
"""


def test_hosts_may_have_settings_of_their_own(tmp_path: Path) -> None:
    hosts = read({}, named=str(write(tmp_path / "mine.toml", HOST)), environ={}).config.hosts

    assert hosts["example.org"] == HostSettings(
        concurrency=2,
        interval=1,
        timeout=120,
        headers={"authorization": "Bearer ${LINKCHECK_SECRET_A}", "x-who": "us"},
        accept=(403,),
    )
    assert hosts["example.org:8443"] == HostSettings(timeout=5)


def test_a_found_file_may_slow_hosts_down(tmp_path: Path) -> None:
    write(tmp_path / "linkcheck.toml", '[hosts."a.test"]\ninterval = "2s"')

    assert read({}, environ={}, directory=tmp_path).config.hosts == {"a.test": HostSettings(interval=2)}


@pytest.mark.parametrize(
    ("hosts", "words"),
    [
        ({"A.test": {}}, "no HOST or HOST:PORT"),
        ({"https://a.test": {}}, "no HOST or HOST:PORT"),
        ({"a.test/x": {}}, "no HOST or HOST:PORT"),
        ({"": {}}, "no HOST or HOST:PORT"),
        ({"a.test": 3}, "expected a table"),
        ("a.test", "object"),
        ({"a.test": {"timeout": "soon"}}, "expected a duration"),
        ({"a.test": {"timeout": 0}}, "> 0"),
        ({"a.test": {"concurrency": 0}}, ">= 1"),
        ({"a.test": {"accept": [200]}}, ">= 400"),
        ({"a.test": {"acept": [403]}}, "acept"),
        ({"a.test": {"headers": "x"}}, "object"),
        ({"a.test": {"headers": {"x": "a\r\ny: z"}}}, "no header"),
        ({"a.test": {"headers": {"x y": "a"}}}, "no header"),
        ({"a.test": {"headers": {"x": 1}}}, "no header"),
        ({"a.test": {"headers": {"Host": "b.test"}}}, "not for a config to say"),
        ({"a.test": {"headers": {"Authorization": "Basic czNjcmV0"}}}, "must come from the environment"),
        ({"a.test": {"headers": {"cookie": "$LINKCHECK_SECRET_A"}}}, "must come from the environment"),
    ],
)
def test_what_cannot_be_said_of_a_host_is_named_and_never_repeated(hosts: object, words: str) -> None:
    with pytest.raises(ConfigError) as said:
        read({"hosts": hosts}, environ={})

    assert words in str(said.value)
    assert "czNjcmV0" not in str(said.value)


def test_authorities_in_a_named_file_lie_beside_it(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.toml", '[linkcheck]\nca-file = "authority.pem"')

    assert read({}, named=str(file), environ={}).config.ca_file == str(tmp_path / "authority.pem")
    assert read({"ca-file": "x.pem"}, named=str(file), environ={}).config.ca_file == "x.pem"


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
    assert list(validator.iter_errors(tomllib.loads(HOST)["linkcheck"])) == []
    assert list(validator.iter_errors({"timeuot": 1})) != []
    assert list(validator.iter_errors({"hosts": {"a.test": {"timeuot": 1}}})) != []


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
