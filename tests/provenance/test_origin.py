"""All that is said of a document's origin, together."""

from linkcheck.model import Claim, Provenance, Reference, Role, Span
from linkcheck.provenance.origin import provenance_of

ORIGINAL = (
    "https://www.themoscowtimes.com/2017/02/14/trump-security-advisor-michael-flynn-resigns-amid-claims-of"
    "-inappropriate-talks-with-russian-ambassador-a57137"
)


TITLE = "Trump Security Advisor Michael Flynn Resigns Amid Claims of 'Inappropriate' Talks With Russian Ambassador"


def test_a_republished_article_says_where_and_when_it_first_stood() -> None:
    headline = "Trump Security Advisor Michael Flynn Resigns"
    opening = [(3, headline), (5, "February 14, 2017"), (9, "Kathy Willens / AP"), (11, "U.S. National Security ...")]
    linked = Reference(raw=ORIGINAL, span=Span(0, 0, 45, 2), element="autolink", role=Role.ORIGINAL)
    related = Reference(raw="#", span=Span(0, 0, 21, 1), element="link", role=Role.RELATED)

    found = provenance_of([Claim("title", headline, "H1", 3)], opening, [(related, "#"), (linked, ORIGINAL)])

    assert found == Provenance(
        (
            Claim("title", headline, "H1", 3),
            Claim("photo", "Kathy Willens / AP", "credit line", 9),
            Claim("published", "2017-02-14", "date line", 5),
            Claim("published", "2017-02-14", "URL path"),
            Claim("original", ORIGINAL, "original link", 45),
            Claim("slug", "agrees", "H1, URL path", 3),
        )
    )
    assert found.first("published") == "2017-02-14"


def test_a_document_that_says_nothing_has_no_claims() -> None:
    assert provenance_of((), (), ()) == Provenance()


def test_what_the_person_says_is_stronger_than_all() -> None:
    said = [Claim("published", "2017-02-15", "front matter", 2), Claim("author", "Jane Doe", "front matter", 3)]

    found = provenance_of(said, (), (), stated="2017-02-14")

    assert found.first("published") == "2017-02-14"
    assert found.first("author") == "Jane Doe"


def test_the_address_of_a_page_that_states_no_other_tells_date_and_slug() -> None:
    found = provenance_of([Claim("title", TITLE, "H1", 3)], (), (), address=ORIGINAL)

    assert found == Provenance(
        (
            Claim("title", TITLE, "H1", 3),
            Claim("published", "2017-02-14", "URL path"),
            Claim("slug", "agrees", "H1, URL path", 3),
        )
    )


def test_a_document_that_claims_thousands_of_things_is_heard_in_part() -> None:
    said = [
        Claim(field, f"{field} {n}", "og:x", n) for n in range(20_000) for field in ("title", "author", "canonical")
    ]
    linked = [Reference(f"http://a.test/{n}", Span(0, 0, n, 1), "a", role=Role.ORIGINAL) for n in range(20_000)]

    found = provenance_of(said, (), [(one, one.raw) for one in linked])

    assert len(found.claims) < 100
