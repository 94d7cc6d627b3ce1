"""Finding and reading sources needs no network library."""

import subprocess
import sys


def test_sources_load_no_network_and_no_extractor_before_it_is_needed() -> None:
    program = (
        "import sys, linkcheck.sources.files, linkcheck.sources.read, linkcheck.sources.local, linkcheck.sources.web\n"
        "heavy = {'httpx', 'httpcore', 'textual', 'anyio', 'charset_normalizer', 'pyromark', 'selectolax'}\n"
        "print(sorted(heavy & {*sys.modules}))"
    )

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)

    assert shown.stdout == "[]\n"
