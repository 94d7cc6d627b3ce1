"""Why a reference is there."""

# ruff: noqa: RUF001 - labels are written in Cyrillic, and with typographic signs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract import html, markdown
from linkcheck.extract.api import Wanted
from linkcheck.extract.labels import LED, PHRASES, SIGNS
from linkcheck.extract.roles import role_of
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Document, Role

LABELS = {
    Role.ORIGINAL: (
        "Original url:",
        "Original article:",
        "Source article:",
        "Originally published at",
        "This article was originally published on",
        "This story first appeared in",
        "Read the original article on",
        "Quelle des Originals:",
        "Originalartikel:",
        "Dieser Beitrag ist zuerst erschienen bei",
        "Article original :",
        "Cet article a été publié à l'origine sur",
        "Artículo original:",
        "Publicado originalmente en",
        "Articolo originale:",
        "Questo articolo è stato originariamente pubblicato su",
        "Artigo original:",
        "Originalmente publicado em",
        "Оригинал статьи:",
        "Статья впервые опубликована на",
        "Оригінал:",
        "Посилання на першоджерело:",
    ),
    Role.RELATED: (
        "Related article:",
        "**Related article:**",
        "Related Stories —",
        "Read more:",
        "Read More »",
        "See also",
        "READ ALSO:",
        "Further reading:",
        "Lesen Sie auch:",
        "Siehe auch",
        "Mehr zum Thema:",
        "À lire aussi :",
        "Lire aussi :",
        "Sur le même sujet :",
        "Lea también:",
        "Te puede interesar:",
        "Leggi anche:",
        "Articoli correlati:",
        "Leia também:",
        "Saiba mais:",
        "Читайте также:",
        "По теме:",
        "Читайте також:",
        "Див. також:",
    ),
    Role.CITATION: ("Source:", "Via", "Sources:", "Quelle:", "Source :", "Fuente:", "Fonte:", "Источник:", "Джерело —"),
    Role.ARCHIVE: (
        "Archived at",
        "Archived copy:",
        "Archive:",
        "Archiviert bei",
        "Archivé sur",
        "Copia archivada:",
        "Archiviato in",
        "Arquivado em",
        "Архивная копия:",
        "Архівовано в",
    ),
}
EVERY_LABEL = [(role, label) for role, labels in LABELS.items() for label in labels]


def role(text: str = "The story", before: str = "", previous: str = "", heading: str = "") -> Role:
    return role_of("link", text, Surroundings(before=before, previous=previous, heading=heading))


@pytest.mark.parametrize(("expected", "label"), EVERY_LABEL)
def test_a_label_before_a_link_says_why_it_is_there(expected: Role, label: str) -> None:
    assert role(before=label, heading="Sources" if expected is not Role.CITATION else "Related articles") is expected


@pytest.mark.parametrize(("expected", "label"), EVERY_LABEL)
def test_a_label_may_be_the_block_before(expected: Role, label: str) -> None:
    assert role(previous=label, heading="Sources" if expected is not Role.CITATION else "Related articles") is expected


@pytest.mark.parametrize(("expected", "label"), EVERY_LABEL)
def test_a_label_may_stand_after_the_end_of_a_sentence(expected: Role, label: str) -> None:
    assert (
        role(before=f"It rained all day. {label}", heading="" if expected is not Role.CITATION else "See also")
        is expected
    )


@pytest.mark.parametrize(
    "before",
    [
        "according to the source:",
        "a study published in",
        "He asked to see the original",
        "They were related, said",
        "and she archived",
        "See",
        "Original",
        "The mayor said they would read more",
    ],
)
def test_words_in_the_middle_of_a_sentence_are_no_label(before: str) -> None:
    assert role(before=before) is Role.CITATION


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Original article", Role.ORIGINAL),
        ("Original", Role.ORIGINAL),
        ("Read the original article on The Star", Role.ORIGINAL),
        ("Read more", Role.RELATED),
        ("Read more: Rain in Spain", Role.RELATED),
        ("Читать далее →", Role.RELATED),
        ("Archived", Role.ARCHIVE),
        ("Archived copy", Role.ARCHIVE),
        ("Archive", Role.CITATION),
        ("more", Role.CITATION),
        ("The original sin", Role.CITATION),
        ("", Role.CITATION),
    ],
)
def test_a_link_may_be_its_own_label(text: str, expected: Role) -> None:
    assert role(text) is expected


def test_the_original_that_an_archived_copy_was_made_of_is_what_was_cited() -> None:
    assert role("the original", before="Archived from") is Role.CITATION


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Related articles", Role.RELATED),
        ("5. Further reading", Role.RELATED),
        ("Weiterführende Links", Role.RELATED),
        ("Original article", Role.ORIGINAL),
        ("References", Role.CITATION),
        ("Background", Role.CITATION),
        ("Archive", Role.CITATION),
        ("Chapter 1", Role.CITATION),
    ],
)
def test_a_heading_says_what_stands_under_it(heading: str, expected: Role) -> None:
    assert role(heading=heading) is expected


def test_a_label_counts_more_than_the_heading() -> None:
    assert role(before="Source:", heading="Related articles") is Role.CITATION


@pytest.mark.parametrize("before", ["Related: A story, another story,", "See also: One,"])
def test_a_label_holds_for_the_list_after_it(before: str) -> None:
    assert role(before=before) is Role.RELATED


@pytest.mark.parametrize("before", ["Source article: The Moscow Times,", "Originally published at The Guardian:"])
def test_a_name_may_stand_between_a_label_and_its_link(before: str) -> None:
    assert role(before=before) is Role.ORIGINAL


@pytest.mark.parametrize(
    ("element", "rel", "expected"),
    [
        ("image", "", Role.IMAGE),
        ("img", "", Role.IMAGE),
        ("iframe", "", Role.EMBED),
        ("script", "", Role.EMBED),
        ("form", "", Role.EMBED),
        ("link", "canonical", Role.CANONICAL),
        ("link", "Canonical nofollow", Role.CANONICAL),
        ("link", "stylesheet", Role.EMBED),
        ("a", "next", Role.NAVIGATION),
        ("a", "nofollow noopener", Role.ORIGINAL),
    ],
)
def test_an_element_may_decide_alone(element: str, rel: str, expected: Role) -> None:
    assert role_of(element, "", Surroundings(before="Original url:"), rel=rel) is expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("original_url", Role.ORIGINAL),
        ("source-url", Role.ORIGINAL),
        ("canonical_url", Role.CANONICAL),
        ("image", Role.IMAGE),
        ("see_also", Role.RELATED),
        ("source", Role.CITATION),
        ("", Role.CITATION),
    ],
)
def test_front_matter_says_it_by_its_key(key: str, expected: Role) -> None:
    assert role_of("front-matter", "", Surroundings(before=f"{key}:" if key else "")) is expected


def test_labels_are_in_the_form_they_are_looked_up_in() -> None:
    odd = [
        word
        for word in {*SIGNS, *PHRASES, *LED}
        if word != " ".join(word.casefold().split()) or set(word) & set("{|}*_’:")
    ]

    assert odd == []


@given(st.text(), st.text(), st.text(), st.text())
def test_any_words_have_a_role(text: str, before: str, previous: str, heading: str) -> None:
    assert role(text, before, previous, heading) in Role


@pytest.mark.parametrize("text", ["(" * 100_000, "read more " * 10_000, "a:" * 50_000, "this article was " * 10_000])
def test_hostile_words_cost_no_more_than_their_nearest_part(text: str) -> None:
    assert role(text, text, text, text) in Role


@pytest.mark.parametrize("text", ["Archived copy", "Archive", "Archived.", "Original article", "Related article"])
def test_the_words_of_one_list_item_are_no_label_of_the_next(text: str) -> None:
    source = f"- [{text}](https://a.test/1)\n- [The next one](https://a.test/2)\n- [A third](https://a.test/3)\n"
    document = Document(name="a.md", media_type="text/markdown", source=source.encode(), text=source)

    assert [one.role for one in markdown.extract(document, Wanted()).references][1:] == [Role.CITATION] * 2


@pytest.mark.parametrize("label", ["Archived copy:", "**Archived copy:**", "Archived copy"])
def test_a_block_that_is_a_label_still_is_one(label: str) -> None:
    source = f"{label}\n\n<https://a.test/1>\n"
    document = Document(name="a.md", media_type="text/markdown", source=source.encode(), text=source)

    assert [one.role for one in markdown.extract(document, Wanted()).references] == [Role.ARCHIVE]


@pytest.mark.parametrize("text", ["Archived copy", "Archive", "Original article", "Related article"])
def test_nor_are_they_in_html(text: str) -> None:
    source = f"<ul><li><a href=1>{text}</a><li><a href=2>Next</a></ul><p><a href=3>{text}</a></p><p><a href=4>Last</a>"
    document = Document(name="a.html", media_type="text/html", source=source.encode(), text=source)

    assert [one.role for one in html.extract(document, Wanted()).references][1::2] == [Role.CITATION] * 2


def test_a_sentence_that_ends_in_a_label_is_none() -> None:
    source = "- A story. Archived.\n- [Next](https://a.test/)\n"
    document = Document(name="a.md", media_type="text/markdown", source=source.encode(), text=source)

    assert [one.role for one in markdown.extract(document, Wanted()).references] == [Role.CITATION]


@pytest.mark.parametrize(
    ("original", "related", "source"),
    [
        ("Oorspronkelijk artikel:", "Lees ook:", "Bron:"),
        ("Oryginalny artykuł:", "Czytaj także:", "Źródło:"),
        ("Původní článek:", "Čtěte také:", "Zdroj:"),
        ("Pôvodný článok:", "Čítajte aj:", "Zdroje:"),
        ("Ursprunglig artikel:", "Läs också:", "Källa:"),
        ("Oprindelig artikel:", "Læs også:", "Kilde:"),
        ("Opprinnelig artikkel:", "Les også:", "Kilder:"),
        ("Alkuperäinen juttu:", "Lue myös:", "Lähde:"),
        ("Eredeti cikk:", "Kapcsolódó cikkek:", "Forrás:"),
        ("Articolul original:", "Citește și:", "Sursa:"),
        ("Πρωτότυπο άρθρο:", "Διαβάστε επίσης:", "Πηγή:"),
        ("Оригинална статия:", "Прочетете още:", "Източник:"),
        ("Izvorni članak:", "Pročitajte još:", "Izvor:"),
        ("Изворни чланак:", "Прочитајте још:", "Извор:"),
        ("Article original:", "Llegiu també:", "Font:"),
        ("Orijinal haber:", "İlgili haberler:", "Kaynak:"),
        ("رابط المقال الأصلي:", "اقرأ أيضًا:", "المصدر:"),
        ("لینک منبع اصلی:", "بیشتر بخوانید:", "منبع:"),
        ("הכתבה המקורית:", "קראו גם:", "מקור:"),
        ("原文链接：", "延伸阅读：", "来源："),
        ("元記事：", "関連記事：", "出典："),
        ("원문:", "관련 기사:", "출처:"),
        ("Bài gốc:", "Xem thêm:", "Nguồn:"),
        ("Artikel asli:", "Baca juga:", "Sumber:"),
        ("मूल लेख:", "यह भी पढ़ें:", "स्रोत:"),
        ("บทความต้นฉบับ:", "อ่านเพิ่มเติม:", "ที่มา:"),
    ],
)
def test_labels_are_read_in_many_languages(original: str, related: str, source: str) -> None:
    text = "\n\n".join(f"{label} [link](https://a.test/{n})" for n, label in enumerate((original, related, source)))
    document = Document(name="a.md", media_type="text/markdown", source=text.encode(), text=text)
    found = [one.role for one in markdown.extract(document, Wanted()).references]

    assert found == [Role.ORIGINAL, Role.RELATED, Role.CITATION]


def test_a_word_that_is_a_label_elsewhere_is_none_in_a_sentence() -> None:
    text = "De bron van dit nieuws is [de krant](https://a.test/1). 東京の関連記事を[読んだ](https://a.test/2)。"
    document = Document(name="a.md", media_type="text/markdown", source=text.encode(), text=text)

    assert [one.role for one in markdown.extract(document, Wanted()).references] == [Role.CITATION] * 2
