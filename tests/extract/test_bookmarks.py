"""Bookmarks as browsers export them."""

from linkcheck.extract.api import Wanted
from linkcheck.extract.bookmarks import PLUGIN, extract
from linkcheck.model import Cited, Document, Reference
from linkcheck.sources import formats

EXPORT = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1487073600">News</H3>
    <DL><p>
        <DT><A HREF="http://a.test/?x=1&amp;y=2" ADD_DATE="1487073600" ICON="data:image/png;base64,AA">A &amp; B</A>
        <DD>A description
        <DT><A HREF="http://b.test/" ADD_DATE="1487073600" LAST_VISIT="1519862400">B</A>
        <DT><A HREF="javascript:alert(1)">Bookmarklet</A>
        <DT><A HREF="place:sort=8">Recent</A>
        <DT><A HREF="http://c.test/" ADD_DATE="1487073600000000">C
    </DL><p>
    <DT><A>no address</A>
</DL><p>
"""


def read(text: str) -> tuple[Reference, ...]:
    return extract(
        Document(name="b.html", media_type="text/html", source=text.encode(), text=text), Wanted()
    ).references


def test_addresses_titles_and_days() -> None:
    found = read(EXPORT)

    assert [(one.raw, one.text, one.cited) for one in found] == [
        ("http://a.test/?x=1&amp;y=2", "A & B", Cited(title="A & B", accessed="2017-02-14")),
        ("http://b.test/", "B", Cited(title="B", accessed="2018-03-01")),
        ("http://c.test/", "C", Cited(title="C", accessed="2017-02-14")),
    ]
    assert PLUGIN.decoded(found[0].raw, "a") == "http://a.test/?x=1&y=2"
    assert [EXPORT[one.span.start : one.span.end] for one in found] == [one.raw for one in found]


def test_an_export_is_known_by_its_first_line_though_it_is_called_html() -> None:
    assert formats.suited("text/html", EXPORT) == "application/x-netscape-bookmarks"
    assert formats.suited(None, EXPORT) == "application/x-netscape-bookmarks"
    assert formats.suited("text/html", "<!doctype html><p>") == "text/html"


def test_hostile_days_say_nothing() -> None:
    assert read(f'<A HREF="http://a.test" ADD_DATE="{"9" * 17}">x</A>')[0].cited is not None
    assert read('<A HREF="http://a.test" ADD_DATE="-5">x</A>')[0].cited == Cited(title="x")
