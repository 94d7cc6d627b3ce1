"""Turns pages into faithful copies, compares each with its own page, and counts what is held against it.

A faithful copy has no finding, so that each one is a false accusation. Then one thing is planted in each copy, and what
is found is counted: a word of a quotation that is another one, a paragraph that is missing, a number that was changed,
a headline, author and date of somebody else. The Markdown is made by another HTML parser than the one that reads the
page (see `recovery`); headline, author and date are what people read in the page. `--wrong` says which pages, and what.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkcheck.dates import parse_date
from linkcheck.extract.api import Wanted
from linkcheck.extract.markdown import extract
from linkcheck.model import Memento, PlacedFinding, Response
from linkcheck.pipeline.elsewhere import read_page
from linkcheck.provenance import against, agreement, faithful, quoted
from linkcheck.provenance.api import Article, Source, Text
from linkcheck.provenance.author import is_person
from linkcheck.provenance.identity import share_of
from linkcheck.provenance.likeness import words_of
from linkcheck.provenance.origin import provenance_of
from linkcheck.provenance.quotes import quotations
from linkcheck.provenance.recover import Consulted
from linkcheck.provenance.sources import Look
from linkcheck.sources import formats
from linkcheck.sources.api import Found
from linkcheck.sources.read import document
from tests.eval.newsrooms import pages_of
from tests.eval.pages import Page
from tests.eval.recovery import Start, escaped, inline, text_of

SEED = 20170214
_NOWHERE = Start("", "", is_saved=False)
"""Where links lead is of no interest here."""
RULES = (
    "quote-altered", "quote-missing", "copy-differs", "missing", "added", "altered", "title-differs", "author-differs",
    "date-conflict", "headline-slug-mismatch", "original-drifted", "original-unreachable",
)  # fmt: skip
"""Rules; `missing`, `added` and `altered` count the paragraphs of `copy-differs`."""
TRUE = ("canonical-mismatch", "republished-elsewhere")
"""What is said where the page does name another address as the one that counts, or as that of its source."""


class Copy(NamedTuple):
    """What a person copied."""

    head: tuple[str, ...]
    blocks: tuple[str, ...]
    body: frozenset[int]
    """Which blocks stand in the element that holds most of the words: the article itself."""
    url: str

    @property
    def markdown(self) -> str:
        return "\n\n".join([*self.head, *self.blocks, "Original url:", f"<{self.url}>"])


def rate(cases: Path, options: frozenset[str]) -> Iterator[str]:
    """Give the table of false accusations, and of what was planted and found."""
    pages_with, counts, compared, total = Counter[str](), Counter[str](), 0, 0
    planted, found = Counter[str](), Counter[str]()
    for page in pages_of(cases, options):
        copy, text = copy_of(page), _read(page)
        if text is None:
            continue
        total += 1
        said, held = said_of(copy, text, page)
        compared += said is not None
        pages_with.update(held.keys())
        counts.update(held)
        if "--wrong" in options:
            yield from (f"false {name}: {page.name}: {what}" for name, whats in _told(said, held) for what in whats)
        for name, plant in PLANTS.items():
            changed = plant(copy, random.Random(f"{SEED}{page.name}"))
            if changed is None or said is None or not _can_tell(name, text):
                continue
            planted[name] += 1
            _, after = said_of(changed, text, page)
            is_found = any(after[rule] > held[rule] for rule in _TELLS[name])
            found[name] += is_found
            if "--wrong" in options and not is_found:
                yield f"not found {name}: {page.name}: {_first_change(copy, changed)}"
    yield f"{total} pages, of which {compared} could be compared"
    for title, rules in (("faithful copies", RULES), ("true of the page", TRUE)):
        yield f"{title:24}{'pages':>8}{'findings':>10}"
        yield from (f"  {rule:22}{pages_with[rule]:8}{counts[rule]:10}" for rule in rules)
    yield f"{'planted':24}{'planted':>8}{'found':>10}{'':4}share"
    yield from (
        f"  {name:22}{planted[name]:8}{found[name]:10}{_share(found[name], planted[name]):>9}" for name in PLANTS
    )


def copy_of(page: Page) -> Copy:
    """Copy a page as a person would: headline, author, date, and its paragraphs in order."""
    facts = page.expected
    head = [f"# {_one_line(facts['title'])}"] if facts.get("title") else []
    authors = facts.get("author") or []
    authors = [authors] if isinstance(authors, str) else authors
    head += [f"By {_one_line(', '.join(authors))}"] if authors else []
    head += [written] if (written := _written(facts.get("date") or "")) else []
    found = list(_blocks(page))
    words = Counter[int]()
    for text, holder in found:
        words[holder] += len(words_of(text)) if len(words_of(text)) >= _LONG_PARAGRAPH else 0
    best = max(words, key=words.__getitem__, default=0)
    own = [position for position, (_, holder) in enumerate(found) if holder == best]
    if len(own) >= _FEWEST_PARAGRAPHS:
        found = found[own[0] : own[-1] + 1]
    body = frozenset(position for position, (_, holder) in enumerate(found) if holder == best)
    return Copy(tuple(head), tuple(text for text, _ in found), body, page.url)


def _blocks(page: Page) -> Iterator[tuple[str, int]]:
    """Give every block of a page's content as Markdown, and a number for the element that holds it.

    Menus, forms and boxes beside the text are left out, as a person does; so are pictures.
    """
    tree = LexborHTMLParser(text_of(page.source))
    for node in tree.css(
        "script, style, noscript, template, nav, aside, form, svg, h1, title, iframe, select, textarea"
    ):
        node.decompose()
    for node in tree.css("header, footer"):
        if not node.css_matches("article *, main *"):
            node.decompose()
    if tree.body:
        yield from _walk(tree.body)


def _walk(node: LexborNode) -> Iterator[tuple[str, int]]:
    """Part an element where blocks begin and end; text that stands beside blocks is a block of its own."""
    line: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag in _BLOCKS or (child.tag not in _LEAVES and child.css_first(", ".join(_BLOCKS)) is not None):
            yield from _line(line, node)
            line = []
            yield from _walk(child)
        elif child.tag == "-text":
            line.append(escaped(child.text(deep=False)))
        elif child.tag == "br":
            line.append(" ")
        elif child.tag not in {"-comment", "img"}:
            line.append(inline(child, _NOWHERE, []))
    yield from _line(line, node)


def _line(pieces: list[str], node: LexborNode) -> Iterator[tuple[str, int]]:
    text = " ".join("".join(pieces).split())
    if re.search(r"\w", text):
        holder = node.parent.mem_id if node.parent else 0
        yield _MARKS.get(node.tag or "", "") + text, holder


Said = list[PlacedFinding]


def said_of(copy: Copy, text: Text, page: Page) -> tuple[Said | None, Counter[str]]:
    """Compare a copy with its page, live and archived; None where it is told apart by nothing."""
    source = document(
        copy.markdown.encode("utf-8", "replace"), Found(name="a.md"), media_type=formats.MARKDOWN, is_certain=True
    )
    read = extract(source, Wanted(passages=True))
    origin = provenance_of(read.claims, read.opening, [(one, one.raw) for one in read.references])
    article = Article(passages=read.passages, claims=origin.claims)
    live = Source(url=page.url, text=text, share=share_of(read.passages, text.passages))
    memento = Memento(archive="wayback", uri_m="http://archive.test/1", datetime="2020-01-01T00:00:00Z")
    archived = Source(url=page.url, text=text, share=live.share, memento=memento)
    consulted = Consulted(
        live=(Look(page.url, live, text),),
        archived=(Look(page.url, archived, text),),
        sources=(live, archived),
    )
    compared = faithful.compare(article.passages, archived)
    said = [*agreement.findings(origin), *against.findings(article, consulted)]
    if compared and (differs := faithful.finding(compared, "the original")):
        said.append(differs)
    said += quoted.findings(article.passages, consulted.sources, compared)
    held = Counter(one.rule for one in said)
    if compared:
        held.update(missing=len(compared.missing), added=len(compared.added))
        held.update(altered=sum(1 for one in compared.altered if one.theirs))
    return (said if compared else None), +held


def _read(page: Page) -> Text | None:
    return read_page(Response(page.url, 200, (("content-type", "text/html"),), page.source))


def _other_quotation(copy: Copy, chance: random.Random) -> Copy | None:
    """Put another word into a quotation."""
    places = []
    for position, block in enumerate(copy.blocks):
        for word, _ in _quoted_words(block):
            places.append((position, word))
    if not places:
        return None
    position, word = chance.choice(places)
    return _with(copy, position, copy.blocks[position].replace(word, f"{word.split()[0]} never {word.split()[1]}", 1))


def _quoted_words(block: str) -> Iterator[tuple[str, int]]:
    """Give pairs of words inside quotations that are long enough to be looked for, and stand in the block once."""
    read = extract(
        document(block.encode("utf-8", "replace"), Found(name="a.md"), media_type=formats.MARKDOWN, is_certain=True),
        Wanted(passages=True),
    )
    for quotation in quotations(read.passages):
        words = re.findall(r"[^\W\d_]{3,} [^\W\d_]{3,}", quotation.text)
        if len(words_of(quotation.text)) >= _LONG_QUOTATION:
            yield from ((word, 0) for word in words[1:-1] if block.count(word) == 1)


def _no_paragraph(copy: Copy, chance: random.Random) -> Copy | None:
    """Leave out a paragraph that has others before and behind it, and that the text has once."""
    long = [position for position, block in enumerate(copy.blocks) if len(words_of(block)) >= _LONG_PARAGRAPH]
    own = [position for position in long if position in copy.body]
    inner = [position for position in own[1:-1] if copy.blocks.count(copy.blocks[position]) == 1]
    if len(own) < _FEWEST_PARAGRAPHS or not inner:
        return None
    gone = chance.choice(inner)
    return copy._replace(blocks=(*copy.blocks[:gone], *copy.blocks[gone + 1 :]))


def _other_number(copy: Copy, chance: random.Random) -> Copy | None:
    """Change a digit in a paragraph."""
    places = [
        (position, found.start())
        for position, block in enumerate(copy.blocks)
        if len(words_of(block)) >= _LONG_PARAGRAPH
        for found in re.finditer(r"(?<![\w.,/-])\d{2,4}(?![\w.,/-])", block)
    ]
    if not places:
        return None
    position, at = chance.choice(places)
    block = copy.blocks[position]
    return _with(copy, position, f"{block[:at]}{(int(block[at]) + 3) % 9 + 1}{block[at + 1 :]}")


def _with(copy: Copy, position: int, block: str) -> Copy:
    return copy._replace(blocks=(*copy.blocks[:position], block, *copy.blocks[position + 1 :]))


def _other_head(mark: str, line: str) -> Callable[[Copy, random.Random], Copy | None]:
    """Put another line in the place of headline, author or date."""

    def plant(copy: Copy, _: random.Random) -> Copy | None:
        if not any(one.startswith(mark) for one in copy.head):
            return None
        return copy._replace(head=tuple(line if one.startswith(mark) else one for one in copy.head))

    return plant


def _other_date(copy: Copy, _: random.Random) -> Copy | None:
    """Put a day in the place of the date that is three years and 40 days earlier."""
    for position, line in enumerate(copy.head):
        if (day := parse_date(line)) is not None:
            other = _written((date.fromisoformat(day) - timedelta(days=1135)).isoformat())
            return copy._replace(head=(*copy.head[:position], other, *copy.head[position + 1 :]))
    return None


def _can_tell(name: str, text: Text) -> bool:
    """Tell whether the page itself says what headline, person or day it has."""
    said = [claim.value for claim in text.claims if claim.field == _FIELDS.get(name)]
    return name not in _FIELDS or any(is_person(one) or name != "another author" for one in said)


def _first_change(copy: Copy, changed: Copy) -> str:
    for before, after in zip((*copy.head, *copy.blocks), (*changed.head, *changed.blocks), strict=False):
        if before != after:
            return f"{before[:300]!r}, now {after[:300]!r}"
    return ""


def _told(said: Said | None, held: Counter[str]) -> Iterator[tuple[str, Sequence[str]]]:
    for rule in (*RULES, *TRUE):
        if held[rule] and rule not in {"missing", "added", "altered"}:
            yield rule, [f"{one.message} | {one.next}" for one in said or () if one.rule == rule]


def _one_line(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", " ".join(text.split()))


def _written(day: str) -> str:
    try:
        return f"{date.fromisoformat(day):%B} {date.fromisoformat(day).day}, {day[:4]}"
    except ValueError:  # there is none, or a slip of whoever read the page
        return ""


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


_LONG_QUOTATION, _LONG_PARAGRAPH, _FEWEST_PARAGRAPHS = 8, 15, 4
_MARKS = {"li": "- ", "h2": "## ", "h3": "### ", "h4": "#### "}
_LEAVES = frozenset({"-text", "-comment", "br", "img"})
_BLOCKS = (
    "p", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "td", "th", "div", "blockquote", "figure", "figcaption",
    "section", "article", "main", "header", "footer", "h2", "h3", "h4", "h5", "h6", "pre", "address", "hr",
)  # fmt: skip
PLANTS: dict[str, Callable[[Copy, random.Random], Copy | None]] = {
    "altered quotation": _other_quotation,
    "missing paragraph": _no_paragraph,
    "changed number": _other_number,
    "another headline": _other_head("# ", "# Herring Cooks Reveal Their Grandmothers' Forgotten Winter Recipes"),
    "another author": _other_head("By ", "By Wilhelmina Featherstonehaugh"),
    "another date": _other_date,
}
_FIELDS = {"another headline": "title", "another author": "author", "another date": "published"}
_TELLS = {
    "altered quotation": ("quote-altered", "quote-missing"),
    "missing paragraph": ("missing",),
    "changed number": ("altered", "quote-altered"),
    "another headline": ("title-differs",),
    "another author": ("author-differs",),
    "another date": ("date-conflict",),
}
