"""The words by which articles say why a link is there, in eight languages. Data only.

Words are casefolded, with straight apostrophes; `{a|b}` stands for each alternative, an empty one included. A *sign*
is a label where a colon or a dash follows it, or where nothing else stands there; a *phrase* is one in any case.
"""

# ruff: noqa: RUF001 - Russian and Ukrainian are spelt in Cyrillic

import re
from collections.abc import Iterable, Iterator
from itertools import product

from linkcheck.model import Role


def spread(pattern: str) -> Iterator[str]:
    """Give every text that a pattern with alternatives stands for."""
    parts = [part.split("|") for part in re.split(r"[{}]", pattern)]
    return (" ".join("".join(chosen).split()) for chosen in product(*parts))


def _roles(words: dict[Role, Iterable[str]]) -> dict[str, Role]:
    return {text.casefold(): role for role, patterns in words.items() for each in patterns for text in spread(each)}


SIGNS = _roles(
    {
        Role.ORIGINAL: (
            # English
            "original{| url| link| article| story| post| source| text| version| publication| report| page}",
            "the original {url|link|article|story|post|source|text|version|publication|report|page}",
            "source {article|url|link|story|text}",
            "{url|link} of {|the }original{| article}",
            "link to {|the }original{| article| story| post| source}",
            "{|the }{full|complete} {article|story|text}",
            "{article|story} {source|url}",
            # German
            "original{artikel|beitrag|text|quelle|link|adresse|meldung|fassung|version|veröffentlichung}",
            "{zum|link zum} original{|artikel|beitrag|text}",
            "quelle des original{s|artikels|beitrags|textes}",
            "ursprünglicher {artikel|beitrag|text|link}",
            "ursprüngliche {quelle|url|adresse}",
            "original-{artikel|url|link|quelle}",
            "erstveröffentlichung",
            # French
            "{|l'}{article|texte|billet|lien|source|publication|page|version} {original|originale|d'origine}",
            "url {d'origine|originale|originelle|de l'original|de l'article}",
            "lien {vers l'original|vers l'article original|de l'article|de l'original}",
            "{|l'}original{|e}",
            # Spanish
            "{artículo|articulo|texto|enlace|fuente|publicación|versión|nota|noticia|url|página} original",
            "enlace {al|del} {original|artículo original|texto original}",
            "url del {artículo|original}",
            # Italian
            "{articolo|testo|link|fonte|pubblicazione|versione|url|pagina} originale",
            "{link|collegamento} all'{originale|articolo originale}",
            "originale",
            # Portuguese
            "{artigo|texto|link|fonte|publicação|versão|matéria|reportagem|notícia|url|página} original",
            "{link|ligação} {do|para o} {original|artigo original|texto original}",
            # Russian
            "оригинал{| статьи| публикации| материала| текста| новости| записи}",
            "оригинальн{ая статья|ый текст|ый материал|ая публикация|ый источник|ая ссылка|ая версия|ый адрес}",
            "ссылка на {оригинал|оригинал статьи|оригинал материала|оригинальную статью|первоисточник}",
            "первоисточник",
            "исходн{ая статья|ый текст|ый материал|ая ссылка|ый адрес}",
            # Ukrainian
            "оригінал{| статті| публікації| матеріалу| тексту| новини| допису}",
            "оригінальн{а стаття|ий текст|ий матеріал|а публікація|е джерело|е посилання|а версія|а адреса}",
            "посилання на {оригінал|оригінал статті|оригінальну статтю|першоджерело}",
            "першоджерело",
        ),
        Role.RELATED: (
            # English
            "{|more }related{| article| articles| story| stories| post| posts| news}",
            "{|more }related{ link| links| reading| content| coverage| topics| pages| video| material}",
            "more{| stories| news| on this| on this topic| on this story| coverage| about this| information}",
            "{further|background|recommended|suggested} {reading|coverage|information|articles|stories}",
            "{similar|other|previous|earlier|recommended} {articles|stories|posts|news|coverage}",
            "{|our }{previous|earlier} {article|story|report|coverage}",
            "{context|background|recommended|don't miss|in depth|you may also like|you might also like|up next}",
            # German
            "{mehr|weiteres|weitere artikel|weitere informationen|weitere links|weiterführendes|hintergrund|siehe}",
            "{passend dazu|verwandtes|empfehlung|empfehlungen|lesetipp|lesetipps|lesehinweis|leseempfehlung}",
            "{verwandte|ähnliche|weiterführende|passende} {artikel|beiträge|themen|links|meldungen|informationen}",
            "{verwandter|ähnlicher} {artikel|beitrag}",
            "{dazu|mehr dazu|mehr zum thema|zum thema|hierzu|auch interessant|das könnte sie auch interessieren}",
            # French
            "{article|articles|contenu|contenus|sujet} {lié|liés|connexe|connexes|similaire}",
            "{sujets|lien|liens|lecture|lectures} {lié|liés|connexe|connexes|similaire}",
            "{article|articles|contenu|contenus|sujet} {similaires|associé|associés|complémentaire|complémentaires}",
            "{sujets|lien|liens|lecture|lectures} {similaires|associé|associés|complémentaire|complémentaires}",
            "{sur le même sujet|dans le même thème|pour aller plus loin|plus d'informations|en savoir plus|contexte}",
            "{lire|voir|à lire|à voir|à découvrir|nos articles sur le sujet|dossier|voir}",
            "{autres articles|autres lectures|lectures complémentaires|lectures recommandées}",
            # Spanish
            "{artículo|artículos|articulo|articulos|nota|notas|noticia} {relacionado|relacionados|relacionada}",
            "{artículo|artículos|articulo|articulos|nota|notas|noticia} {relacionadas|similares|recomendadas}",
            "{noticias|contenido|contenidos|tema} {relacionado|relacionados|relacionada}",
            "{temas|enlaces|historias|lecturas} {relacionado|relacionados|relacionada}",
            "{noticias|contenido|contenidos|tema} {relacionadas|similares|recomendadas}",
            "{temas|enlaces|historias|lecturas} {relacionadas|similares|recomendadas}",
            "{más información|más sobre este tema|sobre el mismo tema|para saber más|relacionado|relacionados}",
            "{relacionadas|contexto|otras noticias|te puede interesar|le puede interesar|también te puede interesar}",
            # Italian
            "{articolo|articoli|notizia|notizie|contenuti|argomenti|temi|link} {correlato|correlati|correlata}",
            "{articolo|articoli|notizia|notizie|contenuti|argomenti|temi|link} {correlate|collegato|collegati|simili}",
            "{approfondimento|approfondimenti|per approfondire|per saperne di più|sullo stesso tema}",
            "{sullo stesso argomento|altri articoli|correlati|potrebbe interessarti|ti potrebbe interessare|contesto}",
            # Portuguese
            "{artigo|artigos|matéria|matérias|notícia|notícias|conteúdo} {relacionado|relacionados}",
            "{artigo|artigos|matéria|matérias|notícia|notícias|conteúdo} {relacionada|relacionadas|semelhantes}",
            "{conteúdos|texto|textos|tema|temas|links|reportagens} {relacionado|relacionados}",
            "{conteúdos|texto|textos|tema|temas|links|reportagens} {relacionada|relacionadas|semelhantes}",
            "{mais informações|mais sobre o assunto|sobre o mesmo tema|para saber mais|relacionado}",
            "{relacionados|relacionadas|outras notícias|contexto|você também pode gostar}",
            # Russian
            "{похожие|связанные|другие|смежные} {статьи|материалы|новости|публикации|темы|записи}",
            "{похожая|связанная} {статья|новость|публикация}",
            "{по теме|ещё по теме|еще по теме|на эту тему}",
            "{на ту же тему|материал по теме|материалы по теме|статьи по теме|новости по теме}",
            "{подробнее|подробности|контекст|рекомендуем}",
            "{смотри|см.|см. также|вам может быть интересно|связанный материал}",
            # Ukrainian
            "{схожі|пов'язані|інші|подібні|суміжні} {статті|матеріали|новини|публікації|теми|дописи}",
            "{схожа|пов'язана} {стаття|новина|публікація}",
            "{за темою|по темі|на цю тему|на тему}",
            "{матеріал за темою|матеріали за темою|матеріали по темі|статті за темою|новини за темою}",
            "{детальніше|докладніше|подробиці|контекст|рекомендуємо}",
            "{дивись|див.|див. також|вас може зацікавити|пов'язаний матеріал}",
        ),
        Role.CITATION: (
            # English
            "{source|sources|src|credit|credits|reference|references}",
            "{citation|citations|cited|works cited|bibliography|quoted from|information from|data}",
            "{data source|data sources|photo|photo credit|h/t|hat tip|footnote|footnotes}",
            "{notes|ref|refs|based on|primary source|primary sources|news source|according to}",
            # German
            "{quelle|quellen|quellenangabe|quellenangaben|beleg}",
            "{belege|einzelnachweis|einzelnachweise|nachweis|nachweise}",
            "{literatur|literaturverzeichnis|zitiert nach|zitat|foto}",
            "{bildquelle|datenquelle|fußnoten|primärquelle|quellenverzeichnis|quellennachweis}",
            # French
            "{source|sources|référence|références|citation|crédit|crédits}",
            "{crédit photo|d'après|selon|bibliographie|source des données|notes et références|notes}",
            # Spanish
            "{fuente|fuentes|referencia|referencias|cita|citas}",
            "{crédito|créditos|bibliografía|según|fuente de los datos|notas}",
            # Italian
            "{fonte|fonti|riferimento|riferimenti|citazione|citazioni}",
            "{credito|crediti|bibliografia|secondo|fonte dei dati|note}",
            # Portuguese
            "{fonte|fontes|referência|referências|citação}",
            "{citações|crédito|créditos|bibliografia|segundo|fonte dos dados}",
            # Russian
            "{источник|источники|источник информации|источники информации|ссылка на источник|цитата|примечания}",
            "{литература|список литературы|библиография|по материалам|по данным|по информации|фото|сноски}",
            # Ukrainian
            "{джерело|джерела|джерело інформації|джерела інформації|посилання на джерело|цитата|примітки}",
            "{література|список літератури|бібліографія|за матеріалами|за даними|за інформацією|виноски}",
        ),
        Role.ARCHIVE: (
            "{archive|archived|archived version|archived page|archived url}",
            "{archived link|archive link|archive url|archive copy|web archive|snapshot}",
            "{cached|cached copy|backup copy|mirror|wayback}",
            "{wayback machine|archive.org|archive.today|archive.is|archive.ph|perma.cc}",
            "{archiv|archivlink|archivversion|archivkopie}",
            "{archivierte version|archivierte fassung|archivierte kopie|webarchiv|sicherungskopie}",
            "{archivé|archivée|archives|copie archivée|version archivée|page archivée|lien archivé|archive web}",
            "{archivado|archivada|archivo|copia archivada}",
            "{versión archivada|página archivada|enlace archivado|copia en archivo}",
            "{archiviato|archiviata|archivio|copia archiviata|versione archiviata|pagina archiviata|copia d'archivio}",
            "{arquivado|arquivada|arquivo|cópia arquivada|versão arquivada|página arquivada|cópia em arquivo}",
            "{архив|архивная копия|архивная версия|копия в архиве|сохранённая копия}",
            "{сохраненная копия|веб-архив|архивировано|заархивировано|в архиве}",
            "{архів|архівна копія|архівна версія|копія в архіві|збережена копія}",
            "{вебархів|веб-архів|архівовано|заархівовано|в архіві|у архіві}",
        ),
        Role.CANONICAL: (
            "canonical{| url| link| uri}",
            "kanonische {url|adresse}",
            "url {canonique|canónica|canonica}",
        ),
    }
)

PHRASES = _roles(
    {
        Role.ORIGINAL: (
            # English
            "{originally|first} {published|posted|appeared|printed} {at|on|in|by|here|as|under}",
            "{republished|reposted} {|here }{from|with permission from|by permission of}",
            "{reprinted|syndicated|cross-posted} {|here }{from|with permission from|by permission of}",
            "{read|view|see} {|the }{original|full|complete} {article|story|post}{| at| on| in| here}",
            "{read|view|see} {|the }{original|full|complete} {text|version|report}{| at| on| in| here}",
            "read the original{| at| on| here}",
            # German
            "{zuerst|ursprünglich|erstmals} {erschienen|veröffentlicht|erschien} {bei|auf|in|im|von|am|unter}",
            "{zuerst|ursprünglich|erstmals} {bei|auf|in|im} {erschienen|veröffentlicht}",
            "{originalartikel|originalbeitrag|originaltext} {lesen|auf|bei}",
            # French
            "{initialement|d'abord} {publié|paru} {sur|dans|par|le|ici}",
            "{publié|paru} {à l'origine|initialement} {sur|dans|par|le|ici}",
            "lire l'{article original|original}{| sur}",
            # Spanish
            "{publicado|publicó} {originalmente|originariamente|inicialmente} {en|por|el}",
            "{originalmente|originariamente} publicado {en|por}",
            "{leer|lea|lee|ver} el {artículo|texto} {original|completo}{| en}",
            # Italian
            "{originariamente|originalmente|inizialmente} {pubblicato|apparso} {su|in|da|sul|sulla|nel}",
            "pubblicato {originariamente|originalmente|inizialmente} {su|in|da|sul|sulla|nel}",
            "leggi l'{articolo originale|originale}{| su}",
            # Portuguese
            "{originalmente|inicialmente} publicado {em|no|na|por|pelo|pela}",
            "publicado {originalmente|inicialmente} {em|no|na|por|pelo|pela}",
            "{leia|ler|veja} o {artigo|texto} {original|completo}{| em| no| na}",
            # Russian
            "{впервые|изначально|первоначально} {опубликован|опубликована|опубликовано|вышла|вышел} {в|на|во}",
            "{читать|читайте|смотреть} {оригинал|в оригинале|оригинал статьи}{| на| в}",
            # Ukrainian
            "{вперше|спочатку|початково} {опублікований|опублікована|опубліковано|вийшла|вийшов} {в|на|у}",
            "{читати|читайте|дивитися} {оригінал|в оригіналі|оригінал статті}{| на| в}",
        ),
        Role.RELATED: (
            # English
            "{read|see|watch|listen} {more|also|next|on|further}{| here| at| on}",
            "{read|see|watch|listen} {more|also|next|on|further}{ in| about}",
            "{read|see|watch|listen} {more|also|next|on|further}{ about this| on this topic| on this story}",
            "{also |}{read|see|watch|learn|find out} more{| about| at| here| on}",
            "{also read|also see|further reading|for more|for more information|for background}",
            "{more on this|more from this series|related reading|for details see|for more see|see our|read our}",
            "read {|our }{related|previous|earlier} {article|story|post|coverage|report}",
            # German
            "{lesen|lies|sehen|hören} {sie |}{auch|mehr|hier mehr|weiter|dazu auch|hierzu|dazu}{| hier}",
            "{siehe|mehr|vgl.|vergleiche} {auch|dazu|hier|hierzu}{| hier}",
            "{weiterlesen|mehr lesen|mehr erfahren|lesen sie hier mehr}",
            "{mehr zum thema|mehr dazu|auch interessant|mehr informationen|das könnte sie auch interessieren}",
            # French
            "{à |}{lire|voir|écouter|découvrir} {aussi|également|ensuite|encore|la suite}",
            "{lire|voir} {notre|l'}{article|enquête|reportage|dossier}",
            "{lisez|voyez} {aussi|également}",
            "{en savoir plus|pour en savoir plus|à lire sur le même sujet|pour aller plus loin|sur le même sujet}",
            # Spanish
            "{lea|lee|leer|vea|ve|ver|mira|mire|consulte} {también|además|más|asimismo}{| en| aquí| sobre}",
            "{te puede interesar|le puede interesar|también te puede interesar|sigue leyendo}",
            "{seguir leyendo|para más información|más información en|puede interesarle}",
            # Italian
            "{leggi|leggere|leggete|guarda|vedi|vedere|ascolta} {anche|di più|pure|ancora|tutto}{| su| qui}",
            "{per saperne di più|continua a leggere|potrebbe interessarti|ti potrebbe interessare|per approfondire}",
            # Portuguese
            "{leia|ler|veja|ver|assista|ouça|confira|saiba|consulte} {também|mais|ainda}{| em| aqui| sobre}",
            "{continue lendo|continuar lendo|continuar a ler}",
            "{você também pode gostar|para saber mais|pode interessar|veja a seguir}",
            # Russian
            "{читайте|читай|читать|смотрите|смотри|смотреть|слушайте} {также|ещё|еще|далее}{| на| в| здесь}",
            "{читайте|читай|читать} {дальше|больше|подробнее|по теме|в тему}{| на| в| здесь}",
            "{смотрите|смотри|смотреть|слушайте} {дальше|больше|подробнее|по теме|в тему}{| на| в| здесь}",
            "подробнее {об этом|здесь|на|в|читайте|по теме}",
            "{узнать больше|узнайте больше|читать далее}",
            "{см. также|см. подробнее|вам может быть интересно|материал по теме}",
            # Ukrainian
            "{читайте|читай|читати|дивіться|дивись|дивитися|слухайте} {також|ще|далі|більше}{| на| в| тут}",
            "{читайте|читай|читати} {докладніше|детальніше|за темою|по темі|на тему}{| на| в| тут}",
            "{дивіться|дивись|дивитися|слухайте} {докладніше|детальніше|за темою|по темі|на тему}{| на| в| тут}",
            "{докладніше|детальніше} {про це|тут|на|в|читайте|за темою}",
            "{дізнатися більше|дізнайтеся більше|див. також|вас може зацікавити|матеріал за темою}",
        ),
        Role.CITATION: (
            "{via|h/t|hat tip|hat tip to|as reported by|first reported by}",
            "{as quoted in|as cited in|quoted in|cited in|source via|originally reported by|archived from}",
            "{zitiert nach|nach angaben von|wie berichtet von|gemeldet von}",
            "{rapporté par|cité par|cité dans|repéré sur|via le site}",
            "{vía|citado en|citado por|según informó}",
            "{tramite|citato in|citato da|come riportato da}",
            "{citado em|com informações de|com informações do|com informações da|conforme noticiado por}",
            "{по материалам|цит. по|цитируется по|как сообщает|со ссылкой на}",
            "{за матеріалами|цит. за|цитується за|як повідомляє|із посиланням на|з посиланням на}",
        ),
        Role.ARCHIVE: (
            "{archived|archiviert|archivé|archivado|archiviato|arquivado|архивировано|заархивировано|архівовано}",
            "{archived|preserved|saved|cached} {at|on|by|here|copy|version}",
            "{archive|archived|cached|saved} {copy|version|page|snapshot} {at|on|in|here|from}",
            "{an |}archived {copy|version}",
            "{archiviert|gesichert} {bei|auf|unter|in|im|am|hier|vom original}",
            "{archivé|archivée|sauvegardé} {sur|par|dans|à|ici|le}",
            "{archivado|archivada|guardado} {en|por|desde|aquí|el}",
            "{archiviato|archiviata|salvato} {su|in|da|presso|qui|il}",
            "{arquivado|arquivada|guardado} {em|no|na|por|pelo|aqui}",
            "{архивировано|заархивировано|архивная копия|сохранено} {в|на|из|от|здесь}",
            "{архівовано|заархівовано|архівна копія|збережено} {в|у|на|з|із|тут}",
        ),
    }
)

LED = frozenset(
    text
    for pattern in (
        "{published|posted|appeared|printed} {at|on|in|by|here|under}",
        "{erschienen|veröffentlicht|erschien} {bei|auf|in|im|am|unter}",
        "{bei|auf|in|im} {erschienen|veröffentlicht}",
        "{publié|paru} {sur|dans|par|le|ici}",
        "{publicado|publicó} {en|por|el|em|no|na|pelo|pela}",
        "{pubblicato|apparso} {su|in|da|sul|sulla|nel}",
        "{опубликован|опубликована|опубликовано|вышла|вышел} {в|на|во}",
        "{опублікований|опублікована|опубліковано|вийшла|вийшов} {в|на|у}",
    )
    for text in spread(pattern)
)
"""Phrases that tell of the original only after a lead: a study "published in" a journal is none."""

LEADS = tuple(
    text
    for pattern in (
        "{this|the} {article|story|post|piece|text|report|essay|interview|column} {|was |is |has been |were }",
        "{a version of |an earlier version of }this {article|story|post|piece} {|was |has been }",
        "{dieser|der} {artikel|beitrag|text} {|ist |wurde }",
        "{cet article|ce texte|ce billet|l'article} {|a été |a d'abord été |est }",
        "{este|el} {artículo|texto} {|fue |se |ha sido }",
        "{questo articolo|questo testo|l'articolo} {|è stato |è }",
        "{este|o} {artigo|texto} {|foi }",
        "{статья|материал|текст|эта статья|этот материал|этот текст} {|был |была }",
        "{стаття|матеріал|текст|ця стаття|цей матеріал|цей текст} {|був |була }",
    )
    for text in spread(pattern)
)
"""What sentences about the article itself begin with, before a phrase: "This article was" published at ..."""

GENERIC = frozenset(
    word
    for words in (
        "more context background notes note photo data credit credits ref refs",
        "mehr weiteres hintergrund siehe dazu hierzu foto",
        "lire voir dossier contexte contexto contesto notas",
        "контекст подробности подробнее рекомендуем смотри фото",
        "подробиці детальніше докладніше рекомендуємо дивись",
    )
    for word in words.split()
)
"""Signs that mean something else where they are a heading."""

KEYS = {
    key: role
    for role, keys in {
        Role.CANONICAL: "url canonical canonical-url canonicalurl permalink",
        Role.ORIGINAL: "original original-url originalurl original-link source-url sourceurl origin",
        Role.IMAGE: "image images cover cover-image coverimage thumbnail thumb hero banner photo logo",
        Role.RELATED: "related related-links related-articles see-also",
        Role.ARCHIVE: "archive archive-url archiveurl archived wayback",
        Role.EMBED: "video audio embed iframe",
    }.items()
    for key in keys.split()
}
"""What keys of front matter say, `_` written `-`; those that are not here say `citation`."""
