# ruff: noqa: ISC004, RUF001 - texts in many languages, some of them long
"""What speaks like an error page, and what only speaks about one; the texts are those of known software and sites."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.detect.api import Page
from linkcheck.detect.not_found import Kind, suspicion
from linkcheck.detect.saying import fold, in_trouble, not_found, refused
from linkcheck.fetch.observe import page_of
from linkcheck.model import Response


def page(title: str, heading: str = "", text: str = "") -> Page:
    body = f"<title>{title}</title>{f'<h1>{heading}</h1>' if heading else ''}<p>{text}</p>"
    return page_of(Response("https://a.org/x", 200, (("content-type", "text/html; charset=utf-8"),), body.encode()))


LOST = [
    ("404 Not Found", "Not Found", "The requested URL /x was not found on this server. Apache/2.4.58 (Debian) Server"),
    ("404 Not Found", "404 Not Found", "nginx/1.24.0"),
    ("404 - File or directory not found.", "Server Error", "404 - File or directory not found. The resource you are"
     " looking for might have been removed, had its name changed, or is temporarily unavailable."),
    ("HTTP Status 404 – Not Found", "HTTP Status 404 – Not Found", "Type Status Report. The origin server did not find"
     " a current representation for the target resource. Apache Tomcat/9.0.65"),
    ("Page not found – My Blog", "Oops! That page can&rsquo;t be found.", "It looks like nothing was found at this"
     " location. Maybe try a search?"),
    ("Page not found | Example", "Page not found", "The requested page could not be found."),
    ("Page not found · GitHub · GitHub", "", "Find code, projects, and people on GitHub"),
    ("Page not found at /x", "Page not found (404)", "Request Method: GET. Using the URLconf defined in site.urls"),
    ("The page you were looking for doesn't exist (404)", "The page you were looking for doesn't exist.", "You may have"
     " mistyped the address or the page may have moved."),
    ("404: This page could not be found", "404", "This page could not be found."),
    ("Error", "", "Cannot find the page. Error 404"),
    ("Error response", "Error response", "Error code: 404 Message: File not found. Nothing matches the given URI."),
    ("Not Found", "", "404 | Not Found"),
    ("Whitelabel Error Page", "Whitelabel Error Page", "There was an unexpected error (type=Not Found, status=404)."),
    ("Gatsby", "404: Not Found", "You just hit a route that doesn't exist... the sadness."),
    ("My Docs", "404 - Not found", ""),
    ("", "SORRY", "This page does not exist yet."),
    ("Site not found", "404", "Looks like you've followed a broken link or entered a URL that doesn't exist."),
    ("Sorry! We couldn't find that page", "", "Try searching or go to our home page."),
    ("Page not found - The Paper", "Page Not Found", "We're sorry, we seem to have lost this page."),
    ("The Blog", "", "Sorry, the page you were looking for in this blog does not exist."),
    ("Shop", "404 Page Not Found", "The page you requested does not exist. Click here to continue shopping."),
    ("Jobs", "This job is no longer available", "See other jobs."),
    ("Seite nicht gefunden - Zeitung", "Diese Seite gibt es leider nicht", "Zur Startseite"),
    ("Le Journal", "Oups, cette page n'existe pas", "Retour à l'accueil"),
    ("Página no encontrada | Diario", "Error 404", "No hemos encontrado la página que buscas."),
    ("Giornale", "Pagina non trovata", "La pagina che stai cercando non esiste."),
    ("Jornal", "Página não encontrada", "O conteúdo que procura já não está disponível."),
    ("Krant", "Deze pagina bestaat niet (meer)", "Naar de voorpagina"),
    ("Страница не найдена", "404", "К сожалению, такой страницы не существует."),
    ("Gazeta", "Nie ma takiej strony", "Przepraszamy, nie znaleziono strony."),
    ("Avisen", "Siden blev ikke fundet", ""),
    ("Lehti", "Sivua ei löytynyt", "Hakemaasi sivua ei ole olemassa."),
    ("Noviny", "Stránka nenalezena", ""),
    ("Lap", "Az oldal nem található", ""),
    ("Gazete", "Aradığınız sayfa bulunamadı", ""),
    ("Εφημερίδα", "Η σελίδα δεν βρέθηκε", ""),
    ("الصحيفة", "الصفحة غير موجودة", ""),
    ("עיתון", "הדף לא נמצא", ""),
    ("新闻", "您访问的页面不存在", ""),
    ("ニュース", "お探しのページは見つかりませんでした", ""),
    ("신문", "페이지를 찾을 수 없습니다", ""),
    ("Báo", "Không tìm thấy trang", ""),
    ("Koran", "Halaman tidak ditemukan", ""),
]  # fmt: skip

ABOUT = "The first thing that anybody sees of a web site is, more often than its owners think, an error. "


@pytest.mark.parametrize(("title", "heading", "text"), LOST)
def test_error_pages_of_software_and_sites_are_suspected(title: str, heading: str, text: str) -> None:
    found = suspicion(page(title, heading, text))

    assert found.kind is Kind.LOST
    assert found.is_raised
    assert found.signs


@pytest.mark.parametrize(
    ("title", "heading", "text"),
    [
        ("How to Fix the 404 Not Found Error", "How to Fix the 404 Not Found Error", ABOUT * 60),
        ("What is a 404 error?", "What is a 404 error?", ABOUT * 8),
        ("Lost and found office", "Lost and found", "Umbrellas and gloves that were found in the tram."),
        ("Missing person: have you seen him?", "Missing person", "He was last seen at the harbour on Friday."),
        ("Room 404", "Room 404", "A double room with a view of the harbour, and a bath."),
        ("Peugeot 404 for sale", "Peugeot 404", "Built in 1968, in good order, two owners."),
        ("Winter storm", "Winter storm", "The pier has been removed by the sea. Nobody was hurt." * 30),
        ("About us", "About us", "We found each other in 1999."),
        ("The band", "Error", "A band from Leeds."),
    ],
)
def test_a_page_about_errors_or_about_404_of_something_is_not_plain(title: str, heading: str, text: str) -> None:
    assert not suspicion(page(title, heading, text)).is_plain


@pytest.mark.parametrize(
    ("title", "heading", "text", "kind"),
    [
        ("403 Forbidden", "403 Forbidden", "nginx", Kind.REFUSED),
        ("Access Denied", "Access Denied", "You don't have permission to access this resource.", Kind.REFUSED),
        ("Zugriff verweigert", "Zugriff verweigert", "", Kind.REFUSED),
        ("502 Bad Gateway", "502 Bad Gateway", "nginx", Kind.TROUBLE),
        ("Database Error", "Error establishing a database connection", "", Kind.TROUBLE),
        ("Wartungsarbeiten", "Wir sind gleich wieder da", "Wegen Wartungsarbeiten geschlossen.", Kind.TROUBLE),
        ("Internal Server Error", "Internal Server Error", "The page could not be found by the server.", Kind.TROUBLE),
    ],
)
def test_who_refuses_or_is_in_trouble_has_not_lost_the_page(title: str, heading: str, text: str, kind: Kind) -> None:
    found = suspicion(page(title, heading, text))

    assert (found.kind, found.is_plain) == (kind, True)


def test_case_accents_apostrophes_and_punctuation_do_not_count() -> None:
    assert not_found(fold("  PAGE — NOT... found!  "))
    assert not_found(fold("Couldn’t find the page"))
    assert not_found(fold("página no encontrada")) == not_found(fold("PAGINA NO ENCONTRADA"))


def test_words_are_found_whole_where_a_script_parts_them() -> None:
    assert refused(fold("unforbidden")) is None
    assert in_trouble(fold("mein serverfehlerprotokoll")) is None


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=2000))
def test_any_text_gives_an_answer(title: str, heading: str, text: str) -> None:
    found = suspicion(page(title, heading, text))

    assert found.score >= 0 or found.signs
    assert found.is_raised or not found.is_plain


MENU = "<ul>" + "".join(f"<li><a href=/{n}>Section number {n}</a></li>" for n in range(120)) + "</ul>"


def answered(body: str, media_type: str = "text/html") -> Page:
    response = Response("https://a.org/x", 200, (("content-type", f"{media_type}; charset=utf-8"),), body.encode())
    return page_of(response)


@pytest.mark.parametrize(
    "body",
    [
        "<title>404 - Shop</title><nav>{menu}</nav><main><p>Page not found</p></main>",
        "<title>Shop</title>{menu}<h2>404</h2><p>The page you are looking for is not here.</p>{menu}",
        "<title>Shop</title>{menu}<p>This page could not be found.</p>",
        "<title>Ops (404)</title><div>Ops (404)</div>{menu}",
        "<title>404! Nada aqui</title>{menu}",
        "<title>Error - algo falló.</title><h1>Error</h1>{menu}<p>Vuelve al inicio.</p>",
        "<title>Blog</title><h1>Not found!</h1><p>Try again.</p>",
        "<main><h1>NOT FOUND</h1><p>You just hit a route that doesn't exist... the sadness.</p></main>",
        "<title>Error</title><pre>Cannot GET /news/story</pre>",
        "<h1>Routing Error</h1><h2>No route matches [GET] &quot;/news/story&quot;</h2>",
        "<title>Habari</title><h1>Ukurasa haujapatikana</h1><p>Samahani.</p>",
        "<title>Storm - Townpedia</title><h1>Storm</h1><p>There is currently no text in this page. You can search for "
        "this page title in other pages, but you do not have permission to create this page.</p>",
    ],
)
def test_the_main_content_is_weighed_without_menus(body: str) -> None:
    found = suspicion(answered(body.format(menu=MENU)))

    assert found.kind is Kind.LOST
    assert found.is_plain
    assert found.words <= 60


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/plain", "Not Found"),
        ("text/plain", "404 page not found\n"),
        ("application/json", '{"error":"not found"}'),
        ("text/html", '{"error":"not found"}'),
        ("application/json", '{"message":"Cannot GET /x","error":"Not Found","statusCode":404}'),
        ("application/problem+json", '{"type":"about:blank","title":"Missing","status":404}'),
        ("application/json", '{"data":null,"error":{"status":404,"name":"NotFoundError"}}'),
        ("application/json", '{"errors":[{"detail":"No such story"}]}'),
        ("application/json", '{"_id":"story","found":false}'),
        (
            "application/xml",
            "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
        ),
        (
            "application/xml",
            "<Error><Code>BlobNotFound</Code><Message>The specified blob does not exist.</Message></Error>",
        ),
    ],
)
def test_servers_say_it_in_plain_text_json_and_xml(media_type: str, body: str) -> None:
    found = suspicion(answered(body, media_type))

    assert found.kind is Kind.LOST
    assert found.is_plain


@pytest.mark.parametrize(
    "body",
    [
        '{"name":"The Not Found","year":1999,"tracks":12}',
        '{"message":"The keeper was not found guilty by the court of the harbour, the judge said on Monday."}',
        '{"status":200,"message":"ok"}',
        '{"status":"ok","found":true}',
        '["not found"]',
        '{"error":"not found"',
        '{"code":404, "a":1, "b":2, "c":3, "d":4, "e":5, "f":6, "g":7, "h":8, "i":9, "j":0, "k":1, "l":2, "m":3, "n":4,'
        ' "o":5, "p":6}',
    ],
)
def test_other_json_is_data(body: str) -> None:
    assert not suspicion(answered(body, "application/json")).is_plain


@pytest.mark.parametrize(
    "body",
    [
        "<title>Peugeot 404</title><h1>Peugeot 404</h1>{menu}<p>Saloon, 1960 to 1975.</p>",
        "<title>404 Harbour Road</title>{menu}<p>Three rooms with a window.</p>",
        "<title>Oops</title><img src=dog.jpg><p>The dog, again.</p>",
        "<title>Whoops - a comic</title>{menu}<img src=dog.jpg>",
        "<title>The band</title><h1>Error</h1>{menu}<p>A band from Leeds.</p>",
        "<title>Release notes 4.2</title>{menu}<h1>Release notes 4.2</h1><p>Fixed: file not found on Windows.</p>",
        "<title>Form</title>{menu}<label>Name</label><p>The file is missing.</p>",
    ],
)
def test_menus_make_no_error_page_of_a_short_one(body: str) -> None:
    assert not suspicion(answered(body.format(menu=MENU))).is_plain


def test_a_page_that_was_cut_may_go_on_with_something_else() -> None:
    body = b"<title>Nothing to see here</title><h1>Nothing to see here</h1><p>Posted by somebody."
    whole, cut = (
        page_of(Response("https://a.org/x", 200, (("content-type", "text/html"),), body, truncated=is_cut))
        for is_cut in (False, True)
    )

    assert suspicion(whole).is_plain
    assert suspicion(cut).is_raised
    assert not suspicion(cut).is_plain
