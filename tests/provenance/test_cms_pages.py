"""Small pages as well-known systems write them, from 2005 to today: who, what, when, where."""

# ruff: noqa: RUF001 - pages are Japanese and Turkish, too

from typing import NamedTuple

import pytest

from linkcheck.model import Response
from linkcheck.pipeline.elsewhere import read_claims


class Page(NamedTuple):
    """One page in the manner of a system, and what a person reads in it."""

    url: str
    markup: str
    title: str | None = "Storm hits the coast"
    author: str | None = "Jane Doe"
    published: str | None = "2017-02-14"
    publisher: str | None = "The Paper"


PAGES = {
    "WordPress with Yoast": Page(
        "https://paper.test/storm/",
        """<html lang="en-US"><head><title>Storm hits the coast - The Paper</title>
        <meta property="og:title" content="Storm hits the coast - The Paper" /><meta property="og:site_name"
        content="The Paper" />
        <meta property="article:published_time" content="2017-02-14T10:00:00+00:00" />
        <meta property="article:modified_time" content="2017-03-01T10:00:00+00:00" />
        <meta name="twitter:label1" content="Written by" /><meta name="twitter:data1" content="Jane Doe" />
        <script type="application/ld+json">{"@graph":[{"@type":"WebSite",
        "name":"The Paper"},{"@type":"BreadcrumbList"}]}</script></head>
        <body><h1 class="entry-title">Storm hits the coast</h1><p>Text.</p>
        <div id="comments"><time datetime="2017-02-20">20 February 2017</time><b class="fn">Troll</b></div>""",
    ),
    "WordPress of 2008, entry meta": Page(
        "http://paper.test/?p=12",
        """<html><head><title>The Paper &raquo; Storm hits the coast</title></head><body><h1>
        <a href="/">The Paper</a></h1>
        <div class="post"><h2>Storm hits the coast</h2><small>February 14th, 2017 by <a rel="author">Jane Doe</a>
        </small><p>Text.</p>
        <div id="respond">10 March 2017</div></div><p>&copy; 2019 The Paper</p>""",
    ),
    "Drupal": Page(
        "https://paper.test/node/12",
        """<head><title>Storm hits the coast | The Paper</title><meta name="Generator" content="Drupal 7" /></head>
        <body>
        <h1 id="page-title">Storm hits the coast</h1><div class="meta submitted">
        <span property="dc:date dc:created" content="2017-02-14T10:00:00-05:00" datatype="xsd:dateTime">Submitted by
        <span class="username">jane</span> on Tue, 02/14/2017 - 10:00</span></div><p>Text.</p>""",
        author=None,
    ),
    "Ghost": Page(
        "https://paper.test/storm/",
        """<head><title>Storm hits the coast</title><meta property="og:site_name" content="The Paper" />
        <script type="application/ld+json">{"@context":"https://schema.org","@type":"Article",
        "publisher":{"@type":"Organization",
        "name":"The Paper"},"author":{"@type":"Person","name":"Jane Doe","sameAs":[]},"headline":"Storm hits the coast",
        "datePublished":"2017-02-14T10:00:00.000Z","dateModified":"2017-03-14T10:00:00.000Z"}</script></head><body>
        <h1 class="gh-article-title">Storm hits the coast</h1><time datetime="2017-02-14">Feb 14, 2017</time>""",
    ),
    "Medium": Page(
        "https://medium.test/@jane/storm-hits-the-coast-2a9cf1",
        """<head><title>Storm hits the coast. It was windy. | by Jane Doe | The Paper</title>
        <meta property="og:site_name" content="The Paper"/>
        <meta property="og:title" content="Storm hits the coast"/><meta name="author" content="Jane Doe"/>
        <meta property="article:published_time" content="2017-02-14T10:00:00.000Z"/></head><body>
        <h1>Storm hits the coast</h1>""",
    ),
    "Substack": Page(
        "https://paper.substack.test/p/storm",
        """<head><title>Storm hits the coast - by Jane Doe - The Paper</title><meta property="og:title"
        content="Storm hits the coast">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm hits the coast","datePublished":
        "2017-02-14T10:00:00+00:00","author":[{"@type":"Person","name":"Jane Doe"}],
        "publisher":{"@type":"Organization","name":"The Paper"}}
        </script></head><body><h1 class="post-title">Storm hits the coast</h1><div>Feb 14, 2017</div>""",
    ),
    "The New York Times": Page(
        "https://www.paper.test/2017/02/14/us/storm.html",
        """<head><title>Storm hits the coast - The Paper</title><meta name="byl" content="By Jane Doe"/>
        <meta property="article:published_time" content="2017-02-15T01:30:00.000Z"/>
        <meta property="og:site_name" content="The Paper"/>
        </head><body><h1>Storm hits the coast</h1><time datetime="2017-02-14T20:30:00-05:00">Feb. 14, 2017</time>""",
    ),
    "BBC": Page(
        "https://www.paper.test/news/world-38972123",
        """<head><title>Storm hits the coast - The Paper</title><meta property="og:title"
        content="Storm hits the coast">
        <script type="application/ld+json">{"@type":"ReportageNewsArticle","headline":"Storm hits the coast",
        "datePublished":
        "2017-02-14T10:00:00.000Z","dateModified":"2017-02-16T10:00:00.000Z",
        "publisher":{"name":"The Paper"}}</script></head>
        <body><h1>Storm hits the coast</h1><time datetime="2017-02-14T10:00:00.000Z">14 February 2017</time>
        <p>By Jane Doe</p>""",
    ),
    "The Guardian": Page(
        "https://www.paper.test/world/2017/feb/14/storm",
        """<head><title>Storm hits the coast | World news | The Paper</title><meta property="og:site_name"
        content="The Paper"/>
        <meta property="article:author" content="https://www.paper.test/profile/jane"/><meta name="author"
        content="Jane Doe"/>
        <meta property="article:published_time" content="2017-02-14T10:00:00.000Z"/></head><body>
        <h1>Storm hits the coast</h1>
        <a rel="author" href="/profile/jane">Jane Doe</a><p>Tue 14 Feb 2017 10.00 GMT</p>
        <p>Last modified on Wed 1 Mar 2017</p>""",
    ),
    "Der Spiegel": Page(
        "https://www.paper.test/panorama/storm-a-1134.html",
        """<html lang="de"><head><title>Sturm trifft die Küste - The Paper</title><meta name="author"
        content="Jane Doe, The Paper">
        <meta name="date" content="2017-02-14T10:00:00+01:00"><meta name="last-modified"
        content="2017-02-15T10:00:00+01:00">
        <meta property="og:site_name" content="The Paper"></head><body><h2><span>Wetter</span>
        <span>Sturm trifft die Küste</span></h2>
        <h1>Sturm trifft die Küste</h1><time datetime="2017-02-14 10:00:00">14.02.2017, 10.00 Uhr</time>""",
        title="Sturm trifft die Küste",
        author="Jane Doe, The Paper",
    ),
    "Le Monde": Page(
        "https://www.paper.test/planete/article/2017/02/14/tempete_507.html",
        """<html lang="fr"><head><title>Tempête sur la côte</title><meta property="og:site_name" content="The Paper">
        </head><body><h1 class="article__title">Tempête sur la côte</h1><span class="meta__author">Par Jane Doe</span>
        <span class="meta__date">Publié le 14 février 2017 à 10h00, modifié le 15 février 2017 à 12h00</span>""",
        title="Tempête sur la côte",
    ),
    "El País": Page(
        "https://paper.test/clima/2017-02-14/tormenta.html",
        """<html lang="es"><head><title>Una tormenta golpea la costa | Clima | The Paper</title>
        <meta property="og:title" content="Una tormenta golpea la costa"><meta property="og:site_name"
        content="The Paper">
        <meta name="author" content="Jane Doe"></head><body><h1>Una tormenta golpea la costa</h1>
        <time>14 feb 2017 - 10:00 CET</time>""",
        title="Una tormenta golpea la costa",
    ),
    "Asahi": Page(
        "https://www.paper.test/articles/ASK2G.html",
        """<html lang="ja"><head><title>嵐が海岸を襲う：The Paper</title>
        <meta property="og:title" content="嵐が海岸を襲う：The Paper">
        <meta property="og:site_name" content="The Paper"></head><body>
        <h1>嵐が海岸を襲う</h1><p>2017年2月14日 10時00分</p>""",
        title="嵐が海岸を襲う",
        author=None,
    ),
    "arXiv": Page(
        "https://arxiv.test/abs/1702.01234",
        """<head><title>[1702.01234] Storms and coasts</title><meta name="citation_title" content="Storms and coasts"/>
        <meta name="citation_author" content="Doe, Jane"/><meta name="citation_date" content="2017/02/14"/></head><body>
        <h1 class="title"><span class="descriptor">Title:</span>Storms and coasts</h1>
        <div class="dateline">[Submitted on 14 Feb 2017 (v1), last revised 1 Mar 2017 (this version, v2)]</div>""",
        title="Storms and coasts",
        author="Doe, Jane",
        publisher=None,
    ),
    "PubMed": Page(
        "https://pubmed.test/28201/",
        """<head><title>Storms and coasts - PubMed</title><meta name="citation_title" content="Storms and coasts">
        <meta name="citation_authors" content="Doe J;"><meta name="citation_date" content="02/14/2017">
        <meta name="citation_journal_title" content="The Paper"></head><body><h1>Storms and coasts</h1>""",
        title="Storms and coasts",
        author=None,
    ),
    "GitHub": Page(
        "https://github.test/jane/storm",
        """<head><title>GitHub - jane/storm: Storm hits the coast</title><meta property="og:title"
        content="GitHub - jane/storm: Storm hits the coast">
        <meta property="og:site_name" content="GitHub"></head><body><h1>jane/storm</h1>
        <relative-time datetime="2017-02-14T10:00:00Z">Feb 14, 2017</relative-time>""",
        title="jane/storm",
        author=None,
        publisher="GitHub",
    ),
    "Wikipedia": Page(
        "https://en.wikipedia.test/wiki/Coastal_storm",
        """<html lang="en"><head><title>Coastal storm - Wikipedia</title>
        <script type="application/ld+json">{"@type":"Article","name":"Coastal storm","headline":"type of storm",
        "author":{"@type":
        "Organization","name":"Contributors to Wikimedia projects"},
        "publisher":{"name":"Wikimedia Foundation, Inc."},"datePublished":
        "2017-02-14T10:00:00Z","dateModified":"2020-01-01T00:00:00Z"}</script></head><body>
        <h1 id="firstHeading">Coastal storm</h1>""",
        title="Coastal storm",
        author="Contributors to Wikimedia projects",
        publisher="Wikimedia Foundation, Inc.",
    ),
    "Blogger": Page(
        "http://paper.blogspot.test/2017/02/storm.html",
        """<head><title>The Paper: Storm hits the coast</title><meta
        content='Storm hits the coast' property='og:title'/></head><body>
        <h1 class='title'>The Paper</h1><h2 class='date-header'><span>Tuesday, February 14, 2017</span></h2>
        <h3 class='post-title entry-title' itemprop='name'>Storm hits the coast</h3><p>Text.</p>
        <span class='fn' itemprop='author'>Jane Doe</span>
        <abbr class='published' itemprop='datePublished' title='2017-02-14T10:00:00+01:00'>10:00</abbr>""",
        publisher=None,
    ),
    "Blogspot of 2005": Page(
        "http://paper.blogspot.test/2017_02_01_archive.html",
        """<html><head><title>The Paper: Storm hits the coast</title></head><body><div id="header"><h1>The Paper</h1>
        </div>
        <h2 class="date-header">Tuesday, February 14, 2017</h2><h3 class="post-title">Storm hits the coast</h3>
        <p>Text.</p>
        <p class="post-footer"><em>posted by Jane Doe at <a href="#">10:00 AM</a></em></p>""",
        publisher=None,
        author=None,
    ),
    "Squarespace": Page(
        "https://paper.test/blog/storm",
        """<head><title>Storm hits the coast &mdash; The Paper</title><meta property="og:site_name"
        content="The Paper"/>
        <meta property="og:title" content="Storm hits the coast &mdash; The Paper"/><meta itemprop="author"
        content="Jane Doe"/>
        <meta itemprop="datePublished" content="2017-02-14T10:00:00-0500"/></head><body>
        <h1>Storm hits the coast</h1>""",
    ),
    "Wix": Page(
        "https://www.paper.test/post/storm",
        """<head><title>Storm hits the coast</title><meta property="og:site_name" content="The Paper"/>
        <meta property="article:published_time" content="2017-02-14T10:00:00.000Z"/>
        <meta property="article:author" content="Jane Doe"/>
        </head><body><h1><span>Storm hits the coast</span></h1><ul><li><span title="Jane Doe">Jane Doe</span></li>
        <li><span class="post-metadata__date">Feb 14, 2017</span></li><li>2 min read</li></ul>""",
    ),
    "Hugo": Page(
        "https://jane.test/posts/storm/",
        """<html lang="en"><head><title>Storm hits the coast :: The Paper</title></head><body>
        <a class="logo">The Paper</a>
        <h1 class="post-title">Storm hits the coast</h1><div class="post-meta"><time class="post-date">2017-02-14</time>
        <span class="post-author">Jane Doe</span></div><p>Text.""",
    ),
    "Jekyll": Page(
        "https://jane.test/2017/02/14/storm.html",
        """<head><title>Storm hits the coast | The Paper</title><meta property="og:title"
        content="Storm hits the coast" />
        <script type="application/ld+json">
        {"url":"https://jane.test/s","headline":"Storm hits the coast","dateModified":"2017-02-14T00:00:00+00:00",
        "datePublished":
        "2017-02-14T00:00:00+00:00","author":{"@type":"Person","name":"Jane Doe"},"@type":"BlogPosting"}</script></head>
        <body><h1 class="post-title p-name" itemprop="name headline">Storm hits the coast</h1>
        <time class="dt-published" datetime="2017-02-14T00:00:00+00:00" itemprop="datePublished">Feb 14, 2017</time>""",
    ),
    "Discourse": Page(
        "https://talk.test/t/storm/12",
        """<head><title>Storm hits the coast - Weather - The Paper</title><meta property="og:title"
        content="Storm hits the coast">
        <meta property="og:site_name" content="The Paper"><meta property="article:published_time"
        content="2017-02-14T10:00:00+00:00">
        </head><body><h1><a>Storm hits the coast</a></h1><div itemprop="author"><span itemprop="name">Jane Doe</span>
        </div>
        <time itemprop="datePublished" datetime="2017-02-14T10:00:00Z">February 14, 2017</time>""",
    ),
    "phpBB": Page(
        "https://forum.test/viewtopic.php?t=12",
        """<html lang="en-gb"><head><title>Storm hits the coast - The Paper</title></head><body><h1>The Paper</h1>
        <p>It is currently Mon Mar 20, 2023 9:00 am</p><h2 class="topic-title"><a>Storm hits the coast</a></h2>
        <dl><dt>jane_d</dt><dd class="profile-joined"><strong>Joined:</strong> Mon Jan 05, 2009</dd></dl>
        <p class="author">by jane_d &raquo; Tue Feb 14, 2017 10:00 am </p><div class="content">Text.</div>""",
        author=None,
        publisher="The Paper",
    ),
    "tables of 2001": Page(
        "http://www.paper.test/news/0012.htm",
        """<HTML><HEAD><TITLE>The Paper - Storm hits the coast</TITLE></HEAD><BODY BGCOLOR=#ffffff><TABLE><TR><TD>
        <FONT SIZE=1>Copyright 1998-2001 The Paper</FONT></TD><TD><FONT SIZE=5><B>Storm hits the coast</B></FONT><BR>
        <FONT SIZE=2>By Jane Doe<BR>February 14, 2017</FONT><P>Text.</TD></TR></TABLE>""",
        title="Storm hits the coast",
        publisher=None,
    ),
    "Turkish news": Page(
        "https://www.paper.test/gundem/firtina-1234",
        """<html lang="tr"><head><title>Fırtına kıyıyı vurdu - The Paper</title><meta property="og:site_name"
        content="The Paper">
        <meta property="og:title" content="Fırtına kıyıyı vurdu"></head><body><h1>Fırtına kıyıyı vurdu</h1>
        <span class="tarih">Yayınlanma: 14 Şubat 2017</span><span>Güncelleme: 15 Şubat 2017</span>""",
        title="Fırtına kıyıyı vurdu",
        author=None,
    ),
    "numbers in a language that puts days first": Page(
        "https://www.paper.test/storm",
        """<html lang="fr"><head><title>Tempête sur la côte | The Paper</title><meta property="og:site_name"
        content="The Paper">
        <meta name="date" content="03/02/2017"></head><body><h1>Tempête sur la côte</h1><p>Par Jane Doe</p>""",
        title="Tempête sur la côte",
        published="2017-02-03",
    ),
    "__NEXT_DATA__": Page(
        "https://www.paper.test/storm",
        """<head><title>Storm hits the coast | The Paper</title><meta property="og:site_name" content="The Paper">
        </head><body>
        <h1>Storm hits the coast</h1><p class="byline">By Jane Doe</p>
        <script id="__NEXT_DATA__" type="application/json">
        {"props":{"article":{"publishedAt":1487066400000,"updatedAt":1489485600000}}}</script>""",
    ),
    "only an update": Page(
        "https://www.paper.test/storm",
        """<html lang="de"><head><title>Sturm trifft die Küste - The Paper</title>
        <meta property="og:site_name" content="The Paper"></head>
        <body><h1>Sturm trifft die Küste</h1><p>Stand: 14.02.2017</p><p>Text.</p><footer>&copy; 2020</footer>""",
        title="Sturm trifft die Küste",
        author=None,
    ),
    "other stories beside it": Page(
        "https://www.paper.test/storm",
        """<head><title>Storm hits the coast | The Paper</title><meta property="og:site_name" content="The Paper">
        </head><body>
        <div class="teaser"><h2>Another story</h2><time datetime="2023-01-01">1 January 2023</time></div>
        <h1>Storm hits the coast</h1><p>By Jane Doe</p><p>14 February 2017</p><p>Text.</p>
        <aside class="related"><time class="teaser-date" datetime="2023-02-02">2 February 2023</time></aside>""",
    ),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_read_as_a_person_reads_it(page: Page) -> None:
    found = read_claims(Response(page.url, 200, (("content-type", "text/html; charset=utf-8"),), page.markup.encode()))

    first = {name: next((one.value for one in found if one.field == name), None) for name in Page._fields[2:]}

    assert first == dict(zip(Page._fields[2:], page[2:], strict=True))


def test_a_day_that_is_an_updates_says_so() -> None:
    page = PAGES["only an update"]
    found = read_claims(Response(page.url, 200, (), page.markup.encode()))

    assert [one.said_by for one in found if one.field == "published"] == ["update line of an update"]
    assert [one.value for one in found if one.field == "modified"] == ["2017-02-14"]
