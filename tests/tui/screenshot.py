"""Compares what stands on the screen with what was approved; `UPDATE_GOLDENS=1 pytest tests/tui` approves it."""

import os
from pathlib import Path
from typing import Any

from textual.app import App

FOLDER = Path(__file__).parent / "snapshots"


def screen(app: App[Any]) -> str:
    """Give the characters on the screen, a line each, without what is blank at its end."""
    strips = app.screen._compositor.render_strips()
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


def approved(name: str, actual: str) -> str:
    """Give the approved text of that name."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_bytes(actual.encode())
    return path.read_bytes().decode()
