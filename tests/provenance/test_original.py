"""Where the article first stood."""

from linkcheck.model import Claim, Reference, Role, Span
from linkcheck.provenance.original import claims


def reference(destination: str, role: Role, line: int = 1) -> tuple[Reference, str]:
    return Reference(raw=destination, span=Span(0, 0, line, 1), element="link", role=role), destination


def test_the_labelled_link_is_stronger_than_metadata() -> None:
    said = (
        Claim("canonical", "https://a.test/canonical", "rel=canonical", 2),
        Claim("original", "https://a.test/stated", "front matter", 3),
    )
    linked = [reference("https://a.test/cited", Role.CITATION), reference("https://a.test/linked", Role.ORIGINAL, 45)]

    assert claims(said, linked) == (
        Claim("original", "https://a.test/linked", "original link", 45),
        Claim("original", "https://a.test/stated", "front matter", 3),
        Claim("original", "https://a.test/canonical", "rel=canonical", 2),
    )


def test_what_is_no_address_on_the_web_is_no_original() -> None:
    lost = [reference(destination, Role.ORIGINAL) for destination in ("#", "", "mailto:a@b.test", "a.html", "http://")]

    assert claims((Claim("canonical", "/x", "rel=canonical"),), lost) == ()


def test_an_address_is_given_as_browsers_write_it() -> None:
    assert claims((), [reference("HTTPS://A.test:443/x y", Role.ORIGINAL)])[0].value == "https://a.test/x%20y"
