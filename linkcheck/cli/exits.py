"""What the process exits with. Where several hold: 130 > 2 > 3 > 1 > 0."""

from enum import IntEnum


class Exit(IntEnum):
    """The contract with scripts and CI."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
    INTERRUPTED = 130
