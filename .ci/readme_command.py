"""Prints one of the README's two commands, so that what people are told is what is tested."""

import re
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def command(name: str) -> str:
    """Give the shell block that the marker `<!-- command: NAME -->` stands before."""
    found = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        sys.exit(f"README.md has no command {name!r}")
    return found[1]


print(command(sys.argv[1]))  # noqa: T201 - a script prints
