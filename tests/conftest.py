"""Fixtures that all tests share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cases() -> Path:
    """Test material that others made; it lies beside the checkout and is not part of the project."""
    folder = Path(__file__).parents[2] / "shared" / "cases"
    if not folder.is_dir():
        pytest.skip("the outside test material is not beside this checkout")
    return folder
