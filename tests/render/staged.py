"""Reports in memory, one for each situation that a reader may meet."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

import msgspec
from msgspec import Struct

from linkcheck.model import (
    NOT_JUDGED,
    ArchiveAnswer,
    ArchiveRow,
    Check,
    Cited,
    Claim,
    Copy,
    Difference,
    DocumentRow,
    Excused,
    Finding,
    FragmentAnswer,
    Hop,
    LinkRow,
    Memento,
    PageFacts,
    PlacedFinding,
    Reason,
    ReasonCode,
    ReferenceRow,
    Rescue,
    RescueKind,
    Role,
    RunInfo,
    Severity,
    Summary,
    Verdict,
)

ARTICLE = (
    "https://www.themoscowtimes.com/2017/02/14/trump-security-advisor-michael-flynn-resigns-amid-claims-of-"
    "inappropriate-talks-with-russian-ambassador-a57137"
)
TITLE = "Trump Security Advisor Michael Flynn Resigns Amid Claims of 'Inappropriate' Talks With Russian Ambassador"
CAPTURE = f"https://web.archive.org/web/20170214120331/{ARTICLE}"
PATH = "articles/000_c246033eef25356c.txt"
RUN = RunInfo(
    id="01JD8Q0V7M3K9T2XFA5Z6R4B1C",
    started="2026-11-24T14:02:27Z",
    finished="2026-11-24T14:02:33Z",
    user_agent="linkcheck/0.1.0 (+https://pypi.org/project/linkcheck-provenance/)",
    config_digest="9f2c",
    requests=12,
    elapsed_ms=6100.0,
)


class StagedReport(Struct, frozen=True, kw_only=True):
    """A report whose summary is counted from its rows."""

    run: RunInfo = RUN
    document_rows: tuple[DocumentRow, ...] = ()
    reference_rows: tuple[ReferenceRow, ...] = ()
    link_rows: tuple[LinkRow, ...] = ()
    archives: dict[str, int] = {}
    sources: dict[str, bytes] = {}
    baseline: Excused | None = None

    @property
    def summary(self) -> Summary:
        rows = self.reference_rows
        findings = [one for row in rows for one in row.findings]
        findings += [one for document in self.document_rows for one in document.findings]
        undecided = {Verdict.BLOCKED, Verdict.UNREACHABLE}
        skipped = [row.reason.code.is_by_design for row in rows if row.verdict is Verdict.SKIPPED]
        return Summary(
            documents=len(self.document_rows),
            references=len(rows),
            links=len({row.link for row in rows if row.link}),
            reference_verdicts=dict(Counter(row.verdict.value for row in rows)),
            link_verdicts=dict(Counter({row.link: row.verdict.value for row in rows if row.link}.values())),
            findings=dict(Counter(one.severity.value for one in findings)),
            undecided=sum(row.verdict in undecided for row in rows) + skipped.count(False),
            by_design=skipped.count(True),
            unseen=sum(
                row.verdict in {Verdict.ALIVE, Verdict.MOVED} and any(one.rule == NOT_JUDGED for one in row.findings)
                for row in rows
            ),
            archives=self.archives,
            baseline=self.baseline,
        )

    def documents(self) -> Iterator[DocumentRow]:
        return iter(self.document_rows)

    def references(self, document: str | None = None) -> Iterator[ReferenceRow]:
        return (row for row in self.reference_rows if document is None or row.document == document)

    def links(self) -> Iterator[LinkRow]:
        return iter(self.link_rows)

    def source(self, document: DocumentRow) -> bytes | None:
        return self.sources.get(document.path)


def reference(  # noqa: PLR0913 - a row has many columns
    place: str,
    raw: str,
    verdict: Verdict,
    reason: Reason,
    *,
    document: str = PATH,
    next: str = "",  # noqa: A002 - the name of the field it fills
    severity: Severity | None = None,
    **fields: object,
) -> ReferenceRow:
    """A judged reference, with the one finding that its verdict makes."""
    line, column = map(int, place.split(":"))
    severity = severity or SEVERITIES.get(verdict)
    headline = (Finding(rule=verdict.value, severity=severity, message=reason.text, next=next),) if severity else ()
    extra = fields.pop("findings", ())
    assert isinstance(extra, tuple)
    is_web = raw.startswith("http")
    row = ReferenceRow(
        document=document,
        line=line,
        column=column,
        start=line * 100 + column,
        end=line * 100 + column + len(raw),
        raw=raw,
        url=raw if is_web else None,
        link=raw if is_web else None,
        element="link",
        role=Role.CITATION,
        verdict=verdict,
        reason=reason,
        findings=(*headline, *extra),
        fingerprint=f"{line:04x}{column:04x}",
    )
    return msgspec.structs.replace(row, **fields)


SEVERITIES = {
    Verdict.DEAD: Severity.ERROR,
    Verdict.SOFT_404: Severity.ERROR,
    Verdict.USURPED: Severity.ERROR,
    Verdict.PLACEHOLDER: Severity.ERROR,
    Verdict.INVALID: Severity.ERROR,
    Verdict.DRIFTED: Severity.WARNING,
    Verdict.BLOCKED: Severity.WARNING,
    Verdict.UNREACHABLE: Severity.WARNING,
    Verdict.MOVED: Severity.NOTE,
}
OK = Reason(ReasonCode.ANSWERED, "200 OK")
OFFLINE = Reason(ReasonCode.OFFLINE, "not asked: --offline")
NO_NETWORK = Reason(ReasonCode.NETWORK, "there is no network here (no name could be looked up)")
WALL = Reason(ReasonCode.WALL, "403 Forbidden: a wall; the page may well be there")
TIMEOUT = Reason(ReasonCode.FAILURE, "no connection within 5 s")
BARE = Reason(ReasonCode.NO_TARGET, "the target is a bare `#`")

placeholder = partial(
    reference,
    raw="#",
    verdict=Verdict.PLACEHOLDER,
    reason=BARE,
    next="Find what the link pointed to in the original article, and put that URL here.",
)


def article(original: Reason = OK, verdict: Verdict = Verdict.ALIVE, **fields: object) -> StagedReport:
    """The real article's shape: three lost targets, a related link to the article itself, the original."""
    findings = (
        (
            Finding(
                rule="self-reference",
                severity=Severity.ERROR,
                message="the link is this article (same URL as line 45), but its text names another story",
                next=ANOTHER,
                evidence={"same_as_line": 45},
            ),
            Finding(
                rule="text-target-mismatch",
                severity=Severity.WARNING,
                message='the text speaks of "top officials call russophobic paranoia", the URL of "trump security ..."',
                next=ANOTHER,
                evidence={"only_in_text": "top officials call russophobic paranoia", "in_both": "russian flynn"},
            ),
        )
        if fields.pop("has_self_reference", None)
        else ()
    )
    kept = {"archives": (FOUND,), "mementos": (CAPTURED,)} if verdict is Verdict.ALIVE else {"archives": (NOT_ASKED,)}
    rows = (
        placeholder("19:1", text="According to U.S. news outlet CNN"),
        placeholder(
            "21:22",
            text="Top U.S. Security Adviser Accused of Discussing Sanctions with Moscow Before Trump Inauguration",
            role=Role.RELATED,
        ),
        placeholder(
            "31:22",
            text="White House Says Russia Sanctions Will Remain Until Crimea Returned to Ukraine",
            role=Role.RELATED,
        ),
        reference(
            "41:22",
            ARTICLE,
            verdict,
            original,
            text="Top Russian Officials Call Flynn Resignation 'Russophobic Paranoia'",
            role=Role.RELATED,
            findings=findings,
            **kept,
        ),
        reference("45:1", ARTICLE, verdict, original, element="autolink", role=Role.ORIGINAL, **kept),
    )
    check = Check(
        at="2026-11-24T14:02:29Z",
        hops=(Hop(ARTICLE, 200, None, 212.5, "104.18.24.7"),),
        status=200,
        final_url=ARTICLE,
        media_type="text/html",
        title=TITLE,
        bytes=81920,
        elapsed_ms=212.5,
        fragments={"comments": FragmentAnswer(found=True)},
        facts=PageFacts(title=TITLE, words=412, simhash=(1 << 64) - 1),
    )
    is_asked = verdict is Verdict.ALIVE
    return msgspec.structs.replace(
        StagedReport(
            document_rows=(
                DocumentRow(
                    path=PATH,
                    media_type="text/markdown",
                    title=TITLE,
                    published="2017-02-14",
                    claims=(
                        Claim("title", TITLE, "H1", 3),
                        Claim("published", "2017-02-14", "date line", 5),
                        Claim("published", "2017-02-14", "URL path", 45),
                        Claim("photo", "Kathy Willens / AP", "credit line", 9),
                        Claim("original", ARTICLE, "original link", 45),
                        Claim("slug", "agrees", "H1, URL path", 3),
                    ),
                    original=ARTICLE,
                ),
            ),
            reference_rows=rows,
            link_rows=(LinkRow(url=ARTICLE, verdict=verdict, reason=original, check=check if is_asked else None),),
            archives={"found": 1} if is_asked else {"not-asked": 1},
        ),
        **fields,
    )


def altered() -> StagedReport:
    """The article beside an original that says other words here and there."""
    report = article()
    (document,) = report.document_rows
    quoted = "I have [-deeply-] {+sincerely+} apologized to the President"
    copy = Copy(
        original=ARTICLE,
        uri_m=CAPTURE,
        datetime="2017-02-14T12:03:31Z",
        share=0.981,
        missing=(
            Difference(line=13, theirs="The White House did not respond to requests for comment on Monday night."),
        ),
        altered=(
            Difference(line=15, ours="It never came up. \u2715", words="{+\u2715+}"),
            Difference(line=25, ours="sincerely", theirs="deeply", words=quoted),
        ),
    )
    findings = (
        PlacedFinding(
            rule="copy-differs",
            severity=Severity.WARNING,
            message="beside the live original: 1 paragraph is missing, 1 paragraph is altered",
            next="Restore what was not meant to change ([-the original-], {+here+}): "
            "in line 25 have [-deeply-] {+sincerely+} apologized",
            line=13,
            column=1,
        ),
        PlacedFinding(
            rule="quote-altered",
            severity=Severity.WARNING,
            message=f"the live original quotes other words ([-the original-], {{+here+}}): {quoted}",
            next='Quote what was said: "I have deeply apologized to the President"',
            line=25,
            column=1,
        ),
    )
    return msgspec.structs.replace(
        report, document_rows=(msgspec.structs.replace(document, copy=copy, findings=findings),)
    )


ANOTHER = (
    "The link is this article itself, as in line 45; find the story that the text names, and put its URL in line 41."
)
FOUND = ArchiveRow(archive="wayback", answer=ArchiveAnswer.FOUND, at="2026-11-24T14:02:31Z")
NOT_ASKED = ArchiveRow(archive="wayback", answer=ArchiveAnswer.NOT_ASKED, reason="offline")
CAPTURED = Memento(
    archive="wayback",
    uri_m=CAPTURE,
    datetime="2017-02-14T12:03:31Z",
    status=200,
    target="2017-02-14T12:00:00Z",
    target_basis="published, line 5",
    distance_days=0.0,
)


def clean() -> StagedReport:
    """Everything is fine: alive, moved with a note, a mail address that nobody wanted checked."""
    rows = (
        reference("3:1", "https://a.example.org/one", Verdict.ALIVE, OK, text="One", document="notes.md"),
        reference(
            "5:1",
            "http://b.example.org/two",
            Verdict.MOVED,
            Reason(ReasonCode.REDIRECTED_PERMANENTLY, "redirects permanently to https://b.example.org/2"),
            next="Update the link to https://b.example.org/2.",
            text="Two",
            document="notes.md",
            rescues=(
                Rescue(
                    kind=RescueKind.REDIRECT,
                    url="https://b.example.org/2",
                    confidence=0.9,
                    evidence={"from": "http://b.example.org/two"},
                    message="the site itself redirects there, permanently",
                ),
            ),
        ),
        reference(
            "7:1",
            "mailto:me@example.org",
            Verdict.SKIPPED,
            Reason(ReasonCode.SCHEME, "`mailto:` is not checked"),
            text="me",
            document="notes.md",
        ),
    )
    return StagedReport(
        document_rows=(DocumentRow(path="notes.md", media_type="text/markdown", title="Notes"),), reference_rows=rows
    )


def offline() -> StagedReport:
    """Told not to use the network."""
    run = msgspec.structs.replace(RUN, offline=True, requests=0, elapsed_ms=41.0)
    return article(OFFLINE, Verdict.SKIPPED, run=run)


def incomplete() -> StagedReport:
    """The network was wanted, and there is none."""
    note = "no network: no real name could be looked up, so nothing on the web was judged"
    run = msgspec.structs.replace(RUN, complete=False, notes=(note,), requests=0)
    return article(NO_NETWORK, Verdict.SKIPPED, run=run)


def untold() -> StagedReport:
    """No network, and nothing wrong in the text either."""
    report = incomplete()
    return msgspec.structs.replace(report, reference_rows=report.reference_rows[3:])


def doubtful() -> StagedReport:
    """Nothing is wrong for certain: a wall, a time-out, and a note about the text."""
    rows = (
        reference("3:1", "https://a.example.org/one", Verdict.ALIVE, OK, text="One"),
        reference(
            "5:1",
            "https://walled.example.org/story/2019/05/a-long-story-about-nothing-in-particular.html",
            Verdict.BLOCKED,
            WALL,
            text="A walled story",
            next="Open it in a browser: a wall keeps programs out, not people.",
        ),
        reference(
            "9:14",
            "https://slow.example.org/",
            Verdict.UNREACHABLE,
            TIMEOUT,
            next="Run again another day: nothing is proven by one bad moment.",
        ),
    )
    notes = (
        PlacedFinding(
            rule="undefined-reference",
            severity=Severity.NOTE,
            message="[text][nope] has no definition",
            next="Define [nope], or write the link out.",
            line=12,
            column=4,
        ),
    )
    document = DocumentRow(path="doubt.md", media_type="text/markdown", title="Doubt", findings=notes)
    return StagedReport(
        document_rows=(document,),
        reference_rows=tuple(msgspec.structs.replace(row, document="doubt.md") for row in rows),
    )


def rescued() -> StagedReport:
    """Dead links with captures, validated or not, a recovered target, a missing fragment, a page in their place."""
    dead = Reason(ReasonCode.HTTP_NOT_FOUND, "404 Not Found on GET, asked twice")
    url = "https://old.example.org/2011/03/report_(final)|v2.html"
    capture = f"https://web.archive.org/web/20110305000000/{url}"
    memento = Memento(archive="wayback", uri_m=capture, datetime="2011-03-05T00:00:00Z", status=200, distance_days=-3.2)
    recovered = Rescue(
        kind=RescueKind.RECOVERED,
        url="http://edition.cnn.com/2017/02/13/politics/michael-flynn/index.html",
        confidence=0.97,
        evidence={"capture": CAPTURE},
        message="the capture of 2017-02-14 links this text there; the page's title agrees",
    )
    rows = (
        placeholder("19:1", text="According to U.S. news outlet CNN", rescues=(recovered,)),
        reference(
            "22:5",
            url,
            Verdict.DEAD,
            dead,
            text="the [final] report",
            next=f"Replace it with the capture of 2011-03-05: {capture} (look at it first: nobody has validated it).",
            archives=(FOUND,),
            mementos=(memento,),
            rescues=(
                Rescue(
                    kind=RescueKind.MEMENTO,
                    url=url,
                    uri_m=capture,
                    confidence=0.5,
                    evidence={"archive": "wayback"},
                    message="capture of 2011-03-05, not validated",
                ),
            ),
        ),
        reference(
            "25:1",
            "https://gone.example.org/",
            Verdict.DEAD,
            Reason(ReasonCode.NO_SUCH_HOST, "no such host (NXDOMAIN, looked up twice): gone.example.org"),
            text="Gone",
            next="Remove it or cite another source: no archive that was asked holds a copy.",
            archives=(ArchiveRow(archive="wayback", answer=ArchiveAnswer.NONE, at="2026-11-24T14:02:31Z"),),
        ),
        reference(
            "27:1",
            "https://docs.example.org/guide#instal",
            Verdict.ALIVE,
            OK,
            text="Guide",
            findings=(
                Finding(
                    rule="missing-fragment",
                    severity=Severity.WARNING,
                    message="there is no `instal` on the page; the nearest is `install`",
                    next="Write #install.",
                ),
            ),
        ),
        reference(
            "29:1",
            "https://shop.example.org/item",
            Verdict.USURPED,
            Reason(ReasonCode.CONTENT, "the domain is for sale"),
            text="Shop",
            next="Look for an archived copy: the archives have not been heard, so run again.",
            archives=(
                ArchiveRow(archive="wayback", answer=ArchiveAnswer.NOT_ASKED, reason="the archive budget ended"),
            ),
        ),
    )
    document = DocumentRow(path="sources.md", media_type="text/markdown", title="Sources")
    return StagedReport(
        document_rows=(document,),
        reference_rows=tuple(msgspec.structs.replace(row, document="sources.md") for row in rows),
        archives={"found": 1, "none": 1, "not-asked": 1},
    )


def repository() -> StagedReport:
    """Many documents: a missing file and heading, a page and a host that are gone, walls, what is left out."""
    documents = tuple(f"docs/{name}.md" for name in ("api", "guide", "a", "b", "c", "d", "e"))
    dead = Reason(ReasonCode.HTTP_NOT_FOUND, "404 Not Found on GET, asked twice")
    rows = [
        reference(
            "41:12",
            "./tokens.md",
            Verdict.DEAD,
            Reason(ReasonCode.FILE_MISSING, "no such file"),
            document="docs/api.md",
            url="file:///docs/tokens.md",
            link="file:///docs/tokens.md",
            next="Correct the path, or remove the link.",
            findings=(
                Finding(
                    rule="missing-file",
                    severity=Severity.ERROR,
                    message="no such file; ./token.md is there",
                    next="Write ./token.md.",
                ),
            ),
        ),
        reference(
            "88:3",
            "#instal",
            Verdict.ALIVE,
            Reason(ReasonCode.SAME_DOCUMENT, "within the document"),
            document="docs/guide.md",
            url="file:///docs/guide.md#instal",
            findings=(
                Finding(
                    rule="missing-fragment",
                    severity=Severity.ERROR,
                    message="nothing here is called #instal",
                    next="Write #install.",
                ),
            ),
        ),
    ]
    for position, document in enumerate(documents):
        rows.append(
            reference(
                f"{position + 3}:7",
                "https://old.example.net/x",
                Verdict.DEAD,
                dead,
                document=document,
                text="Old",
                next="Remove it or cite another source: no archive that was asked holds a copy.",
            )
        )
        rows.append(
            reference(
                f"{position + 9}:1",
                f"https://lost.example.net/{position}",
                Verdict.DEAD,
                Reason(ReasonCode.NO_SUCH_HOST, "no such host (NXDOMAIN, looked up twice): lost.example.net"),
                document=document,
                next="Look for an archived copy: the archives have not been heard, so run again.",
            )
        )
        rows.append(
            reference(
                f"{position + 11}:1", f"https://fine.example.net/{position}", Verdict.ALIVE, OK, document=document
            )
        )
    rows += [
        reference("70:1", "https://walled.example.net/", Verdict.BLOCKED, WALL, document="docs/e.md", next="Look."),
        reference(
            "71:1", "https://slow.example.net/", Verdict.UNREACHABLE, TIMEOUT, document="docs/e.md", next="Wait."
        ),
        reference(
            "72:1",
            "http://b.example.net/two",
            Verdict.MOVED,
            Reason(ReasonCode.REDIRECTED_PERMANENTLY, "redirects permanently to https://b.example.net/2"),
            document="docs/e.md",
            next="Update the link to https://b.example.net/2.",
        ),
        reference(
            "73:1",
            "mailto:me@example.net",
            Verdict.SKIPPED,
            Reason(ReasonCode.SCHEME, "`mailto:` is not checked"),
            document="docs/e.md",
        ),
        reference(
            "74:1",
            "http://10.0.0.1/",
            Verdict.SKIPPED,
            Reason(ReasonCode.PRIVATE_ADDRESS, "10.0.0.1 is private"),
            document="docs/e.md",
        ),
    ]
    order = {path: position for position, path in enumerate(documents)}
    rows.sort(key=lambda row: (order[row.document], row.line))
    return StagedReport(
        run=msgspec.structs.replace(RUN, elapsed_ms=71_000.0, requests=31),
        document_rows=tuple(DocumentRow(path=path, media_type="text/markdown") for path in documents),
        reference_rows=tuple(rows),
        archives={"none": 1, "not-asked": 7},
    )


EVIL = (
    "\x1b]0;owned\x07\x1b[31m\u202edrow\u200b | `x` ``y`` [a](javascript:x) <img src=x> **b** _c_ ~~d~~ @me #1 "
    "\ud800\r\n# h"
)


def hostile() -> StagedReport:
    """Whatever comes from outside tries to become something else."""
    evil_url = f"https://evil.example.org/{EVIL}&copy;"
    finding = Finding(rule="content", severity=Severity.WARNING, message=EVIL, next=EVIL, evidence={EVIL: EVIL})
    memento = Memento(archive=EVIL, uri_m=evil_url, datetime=EVIL, distance_days=1.5, note=EVIL)
    row = reference(
        "3:1",
        evil_url,
        Verdict.DEAD,
        Reason(ReasonCode.CONTENT, EVIL),
        document=f"{EVIL}.md",
        text=EVIL * 300,
        next=EVIL,
        cited=Cited(title=EVIL),
        findings=(finding,),
        archives=(ArchiveRow(archive=EVIL, answer=ArchiveAnswer.FAILED, reason=EVIL, at=EVIL),),
        mementos=(memento,),
        rescues=(Rescue(kind=RescueKind.RECOVERED, url=evil_url, confidence=0.5, evidence={EVIL: EVIL}, message=EVIL),),
        role=Role.ORIGINAL,
    )
    lost = reference("4:1", EVIL, Verdict.INVALID, Reason(ReasonCode.NOT_A_URL, EVIL), document=f"{EVIL}.md", next=EVIL)
    document = DocumentRow(
        path=f"{EVIL}.md",
        media_type="text/markdown",
        title=EVIL,
        author=EVIL,
        published=EVIL,
        claims=(Claim("published", EVIL, EVIL, 1), Claim("photo", EVIL, EVIL), Claim("author", EVIL, EVIL)),
        original=evil_url,
        findings=(PlacedFinding(rule=EVIL, severity=Severity.ERROR, message=EVIL, next=EVIL, line=1, column=1),),
    )
    run = msgspec.structs.replace(RUN, id=EVIL, complete=False, notes=(EVIL,), user_agent=EVIL, started=EVIL)
    return StagedReport(run=run, document_rows=(document,), reference_rows=(row, lost))


def empty() -> StagedReport:
    """A document without references."""
    return StagedReport(document_rows=(DocumentRow(path="empty.md", media_type="text/markdown"),))


def mistaken() -> StagedReport:
    """The article as it will be judged once its self-reference is seen."""
    return article(has_self_reference=True)


REPORTS = {
    "altered": altered,
    "article": article,
    "mistaken": mistaken,
    "clean": clean,
    "offline": offline,
    "incomplete": incomplete,
    "untold": untold,
    "doubtful": doubtful,
    "rescued": rescued,
    "repository": repository,
    "empty": empty,
}
