"""What a run says of an article's origin, from the file to the report."""

from contextlib import closing
from pathlib import Path

import anyio

from linkcheck import config, pipeline
from linkcheck.model import DocumentRow, ReferenceRow, Severity
from linkcheck.store import Journal
from tests.detect.mentions import HEADLINE, MOSCOW, OTHER

ARTICLE = f"""\
# {HEADLINE}

February {{day}}, 2017

**Kathy Willens / AP**

Flynn [resigned](#).

**Related article:** [{OTHER}]({MOSCOW})

**Related article:** [White House Says Russia Sanctions Will Remain Until Crimea Returned to Ukraine](#)

Original url:

<{MOSCOW}>
"""


def check(folder: Path, day: int, **options: object) -> tuple[DocumentRow, list[ReferenceRow]]:
    (folder / "article.md").write_text(ARTICLE.format(day=day), encoding="utf-8")
    settings = config.read({"sources": ["article.md"], "offline": True, **options}, environ={}).config
    with closing(Journal(None)) as journal:
        found = anyio.run(pipeline.run, pipeline.Job(config=settings, journal=journal, directory=folder)).report
        (document,) = found.documents()
        return document, list(found.references())


def test_an_article_that_is_what_it_claims_to_be(tmp_path: Path) -> None:
    document, _ = check(tmp_path, 14)

    assert [(claim.field, claim.value, claim.said_by, claim.line) for claim in document.claims] == [
        ("title", HEADLINE, "H1", 1),
        ("photo", "Kathy Willens / AP", "credit line", 5),
        ("published", "2017-02-14", "date line", 3),
        ("published", "2017-02-14", "URL path", None),
        ("original", MOSCOW, "original link", 15),
        ("slug", "agrees", "H1, URL path", 1),
    ]
    assert document.findings == ()
    assert document.author is None


def test_a_related_story_that_is_the_article_is_accused_and_nothing_else(tmp_path: Path) -> None:
    _, references = check(tmp_path, 14)

    assert [(row.line, [finding.rule for finding in row.findings]) for row in references] == [
        (7, ["placeholder"]),
        (9, ["self-reference", "text-target-mismatch"]),
        (11, ["placeholder"]),
        (15, []),
    ]


def test_a_date_that_is_days_off_is_a_finding_of_the_document(tmp_path: Path) -> None:
    document, _ = check(tmp_path, 28)

    assert [(one.rule, one.severity, one.line) for one in document.findings] == [("date-conflict", Severity.WARNING, 3)]


def test_the_config_weighs_findings_of_documents_too(tmp_path: Path) -> None:
    document, references = check(tmp_path, 28, severity={"date-conflict": "error", "self-reference": "note"})

    assert [one.severity for one in document.findings] == [Severity.ERROR]
    assert [one.severity for one in references[1].findings] == [Severity.NOTE, Severity.WARNING]
