"""Looks for where an article first stood that does not say so: among what it cites, then on its publisher's site.

What an editor would do, within bounds, the cheapest first. A page is the guess only where it alone shows the article
under its headline; whatever else may be it is left to a person. Nobody takes a guess for what the article states.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.model import Claim, Conversation, Memento, Request, Response, Role, ask
from linkcheck.provenance import slug_search, sources
from linkcheck.provenance.api import Address, Article, Context, Found, Lost
from linkcheck.provenance.identity import SAME, share_of, shingles
from linkcheck.provenance.likeness import words_of
from linkcheck.provenance.naming import Naming, is_headline, naming
from linkcheck.provenance.publisher import Names
from linkcheck.provenance.recover import HEARD
from linkcheck.provenance.site import Site, is_home, sites_of
from linkcheck.provenance.sources import LITTLE_TEXT, Look
from linkcheck.provenance.target import is_same_page, page_of
from linkcheck.slug import Agreement, compare
from linkcheck.words import count_tokens

LOOKS = 4
"""Pages that are looked at, of those that the article cites and of those that a search finds each."""
CAPTURES = 2
"""Captures of one page that are read."""


class Possible(Struct, frozen=True, kw_only=True):
    """A page where the article may have stood first."""

    url: str
    basis: str
    """How it was found, in words."""
    is_meant: bool = False
    """Whether more speaks for it than the words of its address."""
    said: str = ""
    """What it shows, in words."""
    is_shown: bool = False
    """Whether it shows the article under its headline."""
    is_called: bool = False
    """Whether it has the headline for its title, and a text that nobody could read."""
    share: float = 0.0
    """How much of the article's text it shows, 0 to 1."""
    memento: Memento | None = None
    """The capture that shows it, where the live page does not."""
    names: tuple[str, ...] = ()
    """Where it says itself that it stands, or was taken from."""


class Guessed(Struct, frozen=True, kw_only=True):
    """What a search for the original gave."""

    best: Possible | None = None
    others: tuple[Possible, ...] = ()
    """Where it cannot be told: what may be it, the likest first."""
    sites: tuple[Site, ...] = ()
    """What was searched."""
    was_heard: bool = True
    """Whether everybody who was asked has answered."""


def is_stated(claims: Sequence[Claim]) -> bool:
    """Tell whether a document's claims say on which page it first stood, not only on which site."""
    return any(claim.field == "original" and not is_home(claim.value) for claim in claims)


def guess(article: Article, addresses: Sequence[Address], context: Context) -> Conversation[Guessed]:
    """Look for the original: at no more than a few pages, and with one search of each of a few sites."""
    wanted = _wanted(article)
    if wanted is None:
        return Guessed()
    inner = context.unwrap(article.url) if article.url else None
    addresses = [structs.replace(one, url=context.unwrap(one.url) or one.url) for one in addresses]
    cited = list(_cited(article, addresses, inner))
    weighed, was_heard = yield from _weighed(cited, article, context)
    sites: tuple[Site, ...] = ()
    if is_headline(wanted.text, wanted.role) and not any(one.is_shown for one in weighed):
        sites = sites_of(article, addresses, context.unwrap)
        if sites:
            found, is_heard = yield from _searched(article, wanted, sites, context)
            known = {page_of(one.url) for one in cited}
            more = [Possible(url=one.url, basis=_basis(one)) for one in found if page_of(one.url) not in known]
            looked, were_heard = yield from _weighed(more, article, context)
            weighed, was_heard = [*weighed, *looked], was_heard and is_heard and were_heard
    best, others = _concluded(weighed)
    return Guessed(best=best, others=others, sites=sites, was_heard=was_heard)


def _wanted(article: Article) -> Lost | None:
    title = article.first("title")
    return Lost(reference=0, text=title, role=Role.RELATED, line=1) if title else None


def _cited(article: Article, addresses: Sequence[Address], archived: str | None) -> Iterator[Possible]:
    """Give addresses that the article itself has, and that speak for its headline; the one of which it is a copy."""
    titles = _titles(article)
    known = {page_of(article.url)} if article.url else set()
    if archived:
        known.add(page_of(archived))
        yield Possible(url=archived, basis="the article was read from an archived copy of it", is_meant=True)
    for one in addresses:
        basis = _of_address(one, titles)
        if basis and page_of(one.url) not in known and _is_page(one.url):
            known.add(page_of(one.url))
            yield Possible(url=one.url, basis=basis, is_meant=basis is not _BY_ADDRESS)


def _of_address(address: Address, titles: Sequence[str]) -> str:
    if any(_is_headline(title, one, address.url) for title in titles for one in address.titles):
        return "the article cites it, and its title is the headline"
    if any(_is_headline(title, address.text, address.url) for title in titles):
        return "the article cites it by the headline"
    if any(compare(title, address.url).agreement is Agreement.AGREES for title in titles):
        return _BY_ADDRESS
    return ""


def _searched(
    article: Article, wanted: Lost, sites: Sequence[Site], context: Context
) -> Conversation[tuple[tuple[Found, ...], bool]]:
    """Search indexes and sitemaps, then the feeds that the sites' home pages name."""
    urls = [site.url for site in sites]
    searched = yield from slug_search.search(article, [wanted], (), context, sites=urls)
    found = searched.found.get(wanted.reference, ())
    if not found:
        feeds: list[str] = []
        for url in urls:
            home = yield from ask(Request(uri.resolve("/", url) or url, read=sources.PAGE))
            text = context.read(home) if isinstance(home, Response) and home.status == _OK else None
            feeds += text.feeds if text else ()
        found = slug_search.ranked(wanted, (yield from slug_search.in_feeds(feeds)), article)
    return tuple(one for one in found if _is_page(one.url)), searched.was_heard


def _basis(found: Found) -> str:
    return f"{found.by} has it under the words of the headline"


def _weighed(
    pages: Sequence[Possible], article: Article, context: Context
) -> Conversation[tuple[list[Possible], bool]]:
    """Look at pages, and at what these name as where they come from; leave out what shows something else."""
    left, known = list(pages), {page_of(one.url) for one in pages}
    kept: list[Possible] = []
    was_heard = True
    for _ in range(LOOKS):
        if not left:
            break
        seen, is_heard = yield from _look(left.pop(0), article, context)
        was_heard = was_heard and is_heard
        if seen is None:
            continue
        kept.append(seen)
        for url in seen.names if seen.is_shown else ():
            if page_of(url) not in known and _is_page(url):
                known.add(page_of(url))
                left.insert(0, Possible(url=url, basis=_NAMED.format(seen.url), is_meant=True))
    named = {page_of(url) for one in kept for url in one.names}
    unseen = [structs.replace(one, said="it was not looked at") for one in left if page_of(one.url) in named]
    return [*kept, *unseen], was_heard


def _look(page: Possible, article: Article, context: Context) -> Conversation[tuple[Possible | None, bool]]:
    """Read a page, live, else as archives kept it near the article's date; None where it shows something else."""
    live = yield from sources.live(article, page.url, context)
    if seen := _shown(page, live, article):
        return seen, True
    looks, lookups = [live], (yield from sources.captures(article, page.url))
    for memento in sources.usable(article, lookups)[:CAPTURES]:
        look = yield from sources.capture(article, page.url, memento, context)
        if seen := _shown(page, look, article, memento):
            return seen, True
        looks.append(look)
    is_heard = all(one.answer in HEARD for one in lookups)
    return _doubted(page, looks, article), is_heard


def _shown(page: Possible, look: Look, article: Article, memento: Memento | None = None) -> Possible | None:
    """Take a page that shows most of the article under its headline."""
    source = look.source
    if source is None or source.share < SAME or not _agrees(article, look):
        return None
    where = f" in its capture of {memento.datetime[:10]}" if memento else ""
    return structs.replace(
        page,
        said=f"it shows {int(source.share * 100)} % of the text under this headline{where}",
        is_shown=True,
        share=source.share,
        memento=memento,
        names=tuple(sources.named_by(look, article)),
    )


def _doubted(page: Possible, looks: Sequence[Look], article: Article) -> Possible | None:
    """Say of a page that does not show the article as it stands what speaks for it; None where it is another one."""
    if partial := max((one.source for one in looks if one.source), key=lambda one: one.share, default=None):
        is_called = any(_agrees(article, one) for one in looks if one.source is partial)
        what = "" if is_called else " under another title"
        said = f"it shows {int(partial.share * 100)} % of the text{what}"
        return structs.replace(page, said=said, share=partial.share, memento=partial.memento)
    read = [one for one in looks if one.text and not _is_bare(one)]
    if any(one is not looks[0] or _agrees(article, one) for one in read):
        return None  # it was another story then, or is one of that name
    if any(_has_title(article, one) and _is_cut(article, one) for one in looks):
        return structs.replace(page, said="its title is the headline, and its text could not be read", is_called=True)
    if not page.is_meant and not any(_is_close(title, page.url) for title in _titles(article)):
        return None  # nobody has seen it, and stories of one matter have words in common
    what = "it shows something else now" if read else f"it could not be read: {looks[0].why or 'no page came'}"
    return structs.replace(page, said=what)


def _concluded(weighed: Sequence[Possible]) -> tuple[Possible | None, tuple[Possible, ...]]:
    """Give the only page that is it for all that is known, else all that may be it."""
    shown = _without_versions([one for one in weighed if one.is_shown])
    if len(shown) == 1:
        first = shown[0]
        elsewhere = [one for one in weighed if not one.is_shown and _is_named_elsewhere(one, first)]
        return (None, (*elsewhere, first)) if elsewhere else (first, ())
    if shown:
        return None, tuple(sorted(shown, key=lambda one: -one.share))
    ranked = sorted(weighed, key=lambda one: (-one.share, not one.is_called))
    if len(ranked) == 1 and ranked[0].is_called:
        return ranked[0], ()
    return None, tuple(ranked)


def _without_versions(shown: Sequence[Possible]) -> list[Possible]:
    """Leave out what names another of them as its own address, or stands below it: to print, for small screens."""
    return [one for one in shown if not any(_is_version(one, other) for other in shown if other is not one)]


def _is_version(one: Possible, other: Possible) -> bool:
    if any(is_same_page(url, other.url) for url in one.names):
        return not any(is_same_page(url, one.url) for url in other.names) or one.url > other.url
    return page_of(one.url).startswith((f"{page_of(other.url)}/", f"{page_of(other.url)}?"))


def _is_named_elsewhere(one: Possible, by: Possible) -> bool:
    """Tell a page of another site from which a copy says that it was taken."""
    return _host(one.url) != _host(by.url) and any(is_same_page(url, one.url) for url in by.names)


def _titles(article: Article) -> list[str]:
    return list(dict.fromkeys(claim.value for claim in article.claims if claim.field == "title"))[:_TITLES]


def _titles_of(look: Look) -> list[str]:
    return [claim.value for claim in look.text.claims if claim.field == "title"] if look.text else []


def _agrees(article: Article, look: Look) -> bool:
    others = _titles_of(look)
    return any(naming(one, others, Role.RELATED) in {Naming.EQUAL, Naming.AGREES} for one in _titles(article))


def _has_title(article: Article, look: Look) -> bool:
    return any(_is_headline(one, other, look.url) for one in _titles(article) for other in _titles_of(look))


def _is_headline(title: str, text: str, url: str) -> bool:
    """Tell whether a text is the headline, to the word; part two of a series is not part one."""
    words = words_of(title)
    return count_tokens(words) >= _FEWEST and words in (words_of(text), words_of(Names((), [url]).cut_from(text)))


def _is_close(title: str, url: str) -> bool:
    """Tell an address that has nearly all words of a headline, and hardly another one."""
    compared = compare(title, url)
    others = len(compared.only_headline) + len(compared.only_slug)
    return len(compared.shared) >= _CLOSE * (len(compared.shared) + others)


def _is_cut(article: Article, look: Look) -> bool:
    """Tell the beginning of the article, or hardly a word, from a short text of its own."""
    passages = look.text.passages if look.text else ()
    return share_of(article.passages, passages) > 0 or len(shingles(passages)) < _FEW_WORDS


def _is_bare(look: Look) -> bool:
    return look.text is None or len(shingles(look.text.passages)) < LITTLE_TEXT


def _is_page(url: str) -> bool:
    """Tell what may be a story's address from a home page, a search, and lists of stories by a word or a person."""
    parts = uri.parse(url)
    if parts is None or parts.scheme not in uri.WEB or is_home(url):
        return False
    return _LISTS.isdisjoint(step.casefold() for step in parts.path.strip("/").split("/")[-2:-1])


def _host(url: str) -> str:
    return uri.host_of(url).removeprefix("www.")


_TITLES, _FEWEST = 3, 3
_FEW_WORDS = 30
"""Runs of four words: a line or two of a wall."""
_OK = 200
_CLOSE = 0.75
_BY_ADDRESS = "the article cites it, and its address has the words of the headline"
_NAMED = "{} names it as where it comes from"
_LISTS = frozenset(
    {
        "tag", "tags", "category", "categories", "topic", "topics", "author", "authors", "search", "label", "labels",
        "schlagwort", "thema", "autor", "kategorie", "suche", "etiqueta", "categoria", "temas",
    }
)  # fmt: skip
