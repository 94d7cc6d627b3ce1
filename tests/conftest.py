"""Fixtures that all tests share, and laws that are not timed: a busy machine is no reason to fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the ids of histories that tests begin out of the state folder of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def cases() -> Path:
    """Test material that others made; it lies beside the checkout and is not part of the project."""
    folder = Path(__file__).parents[2] / "shared" / "cases"
    if not folder.is_dir():
        pytest.skip("the outside test material is not beside this checkout")
    return folder
