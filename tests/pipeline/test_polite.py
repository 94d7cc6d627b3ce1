"""Links that lead to an archive are asked as politely as the archive itself, whoever is asked about captures."""

from contextlib import closing

import pytest

from linkcheck.config import Config
from linkcheck.pipeline.line import Job, Line
from linkcheck.store import Journal


@pytest.mark.parametrize("config", [Config(archive=False), Config(archive_order=("arquivo",))])
def test_archives_that_are_not_asked_are_still_known(config: Config) -> None:
    with closing(Journal(None)) as journal:
        line = Line(Job(config=config, journal=journal))

    assert "wayback" not in [archive.name for archive in line.archives]
    assert "wayback" in [archive.name for archive in line.polite_to]


def test_the_order_of_the_config_is_that_of_asking() -> None:
    own = {"ours": {"timemap": "https://arc.test/timemap"}}
    with closing(Journal(None)) as journal:
        last = Line(Job(config=Config(archives=own), journal=journal))
        first = Line(Job(config=Config(archives=own, archive_order=("ours", "wayback", "perma")), journal=journal))

    assert [archive.name for archive in last.archives] == ["wayback", "arquivo", "ours"]
    assert [archive.name for archive in first.archives] == ["ours", "wayback", "perma"]
