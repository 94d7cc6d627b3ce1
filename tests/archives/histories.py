"""Histories of pages, as WARCs: what became of them, and what an archive caught of it."""

from tests.pywb_server import Record

SITE = "http://news.test"


def page(title: str, text: str) -> bytes:
    words = f"{text} " * 6
    return f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{words}</p>".encode()


HOME = page("News", "All the news of the town, every day, and the weather.")
NOT_FOUND = page("Not found", "Sorry, we could not find what you were looking for.")
CHALLENGE = b"<title>Just a moment...</title><p>Checking your browser before you go on. It takes five seconds."

EDITED = f"{SITE}/2016/05/02/mayor-promises-new-bridge-over-the-river"
BRIDGE = page("Mayor promises new bridge over the river", "The bridge will be built in two years, the mayor said.")
BRIDGE_EDITED = page("Mayor promises new bridge over the river", "Correction: the bridge will not be built after all.")
SOFT = f"{SITE}/2017/03/01/harbour-museum-opens-its-doors-again"
MUSEUM = page("Harbour museum opens its doors again", "The museum shows ships and nets and a lamp.")
WALLED = f"{SITE}/2018/01/09/council-votes-on-school-holidays"
SCHOOL = page("Council votes on school holidays", "The council has voted for longer holidays.")
REVISITED = f"{SITE}/2015/07/07/storm-damages-the-old-lighthouse"
STORM = page("Storm damages the old lighthouse", "The storm broke eleven windows of the lamp room.")
MOVED = f"{SITE}/2014/02/02/ferry-line-gets-a-third-ship"
MOVED_TO = f"{SITE}/archive/ferry-line-gets-a-third-ship"
FERRY = page("Ferry line gets a third ship", "The ship was built in the north and is painted green.")
SHARED = f"{SITE}/old/2013/11/11/fishermen-ask-for-a-deeper-channel"
ELSEWHERE = f"{SITE}/subscribe-to-our-letters"
LOOP = f"{SITE}/2012/12/12/a-story-that-runs-in-circles"
SQUEEZED = f"{SITE}/2019/09/09/bakery-sells-its-last-loaf-of-bread"
BAKERY = page("Bakery sells its last loaf of bread", "After ninety years the ovens are cold.")


def _redirect(at: str, url: str, to: str, status: str = "301 Moved Permanently") -> Record:
    return Record(at, url, status, b"", (("Location", to), ("Content-Type", "text/html")))


RECORDS = (
    Record("2016-05-03T08:00:00Z", EDITED, body=BRIDGE),
    Record("2018-06-01T08:00:00Z", EDITED, body=BRIDGE_EDITED),
    _redirect("2019-03-02T08:00:00Z", EDITED, f"{SITE}/"),
    Record("2021-06-11T08:00:00Z", EDITED, "404 Not Found", NOT_FOUND),
    Record("2019-03-02T08:00:05Z", f"{SITE}/", body=HOME),
    Record("2017-03-01T20:00:00Z", SOFT, body=NOT_FOUND),
    Record("2017-03-04T08:00:00Z", SOFT, body=MUSEUM),
    Record("2018-01-09T12:00:00Z", WALLED, body=CHALLENGE),
    Record("2018-01-20T12:00:00Z", WALLED, body=SCHOOL),
    Record("2015-07-08T08:00:00Z", REVISITED, body=STORM),
    Record("2017-07-08T08:00:00Z", REVISITED, body=STORM, is_revisit=True),
    _redirect("2016-01-01T00:00:00Z", MOVED, "/2014/old/ferry", "302 Found"),
    _redirect("2016-01-01T00:00:05Z", f"{SITE}/2014/old/ferry", MOVED_TO),
    Record("2016-01-01T00:00:10Z", MOVED_TO, body=FERRY),
    _redirect("2020-01-01T00:00:00Z", SHARED, ELSEWHERE),
    _redirect("2020-01-02T00:00:00Z", f"{SITE}/old/2013/11/11/another-story", ELSEWHERE),
    Record("2020-01-01T00:00:05Z", ELSEWHERE, body=page("Letters", "Subscribe to our letters, which come on Fridays.")),
    _redirect("2018-01-01T00:00:00Z", LOOP, f"{LOOP}/b", "302 Found"),
    _redirect("2018-01-01T00:00:01Z", f"{LOOP}/b", LOOP, "302 Found"),
    Record("2019-09-10T00:00:00Z", SQUEEZED, body=BAKERY),
    Record("2022-05-05T00:00:00Z", f"{SITE}/busy", "429 Too Many Requests", b"slow down"),
)

ARTICLE = f"{SITE}/2017/02/14/minister-resigns-over-secret-talks"
PARAGRAPHS = (
    "The minister has resigned after it became known that he had spoken in secret with the ambassador about tariffs.",
    "He had told the press again and again that no such talks had ever been held before the government took office.",
    "His statements appear to have angered those officials who had backed his claims in public for several weeks.",
)
LINKED = (
    ("the letter that he wrote to the party", "letters/resignation.html#page-2"),
    ("the vote of the council on the next day", "/2017/02/15/council-votes"),
    ("what the ambassador said about it later", "//other.test/said"),
    ("the page as it was two years before", "https://web.archive.org/web/20150304050607/http://other.test/before"),
)


def _article(head: str = "") -> bytes:
    cited = "".join(f'<p>You may read <a href="{href}">{text}</a> in full.</p>' for text, href in LINKED)
    told = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    title = "Minister resigns over secret talks"
    return f"<!doctype html><title>{title}</title>{head}<h1>{title}</h1>{told}{cited}".encode()


ARTICLE_WITH_BASE = f"{SITE}/2017/02/14/minister-resigns-and-says-why"
RECORDS = (
    *RECORDS,
    Record("2017-02-15T08:00:00Z", ARTICLE, body=_article()),
    Record("2017-02-15T08:00:00Z", ARTICLE_WITH_BASE, body=_article('<base href="/2017/02/14/">')),
)
