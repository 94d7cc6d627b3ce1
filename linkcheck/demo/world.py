"""The table of the demo: what the article cites, what became of it, and what a run must say.

A page, a host, a capture or a truth is one entry. Hosts are below `.example` and `.invalid`, which belong to nobody
(RFC 2606).
"""

from base64 import b64decode
from collections.abc import Sequence
from importlib.resources import files

import pyromark

from linkcheck.demo.table import Capture, Page, Truth, World
from linkcheck.model import Verdict

ARTICLE = "article.md"
"""The article's file, beside this one."""

ORIGINAL = "http://gazette.example/2019/06/14/keepers-logbook-believed-lost-turns-up-in-the-harbour-office"
RADAR = "http://gazette.example/2019/05/28/port-authority-admits-that-the-new-radar-mast-cannot-replace-the-lamp"
POSTPONED = "http://gazette.example/2018/11/20/council-postpones-vote-on-the-lighthouse"
POSTPONED_NOW = "http://gazette.example/archive/council-postpones-the-vote-on-the-lighthouse-for-the-third-time"
STORM = "http://gazette.example/2019/01/05/winter-storm-tears-a-hole-in-the-east-pier"
OSEI = "http://gazette.example/2019/06/13/marta-osei-will-not-stand-again-for-the-harbour-council"
FISHERMEN = "http://gazette.example/2019/04/02/what-the-fishermen-call-the-old-light-and-why-they-will-not-say"
GUILD = "http://gazette.example/2019/06/11/joiners-guild-opens-its-workshop-to-apprentices-for-a-week"
DAUGHTER = "http://gazette.example/2019/06/09/daughter-of-the-last-keeper-remembers-the-night-of-the-great-storm"
FARES = "http://gazette.example/2019/04/30/ferry-company-raises-its-fares-for-the-third-year-running"
FARES_AGAIN = "http://gazette.example/business/ferry-company-raises-its-fares-for-the-third-year-running"
NOTICE = "http://harbour-office.example/notices/2019-06-12"
TIDES = "http://tides.example/tables/1951/november"
FRIENDS = "http://friends-of-the-lighthouse.example/"
REGISTRY = "http://old-registry.invalid/sheets/12"

SAID = "It lay there as if somebody had only just put it down"
SAID_THEN = "It lay there as if somebody had put it down only yesterday"
LEFT_OUT = (
    "Nobody in the office had moved the cabinet since 1969. It took four people to lift it, and the floor beneath it "
    "was still painted in the green of the harbour police."
)
_BEFORE = "Jonas Brandt kept the light"
ALTERED = ((SAID, SAID_THEN), (_BEFORE, f"{LEFT_OUT}\n\n{_BEFORE}"))
"""What the copy says, and what the original said; one quotation, and one paragraph that is missing."""

TRUTHS = (
    Truth(text="The logbook, open at the last page", about="an image that is there", verdict=Verdict.ALIVE),
    Truth(
        text="voted by nine to five",
        about="the page is there, and calls the place #the-vote-on-the-lamp",
        verdict=Verdict.ALIVE,
        rules=("missing-fragment",),
    ),
    Truth(
        text="According to the harbour office",
        about="lost its target when the article was copied",
        verdict=Verdict.PLACEHOLDER,
        was=NOTICE,
    ),
    Truth(
        text="Harbour Council Votes to Keep the Old Lighthouse Lit",
        about="a story that is still there",
        verdict=Verdict.ALIVE,
    ),
    Truth(text="readings of the weather station", about="429, asks for an hour of silence", verdict=Verdict.BLOCKED),
    Truth(
        text="tide tables of that month",
        about='a page that says "not found", with status 200',
        verdict=Verdict.SOFT_404,
        rules=("not-found-words",),
        memento="20180301150000",
    ),
    Truth(
        text="Port Authority Admits That the New Radar Mast Cannot Replace the Lamp",
        about="a story that is gone; captured before the article's date, two days after it, and once as a wall",
        verdict=Verdict.DEAD,
        memento="20190529061500",
    ),
    Truth(
        text="Council Postpones the Vote on the Lighthouse for the Third Time",
        about="a story that moved for good",
        verdict=Verdict.MOVED,
    ),
    Truth(
        text="catalogue of the national archive",
        about="a wall against bots",
        verdict=Verdict.BLOCKED,
        rules=("bot-wall",),
    ),
    Truth(
        text="Sheet 12 of the old harbour registry",
        about="a host that is no more",
        verdict=Verdict.DEAD,
        memento="20170812094500",
    ),
    Truth(text="history of the line", about="a host that refuses connections", verdict=Verdict.UNREACHABLE),
    Truth(
        text="Winter Storm Tears a Hole in the East Pier",
        about="a story that is redirected to the home page",
        verdict=Verdict.SOFT_404,
        rules=("homepage-redirect",),
        memento="20190106180200",
    ),
    Truth(
        text="What the Fishermen Call the Old Light, and Why They Will Not Say",
        about="lost its target when the article was copied",
        verdict=Verdict.PLACEHOLDER,
        was=FISHERMEN,
    ),
    Truth(
        text="Joiners' Guild Opens Its Workshop to Apprentices for a Week",
        about="lost its target, which is gone since; one capture",
        verdict=Verdict.PLACEHOLDER,
        was=GUILD,
        was_capture="20190612071500",
    ),
    Truth(
        text="Friends of the Lighthouse",
        about="a domain that is for sale",
        verdict=Verdict.USURPED,
        rules=("parked-domain",),
        memento="20180630090000",
    ),
    Truth(text="the desk of the Gazette", about="a mail address", verdict=Verdict.SKIPPED),
    Truth(
        text="Marta Osei Will Not Stand Again for the Harbour Council",
        about="names another story, and leads to the article itself",
        verdict=Verdict.DEAD,
        rules=("self-reference", "text-target-mismatch"),
        memento="20190615083012",
        was=OSEI,
    ),
    Truth(
        text="Daughter of the Last Keeper Remembers the Night of the Great Storm",
        about="added without a target after the article was copied; one story has that name",
        verdict=Verdict.PLACEHOLDER,
        was=DAUGHTER,
        is_in_original=False,
    ),
    Truth(
        text="Ferry Company Raises Its Fares for the Third Year Running",
        about="likewise; two stories have that name",
        verdict=Verdict.PLACEHOLDER,
        candidates=(FARES, FARES_AGAIN),
        is_in_original=False,
    ),
    Truth(
        text="Ten Recipes for Herring That Your Grandmother Never Wrote Down",
        about="likewise; nobody has a story of that name",
        verdict=Verdict.PLACEHOLDER,
        is_in_original=False,
    ),
    Truth(
        text=ORIGINAL,
        about="the original: gone from the web, captured on the day after it appeared",
        verdict=Verdict.DEAD,
        memento="20190615083012",
    ),
)


def _page(title: str, *paragraphs: str) -> bytes:
    words = "".join(f"<p>{one}</p>\n" for one in paragraphs)
    return f"<!doctype html>\n<html lang=en>\n<title>{title}</title>\n<h1>{title}</h1>\n{words}</html>\n".encode()


def _shown(title: str, *paragraphs: str) -> Page:
    return Page(body=_page(title, *paragraphs))


def _redirect(status: int, location: str) -> Page:
    return Page(status=status, headers=(("location", location),))


_RADAR_STORY = _page(
    "Port Authority Admits That the New Radar Mast Cannot Replace the Lamp",
    "The mast sees ships. It does not show them the way, the port authority's engineer told the council on Tuesday.",
)
_STORM_STORY = _page(
    "Winter Storm Tears a Hole in the East Pier",
    "The sea took eleven metres of the pier in the night to Saturday. Nobody was hurt.",
)
_GUILD_STORY = _page(
    "Joiners' Guild Opens Its Workshop to Apprentices for a Week",
    "Whoever can tell oak from ash by its smell is welcome, says the guild. Others will learn it by Friday.",
)
_DAUGHTER_STORY = _page(
    "Daughter of the Last Keeper Remembers the Night of the Great Storm",
    "She was seven, and was told to count the turns of the lamp. She fell asleep at four thousand.",
)
_FARES_STORY = _page(
    "Ferry Company Raises Its Fares for the Third Year Running",
    "A crossing costs ten per cent more from May on. Bicycles stay free, dogs do not.",
)

PAGES = {
    "http://gazette.example/": _shown("Harbour Gazette", "News from the harbour and the town behind it."),
    "http://gazette.example/images/2019/logbook-last-page.png": Page(
        headers=(("content-type", "image/png"),),
        body=b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRn/EaAAAAEElEQVR42mM4sWVBDwOcAAA8/wf55TjDhQAAAABJRU5ErkJggg=="
        ),
    ),
    "http://gazette.example/2019/03/09/harbour-council-votes-to-keep-the-old-lighthouse-lit": _shown(
        "Harbour Council Votes to Keep the Old Lighthouse Lit",
        "The harbour council voted on Saturday to keep the lamp of the old lighthouse burning, eleven years after the "
        "port authority had announced that it would be switched off for good.",
    ),
    POSTPONED: _redirect(301, POSTPONED_NOW),
    POSTPONED_NOW: _shown(
        "Council Postpones the Vote on the Lighthouse for the Third Time",
        "Two members were at sea, and a third would not vote without them.",
    ),
    STORM: _redirect(302, "/"),
    OSEI: _shown(
        "Marta Osei Will Not Stand Again for the Harbour Council",
        "Fourteen years are enough, says the chairwoman, and there is a boat to be painted.",
    ),
    FISHERMEN: _shown(
        "What the Fishermen Call the Old Light, and Why They Will Not Say",
        "It has nine names, and it brings bad luck to speak any of them on land.",
    ),
    DAUGHTER: Page(body=_DAUGHTER_STORY),
    FARES: Page(body=_FARES_STORY),
    FARES_AGAIN: Page(body=_FARES_STORY),
    NOTICE: _shown(
        "Notice of 12 June 2019", "A book was found in the course of building works. Its owner may ask here."
    ),
    "http://council.example/minutes/2019-03-09": Page(
        body=_page(
            "Minutes of 9 March 2019", "</p><h2 id=the-vote-on-the-lamp>The vote on the lamp</h2><p>Nine in favour."
        )
    ),
    "http://weather.example/*": Page(
        status=429,
        headers=(("content-type", "text/html"), ("retry-after", "3600")),
        body=_page("Too Many Requests", "Please come back in an hour."),
    ),
    "http://tides.example/*": _shown("Page not found", "Sorry, the page that you are looking for does not exist."),
    "http://catalogue.example/*": Page(
        status=403,
        headers=(("content-type", "text/html"), ("cf-mitigated", "challenge"), ("server", "cloudflare")),
        body=_page("Just a moment...", "Checking that you are not a bot. Please enable JavaScript and cookies."),
    ),
    "http://friends-of-the-lighthouse.example/*": _shown(
        "friends-of-the-lighthouse.example is for sale",
        "Buy this domain. This domain is parked. Related searches: lamps, boats, cheap flights.",
    ),
}
_WALL = _page("Just a moment...", "Checking your browser before accessing gazette.example. This takes five seconds.")
_SHEET = _page(
    "Sheet 12", "One logbook of the old harbour light, lent to the ferry company and entered in the registry."
)


def as_published(article: str, truths: Sequence[Truth]) -> bytes:
    """Give the page that the article was copied from.

    What has lost its target, or has a wrong one, has its own; what was added later is not there; what was left out is;
    and a quotation has the words that were said.
    """
    text = article.partition("**Read also:**")[0]
    for ours, theirs in ALTERED:
        text = text.replace(ours, theirs)
    for truth in truths:
        for lost in ("#", ORIGINAL):
            if truth.was:
                text = text.replace(f"[{truth.text}]({lost})", f"[{truth.text}]({truth.was})")
    title = text.partition("\n")[0].removeprefix("# ")
    return f"<!doctype html>\n<html lang=en>\n<title>{title}</title>\n{pyromark.html(text)}</html>\n".encode()


_ARTICLE = (files("linkcheck.demo") / ARTICLE).read_text(encoding="utf-8")

WORLD = World(
    article=_ARTICLE,
    truths=TRUTHS,
    pages=PAGES,
    refusing=frozenset({"ferries.example"}),
    captures=(
        Capture("20190615083012", ORIGINAL, body=as_published(_ARTICLE, TRUTHS)),
        Capture("20190612071500", GUILD, body=_GUILD_STORY),
        Capture("20190610054500", DAUGHTER, body=_DAUGHTER_STORY),
        Capture("20190501063000", FARES, body=_FARES_STORY),
        Capture("20190503120000", FARES_AGAIN, body=_FARES_STORY),
        Capture("20190529061500", RADAR, body=_RADAR_STORY),
        Capture("20190612060000", RADAR, body=_WALL),
        Capture("20190616110000", RADAR, body=_RADAR_STORY),
        Capture("20211104033000", RADAR, status=404, body=_page("Not Found", "There is no such page.")),
        Capture("20190106180200", STORM, body=_STORM_STORY),
        Capture("20210301120000", STORM, status=302, location="http://gazette.example/"),
        Capture("20170812094500", REGISTRY, body=_SHEET),
        Capture("20180301150000", TIDES, body=_page("Tide tables, November 1951", "High water on the 4th: 03:12.")),
        Capture("20180630090000", FRIENDS, body=_page("Friends of the Lighthouse", "We meet on the first Sunday.")),
    ),
)
