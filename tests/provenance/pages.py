"""Small articles and originals for the tests of provenance."""

from collections.abc import Sequence

from linkcheck.archives.unwrap import unwrap
from linkcheck.extract.passages import passages
from linkcheck.model import ArchiveAnswer, Check, Claim, Lookup, Memento, PageFacts, Passage, Response, Role
from linkcheck.pipeline.elsewhere import read_claims, read_page
from linkcheck.provenance.api import Article, Context, Lost, Search

ORIGINAL = "http://paper.test/2017/02/14/minister-resigns-over-secret-talks"
TEXT = (
    "The minister has resigned after it became known that he had spoken in secret with the ambassador about tariffs.",
    "He had told the press again and again that no such talks had ever been held before the government took office.",
    "His statements appear to have angered those officials who had backed his claims in public for several weeks.",
)
HTML = (("content-type", "text/html; charset=utf-8"),)


def html(*blocks: str, title: str = "Minister Resigns Over Secret Talks", head: str = "") -> bytes:
    """Make a page with that headline, the three paragraphs, and more blocks."""
    body = "".join(f"<p>{block}</p>\n" for block in (*TEXT, *blocks))
    top = f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>\n"
    return f"{top}{body}</article></body></html>".encode()


def response(body: bytes, url: str = ORIGINAL, status: int = 200) -> Response:
    """Answer with a page."""
    return Response(url, status, HTML, body)


def article(*blocks: str, originals: Sequence[str] = (ORIGINAL,), role: Role = Role.CITATION) -> Article:
    """Make an article out of HTML blocks: every link in them whose target is `#` is lost."""
    read = passages(
        "<h1>Minister Resigns Over Secret Talks</h1>" + "".join(f"<p>{one}</p>" for one in (*TEXT, *blocks))
    )
    lost, numbered = [], []
    count = 0
    for line, passage in enumerate(read, 1):
        anchors = []
        for anchor in passage.anchors:
            words = passage.text[anchor.start : anchor.end]
            if anchor.href == "#":
                lost.append(Lost(reference=count, text=words, role=role, line=line))
            anchors.append(type(anchor)(anchor.start, anchor.end, anchor.href, count))
            count += 1
        numbered.append(
            Passage(passage.text, tuple(anchors), line, passage.heading, passage.is_heading, holder=passage.holder)
        )
    claims = (
        Claim("title", "Minister Resigns Over Secret Talks", "H1", 1),
        Claim("published", "2017-02-14", "date line", 2),
        *(Claim("original", url, "original link", 9) for url in originals),
    )
    return Article(passages=tuple(numbered), claims=claims, lost=tuple(lost))


def context(*searches: Search) -> Context:
    """Give what conversations need, with real readers."""
    return Context(
        read=read_page,
        claims=read_claims,
        unwrap=lambda url: copy.original if (copy := unwrap(url)) else None,
        searches=searches,
    )


def seen(title: str = "", status: int = 200, url: str | None = None) -> Check:
    """Answer a look at a page."""
    facts = PageFacts(title=title, h1=title) if title else None
    return Check(at="2026-11-24T12:00:00Z", status=status, title=title or None, facts=facts, final_url=url)


def captures(*stamps: str, url: str = ORIGINAL) -> tuple[Lookup, ...]:
    """Answer what an archive holds."""
    mementos = tuple(
        Memento(
            archive="wayback",
            uri_m=f"https://web.archive.org/web/{stamp}/{url}",
            uri_raw=f"https://web.archive.org/web/{stamp}id_/{url}",
            datetime=f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T00:00:00Z",
            distance_days=float(position),
        )
        for position, stamp in enumerate(stamps)
    )
    return (Lookup(archive="wayback", answer=ArchiveAnswer.FOUND if stamps else ArchiveAnswer.NONE, mementos=mementos),)


NOWHERE = (Lookup(archive="wayback", answer=ArchiveAnswer.NONE),)
