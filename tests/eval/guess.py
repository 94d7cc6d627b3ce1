"""Throws away where an article first stood, and looks for it on its publisher's site, as a run does.

Each article is found again or not in an index of all that is known of its host: the pages of the set, and what they
link to there, which is gone. A second time its own page is left out, so that every guess is a wrong one. Of an article
nothing is known but its text, headline, day and host; the page in the index is read whole. `--wrong`, `--nothing` and
so on list what came out so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from linkcheck import uri
from linkcheck.dates import find_date
from linkcheck.extract.api import Wanted
from linkcheck.extract.markdown import extract
from linkcheck.model import (
    ArchiveAnswer,
    Captures,
    Check,
    Claim,
    Conversation,
    Lookup,
    Observe,
    Request,
    Response,
)
from linkcheck.pipeline.elsewhere import read_page
from linkcheck.provenance.api import Article, Found
from linkcheck.provenance.guess import Guessed, guess
from linkcheck.provenance.target import page_of
from linkcheck.sources import api, formats
from linkcheck.sources.read import document
from tests.eval.pages import Page, pages
from tests.eval.recovery import CONTEXT, blocks_of

HTML = (("content-type", "text/html"),)


def rate(cases: Path, options: frozenset[str]) -> Iterator[str]:
    """Give how many originals are guessed, and how many wrong ones, with and without the true page to be found."""
    known = {page_of(page.url): page for page in pages(cases)}
    index: dict[str, dict[str, str]] = defaultdict(dict)
    for page in known.values():
        text = read_page(Response(page.url, 200, HTML, page.source))
        for passage in text.passages if text else ():
            for anchor in passage.anchors:
                url = uri.resolve(anchor.href, page.url)
                if url and _host(url) == _host(page.url):
                    index[_host(url)].setdefault(page_of(url), url)
        index[_host(page.url)][page_of(page.url)] = page.url
    for is_there in (True, False):
        counts: Counter[str] = Counter()
        for page in known.values():
            article = _article(page)
            if article is None:
                continue
            listed = [url for key, url in index[_host(page.url)].items() if is_there or key != page_of(page.url)]
            shown = {key: one for key, one in known.items() if is_there or key != page_of(page.url)}
            found = _guessed(article, listed, shown)
            outcome = _outcome(page, found)
            counts[outcome] += 1
            if f"--{outcome}" in options and found:
                yield f"{outcome}: {page.url}: {found.best or found.others}"
        yield f"{'in the index' if is_there else 'not to be found'}: {counts.total()} articles: {dict(counts)}"


def _host(url: str) -> str:
    return uri.host_of(url).removeprefix("www.")


def _article(page: Page) -> Article | None:
    """Make the article out of its paragraphs, as the recovery does, and out of what people read in the page."""
    title, day = page.expected.get("title"), find_date(page.expected.get("date") or "")
    markdown = "\n\n".join(block.text for block in blocks_of(page, has_lists=False))
    source = document(
        markdown.encode("utf-8", "replace"), api.Found(name="a.md"), media_type=formats.MARKDOWN, is_certain=True
    )
    read = extract(source, Wanted(passages=True))
    if not title or sum(len(one.text) for one in read.passages) < 500:
        return None
    claims = [Claim("title", title, "H1"), Claim("publisher", _host(page.url), "front matter")]
    claims += [Claim("published", day.iso, "date line")] if day else []
    return Article(passages=read.passages, claims=tuple(claims))


def _guessed(article: Article, listed: list[str], shown: dict[str, Page]) -> Guessed:
    def search(_host: str, _at: datetime | None, words: tuple[str, ...]) -> Conversation[tuple[Found, ...] | None]:
        yield from ()
        telling = sorted((word for word in words if len(word) >= 4), key=len, reverse=True)[:6]
        return tuple(Found(url) for url in listed if sum(word in url.lower() for word in telling) >= 2)

    context = structs.replace(CONTEXT, searches=(search,))
    talk = guess(article, (), context)
    try:
        question = next(talk)
        while True:
            question = talk.send(_answer(question, listed, shown))
    except StopIteration as end:
        found: Guessed = end.value
        return found


def _answer(question: Any, listed: list[str], shown: dict[str, Page]) -> Any:
    match question:
        case Observe(url):
            page = shown.get(page_of(url))
            return Check(at="2026-11-24T12:00:00Z", status=200 if page else 404, final_url=url)
        case Captures():
            return (Lookup(archive="wayback", answer=ArchiveAnswer.NONE),)
        case Request(url=url) if url.endswith("/sitemap.xml"):
            body = "".join(f"<url><loc>{one.replace('&', '&amp;')}</loc></url>" for one in listed)
            return Response(url, 200, (("content-type", "text/xml"),), f"<urlset>{body}</urlset>".encode())
        case Request(url=url):
            page = shown.get(page_of(url))
            return Response(url, 200 if page else 404, HTML, page.source if page else b"")
    raise TypeError(f"nobody answers {question}")


def _outcome(page: Page, found: Guessed) -> str:
    if found.best:
        is_right = page_of(found.best.url) == page_of(page.url)
        return ("right" if is_right else "wrong") + ("" if found.best.is_shown else " but unsure")
    if found.others:
        return "left open"
    return "nothing"
