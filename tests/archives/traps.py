"""Capture histories in which the nearest capture has the right headline and not the text, or is another trap.

Every second one is looked at while rules are made (`LOOKED_AT`); the others are only counted.
"""

from tests.eval_captures import CHALLENGE, CITED, HOME, LOGIN, NOT_FOUND, PARKED, History

_STORY = (
    "The council met for three hours on Tuesday evening, and the gallery was full. ",
    "Nobody had expected that the vote would be as close as it was in the end. ",
    "Eleven members spoke for the plan, among them the oldest, who has sat there since 1974. ",
    "Against it were those who live by the river, whose cellars have been wet three times in ten years. ",
    "The engineer showed drawings, and answered questions about the sand, the piles and the price. ",
    "It is to be paid for out of the reserve, the treasurer said, and not by a new tax. ",
    "Two amendments were put to the vote; the first was lost by one voice, the second was withdrawn. ",
    "Work is to begin after the winter, and to take no more than two summers if the weather holds. ",
    "A group of shopkeepers has announced that it will go to court, as it did four years ago. ",
    "The mayor called it a good day for the town, and went home on foot, as she always does. ",
)
_MENU = "<nav><a href=/>Home</a> <a href=/news>News</a> <a href=/sport>Sport</a> <a href=/weather>Weather</a></nav>"
_FOOT = (
    "<footer>All rights reserved. <a href=/terms>Terms</a> <a href=/privacy>Privacy</a> <a href=/jobs>Jobs</a></footer>"
)


def told(title: str, *paragraphs: str, lang: str = "en", head: str = "") -> bytes:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<!doctype html><html lang={lang}><head><title>{title} - The Tidings</title>{head}</head><body>{_MENU}"
        f"<main><h1>{title}</h1>{body}</main>{_FOOT}</body></html>"
    ).encode()


def whole(title: str) -> bytes:
    return told(title, *_STORY)


class Trap(History):
    """A history whose page is a whole article."""

    @property
    def cited(self) -> bytes:
        return whole(self.title)


def _trap(about: str, path: str, title: str, *captured: tuple[str, int, bytes | str], has_it: bool = True) -> Trap:
    return Trap(about, f"2018/{path}", title, "", "14 May 2018", captured, has_it)


_RIGHT = ("20180601090000", 200, CITED)
_GONE = ("20220301090000", 404, NOT_FOUND)
_SAME_DAY = "20180514120000"


def _instead(about: str, path: str, title: str, *paragraphs: str, head: str = "") -> Trap:
    """The trap was captured on the day itself, the page two weeks later."""
    return _trap(about, path, title, (_SAME_DAY, 200, told(title, *paragraphs, head=head)), _RIGHT, _GONE)


TRAPS = (
    _instead("maintenance: come back on Monday", "council-votes-for-the-river-wall", "Council votes for the river wall",
             "We are working on our site. Please come back on Monday."),
    _instead("editing: will be back shortly", "bakers-strike-for-a-third-day", "Bakers strike for a third day",
             "This article is being updated by our editors and will be back shortly. Thank you for your patience."),
    _instead("paywall: subscribe to continue reading", "ferry-line-loses-its-licence", "Ferry line loses its licence",
             _STORY[0], "Subscribe to continue reading. Already a subscriber? Sign in."),
    _instead("paywall: a teaser and prices", "museum-sells-its-oldest-map", "Museum sells its oldest map",
             _STORY[0], _STORY[1], "Unlock this article for 1 euro. Cancel at any time. Monthly 9.90, yearly 99."),
    _instead("consent: the headline above a banner", "harbour-gets-a-second-crane", "Harbour gets a second crane",
             "We and our partners use cookies. To go on, please agree to the use of your data. Agree. Settings."),
    _instead("consent in German", "theatre-opens-with-an-opera", "Theatre opens with an opera",
             "Wir brauchen Ihre Zustimmung. Mit Werbung weiterlesen oder das Abo ohne Werbung wählen."),
    _instead("login: members only", "teachers-ask-for-smaller-classes", "Teachers ask for smaller classes",
             "This content is for members. <form action=/login><input type=password name=p></form> Log in to read it."),
    _instead("registration wall", "lighthouse-is-lit-again-at-last", "Lighthouse is lit again at last",
             _STORY[0], "Create a free account to read the full story. It takes less than a minute."),
    _instead("region: not available in your country", "river-fish-are-back-again", "River fish are back again",
             "Sorry, this story is not available in your region."),
    _instead("script: the text needs a browser", "school-moves-into-the-old-mill", "School moves into the old mill",
             "Please enable JavaScript to view this article."),
    _instead("video stub", "choir-sings-for-the-last-time", "Choir sings for the last time",
             "Loading player. The video starts after the advertisement."),
    _instead("removed: headline stays", "bank-closes-branch-on-the-square", "Bank closes branch on the square",
             "This story has been removed at the request of the publisher."),
    _instead("print stub", "market-hall-is-sold-for-a-crown", "Market hall is sold for a crown",
             "Read the whole story in our printed edition on Saturday."),
    _instead("app gate", "tram-drivers-get-their-raise", "Tram drivers get their raise",
             _STORY[0], "Continue reading in our app. Open in app. Get the app."),
    _instead("ad blocker wall", "winter-fair-is-called-off-again", "Winter fair is called off again",
             "It looks like you are using an ad blocker. Please switch it off to read this story."),
    _instead("age gate", "brewery-celebrates-its-birthday", "Brewery celebrates its birthday",
             "Are you of legal drinking age? Yes. No."),
    _trap("soft-404 on the very day", "farmers-block-the-north-road", "Farmers block the north road",
          (_SAME_DAY, 200, NOT_FOUND), _RIGHT),
    _trap("redirect to the home page on the day", "hospital-wing-opens-in-spring", "Hospital wing opens in spring",
          (_SAME_DAY, 302, "/"), _RIGHT),
    _trap("parked when it was next seen", "chess-club-wins-the-league", "Chess club wins the league",
          ("20180420090000", 200, CITED), ("20180515090000", 200, PARKED)),
    _trap("another language is shown to the crawler", "storm-takes-station-roof", "Storm takes station roof",
          (_SAME_DAY, 200, told("Sturm deckt das Dach des Bahnhofs ab", "Der Sturm hat am Abend das Dach des Bahnhofs "
           "abgedeckt. Verletzt wurde niemand, wie die Feuerwehr mitteilte, doch der Verkehr steht still. " * 6,
           lang="de")), _RIGHT),
    _trap("cut in the middle of a tag", "bees-move-into-the-town-hall", "Bees move into the town hall",
          (_SAME_DAY, 200, whole("Bees move into the town hall")[:560]), _RIGHT),
    _trap("cut after half of the text", "swimmers-want-the-lake-back", "Swimmers want the lake back",
          (_SAME_DAY, 200, whole("Swimmers want the lake back")[:-700]), _RIGHT),
    _trap("the same wall six times around the day", "cinema-shows-its-last-film", "Cinema shows its last film",
          *((f"201805{day}090000", 200, told("Cinema shows its last film", "Subscribe to continue reading."))
            for day in (11, 12, 13, 14, 15, 16)), _RIGHT),
    _trap("a challenge, then a login, then the page", "library-stays-open-on-sundays", "Library stays open on Sundays",
          (_SAME_DAY, 200, CHALLENGE), ("20180516120000", 200, LOGIN), _RIGHT),
    _trap("the front page under the story's address", "post-office-becomes-a-flat", "Post office becomes a flat",
          (_SAME_DAY, 200, HOME), _RIGHT),
    _trap("a short notice that was never longer", "bridge-closed-on-sunday-morning", "Bridge closed on Sunday morning",
          (_SAME_DAY, 200, CITED), ("20190101090000", 404, NOT_FOUND)),
    _instead("comments only", "old-oak-is-felled-at-night", "Old oak is felled at night",
             "Comments are closed. Be the first to share this. 0 comments."),
    _instead("a slow page: please wait", "police-find-the-stolen-bell", "Police find the stolen bell",
             "Please wait while the page is loading."),
)  # fmt: skip
LOOKED_AT, COUNTED = TRAPS[::2], TRAPS[1::2]
