"""Patterns that are compiled when they are first used."""

import copy
import re
import subprocess
import sys

import pytest

from linkcheck.later import later


def test_it_does_what_the_pattern_does() -> None:
    pattern = later(r"(?P<word>b+)", re.IGNORECASE)

    assert pattern.sub("-", "aBBc") == "a-c"
    assert [found["word"] for found in pattern.finditer("aBBc")] == ["BB"]
    assert pattern.pattern == r"(?P<word>b+)"
    assert pattern.search is pattern.search
    assert later(rb"\d").findall(b"a1") == [b"1"]


def test_it_is_compiled_once_it_is_used_and_no_earlier() -> None:
    pattern = later("(")

    copy.copy(pattern)
    with pytest.raises(re.error):
        pattern.search("")


def test_no_date_is_looked_for_by_a_run_that_meets_none() -> None:
    code = (
        "import re, re._compiler as compiler; made = []; original = compiler.compile\n"
        "compiler.compile = lambda pattern, flags=0: made.append(pattern) or original(pattern, flags)\n"
        "import linkcheck.dates; before = len([one for one in made if 'Uhr' in str(one)])\n"
        "linkcheck.dates.parse_date('14 February 2017'); print(before, len(made) > before)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert said.split() == ["0", "True"]
