"""What goes on beside a stage ends with it, and hides nothing."""

import anyio
import pytest

from linkcheck.pipeline import beside


def test_the_companion_ends_with_the_block() -> None:
    async def scenario() -> str:
        async with beside(anyio.sleep_forever):
            return "done"

    assert anyio.run(scenario) == "done"


def test_an_exception_comes_out_as_it_was_raised() -> None:
    async def scenario() -> None:
        async with beside(anyio.sleep_forever), anyio.create_task_group() as group:
            group.start_soon(fail)

    async def fail() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        anyio.run(scenario)


def test_the_companion_can_end_both() -> None:
    async def scenario() -> bool:
        async def watch() -> None:
            scope.cancel()

        async with beside(watch) as scope:
            await anyio.sleep_forever()
        return True

    assert anyio.run(scenario)
