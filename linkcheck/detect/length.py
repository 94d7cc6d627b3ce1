"""Counts how long a page is, in scripts that put spaces between words and in those that do not. Pure."""

from linkcheck.detect.api import Page
from linkcheck.later import later


def length(text: str) -> int:
    """Count the words of a short text."""
    return len(text.split()) + len(_TOGETHER.findall(text)) // 2


def length_of(page: Page) -> int:
    """Give the words of a page; of Chinese, Japanese and Thai, two characters count as one."""
    if page.facts.words > _LONG or page.text.isascii():
        return page.facts.words
    return page.facts.words + len(_TOGETHER.findall(page.text[:_LOOKED_AT])) // 2


_LONG = 2_000
_LOOKED_AT = 4_000
_TOGETHER = later("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
