"""The command line, for tests of what is extracted from whole folders."""

from tests.cli.conftest import run

__all__ = ["run"]
