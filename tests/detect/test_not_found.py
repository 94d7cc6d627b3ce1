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
