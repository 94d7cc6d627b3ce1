"""What a page says of its being free to read."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.free_access import is_free
from tests.cost import is_linear


def page(json: str, kind: str = "application/ld+json") -> str:
    return f'<html><head><script type="{kind}">{json}</script></head><body>Text'


@pytest.mark.parametrize(
    ("json", "answer"),
    [
        ('{"@type":"NewsArticle","isAccessibleForFree":false}', False),
        ('{"@type":"NewsArticle","isAccessibleForFree":"False"}', False),
        ('{"@type":"NewsArticle","isAccessibleForFree":"false"}', False),
        ('{"@type":"NewsArticle","isAccessibleForFree":"http://schema.org/False"}', False),
        ('{"@type":["Article","NewsArticle"],"isAccessibleForFree":true}', True),
        ('{"@type":"http://schema.org/Article","isAccessibleForFree":"True"}', True),
        ('{"@graph":[{"@type":"WebSite"},{"@type":"BlogPosting","isAccessibleForFree":false}]}', False),
        ('[{"@type":"NewsArticle","hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False"}}]', False),
        (
            '{"@type":"Article","isAccessibleForFree":true,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false}}',
            False,
        ),
        ('{"@type":"Article","articleBody":"a <p>b</p>\nc","isAccessibleForFree":false}', False),
        ('{"@type":"Event","isAccessibleForFree":false}', None),
        ('{"@type":"Museum","isAccessibleForFree":"False"}', None),
        ('{"isAccessibleForFree":false}', None),
        ('{"@type":"Article","isAccessibleForFree":null}', None),
        ('{"@type":"Article","isAccessibleForFree":{"@type":"Article","isAccessibleForFree":false}}', False),
        ('{"@type":"Article","isAccessibleForFree":false', None),
        ('{"@type":"Article"}', None),
    ],
)
def test_what_json_ld_says_of_what_is_read(json: str, answer: bool | None) -> None:
    assert is_free(page(json)) is answer


def test_other_scripts_and_text_say_nothing() -> None:
    said = '{"@type":"Article","isAccessibleForFree":false}'

    assert is_free(page(said, "application/json")) is None
    assert is_free(f"<p>{said}</p>") is None


@given(st.text())
def test_it_never_raises(text: str) -> None:
    assert is_free(page('{"@type":"Article","isAccessibleForFree":' + text)) in {True, False, None}


@pytest.mark.parametrize(
    "hostile",
    [
        lambda count: "<script type=ld+json>" * count + "isAccessibleForFree",
        lambda count: "<script " * count + "isAccessibleForFree",
        lambda count: page("[" * count + '"isAccessibleForFree"'),
        lambda count: page('{"isAccessibleForFree":' * count),
        lambda count: page('{"isAccessibleForFree":' + "9" * 20 * count + "}"),
        lambda count: page('{"@type":"Article","isAccessibleForFree":{"a":' * count + "1" + "}}" * count),
    ],
)
def test_a_hostile_page_takes_no_time(hostile: Callable[[int], str]) -> None:
    assert is_linear(lambda count: is_free(hostile(count)), 40_000)
