"""Rules about references where they stand: wrappers, tracking, titles."""

import pytest
from msgspec import structs

from linkcheck import registry
from linkcheck.detect.api import Detector, Then
from linkcheck.detect.naming import Naming, naming
from linkcheck.detect.tracking import without_tracking
from linkcheck.model import Cited, Confidence, Finding, PageFacts, Role
from tests.detect.mentions import mention


def found(
    rule: str,
    text: str,
    url: str,
    *,
    link: str = "",
    facts: PageFacts | None = None,
    then: Then | None = None,
    **said: object,
) -> list[Finding]:
    plugin: Detector = registry.load("detect", rule)
    assert plugin.mention
    one = mention(text, url, role=Role.CITATION if "cited" in said else Role.RELATED)
    reference = structs.replace(one.reference, **said)
    return list(plugin.mention(structs.replace(one, link=link or url, facts=facts, then=then, reference=reference)))


def test_a_wrapped_link_names_its_inner_address() -> None:
    (finding,) = found("wrapped-link", "x", "https://www.google.com/url?q=https://a.org/x", link="https://a.org/x")

    assert finding.next == "Link to https://a.org/x"
    assert found("wrapped-link", "x", "https://a.org/x") == []
    assert found("wrapped-link", "x", "https://a.org/x#part", link="https://a.org/x") == []


@pytest.mark.parametrize(
    ("element", "raw", "url", "is_found"),
    [
        ("citation", "a.org/x", "https://a.org/x", True),
        ("url", "www.a.org/x\\_y", "https://www.a.org/x_y", True),
        ("citation", "https:/a.org/x", "https://a.org/x", True),
        ("citation", "пример.рф/x", "https://xn--e1afmkfd.xn--p1ai/x", True),
        ("citation", "web.archive.org/web/2010/http://a.org/", "https://web.archive.org/web/2010/http://a.org/", True),
        ("citation", "https://a.org/x", "https://a.org/x", False),
        ("citation", "htp://a.org/x", "https://a.org/x", False),
        ("citation", "//a.org/x", "https://a.org/x", False),
        ("link", "a.org/x", "https://a.org/dir/a.org/x", False),
        ("link", "x.html", "https://a.org/x.html", False),
        ("link", "a.org/x", "file:///a.org/x", False),
        ("cell", "a.org/x", "https://a.org/x", False),
    ],
)
def test_an_address_without_scheme(element: str, raw: str, url: str, *, is_found: bool) -> None:
    findings = found("missing-scheme", "x", url, element=element, raw=raw)

    assert [one.next for one in findings] == [f"Write {url}"] * is_found


def test_nobody_is_told_to_write_an_address_where_no_page_was_seen() -> None:
    plugin: Detector = registry.load("detect", "missing-scheme")
    assert plugin.mention
    one = mention("x", "https://a.org/x", role=Role.CITATION)
    reference = structs.replace(one.reference, element="citation", raw="a.org/x")
    (finding,) = plugin.mention(structs.replace(one, reference=reference, is_there=False))

    assert finding.next == "Write https://a.org/x, if the page is there"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.org/x?utm_source=n&id=4", "https://a.org/x?id=4"),
        ("https://a.org/x?utm_source=n&utm_medium=m", "https://a.org/x"),
        ("https://a.org/x?fbclid=abc#part", "https://a.org/x#part"),
        ("https://a.org/x?a=%20b&gclid=1&c=d", "https://a.org/x?a=%20b&c=d"),
    ],
)
def test_tracking_parameters_are_cut_and_nothing_else(url: str, expected: str) -> None:
    (finding,) = found("tracking-parameters", "x", url)

    assert finding.evidence["without"] == expected
    assert without_tracking(url) == expected


@pytest.mark.parametrize(
    "url", ["https://a.org/x", "https://a.org/x?id=4", "https://a.org/utm_source", "https://a.org/?items=2"]
)
def test_other_parameters_are_not(url: str) -> None:
    assert found("tracking-parameters", "x", url) == []


STORM = "The winter storm tears a hole in the east pier of the harbour"
FLIGHTS = PageFacts(title="The best of the cheap flights to the islands of the south | Flights", h1="Cheap flights")


def test_a_related_story_whose_page_is_called_otherwise() -> None:
    (finding,) = found("text-target-mismatch", STORM, "https://a.org/s/17", facts=FLIGHTS)

    assert finding.evidence["names"] == [FLIGHTS.title, FLIGHTS.h1]


def test_a_cited_title_that_the_page_does_not_have() -> None:
    said = Cited(title=STORM)

    (finding,) = found("title-mismatch", "here", "https://a.org/s/17", facts=FLIGHTS, cited=said)

    assert finding.evidence["cited"] == STORM
    assert found("title-mismatch", "here", "https://a.org/s/17", cited=said) == []


def called(*names: str, days: int = 3) -> Then:
    return Then(names=names, at="2017-02-17T00:00:00Z", days=days, uri_m="https://web.archive.org/web/2017/x")


@pytest.mark.parametrize("rule", ["title-mismatch", "text-target-mismatch"])
def test_a_capture_tells_a_page_that_was_replaced_from_a_link_that_was_always_wrong(rule: str) -> None:
    said: dict[str, object] = {"cited": Cited(title=STORM)} if rule == "title-mismatch" else {}

    def one(then: Then | None) -> Finding:
        (finding,) = found(rule, STORM, "https://a.org/s/17", facts=FLIGHTS, then=then, **said)
        return finding

    assert one(None).confidence is Confidence.MEDIUM
    replaced = one(called("Winter storm tears hole in east pier"))
    assert replaced.message.endswith(
        'the capture of 2017-02-17 was called "Winter storm tears hole in east pier": another page stands there now'
    )
    assert replaced.next == "Cite the capture of 2017-02-17: https://web.archive.org/web/2017/x"
    assert (replaced.confidence, replaced.evidence["since"]) == (Confidence.HIGH, "replaced")
    always = one(called("The best of the cheap flights to the islands of the south"))
    assert always.message.endswith("in the capture of 2017-02-17: the link was wrong from the start")
    assert (always.confidence, always.evidence["since"]) == (Confidence.HIGH, "always")


@pytest.mark.parametrize(
    "then",
    [
        called("The Harbour Gazette"),
        called(),
        called("The best of the cheap flights to the islands of the south", days=800),
        called("Der Sturm reißt ein Loch in den Pier des alten Hafens und in die Mole"),
    ],
)
def test_a_capture_that_tells_nothing_changes_nothing(then: Then) -> None:
    (finding,) = found("text-target-mismatch", STORM, "https://a.org/s/17", facts=FLIGHTS, then=then)

    assert (finding.confidence, "since" in finding.evidence) == (Confidence.MEDIUM, False)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (STORM, PageFacts(title="Storm tears hole in pier")),
        (
            STORM,
            PageFacts(title="Seite 17", h1="Der Sturm reißt ein Loch in den Pier des alten Hafens und in die Mole"),
        ),
        (STORM, PageFacts(title="The Harbour Gazette")),
        (STORM, PageFacts(title="Gazette")),
        (STORM, PageFacts()),
        ("read more", FLIGHTS),
        ("here", FLIGHTS),
        ("The Harbour Gazette", FLIGHTS),
        ("Read the full story on our website", FLIGHTS),
    ],
)
def test_generic_texts_names_of_sites_and_other_languages_say_nothing(text: str, facts: PageFacts) -> None:
    assert found("text-target-mismatch", text, "https://a.org/s/17", facts=facts) == []


def test_a_shared_word_of_many_leaves_it_open() -> None:
    assert naming(STORM, ("The pier",), "https://a.org/x") is not Naming.OTHER
