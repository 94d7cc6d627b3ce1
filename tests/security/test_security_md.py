"""SECURITY.md says what is true: its table comes from the settings."""

import os
import re
from pathlib import Path

from linkcheck.config.keys import keys
from linkcheck.config.trust import MEANING, Trust

FILE = Path(__file__).parents[2] / "SECURITY.md"


def table() -> str:
    rows = ["| class | settings | what counts |", "|---|---|---|"]
    for trust in Trust:
        names = [f"`{name}`" for name, key in keys().items() if key.trust is trust]
        shown = ", ".join(names) if trust is not Trust.NEVER else "every other setting"
        rows.append(f"| {trust.value} | {shown} | {MEANING[trust]} |")
    return "\n".join(rows)


def test_the_table_of_trust_classes_is_fresh() -> None:
    """Write it anew with UPDATE_GOLDENS=1."""
    text = FILE.read_text(encoding="utf-8")
    block = re.compile(r"(<!-- generated: trust -->\n).*?(<!-- end -->)", re.DOTALL)
    fresh = block.sub(lambda found: f"{found[1]}{table()}\n{found[2]}", text)
    if os.environ.get("UPDATE_GOLDENS"):
        FILE.write_text(fresh, encoding="utf-8")

    assert block.search(text)
    assert FILE.read_text(encoding="utf-8") == fresh
