import pytest

from linkcheck import registry
from linkcheck.archives.api import Archive, configured
from linkcheck.archives.wayback import PLUGIN
from linkcheck.errors import ConfigError


def test_every_archive_is_found_by_its_name_and_has_manners_for_each_endpoint() -> None:
    found = dict(registry.load_all("archives"))

    assert found["wayback"] is PLUGIN
    for name, archive in found.items():
        assert isinstance(archive, Archive)
        assert archive.name == name
        assert archive.manners.keys() == archive.endpoints.keys()


def test_an_endpoint_is_pointed_elsewhere_and_the_others_stay() -> None:
    archive = configured(PLUGIN, {"cdx": "http://127.0.0.1:8080/cdx/"})

    assert archive.endpoints == {**PLUGIN.endpoints, "cdx": "http://127.0.0.1:8080/cdx"}


@pytest.mark.parametrize(
    ("endpoints", "message"),
    [
        ({"cdxx": "http://a.test"}, "did you mean `cdx`"),
        ({"zzz": "http://a.test"}, "it has: cdx, availability, timemap, replay"),
        ({"cdx": "ftp://a.test"}, "`wayback.cdx` must be"),
        ({"cdx": "a.test"}, "`wayback.cdx` must be"),
        ({"cdx": "http://a.test/?q"}, "`wayback.cdx` must be"),
    ],
)
def test_nonsense_in_the_config_is_named(endpoints: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        configured(PLUGIN, endpoints)
