import pytest

from linkcheck.model import Cited, Claim, DocumentRow, Reference, Span
from linkcheck.pipeline.targeting import instant_of, target_of
from linkcheck.plan import Plan
from linkcheck.store import Planned

PUBLISHED = Claim("published", "2019-06-14", "date line", 3)


def planned(url: str = "https://a.org/story", **cited: str) -> Planned:
    reference = Reference(raw=url, span=Span(0, 1, 1, 1), element="link", cited=Cited(**cited) if cited else None)
    return Planned(reference, Plan(url=url, link=url))


def document(*claims: Claim) -> DocumentRow:
    return DocumentRow(path="a.md", media_type="text/markdown", claims=claims)


COPY = "https://web.archive.org/web/20150102030405/https://a.org/story"
DATED = "https://a.org/2016/03/04/story"


@pytest.mark.parametrize(
    ("one", "claims", "day", "basis"),
    [
        (planned(COPY, accessed="2020-01-01"), [PUBLISHED], "2015-01-02", "the instant of the archived copy"),
        (planned(accessed="2020-01-01", archive_date="2020-02-02"), [PUBLISHED], "2020-01-01", "was read"),
        (planned(archive_date="2020-02-02"), [PUBLISHED], "2020-02-02", "copy that the text names"),
        (planned(DATED), [PUBLISHED], "2019-06-14", "the article's date (date line)"),
        (planned(DATED), [], "2016-03-04", "the link's own address"),
        (planned(), [], "", ""),
        (planned(accessed="2020-13-77"), [PUBLISHED], "2019-06-14", "the article's date"),
        (planned(accessed="1066-10-14"), [], "", ""),
        (planned("https://web.archive.org/web/2016*/" + DATED), [], "2016-03-04", "the link's own address"),
    ],
)
def test_the_day_of_a_reference_is_its_own_then_the_articles_then_the_urls(
    one: Planned, claims: list[Claim], day: str, basis: str
) -> None:
    target = target_of(one, document(*claims))

    assert target.day == day
    assert basis in target.basis


def test_the_instant_is_the_end_of_the_day() -> None:
    instant = instant_of("2017-02-14")

    assert instant is not None
    assert instant.isoformat() == "2017-02-14T23:59:59+00:00"
    assert instant_of("") is None
