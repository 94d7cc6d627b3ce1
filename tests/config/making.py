"""Config files, and what one says of a host."""

from pathlib import Path

HOST = """
[linkcheck.hosts."example.org"]
concurrency = 2
interval = "1s"
timeout = "2m"
headers = { authorization = "Bearer ${LINKCHECK_SECRET_A}", x-who = "us" }
accept = [403]
[linkcheck.hosts."example.org:8443"]
timeout = 5
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
