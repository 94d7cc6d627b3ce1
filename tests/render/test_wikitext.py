"""Corrected citations: three parameters, the page's dates, the citation's own language, and nothing else."""

import pytest
from msgspec import structs

from linkcheck.extract.api import Wanted
from linkcheck.extract.wikitext import extract
from linkcheck.model import (
    Claim,
    Document,
    DocumentRow,
    Finding,
    Memento,
    Reason,
    ReasonCode,
    ReferenceRow,
    Severity,
    Trust,
    Verdict,
)
from tests.render.approval import rendered
from tests.render.staged import StagedReport

COPY = Memento(
    archive="wayback",
    uri_m="https://web.archive.org/web/20170214120331/http://a.test/x",
    datetime="2017-02-14T12:03:31Z",
)


def report(
    wikitext: str, verdict: Verdict, *, copies: tuple[Memento, ...] = (COPY,), style: str | None = None
) -> StagedReport:
    document = Document(name="p.wiki", media_type="text/x-wiki", source=wikitext.encode(), text=wikitext)
    rows = [
        ReferenceRow(
            document="p.wiki",
            **{name: getattr(one.span, name) for name in ("line", "column", "start", "end")},
            raw=one.raw,
            text=one.text,
            element=one.element,
            role=one.role,
            cited=one.cited,
            verdict=verdict,
            reason=Reason(ReasonCode.HTTP_NOT_FOUND, "404 Not Found on GET"),
            findings=(
                Finding(rule=verdict.value, severity=Severity.ERROR, message="404 Not Found --> on GET", next="Look."),
            ),
            mementos=copies,
        )
        for one in extract(document, Wanted()).references
    ]
    claims = (Claim("date-style", style, "the page"),) if style else ()
    return StagedReport(
        document_rows=(DocumentRow(path="p.wiki", media_type="text/x-wiki", claims=claims),),
        reference_rows=tuple(rows),
    )


def corrected(wikitext: str, verdict: Verdict = Verdict.DEAD, **options: object) -> str:
    lines = rendered("wikitext", report(wikitext, verdict, **options)).splitlines()  # type: ignore[arg-type]
    return lines[-1]


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        (Verdict.DEAD, "dead"),
        (Verdict.SOFT_404, "dead"),
        (Verdict.DRIFTED, "deviated"),
        (Verdict.USURPED, "usurped"),
    ],
)
def test_the_state_is_the_verdicts(verdict: Verdict, status: str) -> None:
    assert corrected("{{cite web |url=http://a.test/x |title=T}}", verdict) == (
        f"{{{{cite web |url=http://a.test/x |title=T |archive-url={COPY.uri_m} "
        f"|archive-date=14 February 2017 |url-status={status}}}}}"
    )


@pytest.mark.parametrize(
    ("style", "day"), [(None, "14 February 2017"), ("dmy", "14 February 2017"), ("mdy", "February 14, 2017"),
                       ("ymd", "2017-02-14")]
)  # fmt: skip
def test_dates_are_written_as_the_page_writes_them(style: str | None, day: str) -> None:
    assert f"|archive-date={day}" in corrected("{{cite web|url=http://a.test/x}}", style=style)


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        (
            "{{Internetquelle |url=http://a.test/x |titel=T}}",
            "|archiv-url={} |archiv-datum=2017-02-14 |offline=1}}",
        ),
        (
            "{{Lien web |url=http://a.test/x |titre=T}}",
            "|archive-url={} |archive-date=14 février 2017 |brisé le=24 novembre 2026}}",
        ),
        (
            "{{cita web |url=http://a.test/x |título=T}}",
            "|urlarchivo={} |fechaarchivo=14 de febrero de 2017 |urlmuerta=sí}}",
        ),
        (
            "{{cita web |url=http://a.test/x |titolo=T}}",
            "|urlarchivio={} |dataarchivio=14 febbraio 2017 |urlmorto=sì}}",
        ),
        (
            "{{citar web |url=http://a.test/x |titulo=T}}",
            "|arquivourl={} |arquivodata=14 de fevereiro de 2017 |urlmorta=sim}}",
        ),
        ("{{Статья |ссылка=http://a.test/x |заглавие=T}}", "|archiveurl={} |archivedate=2017-02-14 |deadlink=yes}}"),
        (
            "{{cite web |url=http://a.test/x |archiveurl= |archivedate= |deadurl=no}}",
            "|archiveurl={} |archivedate=14 February 2017 |url-status=dead }}",
        ),
    ],
)
def test_each_wiki_has_its_names(citation: str, expected: str) -> None:
    assert corrected(citation).endswith(expected.replace("{}", COPY.uri_m))


def test_a_copy_that_is_there_stays() -> None:
    text = "{{cite web|url=http://a.test/x|archive-url=https://archive.today/2010/x|archive-date=2010-01-01|url-status=live}}"

    assert corrected(text) == text.replace("live", "dead")


def test_a_page_that_is_alive_again_is_live() -> None:
    text = "{{cite web|url=http://a.test/x|archive-url=https://archive.today/2010/x|url-status=dead}}"

    assert corrected(text, Verdict.MOVED) == text.replace("dead", "live")


def test_nothing_else_of_a_citation_is_touched() -> None:
    text = "{{Cite web\n | url       = http://a.test/x\n | title     = A {{lang|fr|b}} <!-- c -->\n}}"

    assert rendered("wikitext", report(text, Verdict.DEAD)).endswith(
        "{{Cite web\n | url       = http://a.test/x\n | title     = A {{lang|fr|b}} <!-- c -->\n"
        f" | archive-url = {COPY.uri_m}\n | archive-date = 14 February 2017\n | url-status = dead\n}}}}\n"
    )


def with_finding(wikitext: str, verdict: Verdict, finding: Finding) -> str:
    staged = report(wikitext, verdict, copies=())
    rows = tuple(structs.replace(row, findings=(*row.findings, finding)) for row in staged.reference_rows)
    return rendered("wikitext", structs.replace(staged, reference_rows=rows)).splitlines()[-1]


def test_an_address_is_written_in_full() -> None:
    stray = Finding(
        rule="stray-character",
        severity=Severity.WARNING,
        message="It holds `.`",
        next="Write it.",
        evidence={"to": "http://a.test/x"},
    )
    bare = Finding(
        rule="missing-scheme",
        severity=Severity.WARNING,
        message="No scheme",
        next="Write it.",
        evidence={"checked": "https://a.test/x"},
    )

    assert with_finding("{{cite web |url=http://a.test/x. |title=T}}", Verdict.DEAD, stray) == (
        "{{cite web |url=http://a.test/x |title=T}}"
    )
    assert with_finding("[http://a.test/x. T]", Verdict.DEAD, stray) == "[http://a.test/x T]"
    assert with_finding("{{cite web |url=a.test/x |title=T}}", Verdict.ALIVE, bare) == (
        "{{cite web |url=https://a.test/x |title=T}}"
    )
    assert with_finding("{{cite web |url=a.test/x |title=T}}", Verdict.DEAD, bare).startswith(
        "{{cite web |url=https://a.test/x |title=T}}{{dead link"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("|title=a.test/x |url=a.test/x", "|title=a.test/x |url=https://a.test/x"),
        (
            "|archive-url=https://archive.today/2010/http://a.test/x |url=a.test/x",
            "|archive-url=https://archive.today/2010/http://a.test/x |url=https://a.test/x",
        ),
        ("|url=http://a.test/x/y |chapter-url=a.test/x", "|url=http://a.test/x/y |chapter-url=https://a.test/x"),
        ("|website=a.test |url= <!-- sic --> a.test", "|website=a.test |url= <!-- sic --> https://a.test"),
    ],
)
def test_an_address_is_written_in_full_where_it_is_the_url(before: str, after: str) -> None:
    bare = Finding(
        rule="missing-scheme",
        severity=Severity.WARNING,
        message="No scheme",
        next="Write it.",
        evidence={"checked": f"https://{before.rpartition('=')[2].split()[-1]}"},
    )

    assert with_finding(f"{{{{cite web {before}}}}}", Verdict.ALIVE, bare) == f"{{{{cite web {after}}}}}"


def test_without_a_copy_it_is_called_dead_as_wikipedia_does() -> None:
    dead = "{{dead link |date=November 2026 |fix-attempted=yes}}"

    assert corrected("{{cite web|url=http://a.test/x}}", copies=()) == f"{{{{cite web|url=http://a.test/x}}}}{dead}"
    assert corrected("[http://a.test/x T]", copies=()) == f"[http://a.test/x T]{dead}"


def test_links_without_a_template_get_one_beside_them() -> None:
    archived = f"{{{{webarchive |url={COPY.uri_m} |date=14 February 2017}}}}"

    assert corrected("[http://a.test/x The title]") == f"[http://a.test/x The title] {archived}"
    assert corrected("http://a.test/x") == f"http://a.test/x {archived}"
    assert corrected("[http://a.test/x T]", Verdict.USURPED) == f"{{{{usurped|1=[http://a.test/x T]}}}} {archived}"


def test_what_bots_must_leave_alone_is_only_named() -> None:
    assert "cbignore" in corrected("{{cite web|url=http://a.test/x}}{{cbignore}}")
    assert corrected("{{cite web|url=http://a.test/x}}{{cbignore}}").startswith("<!--")


def test_what_nobody_can_tell_is_only_named() -> None:
    assert corrected("{{cite web|url=http://a.test/x}}", Verdict.BLOCKED) == "<!-- http://a.test/x: Look. -->"


def test_a_capture_found_wrong_is_not_proposed() -> None:
    wrong = structs.replace(COPY, validated=False)

    assert "archive-url" not in corrected("{{cite web|url=http://a.test/x}}", copies=(wrong,))


def test_what_needs_no_correction_is_told_what_to_do() -> None:
    text = "{{cite web|url=http://a.test/x?utm_source=y|title=T}}"

    assert corrected(text, Verdict.ALIVE) == "<!-- Look. -->"
    assert text not in rendered("wikitext", report(text, Verdict.ALIVE))
    assert corrected("[http://a.test/x T]", Verdict.MOVED) == "<!-- Look. -->"


@pytest.mark.parametrize("status", ["usurped", "unfit"])
def test_a_url_that_an_editor_keeps_from_readers_stays_so_when_it_dies(status: str) -> None:
    text = f"{{{{cite web|url=http://a.test/x|archive-url=https://archive.today/2010/x|url-status={status}}}}}"

    assert text.replace(status, "dead") not in rendered("wikitext", report(text, Verdict.DEAD))
    assert corrected(text, Verdict.DEAD) == "<!-- Look. -->"


def test_a_link_that_is_marked_as_dead_is_not_marked_twice() -> None:
    assert corrected("[http://a.test/x T]{{dead link|date=May 2019}}", copies=()) == "<!-- Look. -->"


def test_a_capture_that_is_no_page_to_open_is_not_proposed() -> None:
    proof = structs.replace(COPY, trust=Trust.PROOF)

    assert "archive-url" not in corrected("{{cite web|url=http://a.test/x}}", copies=(proof,))


def test_a_capture_that_nobody_looked_at_says_so() -> None:
    written = rendered("wikitext", report("{{cite web|url=http://a.test/x}}", Verdict.DEAD))
    looked_at = structs.replace(COPY, validated=True)

    assert "<!-- look at the capture first: nobody has validated it -->" in written
    assert "look at the capture first" not in rendered(
        "wikitext", report("{{cite web|url=http://a.test/x}}", Verdict.DEAD, copies=(looked_at,))
    )


def test_hostile_text_ends_no_comment_and_no_template() -> None:
    hostile = structs.replace(COPY, uri_m="https://web.archive.org/web/2017/http://a.test/?a|b}}{{x}} <ref>")
    text = rendered("wikitext", report("{{cite web|url=http://a.test/x}}", Verdict.DEAD, copies=(hostile,)))

    assert "404 Not Found - -&gt; on GET" in text
    assert "http://a.test/?a%7Cb%7D%7D%7B%7Bx%7D%7D%20%3Cref%3E" in text
