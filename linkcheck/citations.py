"""What the citation templates of seven Wikipedias call things. Data, and what follows from it alone.

Parameters and values: the documentation of each wiki's templates and of Module:Citation/CS1 and its translations
(https://en.wikipedia.org/wiki/Help:Citation_Style_1, https://de.wikipedia.org/wiki/Vorlage:Internetquelle,
https://fr.wikipedia.org/wiki/Modèle:Lien_web, https://es.wikipedia.org/wiki/Plantilla:Cita_web,
https://it.wikipedia.org/wiki/Template:Cita_web, https://pt.wikipedia.org/wiki/Predefinição:Citar_web,
https://ru.wikipedia.org/wiki/Шаблон:Cite_web).
"""

from collections.abc import Collection, Mapping
from datetime import date

from msgspec import Struct


class Wiki(Struct, frozen=True, kw_only=True):
    """One language's names; of several for the same thing, the first is the one to write."""

    names: Mapping[str, tuple[str, ...]]
    """Meaning to parameters: `url title author last first published accessed quote archive-url archive-date status`."""
    status: Mapping[str, str]
    """Wikipedia's word for what became of a URL (`live dead deviated usurped`) to what is written."""
    months: str
    """January to December, as they stand in a date."""
    order: str = "dmy"
    """How dates are written where the page does not show it."""
    template: str
    """What a whole date in words looks like."""


_ENGLISH_NAMES: dict[str, tuple[str, ...]] = {
    "url": ("url", "chapter-url", "chapterurl", "contribution-url", "section-url", "article-url", "entry-url",
            "conference-url", "transcript-url", "map-url", "event-url", "URL"),
    "title": ("title", "chapter", "script-title", "article", "contribution", "entry", "section"),
    "author": ("author", "authors", "author1", "people", "host", "vauthors"),
    "last": ("last", "last1", "surname", "author-last"),
    "first": ("first", "first1", "given", "author-first"),
    "published": ("date", "year", "publication-date", "air-date"),
    "accessed": ("access-date", "accessdate"),
    "quote": ("quote", "quotation"),
    "archive-url": ("archive-url", "archiveurl"),
    "archive-date": ("archive-date", "archivedate"),
    "status": ("url-status", "dead-url", "deadurl", "deadlink", "dead-link"),
}  # fmt: skip

WIKIS: dict[str, Wiki] = {
    "en": Wiki(
        names=_ENGLISH_NAMES,
        status={"live": "live", "dead": "dead", "deviated": "deviated", "usurped": "usurped"},
        months="January February March April May June July August September October November December",
        template="{day} {month} {year}",
    ),
    "de": Wiki(
        names={
            "url": ("url", "online"),
            "title": ("titel",),
            "author": ("autor", "hrsg", "herausgeber"),
            "last": (), "first": (),
            "published": ("datum", "jahr"),
            "accessed": ("abruf", "zugriff"),
            "quote": ("zitat",),
            "archive-url": ("archiv-url", "archivurl"),
            "archive-date": ("archiv-datum", "archivdatum"),
            "status": ("offline",),
        },
        status={"dead": "1", "usurped": "1", "deviated": "1"},
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        order="ymd",
        template="{day}. {month} {year}",
    ),
    "fr": Wiki(
        names={
            "url": ("url", "lire en ligne", "url texte", "présentation en ligne"),
            "title": ("titre", "titre chapitre"),
            "author": ("auteur", "auteur1", "auteurs", "auteur institutionnel"),
            "last": ("nom", "nom1"), "first": ("prénom", "prénom1", "prenom"),
            "published": ("date", "année"),
            "accessed": ("consulté le", "consulté"),
            "quote": ("citation", "extrait"),
            "archive-url": ("archive-url", "archiveurl"),
            "archive-date": ("archive-date", "archivedate"),
            "status": ("brisé le", "dead-url"),
        },
        status={"dead": "{today}", "usurped": "{today}", "deviated": "{today}"},
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        template="{day} {month} {year}",
    ),
    "es": Wiki(
        names={
            "url": ("url", "url-capítulo", "urlcapítulo"),
            "title": ("título", "titulo"),
            "author": ("autor", "autor1", "autores"),
            "last": ("apellido", "apellidos", "apellido1", "apellidos1"), "first": ("nombre", "nombre1"),
            "published": ("fecha", "año"),
            "accessed": ("fechaacceso", "fecha-acceso"),
            "quote": ("cita",),
            "archive-url": ("urlarchivo", "url-archivo"),
            "archive-date": ("fechaarchivo", "fecha-archivo"),
            "status": ("urlmuerta", "enlaceroto"),
        },
        status={"live": "no", "dead": "sí", "usurped": "sí", "deviated": "sí"},
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        template="{day} de {month} de {year}",
    ),
    "it": Wiki(
        names={
            "url": ("url", "urlcapitolo", "url capitolo", "urlcontributo"),
            "title": ("titolo",),
            "author": ("autore", "autore1", "autori"),
            "last": ("cognome", "cognome1"), "first": ("nome", "nome1"),
            "published": ("data", "anno"),
            "accessed": ("accesso", "dataaccesso"),
            "quote": ("citazione", "cit"),
            "archive-url": ("urlarchivio",),
            "archive-date": ("dataarchivio",),
            "status": ("urlmorto",),
        },
        status={"live": "no", "dead": "sì", "usurped": "sì", "deviated": "sì"},
        months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        template="{day} {month} {year}",
    ),
    "pt": Wiki(
        names={
            "url": ("url", "capitulourl", "capítulourl"),
            "title": ("titulo", "título"),
            "author": ("autor", "autor1", "autores"),
            "last": ("ultimo", "último", "sobrenome", "ultimo1", "último1"),
            "first": ("primeiro", "nome", "primeiro1"),
            "published": ("data", "ano"),
            "accessed": ("acessodata", "dataacesso", "acesso-data"),
            "quote": ("citacao", "citação"),
            "archive-url": ("arquivourl", "arquivo-url", "urlarquivo"),
            "archive-date": ("arquivodata", "arquivo-data", "dataarquivo"),
            "status": ("urlmorta", "ligação inativa"),
        },
        status={"live": "não", "dead": "sim", "usurped": "sim", "deviated": "sim"},
        months="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        template="{day} de {month} de {year}",
    ),
    "ru": Wiki(
        names={
            "url": ("url", "ссылка", "часть ссылка"),
            "title": ("title", "заглавие", "название", "часть"),
            "author": ("author", "автор"),
            "last": ("last",), "first": ("first",),
            "published": ("date", "год", "дата", "число"),
            "accessed": ("accessdate", "дата обращения"),
            "quote": ("quote", "цитата"),
            "archive-url": ("archiveurl", "архив"),
            "archive-date": ("archivedate", "архив дата"),
            "status": ("deadlink", "deadurl"),
        },
        status={"live": "no", "dead": "yes", "usurped": "yes", "deviated": "yes"},
        months="января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        order="ymd",
        template="{day} {month} {year}",
    ),
}  # fmt: skip

_LANGUAGES = {
    "internetquelle": "de", "literatur": "de",
    "lien web": "fr", "article": "fr", "ouvrage": "fr", "chapitre": "fr", "article encyclopédique": "fr",
    "lien brisé": "fr", "lien vidéo": "fr", "lien conférence": "fr", "bibliographie": "fr",
    "статья": "ru", "книга": "ru", "публикация": "ru", "источник": "ru",
    "citation": "en",
}  # fmt: skip
_FAMILIES = {"cite": ("en", "ru"), "cita": ("es", "it"), "citar": ("pt",)}
"""First words of names, and the wikis whose parameters may follow."""

PARTS = {
    "chapter-url": "chapter", "chapterurl": "chapter", "contribution-url": "contribution", "section-url": "section",
    "article-url": "article", "entry-url": "entry", "conference-url": "conference", "transcript-url": "transcript",
    "map-url": "map", "event-url": "event", "url-capítulo": "capítulo", "urlcapítulo": "capítulo",
    "urlcapitolo": "capitolo", "url capitolo": "capitolo", "urlcontributo": "contributo", "capitulourl": "capitulo",
    "capítulourl": "capítulo", "часть ссылка": "часть",
}  # fmt: skip
"""Parameters for the URL of a part, and what the part is called by."""

DEAD = frozenset(
    {"dead link", "deadlink", "dead", "dl", "broken link", "404", "toter link", "lien mort", "enlace roto",
     "enlaceroto", "collegamento interrotto", "ligação inativa", "ligação inactiva", "link inativo", "ligação quebrada",
     "недоступная ссылка", "мёртвая ссылка", "битая ссылка", "lien brisé"}
)  # fmt: skip
ARCHIVED = frozenset({"webarchive", "wayback", "webarchiv", "lien archive", "web archive", "wayback machine", "wbm"})
ADDRESSES = frozenset(
    {"url", "official website", "official site", "official", "site officiel", "sito ufficiale", "site oficial",
     "página oficial", "web oficial", "offizielle website", "официальный сайт", "сайт"}
)  # fmt: skip
"""Templates that lead to a host, whose scheme they add."""
USURPED = frozenset({"usurped", "usurp", "usurped link", "hijacked url"})
LEFT_ALONE = frozenset({"cbignore", "nobots", "bots"})
"""Templates by which people ask bots to keep away."""

_STATUSES = {
    **dict.fromkeys(("dead", "yes", "y", "true", "1", "ja", "oui", "sí", "si", "sì", "sim", "да"), "dead"),
    **dict.fromkeys(("404", "bot: unknown"), "dead"),
    **dict.fromkeys(("live", "no", "n", "false", "nein", "non", "não", "nao", "нет"), "live"),
    **dict.fromkeys(("usurped", "unfit"), "usurped"),
    "deviated": "deviated",
}  # fmt: skip


def normal(name: str) -> str:
    """Make names of templates or parameters equal that mean the same."""
    return " ".join(name.replace("_", " ").split()).casefold()


def wiki_of(template: str, parameters: Collection[str]) -> str | None:
    """Give the language whose citation template this is; None where it is none. Names are `normal`."""
    if language := _LANGUAGES.get(template):
        return language
    family = _FAMILIES.get(template.partition(" ")[0]) if " " in template else None
    if family is None:
        return None
    given = set(parameters)

    def known(language: str) -> int:
        return sum(name in given for names in WIKIS[language].names.values() for name in names)

    return max(family, key=known)


def meaning_of(parameter: str, language: str) -> str | None:
    """Give what a parameter (`normal`) means; wikis know the English names, too."""
    return _meanings(language).get(parameter)


def status_of(value: str) -> str | None:
    """Give the word for a URL's state that a value stands for: `live`, `dead`, `deviated` or `usurped`."""
    return _STATUSES.get(normal(value))


def written_date(day: date, order: str, language: str) -> str:
    """Write a day as a page does: `dmy` and `mdy` in words, `ymd` as ISO 8601."""
    wiki = WIKIS[language]
    month = wiki.months.split()[day.month - 1]
    if order == "ymd":
        return day.isoformat()
    if order == "mdy" and language == "en":
        return f"{month} {day.day}, {day.year}"
    return wiki.template.format(day=day.day, month=month, year=day.year)


def _meanings(language: str) -> Mapping[str, str]:
    if language not in _CACHE:
        own = {name: meaning for meaning, names in WIKIS[language].names.items() for name in names}
        english = {name: meaning for meaning, names in _ENGLISH_NAMES.items() for name in names}
        _CACHE[language] = {**english, **own}
    return _CACHE[language]


_CACHE: dict[str, Mapping[str, str]] = {}
