"""What is given hostile text: every extractor, and whatever else reads what strangers wrote."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from msgspec import Struct

from linkcheck import citations, dates, invisible, registry, slug, territory, uri, wrappers
from linkcheck.archives import cdx, identity, link_format, replay, unwrap
from linkcheck.detect.api import Context
from linkcheck.detect.saying import fold, topics
from linkcheck.detect.speech import speech_of
from linkcheck.extract import cited, ignores, metadata, passages, refresh, roles, srcset
from linkcheck.extract.api import Extractor, Wanted
from linkcheck.extract.decode import decode
from linkcheck.extract.outline import outline
from linkcheck.extract.page import read as read_page
from linkcheck.extract.surroundings import Surroundings
from linkcheck.fetch import retry_after, robots
from linkcheck.fetch.observe import page_of
from linkcheck.model import Check, Document, Passage, Response
from linkcheck.provenance import author, diff, faithful, quotes
from linkcheck.provenance.api import Source, Text
from linkcheck.render import escape
from linkcheck.sources import beside, formats
from linkcheck.sources.ignore import Layer, is_ignored, rules_of
from tests.fuzz.signs import PAGE, PIECES, SMALL

URL = "https://paper.test/2017/02/14/story"
_AT = datetime(2026, 11, 24, tzinfo=UTC)


class Target(Struct, frozen=True):
    """A reader of hostile text, and the signs of its syntax."""

    name: str
    signs: tuple[str, ...]
    work: Callable[[str], object]


def targets() -> Iterator[Target]:
    """Yield every target: first the input formats, then what reads pages and answers, then helpers."""
    for name, plugin in registry.load_all("extract"):
        if name == "docx":
            yield Target(name, tuple(PIECES[name]), partial(_docx, plugin))
        elif name == "pdf":
            yield Target(name, tuple(PIECES[name]), partial(_pdf, plugin))
        else:
            yield Target(name, tuple(PIECES[name]), partial(_extracted, plugin))
    for name, work in _PAGES.items():
        yield Target(f"page: {name}", PAGE, work)
    for name, (signs, work) in _SMALL.items():
        yield Target(name, tuple(SMALL[signs]), work)


def _extracted(plugin: Extractor, text: str) -> None:
    source = text.encode("utf-8", "replace")
    media_type = plugin.media_types[0]
    decoded = decode(source, media_type=media_type)
    document = Document(name="x", media_type=media_type, source=source, text=decoded.text)
    for wanted in (Wanted(), Wanted(include_code=True, passages=True)):
        for one in plugin.extract(document, wanted).references:
            plugin.decoded(one.raw, one.element)


def _docx(plugin: Extractor, text: str) -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="urn:w" xmlns:r="urn:r"><w:body><w:p>{text}')
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{text}")
    plugin.extract(Document(name="x", media_type="x", source=stored.getvalue(), text=""), Wanted())


def _pdf(plugin: Extractor, text: str) -> None:
    source = pdf_with(f"BT /F1 12 Tf 50 700 Td {text} ET")
    plugin.extract(Document(name="x", media_type="x", source=source, text=""), Wanted())


def pdf_with(content: str) -> bytes:
    """Return a PDF of one page with that content stream."""
    stream = content.encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        start,
    )


def response(text: str, media_type: str = "text/html", headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """Return what a server answered."""
    return Response(URL, 200, (("content-type", media_type), *headers), text.encode("utf-8", "replace"))


def _rules(text: str) -> None:
    """Let every rule that looks at checks look at a page, and every other at a check without one."""
    answer = response(text)
    page = page_of(answer)
    check = Check(at="2026-11-24T00:00:00Z", status=200, final_url=URL, media_type="text/html", facts=page.facts)
    context = Context(url=URL, page=page, page_of=page_of, seed="fuzz")
    for _, plugin in registry.load_all("detect"):
        if plugin.detect:
            list(plugin.detect(check, context))


_PAGES: dict[str, Callable[[str], object]] = {
    "facts": lambda text: read_page(response(text), ("a", "x", ":~:text=a")),
    "metadata": lambda text: (metadata.survey(text, host="paper.test"), metadata.opening(text)),
    "outline": lambda text: outline(text, URL),
    "passages": passages.passages,
    "refresh": lambda text: refresh.refresh_of(response(text)),
    "rules": _rules,
    "speech": lambda text: speech_of(page_of(response(text))),
    "looks": lambda text: formats.suited(None, text),
    "ignores": lambda text: ignores.ignores_of("<!-- linkcheck: ignore -->" + text),
}


def _ignore_file(text: str) -> None:
    rules = rules_of(text.split("\n"))
    is_ignored(("a" * 200, "b/c" * 50, text[:200] or "a"), (Layer(0, rules),), is_folder=False)


def _one_rule(text: str) -> None:
    is_ignored((text[:4000] or "a",), (Layer(0, rules_of([text[:4000]])),), is_folder=False)


def _around(text: str) -> Surroundings:
    return Surroundings(text[:300], text[:300], text[:300], text[:300])  # no reader gives more


def _compared(text: str) -> None:
    ours = [Passage(part) for part in text.split("\n")[:2000]]
    faithful.compare(ours, Source(url=URL, text=Text(passages=tuple(reversed(ours)), base=URL)))


def _quoted(text: str) -> None:
    words = quotes.Words([Passage(part) for part in text.split("\n\n")[:500]])
    words.trace(text[:3000])


_SMALL: dict[str, tuple[str, Callable[[str], object]]] = {
    "robots.txt": ("robots", lambda text: robots.read(text.encode("utf-8", "replace"), "linkcheck").allows(URL)),
    "ignore file": ("globs", _ignore_file),
    "ignore rule": ("globs", _one_rule),
    "CDX rows": ("cdx", lambda text: cdx.read(text.encode("utf-8", "replace"))),
    "CDX JSON": ("cdx", lambda text: cdx.read(b"[" + text.encode("utf-8", "replace"))),
    "link format": ("links", lambda text: list(link_format.targets(text))),
    "Link header": ("links", lambda text: beside.claims_beside(response("", headers=(("link", text),)))),
    "Retry-After": ("dates", lambda text: retry_after.retry_after((("retry-after", text),), _AT)),
    "URL": ("urls", lambda text: (uri.parse(text), uri.resolve(text, URL), uri.key(text), uri.masked(text))),
    "URL parts": ("urls", lambda text: (uri.scheme_of(text), uri.fragment_of(text), uri.place_of("http://" + text))),
    "URL path": ("urls", lambda text: (uri.key(URL + text), territory.shape(URL + text), slug.slugs_of(URL + text))),
    "URL loops": ("urls", lambda text: (territory.is_repeating(URL + text), territory.identity(URL + text))),
    "wrapped URL": ("urls", lambda text: wrappers.inner_of("https://www.google.com/url?q=" + text)),
    "archived URL": ("urls", lambda text: unwrap.unwrap("https://web.archive.org/web/2017/" + text)),
    "URL-M": ("urls", lambda text: (replay.place_of("https://a.test/web/" + text), replay.raw_of(text))),
    "URL identity": ("urls", lambda text: (identity.identity(URL + text), list(identity.variants(URL + text)))),
    "srcset": ("urls", lambda text: list(srcset.candidates(text))),
    "dates": ("dates", lambda text: (dates.find_date(text), dates.parse_date(text))),
    "citation": ("cites", lambda text: cited.cited_of(text, _around(text))),
    "citation parameters": ("cites", lambda text: (citations.normal(text), citations.status_of(text))),
    "role": ("cites", lambda text: roles.role_of("link", text, _around(text))),
    "byline": ("cites", lambda text: (author.is_byline(text), author.is_person(text))),
    "slug": ("cites", lambda text: (slug.compare(text, URL), slug.agreement(text, URL), slug.language_of(text))),
    "phrases": ("cites", lambda text: topics(fold(text))),
    "difference": ("cites", lambda text: diff.difference(text, text[::-1])),
    "copy": ("cites", _compared),
    "quotation": ("cites", _quoted),
    "paragraphs": ("cites", passages.paragraphs),
    "invisible": ("cites", lambda text: (invisible.without(text), invisible.said(text))),
    "escape": ("escape", lambda text: (escape.plain(text), escape.sentence(text), escape.code(text))),
    "escaped link": ("escape", lambda text: (escape.link(text, text), escape.inline(text), escape.uncommanding(text))),
}
