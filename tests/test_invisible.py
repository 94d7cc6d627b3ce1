"""What nobody sees is named."""

import pytest

from linkcheck.invisible import said, without


@pytest.mark.parametrize(
    ("text", "seen", "end"),
    [
        ("guide.md", "guide.md", ""),
        ("guide.md\u200b", "guide.md", " (it holds an invisible U+200B ZERO WIDTH SPACE)"),
        ("gui\u00adde\u00a0", "guide", " (it holds an invisible U+00AD SOFT HYPHEN and U+00A0 NO-BREAK SPACE)"),
        ("\ufeffa b", "a b", " (it holds an invisible U+FEFF ZERO WIDTH NO-BREAK SPACE)"),
        ("\u202eabc", "abc", " (it holds an invisible U+202E RIGHT-TO-LEFT OVERRIDE)"),
    ],
)
def test_what_nobody_sees_is_left_out_and_named(text: str, seen: str, end: str) -> None:
    assert (without(text), said(text)) == (seen, end)
