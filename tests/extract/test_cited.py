"""What the citing text says of a link's target."""

# ruff: noqa: RUF001 - words are written in Cyrillic, and with typographic quotation marks

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.cited import cited_of
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Cited

URL = "https://a.test/story"
CAPTURE = "https://web.archive.org/web/20170214010203/https://a.test/story"


def cited(before: str = "", text: str = "The story", after: str = "") -> Cited | None:
    return cited_of(text, Surroundings(before=before, after=after))


@pytest.mark.parametrize(
    "after",
    [
        ", accessed 3 May 2019.",
        ". The Star. Retrieved May 3, 2019.",
        "(last visited on Friday, 3 May 2019)",
        "Access date: 2019-05-03",
        ", abgerufen am 3. Mai 2019.",
        "(zuletzt abgerufen am 03.05.2019)",
        "Letzter Zugriff: 3.5.2019",
        "(consulté le 3 mai 2019)",
        ", page consultée le 3 mai 2019",
        "[consultado el 3 de mayo de 2019]",
        "Fecha de consulta: 3 de mayo de 2019",
        "(URL consultato il 3 maggio 2019)",
        ". Acesso em: 3 maio 2019.",
        "Acessado em 3 de maio de 2019",
        "(дата обращения: 03.05.2019)",
        "Дата доступа: 3 мая 2019 г.",
        "(дата звернення: 3 травня 2019)",
        "Процитовано 3 травня 2019.",
    ],
)
def test_an_access_date_after_a_link_is_read(after: str) -> None:
    assert cited(after=after) == Cited(accessed="2019-05-03")


@pytest.mark.parametrize(
    "before",
    [
        "Retrieved May 3, 2019, from",
        "Recuperado el 3 de mayo de 2019, de",
        "Abgerufen am 3. Mai 2019 von",
        "Smith, J. (2018). Consulté le 3 mai 2019, sur",
        "Accessed 2019-05-03:",
    ],
)
def test_an_access_date_may_lead_to_the_link(before: str) -> None:
    assert cited(before, URL) == Cited(accessed="2019-05-03")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The first, accessed 3 May 2019. The second,", ""),
        ("", "was written on 3 May 2019."),
        ("", "was accessed often; on 3 May 2019 it rained"),
        ("", "accessed 02/03/2019"),
        ("", "x" * 250 + " accessed 3 May 2019"),
        ("It was retrieved. On 3 May 2019 the", ""),
        ("", "; https://b.test/other, accessed 3 May 2019"),
    ],
)
def test_a_date_that_speaks_of_something_else_is_not_taken(before: str, after: str) -> None:
    assert cited(before, after=after) is None


def test_an_access_date_behind_the_archived_copy_is_the_link_s() -> None:
    found = cited(text=URL, after=f"(archived at {CAPTURE}, accessed 3 May 2019)")

    assert found is not None
    assert found.accessed == "2019-05-03"


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ('Smith, J., "The End of Things," The Star, May 3, 2019,', URL, ""),
        ("Jane Smith and Bob Jones: “The End of Things”.", URL, ""),
        ("“The End of Things” –", URL, ""),
        ("", URL, "– “The End of Things”"),
        ("", URL, "(“The End of Things”)"),
        ("", "“The End of Things”", ", The Star"),
        ("Smith, J. (2019).", "„The End of Things“", ""),
        ("", "«The End of Things»", ""),
        ("", "« The End of Things »", ""),
    ],
)
def test_a_title_is_read_where_citations_have_it(before: str, text: str, after: str) -> None:
    assert cited(before, text, after) == Cited(title="The End of Things")


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("", "According to CNN", ', Smith said that "we will never do this" and left.'),
        ("He said, “we will never do this”", URL, ""),
        ("He said, “we will never do this” (", "CNN", ")"),
        ("Er sagte: „we will never do this“, so die", "Zeit", "."),
        ("Selon lui, « we will never do this »,", "écrit Le Monde", ""),
        ("Он сказал: «we will never do this»,", "пишет газета", ""),
        ("as he said,", '"we will never do this"', "on Friday"),
        ('he said "we will', "never", 'do this" and left'),
        ("Mr. J. F. Smith of the U.S. Army said “we will never do this”, by", "CNN", ""),
    ],
)
def test_quoted_words_in_the_same_sentence_are_a_quotation(before: str, text: str, after: str) -> None:
    assert cited(before, text, after) == Cited(quote="we will never do this")


def test_the_nearest_quotation_counts() -> None:
    found = cited("Some said “it will rain all day” but", "others", "held “it will not rain at all” instead.")

    assert found == Cited(quote="it will rain all day")


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("He called it “fake news” in", "an interview", ""),
        ("", "The story", 'came out. "We will never do this", he said.'),
        ("“We will never do this.” He left. Then", "a report", "said nothing."),
        ('a 15" screen and a 17" screen with', "a stand", 'of 3" and more'),
        ('unbalanced " quote before', "a link", "and nothing after it at all"),
        ("It isn't what 'they said it was' in", "the paper", ""),
    ],
)
def test_what_is_no_quotation_of_this_sentence_is_not_taken(before: str, text: str, after: str) -> None:
    assert cited(before, text, after) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        (CAPTURE, "2017-02-14"),
        ("https://web.archive.org/web/20170214id_/http://a.test/", "2017-02-14"),
        ("https://archive.today/AbCd1", None),
        ("https://archive.ph/20170214010203/https://a.test/", "2017-02-14"),
        ("https://perma.cc/AB12-CD34", None),
        ("https://arquivo.pt/wayback/20170214010203/http://a.test/", "2017-02-14"),
        ("http://www.webcitation.org/6abcDEF", None),
    ],
)
def test_an_archive_link_beside_is_read_with_its_day(url: str, day: str | None) -> None:
    assert cited(after=f". Archived at {url}.") == Cited(archive_url=url, archive_date=day)


def test_an_archive_link_may_lead_to_the_original() -> None:
    assert cited(f"{CAPTURE} from the original", URL) == Cited(archive_url=CAPTURE, archive_date="2017-02-14")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"One, {CAPTURE}; two,", ""),
        ("", f"and https://b.test/ with {CAPTURE}"),
        ("", "x " * 110 + "https://web.archive.org/web/20170214010203/https://a.test/" + "s" * 22),
        ("", "https://archive.example/20170214010203/"),
    ],
)
def test_an_archive_link_of_something_else_or_one_that_is_cut_is_not_taken(before: str, after: str) -> None:
    assert cited(before, URL, after) is None


def test_the_stated_archive_date_counts_before_that_of_the_link() -> None:
    found = cited(after=f"Archived on 3 May 2019 at {CAPTURE}")

    assert found == Cited(archive_url=CAPTURE, archive_date="2019-05-03")


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("Archived from", "the original", "on 3 May 2019."),
        ("", "Story", ". Archived from the original on 3 May 2019"),
        ("", "Artikel", " (archiviert am 3. Mai 2019)"),
        ("", "Статья", ". Архивировано 3 мая 2019 года."),
    ],
)
def test_an_archive_date_is_read(before: str, text: str, after: str) -> None:
    assert cited(before, text, after) == Cited(archive_date="2019-05-03")


def test_access_date_title_and_archive_are_read_together() -> None:
    found = cited("“The End of Things”.", URL, f". Accessed 3 May 2019. Archived at {CAPTURE}.")

    assert found == Cited(
        title="The End of Things", accessed="2019-05-03", archive_url=CAPTURE, archive_date="2017-02-14"
    )


def test_plain_words_say_nothing() -> None:
    assert cited("In 2019 it was said that", "the story", "is true.") is None


@given(st.text(max_size=300), st.text(), st.text(max_size=300))
def test_any_words_may_stand_around(before: str, text: str, after: str) -> None:
    found = cited(before, text, after)

    assert found is None or found != Cited()


@pytest.mark.parametrize(
    "piece", ['"', "“", "„", "« ", "»", 'a "b c d e" ', "accessed ", "2019 ", "archived 2019 ", ". A"]
)
def test_hostile_words_are_read_in_linear_time(piece: str) -> None:
    around = (piece * 300)[:300]

    cited(around, piece * 200_000, around)
