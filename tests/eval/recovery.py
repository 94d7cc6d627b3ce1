"""Takes articles with many links, throws the targets away, shuffles paragraphs, and recovers them from the page.

The Markdown is made by another HTML parser (selectolax) than the one that reads the page as an original, so that the
two do not share their mistakes. What counts as recovered is what the report would put in place: confidence 0.9 or more.
Articles with at least 8 links in their text are taken, 200 at most (the set has 129); `--links=4` takes those with
fewer, too. `--lists` takes paragraphs that are nothing but links as well: a list of references whose every entry ends
in "Article PubMed Google Scholar" cannot be told apart once it was shuffled. `--wrong` lists what was not recovered.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkcheck.archives.unwrap import unwrap
from linkcheck.extract.api import Wanted
from linkcheck.extract.markdown import extract
from linkcheck.model import Claim, Response, Role
from linkcheck.pipeline.elsewhere import read_claims, read_page
from linkcheck.provenance.api import Article, Context, Lost, Source
from linkcheck.provenance.evidence import from_sources
from linkcheck.provenance.identity import share_of
from linkcheck.provenance.recover import SURE
from linkcheck.provenance.target import page_of
from linkcheck.sources import formats
from linkcheck.sources.api import Found
from linkcheck.sources.read import document
from tests.eval.newsrooms import pages_of
from tests.eval.pages import Page

ARTICLES, LINKS = 200, 8
SEED = 20170214
CONTEXT = Context(
    read=read_page,
    claims=read_claims,
    unwrap=lambda url: copy.original if (copy := unwrap(url)) else None,
)


class Block(NamedTuple):
    """One paragraph: its Markdown with the targets thrown away, and the targets."""

    text: str
    targets: tuple[str, ...]


class Start(NamedTuple):
    """What the destinations of a page are relative to."""

    url: str
    own: str
    """The page's address."""
    is_saved: bool
    """It was saved from an archive, whose replay addresses are no part of the page. Others are what it cites."""


def rate(cases: Path, options: frozenset[str]) -> Iterator[str]:
    """Give the precision and recall, and, if wanted, what went wrong."""
    counts: Counter[str] = Counter()
    articles = 0
    least = next((int(one.removeprefix("--links=")) for one in options if one.startswith("--links=")), LINKS)
    for page in pages_of(cases, options):
        blocks = blocks_of(page, has_lists="--lists" in options)
        if sum(len(block.targets) for block in blocks) < least:
            continue
        articles += 1
        for text, wanted, given, confidence in recovered(page, shuffled(blocks, page.name)):
            outcome = outcome_of(wanted, given, confidence)
            counts[outcome] += 1
            if "--wrong" in options and outcome != "right":
                yield f"{outcome}: {page.name}: {text!r}: {wanted}, not {given} ({confidence})"
        if articles == ARTICLES:
            break
    total, right, wrong = counts.total(), counts["right"], counts["wrong"]
    yield f"{articles} articles, {total} links: {dict(counts)}"
    yield f"precision {right / ((right + wrong) or 1):.2%}, recall {right / (total or 1):.2%}"


def recovered(page: Page, blocks: list[Block]) -> Iterator[tuple[str, str, str | None, float]]:
    """Give text, true target, best candidate and its confidence of every link."""
    markdown = "\n\n".join([*(block.text for block in blocks), "Original url:", f"<{page.url}>"])
    source = document(
        markdown.encode("utf-8", "replace"), Found(name="a.md"), media_type=formats.MARKDOWN, is_certain=True
    )
    read = extract(source, Wanted(passages=True))
    lost = [
        Lost(reference=position, text=one.text, role=one.role, line=one.span.line)
        for position, one in enumerate(read.references)
        if one.raw == "#" and one.role in {Role.CITATION, Role.RELATED}
    ]
    answer = Response(page.url, 200, (("content-type", "text/html"),), page.source)
    text = read_page(answer)
    assert text, "the page can be read"
    article = Article(passages=read.passages, claims=(Claim("original", page.url, "original link"),), lost=tuple(lost))
    found = from_sources(
        article, [Source(url=page.url, text=text, share=share_of(read.passages, text.passages))], lost, CONTEXT
    )
    targets = [target for block in blocks for target in block.targets]
    references = [position for position, one in enumerate(read.references) if one.raw == "#"]
    assert len(references) == len(targets), f"{page.name}: {len(references)} of {len(targets)} links were written"
    for position, target in zip(references, targets, strict=True):
        best = found.get(position, ())
        yield read.references[position].text, target, best[0].url if best else None, best[0].confidence if best else 0.0


def outcome_of(wanted: str, given: str | None, confidence: float) -> str:
    if given is None:
        return "nothing"
    is_right = page_of(given) == page_of(wanted) and fragment_of(given) == fragment_of(wanted)
    if confidence < SURE:
        return "right but unsure" if is_right else "wrong but unsure"
    return "right" if is_right else "wrong"


def fragment_of(url: str) -> str:
    return unquote(url.partition("#")[2])


def shuffled(blocks: list[Block], name: str) -> list[Block]:
    """Take a third of the paragraphs out and put each back somewhere else; the same ones each time."""
    chance = random.Random(f"{SEED}{name}")
    order = list(blocks)
    for _ in range(len(order) // 3):
        moved = order.pop(chance.randrange(len(order)))
        order.insert(chance.randrange(len(order) + 1), moved)
    return order


def blocks_of(page: Page, *, has_lists: bool) -> list[Block]:
    """Write the paragraphs of a page as Markdown; those that are nothing but links are menus and lists, not text."""
    tree = LexborHTMLParser(text_of(page.source))
    hrefs = [node.attributes.get("href") or "" for node in tree.css("a[href]")]
    hrefs = [urljoin(page.url, href) for href in hrefs if re.match(r"https?:|/", href)]
    # A page that was saved from an archive, which rewrote its links.
    is_saved = 2 * sum(bool(_REPLAYED.match(href)) for href in hrefs) > len(hrefs)
    for node in tree.css("script, style, noscript, template, nav, header, footer, aside, form, svg"):
        node.decompose()
    stated = tree.css_first("base[href]")
    base = urljoin(page.url, (stated.attributes.get("href") or "") if stated else "")
    nodes = [
        node for node in tree.css("p, li, h2, h3, h4, dd, td, div, blockquote, figcaption") if not _holds_blocks(node)
    ]
    start = Start(base, page.url, is_saved)
    return [block for node in nodes if (has_lists or _is_text(node)) and (block := _block(node, start)).text]


def text_of(source: bytes) -> str:
    """Decode a page by what it says of itself, else as UTF-8, else as browsers read what is none."""
    text = source.decode("utf-8", "replace")
    if text.count("\ufffd") < _DAMAGED:
        return text
    stated = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", source[:4096], re.IGNORECASE)
    for charset in ("utf-8", stated[1].decode() if stated else "utf-8"):
        try:
            return source.decode("cp1252" if charset.lower() in {"iso-8859-1", "latin1"} else charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return source.decode("cp1252", "replace")


def _is_text(node: LexborNode) -> bool:
    linked = sum(len(link.text().split()) for link in node.css("a"))
    return len(node.text().split()) - linked >= _WORDS


def _holds_blocks(node: LexborNode) -> bool:
    """Tell what is made of paragraphs, which count by themselves."""
    return node.tag not in {"p", "h2", "h3", "h4"} and node.css_first(_BLOCKS) is not None


def _block(node: LexborNode, base: Start) -> Block:
    targets: list[str] = []
    text = " ".join(inline(node, base, targets).split())
    if not re.search(r"\w", text):
        return Block("", ())
    marks = {"li": "- ", "h2": "## ", "h3": "### ", "h4": "#### "}
    return Block(marks.get(node.tag or "", "") + text, tuple(targets))


def inline(node: LexborNode, base: Start, targets: list[str]) -> str:
    pieces = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            pieces.append(escaped(child.text(deep=False)))
        elif child.tag == "br":
            pieces.append(" ")
        elif child.tag == "a":
            pieces.append(_link(child, base, targets))
        elif child.tag not in {"script", "style", "-comment", "img"}:
            pieces.append(inline(child, base, targets))
    return "".join(pieces)


def _link(node: LexborNode, base: Start, targets: list[str]) -> str:
    words = node.text()
    target = _absolute(node.attributes.get("href") or "", base)
    text = " ".join(escaped(words).split())
    if target is None or not text:
        return escaped(words)
    targets.append(target)
    return f"{' ' if words[:1].isspace() else ''}[{text}](#){' ' if words[-1:].isspace() else ''}"


def _absolute(href: str, base: Start) -> str | None:
    """Give a target that is another page of the web; of an archived page, that which was archived."""
    try:
        target = urljoin(base.url, href.strip())
        target = _REPLAYED.sub("", target) if base.is_saved else target
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in parts.netloc or "\ufffd" in target:
        return None
    return None if page_of(target) in {page_of(base.own), page_of(_REPLAYED.sub("", base.own))} else target


def escaped(text: str | None) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+!<>|~&$=^:@/.-])", r"\\\1", text or "").replace("\n", " ")


_DAMAGED = 20
_WORDS = 3
"""Words of its own, outside of links, that make a paragraph text."""
_PARAGRAPHS = "p, li, h2, h3, h4, dd, td, div, blockquote, figcaption"
_BLOCKS = "p, li, ul, ol, dl, dd, table, td, div, blockquote, figcaption, section, article, h1, h2, h3, h4, h5, h6"
_REPLAYED = re.compile(r"^https?://web\.archive\.org/web/[0-9]+(?:[a-z]{2}_)?/(?=https?:)")
