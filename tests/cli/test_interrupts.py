import signal

import pytest

from linkcheck.cli.interrupts import Interrupts
from linkcheck.pipeline import Commands


def test_a_signal_that_is_delivered_twice_is_one_wish() -> None:
    commands, now = Commands(), iter([0.0, 0.4])
    interrupts = Interrupts(commands, stopwatch=lambda: next(now))

    with interrupts.heard():
        signal.raise_signal(signal.SIGINT)
        assert commands.stop.is_set()
        signal.raise_signal(signal.SIGINT)

    assert interrupts.was_heard


def test_a_second_wish_ends_at_once_even_where_tasks_have_heard_it() -> None:
    now = iter([0.0, 3.0])

    def hear_again() -> None:
        try:
            signal.raise_signal(signal.SIGTERM)
        except KeyboardInterrupt as second:
            raise BaseExceptionGroup("tasks", [second]) from None

    def hear_twice() -> None:
        with Interrupts(Commands(), stopwatch=lambda: next(now)).heard():
            signal.raise_signal(signal.SIGINT)
            hear_again()

    with pytest.raises(KeyboardInterrupt):
        hear_twice()


def test_what_tasks_raise_otherwise_goes_on() -> None:
    def fail() -> None:
        with Interrupts(Commands()).heard():
            raise ExceptionGroup("tasks", [ValueError()])

    with pytest.raises(ExceptionGroup, match="tasks"):
        fail()
