"""Something that goes on beside a stage, for as long as the stage lasts."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import anyio


@asynccontextmanager
async def beside(companion: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[anyio.CancelScope]:
    """Run a companion while the block runs, and give the scope that ends both.

    What the block raises comes out as it was raised, not in a group.
    """
    try:
        async with anyio.create_task_group() as group:
            group.start_soon(companion)
            yield group.cancel_scope
            group.cancel_scope.cancel()
    except BaseExceptionGroup as several:
        raise _only(several) from None


def _only(error: BaseException) -> BaseException:
    """Unwrap what task groups have wrapped around a single exception."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error
