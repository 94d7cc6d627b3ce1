"""Compares output with what was approved.

`UPDATE_GOLDENS=1 pytest tests/render` approves what comes now, the JSON Schema too.
"""

import os
from io import StringIO
from pathlib import Path

import linkcheck
from linkcheck.model import Report
from linkcheck.registry import load
from linkcheck.render.api import Style

FOLDER = Path(__file__).parent / "goldens"


def rendered(format_name: str, report: Report, style: Style | None = None) -> str:
    """Render as the command line does, with the version left out so that a release changes no golden."""
    out = StringIO()
    load("render", format_name).render(report, out, style or Style())
    version = linkcheck.__version__
    return (
        out.getvalue()
        .replace(f"linkcheck {version} ·", "linkcheck VERSION ·")
        .replace(f'"version":"{version}"', '"version":"VERSION"')
        .replace(f'"semanticVersion":"{version}"', '"semanticVersion":"VERSION"')
    )


def approved(name: str | Path, actual: str) -> str:
    """Give the approved text: of a golden by its name, or of any committed file by its path."""
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_bytes(actual.encode())
    return path.read_bytes().decode()
