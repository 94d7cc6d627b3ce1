"""Fixtures of the network's tests."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
