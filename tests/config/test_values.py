"""Values may be written as people write them; what cannot be is named with its place."""

from pathlib import Path

import pytest

from linkcheck.config import HostSettings, read
from linkcheck.config.values import size_text
from linkcheck.errors import ConfigError
from tests.config.making import HOST, write


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("timeout", "soon", "expected a duration"),
        ("timeout", True, "expected a duration"),
        ("timeout", "-3s", "expected a duration"),
        ("timeout", "9" * 400, "expected a duration"),
        ("timeout", 0, "> 0"),
        ("max-file-size", "much", "expected a size"),
        ("max-file-size", "1.5MB", "expected a size"),
        ("max-file-size", "9" * 400, "expected a size"),
        ("max-file-size", True, "expected a size"),
        ("max-file-size", 0, ">= 1"),
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


@pytest.mark.parametrize("written", ["2017-02-14", '"2017-02-14"', "2017-02-14T23:00:00-08:00"])
def test_a_date_may_be_written_as_toml_writes_dates(tmp_path: Path, written: str) -> None:
    write(tmp_path / "linkcheck.toml", f"published = {written}")

    assert read({}, environ={}, directory=tmp_path).config.published == "2017-02-14"


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


@pytest.mark.parametrize(
    ("written", "size"),
    [("64MiB", 64 << 20), ("10MB", 10_000_000), ("10 mb", 10_000_000), (1000, 1000), ("1000", 1000), ("2KiB", 2048),
     ("7B", 7), ("1GiB", 1 << 30)],
)  # fmt: skip
def test_sizes_are_written_as_people_do(written: object, size: int) -> None:
    assert read({"max-file-size": written}, environ={}).config.max_file_size == size


@pytest.mark.parametrize(
    ("size", "text"), [(64 << 20, "64 MiB"), (1 << 30, "1 GiB"), (1536, "1,536 bytes"), (3 << 10, "3 KiB")]
)
def test_a_size_is_shown_in_its_largest_whole_unit(size: int, text: str) -> None:
    assert size_text(size) == text
