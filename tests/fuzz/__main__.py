# ruff: noqa: T201 - a search prints
"""Looks for texts that take more than a fair share of time: `python -m tests.fuzz [NAME ...] [--patterns N]`.

Every input format, and whatever else reads strangers' text, gets at least 300 repeated patterns at n, 2n and 4n
characters. Twice the size may take at most 2.3 times the CPU time. What takes longer, or raises, is listed; then the
exit code is 1. A NAME is a part of a target's name, such as `mdx` or `page:`.
"""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable

from tests.fuzz.law import breach_of
from tests.fuzz.patterns import SEED, patterns
from tests.fuzz.targets import Target, targets


def main() -> int:
    """Search, print, and return the exit code."""
    parser = ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="*", help="only targets whose names contain one of these")
    parser.add_argument("--patterns", type=int, default=300, help="how many each target gets; default 300")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    chosen = [one for one in targets() if not asked.name or any(name in one.name for name in asked.name)]
    total = sum([search(one, asked.patterns, asked.seed) for one in chosen])
    print(f"{len(chosen)} targets x {asked.patterns} patterns: {total} break the law")
    return 1 if total or not chosen else 0


def search(target: Target, count: int, seed: int) -> int:
    """Print each pattern by which a target breaks the law, and return how many do."""
    began, found = time.monotonic(), 0
    for line in troubles(target, count, seed):
        found += 1
        print(f"{target.name}: {line}", flush=True)
    print(f"{target.name}: {count} patterns, {found} found, {time.monotonic() - began:.0f} s", flush=True)
    return found


def troubles(target: Target, count: int, seed: int) -> Iterable[str]:
    """Yield what is wrong, in one line each."""
    for pattern in patterns(target.signs, count, seed):
        try:
            breach = breach_of(target.work, pattern.text)
        except Exception as error:  # noqa: BLE001 - whatever it raises is a finding
            yield f"raises {type(error).__name__}: {str(error)[:80]}  {pattern}"
            continue
        if breach:
            times = ", ".join(
                f"{size:,}: {seconds:.3f} s" for size, seconds in zip(breach.sizes, breach.seconds, strict=True)
            )
            yield f"x{breach.growth:.1f} ({times})  {pattern}"


if __name__ == "__main__":
    sys.exit(main())
