"""Runs one evaluation over the outside test material: `python -m tests.eval metadata|recovery`."""

import sys
from importlib import import_module
from pathlib import Path

NAMES = ("metadata", "recovery")

if __name__ == "__main__":
    wanted = sys.argv[1:2]
    if wanted not in [[name] for name in NAMES]:
        sys.exit(f"which one? {', '.join(NAMES)}")
    beside = Path(__file__).parents[3] / "shared" / "cases"
    if not (beside / "pages").is_dir():
        sys.exit("the outside test material is not beside this checkout")
    for line in import_module(f"tests.eval.{wanted[0]}").rate(beside, frozenset(sys.argv[2:])):
        print(line, flush=True)  # noqa: T201 - that is what it is for
