"""Pages as the real web has them, made from memory: those that only look like what was cited, and honest ones alike.

Each is a body with the words that such pages have, in the frame of a site: its navigation above, its footer below.
"""

from typing import NamedTuple

from linkcheck.model import Verdict

# ruff: noqa: E501, FLY002, RUF001 - pages are long lines and lists of them, in many scripts

URL = "https://site.test/section/some-page-1234"


class Wild(NamedTuple):
    """One page, and what is to be said of it."""

    name: str
    verdict: Verdict
    body: str
    status: int = 200
    url: str = URL
    end: str = ""
    headers: tuple[tuple[str, str], ...] = ()


_NAVIGATION = {
    "en": "Home Shop New Sale Women Men Kids About us Contact Search Basket My account",
    "ja": "ホーム 商品一覧 新着 セール お問い合わせ 会社概要 カート マイページ",
    "ar": "الرئيسية المنتجات العروض من نحن اتصل بنا السلة حسابي",
    "de": "Startseite Produkte Neuheiten Angebote Über uns Kontakt Suche Warenkorb Mein Konto",
}
_FOOTER = {
    "en": "Customer service Delivery Returns Sizes Gift cards Careers Press Terms of use Privacy Cookies Imprint Newsletter Follow us © 2026 Site",
    "ja": "特定商取引法に基づく表記 プライバシーポリシー 利用規約 © 2026",
    "ar": "سياسة الخصوصية الشروط والأحكام خدمة العملاء © 2026",
    "de": "Kundenservice Versand Rückgabe Gutscheine Karriere Presse AGB Datenschutz Impressum Newsletter © 2026",
}


def framed(title: str, main: str, language: str = "en", head: str = "") -> str:
    """Put the content of a page into its site."""
    near = _NAVIGATION.get(language, _NAVIGATION["en"])
    far = _FOOTER.get(language, _FOOTER["en"])
    links = "".join(f"<li><a href=/{place}>{word}</a>" for place, word in enumerate(near.split()))
    more = "".join(f"<a href=/f{place}>{word}</a> " for place, word in enumerate(far.split()))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><header><nav><ul>{links}</ul></nav></header><main>{main}</main><footer>{more}</footer></body></html>"
    )


_LOST_SHOPS = {
    "en": ("Product not found | Shop", "Sorry, this product is no longer available", "The item you are looking for has been removed or sold out. Have a look at our bestsellers."),
    "de": ("Artikel nicht gefunden - Shop", "Dieser Artikel ist nicht mehr verfügbar", "Leider konnten wir das gewünschte Produkt nicht finden. Vielleicht gefallen Ihnen unsere Bestseller."),
    "fr": ("Produit introuvable - Boutique", "Ce produit n'est plus disponible", "Nous sommes désolés, le produit que vous cherchez n'existe plus. Découvrez nos meilleures ventes."),
    "es": ("Producto no encontrado | Tienda", "Este producto ya no está disponible", "Lo sentimos, el artículo que buscas ya no existe en nuestra tienda. Mira nuestras novedades."),
    "it": ("Prodotto non trovato | Negozio", "Questo prodotto non è più disponibile", "Spiacenti, l'articolo che stai cercando non esiste più. Scopri le novità."),
    "pt": ("Produto não encontrado - Loja", "Este produto não está mais disponível", "Desculpe, o produto que você procura não existe mais. Veja nossos lançamentos."),
    "nl": ("Product niet gevonden | Winkel", "Dit product is niet meer beschikbaar", "Helaas, het artikel dat je zoekt bestaat niet meer. Bekijk onze bestsellers."),
    "sv": ("Produkten hittades inte | Butik", "Produkten finns inte längre", "Tyvärr kunde vi inte hitta produkten du söker. Se våra nyheter."),
    "da": ("Produktet blev ikke fundet", "Produktet findes ikke længere", "Beklager, varen du leder efter er ikke længere tilgængelig. Se vores nyheder."),
    "nb": ("Produktet ble ikke funnet", "Produktet finnes ikke lenger", "Beklager, vi fant ikke varen du leter etter. Se nyhetene våre."),
    "fi": ("Tuotetta ei löytynyt | Kauppa", "Tuotetta ei löytynyt", "Valitettavasti etsimääsi tuotetta ei ole enää saatavilla. Katso uutuudet."),
    "pl": ("Nie znaleziono produktu | Sklep", "Produkt nie został znaleziony", "Przepraszamy, ten produkt nie jest już dostępny. Zobacz nasze nowości."),
    "cs": ("Produkt nenalezen | Obchod", "Produkt nebyl nalezen", "Omlouváme se, hledaný produkt již není v nabídce. Podívejte se na novinky."),
    "sk": ("Produkt sa nenašiel | Obchod", "Produkt sa nenašiel", "Ľutujeme, hľadaný produkt už nie je dostupný. Pozrite si novinky."),
    "hu": ("A termék nem található | Bolt", "A keresett termék nem található", "Sajnáljuk, a keresett termék már nem elérhető. Nézze meg újdonságainkat."),
    "ro": ("Produsul nu a fost găsit | Magazin", "Produsul nu mai este disponibil", "Ne pare rău, produsul căutat nu mai există. Vezi noutățile noastre."),
    "tr": ("Ürün bulunamadı | Mağaza", "Aradığınız ürün bulunamadı", "Üzgünüz, bu ürün artık mevcut değil. Yeni gelenlere göz atın."),
    "ru": ("Товар не найден | Магазин", "Товар не найден", "К сожалению, этот товар больше не доступен. Посмотрите наши новинки."),
    "uk": ("Товар не знайдено | Крамниця", "Товар не знайдено", "На жаль, цей товар більше не доступний. Перегляньте наші новинки."),
    "el": ("Το προϊόν δεν βρέθηκε | Κατάστημα", "Το προϊόν δεν βρέθηκε", "Λυπούμαστε, το προϊόν που ζητάτε δεν υπάρχει πλέον. Δείτε τα νέα προϊόντα."),
    "ja": ("商品が見つかりません | ショップ", "お探しの商品が見つかりませんでした", "申し訳ございません。この商品は現在お取り扱いしておりません。"),
    "ko": ("상품을 찾을 수 없습니다", "상품을 찾을 수 없습니다", "죄송합니다. 요청하신 상품이 존재하지 않습니다. 신상품을 확인해 보세요."),
    "zh": ("商品不存在 - 商城", "抱歉，您访问的商品不存在", "该商品已下架或链接有误，请浏览其他商品。"),
    "ar": ("المنتج غير موجود | المتجر", "المنتج غير موجود", "عذرا، المنتج الذي تبحث عنه لم يعد متوفرا. تصفح أحدث المنتجات."),
    "he": ("המוצר לא נמצא | חנות", "המוצר לא נמצא", "מצטערים, המוצר שחיפשת אינו קיים עוד. ראו את החדשים שלנו."),
    "vi": ("Không tìm thấy sản phẩm", "Không tìm thấy sản phẩm", "Rất tiếc, sản phẩm bạn tìm không còn tồn tại. Xem hàng mới."),
    "id": ("Produk tidak ditemukan", "Produk tidak ditemukan", "Maaf, produk yang Anda cari sudah tidak tersedia. Lihat produk baru."),
    "th": ("ไม่พบสินค้า", "ไม่พบสินค้าที่คุณต้องการ", "ขออภัย สินค้านี้ไม่มีจำหน่ายแล้ว"),
}  # fmt: skip

_P = "<p>"
PROSE = {
    "en": _P + "</p><p>".join([
        "The council met on Saturday in the old customs house and voted with nine to four to keep the lighthouse lit for another winter.",
        "Its keeper, who has climbed the hundred and twelve steps twice a day since 1988, said that he had expected nothing else of them.",
        "Fishermen from three villages had come to listen, and some of them spoke for the first time in their lives before so many people.",
        "The harbour office will publish the costs in spring, when the new lamp has been tested in fog, and when the old one has gone to the museum.",
        "A second vote, about the road to the pier, was put off until the engineers have looked at the damage of the last storm.",
    ]) + "</p>",
    "ja": _P + "</p><p>".join([
        "港湾評議会は土曜日に旧税関で会合を開き、九対四の賛成多数で、灯台をもう一冬ともし続けることを決めた。",
        "一九八八年から毎日二回、百十二段の階段を上り下りしてきた灯台守は、ほかの結論は考えられなかったと語った。",
        "三つの村から漁師たちが傍聴に訪れ、これほど大勢の前で話すのは生まれて初めてだという人もいた。",
        "費用は春に公表される予定で、それまでに新しいランプが霧の中で試験され、古いランプは博物館に移される。",
    ]) + "</p>",
    "ar": _P + "</p><p>".join([
        "اجتمع مجلس الميناء يوم السبت في مبنى الجمارك القديم وصوت بأغلبية تسعة أصوات مقابل أربعة لإبقاء المنارة مضاءة شتاء آخر.",
        "وقال حارسها الذي يصعد مئة واثنتي عشرة درجة مرتين كل يوم منذ عام ألف وتسعمئة وثمانية وثمانين إنه لم يتوقع غير ذلك.",
        "وجاء الصيادون من ثلاث قرى ليستمعوا إلى النقاش، وتحدث بعضهم أمام هذا العدد من الناس لأول مرة في حياته.",
        "وسينشر مكتب الميناء التكاليف في الربيع بعد تجربة المصباح الجديد في الضباب ونقل القديم إلى المتحف.",
    ]) + "</p>",
}  # fmt: skip


def _article(title: str, lead: str, language: str = "en", head: str = "") -> str:
    dated = '<meta property="article:published_time" content="2024-03-02T08:00:00Z">'
    text = PROSE.get(language, PROSE["en"])
    return framed(
        f"{title} - The Gazette", f"<article><h1>{title}</h1><p>{lead}</p>{text}</article>", language, dated + head
    )


LOST = [Wild(f"shop-{language}", Verdict.SOFT_404, framed(title, f"<h1>{heading}</h1><p>{text}</p>", language)) for language, (title, heading, text) in _LOST_SHOPS.items()] + [
    Wild("forum-topic", Verdict.SOFT_404, framed("Information - Boats Forum", "<h2>Information</h2><p>The requested topic does not exist.</p>")),
    Wild("forum-thread", Verdict.SOFT_404, framed("vBulletin Message - Boats", "<h2>vBulletin Message</h2><p>Invalid Thread specified. If you followed a valid link, please notify the administrator.</p>")),
    Wild("forum-xenforo", Verdict.SOFT_404, framed("Oops! We ran into some problems. | Boats", "<h1>Oops! We ran into some problems.</h1><p>The requested thread could not be found.</p>")),
    Wild("forum-discuz", Verdict.SOFT_404, framed("提示信息 - 论坛", "<p>抱歉，指定的主题不存在或已被删除或正在被审核</p>", "zh")),
    Wild("forum-phpbb-de", Verdict.SOFT_404, framed("Bootsforum - Information", "<h2>Information</h2><p>Das angeforderte Thema existiert nicht.</p>", "de")),
    Wild("wiki-no-article", Verdict.SOFT_404, framed("Lighthouse of Anker - Coastpedia", "<h1>Lighthouse of Anker</h1><p>There is currently no text in this page. You can search for this page title in other pages, search the related logs, or create this page.</p>")),
    Wild("wiki-no-article-de", Verdict.SOFT_404, framed("Leuchtturm Anker – Küstenwiki", "<h1>Leuchtturm Anker</h1><p>Diese Seite enthält momentan noch keinen Text. Du kannst ihren Titel auf anderen Seiten suchen oder die zugehörigen Logbücher betrachten.</p>", "de")),
    Wild("dokuwiki", Verdict.SOFT_404, framed("anker [Coast Wiki]", "<h1>This topic does not exist yet</h1><p>You've followed a link to a topic that doesn't exist yet. If permissions allow, you may create it by clicking on Create this page.</p>")),
    Wild("video-gone", Verdict.SOFT_404, framed("Video unavailable", "<h1>Video unavailable</h1><p>This video is no longer available because the account associated with it has been terminated.</p>")),
    Wild("job-expired", Verdict.SOFT_404, framed("Job expired | Work", "<h1>This job is no longer available</h1><p>The position you are looking for has been filled or has expired. See similar jobs.</p>")),
    Wild("listing-sold", Verdict.SOFT_404, framed("Listing not found", "<h1>We can't find this listing</h1><p>It may have been removed by its owner, or the address is wrong.</p>")),
    Wild("profile-gone", Verdict.SOFT_404, framed("User not found", "<h1>This account doesn’t exist</h1><p>Try searching for another.</p>")),
    Wild("github-404", Verdict.SOFT_404, framed("Page not found · GitHub", "<p>404</p><p>This is not the web page you are looking for.</p><p>Find code, projects, and people on GitHub:</p>")),
    Wild("gitlab-404", Verdict.SOFT_404, framed("Not Found (404)", "<h1>404: Page not found</h1><p>Make sure the address is correct and the page hasn't moved. Please contact your GitLab administrator if you think this is a mistake.</p>")),
    Wild("notion", Verdict.SOFT_404, framed("This page couldn’t be found", "<p>This page couldn’t be found. You may not have access, or it might have been deleted or moved. Check the link and try again.</p>")),
    Wild("google-drive", Verdict.SOFT_404, "<html><head><title>Error</title></head><body><p>Sorry, the file you have requested does not exist.</p><p>Make sure that you have the correct URL and the file exists.</p></body></html>"),
    Wild("s3-xml-as-html", Verdict.SOFT_404, "<html><body><h1>404 Not Found</h1><ul><li>Code: NoSuchKey<li>Message: The specified key does not exist.<li>Key: reports/2019/annual.html<li>RequestId: 4442587FB7D0A2F9</ul></body></html>"),
    Wild("moved-away", Verdict.SOFT_404, framed("Page not available", "<h1>The page you requested is no longer available at this address</h1><p>We have redesigned our website. Please update your bookmarks, and use the search to find what you need.</p>")),
    Wild("story-removed", Verdict.SOFT_404, framed("Story removed", "<h1>This article has been removed</h1><p>It is no longer available for legal reasons. See the latest stories.</p>")),
    Wild("big-404", Verdict.SOFT_404, framed("404 | Metro University", "<h1>Oh no! This page walked the plank.</h1><p>We looked everywhere, but the page you're looking for isn't here. " + "Try our departments: biology, physics, chemistry, history, law, medicine, music, geology. " * 4 + "</p>")),
    Wild("cgi-error", Verdict.SOFT_404, "<HTML><HEAD><TITLE>Document Not Found</TITLE></HEAD><BODY><H2>The document you requested could not be located on this server.</H2></BODY></HTML>"),
]  # fmt: skip

_CAF = '<script src="https://www.google.com/adsense/domains/caf.js"></script>'
PARKED = [
    Wild("sedo", Verdict.USURPED, f"<html><head><title>site.test&nbsp;-&nbsp;This website is for sale!&nbsp;-&nbsp;site Resources and Information.</title>{_CAF}</head><body><div>Buy this domain</div><div>The domain site.test is for sale by its owner!</div><div>site.test has been informing visitors about topics such as Boats, Harbours and Hotels. Join thousands of satisfied visitors.</div><p>This webpage was generated by the domain owner using Sedo Domain Parking. Disclaimer: Sedo maintains no relationship with third party advertisers.</p></body></html>"),
    Wild("godaddy", Verdict.USURPED, "<!DOCTYPE html><html><head><title>site.test</title></head><body><h1>site.test</h1><p>is parked free, courtesy of GoDaddy.com.</p><a href=https://www.godaddy.com/domainsearch>Get This Domain</a></body></html>"),
    Wild("godaddy-lander", Verdict.USURPED, '<!doctype html><html><head><script>window.onload=function(){window.location.href="/lander"}</script></head><body></body></html>'),
    Wild("afternic", Verdict.USURPED, "<html><head><title>site.test is for sale</title></head><body><h1>site.test is for sale</h1><p>Get a price in less than 24 hours. Fill out the form below. One of our domain experts will have a price to you within 24 business hours.</p><form><input name=name><input name=email type=email></form><p>Afternic, LLC. 1999-2026 All rights reserved.</p></body></html>"),
    Wild("dan", Verdict.USURPED, "<html><head><title>The domain name site.test is for sale | Dan.com</title></head><body><h1>The domain name site.test is for sale!</h1><p>Buy now for USD 4,999 or lease to own. Free Ownership transfer. Free Transaction support. Secure payments.</p></body></html>"),
    Wild("hugedomains", Verdict.USURPED, "<html><head><title>Site.test is for sale | HugeDomains</title></head><body><h1>Site.test</h1><p>This domain is for sale: $2,895</p><p>Buy now or start a payment plan. 30-day money back guarantee. Quick delivery of the domain. Safe and secure shopping. Questions? Talk to a domain expert: 1-303-893-0552</p></body></html>"),
    Wild("namecheap-expired", Verdict.USURPED, "<html><head><title>site.test - Registered at Namecheap.com</title></head><body><p>site.test</p><p>This domain has expired. If you are the owner, please renew it at Namecheap.</p><p>Registered at Namecheap.com</p></body></html>"),
    Wild("js-redirect-parking", Verdict.USURPED, "<html><head><script>window.park = 'eyJ1dWlkIjoiYWJj';</script><script src='/bJpqPzTxT.js'></script></head><body style='opacity:0'></body></html>"),
    Wild("bodis", Verdict.USURPED, f"<html><head><title>site.test</title>{_CAF}</head><body><p>Related searches:</p><ul><li><a href=/?q=1>Boat Insurance</a><li><a href=/?q=2>Cheap Flights</a><li><a href=/?q=3>Harbour Hotels</a><li><a href=/?q=4>Cruise Deals</a><li><a href=/?q=5>Yacht Charter</a></ul><p>Privacy Policy</p></body></html>"),
    Wild("sedo-de", Verdict.USURPED, "<html><head><title>site.test steht zum Verkauf</title></head><body><h1>Diese Domain steht zum Verkauf</h1><p>Die Domain site.test wird vom Inhaber zum Verkauf angeboten. Jetzt Preis anfragen.</p></body></html>"),
    Wild("registrar-ru", Verdict.USURPED, "<html><head><title>Домен site.test продаётся</title></head><body><h1>Домен site.test продаётся</h1><p>Купить домен можно через магазин доменов REG.RU. Стоимость: 50 000 рублей.</p></body></html>"),
    Wild("japan-auction", Verdict.USURPED, "<html><head><title>site.test</title></head><body><h1>site.test</h1><p>このドメインはお名前.comで取得されています。このドメインは売り出し中です。</p></body></html>"),
]  # fmt: skip

_CF = (("server", "cloudflare"), ("cf-mitigated", "challenge"))
WALLS = [
    Wild(f"{name}-{status}", Verdict.BLOCKED, body, status, headers=headers)
    for name, body, headers in [
        ("cloudflare", '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript><script>(function(){window._cf_chl_opt={cvId:"3"};})();</script></body></html>', _CF),
        ("akamai", "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access \"http&#58;&#47;&#47;site&#46;test&#47;\" on this server.<P>Reference&#32;&#35;18&#46;2d351ab8&#46;1557333295&#46;a4e16ab<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;2d351ab8</BODY></HTML>", (("server", "AkamaiGHost"),)),
        ("imperva", '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body style="margin:0px;height:100%"><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=1" frameborder=0 width="100%" height="100%">Request unsuccessful. Incapsula incident ID: 877000290179226534-39</iframe></body></html>', ()),
        ("datadome", '<html lang="en"><head><title>site.test</title></head><body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">var dd={"rt":"c","cid":"AHrlqA","hsh":"2211F522","t":"bv","host":"geo.captcha-delivery.com"}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>', (("server", "DataDome"),)),
        ("perimeterx", '<!DOCTYPE html><html lang="en"><head><title>Access to this page has been denied</title></head><body><h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1><div id="px-captcha"></div><script>window._pxAppId="PX1";</script></body></html>', ()),
        ("aws-waf", '<!DOCTYPE html><html lang="en"><head><title></title><script>window.gokuProps = {"key":"A"};</script><script src="https://x.token.awswaf.com/x/challenge.js"></script></head><body><div id="challenge-container"></div><noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify that you\'re not a robot. This requires JavaScript.</noscript></body></html>', ()),
        ("anubis", "<!doctype html><html lang=en><head><title>Making sure you&#39;re not a bot!</title><script id=anubis_challenge type=application/json>{}</script></head><body><h1>Making sure you&#39;re not a bot!</h1><p>Loading... You are seeing this because the administrator of this website has set up Anubis to protect the server against the scourge of AI companies aggressively scraping websites.</p></body></html>", ()),
        ("google-sorry", "<html><head><title>https://site.test/section</title></head><body><form id=captcha-form><script src='https://www.google.com/recaptcha/api.js'></script><div class=g-recaptcha></div></form><p>Our systems have detected unusual traffic from your computer network. This page checks to see if it's really you sending the requests, and not a robot.</p></body></html>", ()),
    ]
    for status in (200, 403)
] + [
    Wild("login-google", Verdict.BLOCKED, "<!doctype html><html lang=en><head><title>Google Docs: Sign-in</title></head><body><h1>Sign in</h1><p>to continue to Docs</p><form><input type=email name=identifier><p>Forgot email? Not your computer? Use Guest mode to sign in privately. Create account</p></form></body></html>", url="https://docs.site.test/document/d/1AbC/edit", end="https://accounts.site.test/v3/signin/identifier?continue=https%3A%2F%2Fdocs.site.test%2Fdocument%2Fd%2F1AbC%2Fedit"),
    Wild("login-sharepoint", Verdict.BLOCKED, "<html><head><title>Sign in to your account</title></head><body><div id=lightbox><h1>Sign in</h1><form><input type=email name=loginfmt placeholder='Email, phone, or Skype'><input type=password name=passwd></form></div></body></html>", url="https://school.site.test/:w:/s/docs/Eabc", end="https://login.microsoftonline.test/common/oauth2/authorize?client_id=1"),
    Wild("geo-451", Verdict.BLOCKED, "<html><head><title>451: Unavailable due to legal reasons</title></head><body><h1>451: Unavailable due to legal reasons</h1><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area (EEA) including the EU which enforces the General Data Protection Regulation (GDPR) and therefore access cannot be granted at this time.</p></body></html>", 451),
    Wild("geo-200", Verdict.BLOCKED, framed("Access denied", "<h1>Access denied</h1><p>This content is not available in your region.</p>")),
    Wild("paywall-ld", Verdict.BLOCKED, framed("Harbour council votes - Times", '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script><h1>Harbour council votes</h1><p>The council voted on Saturday.</p><p>Subscribe to continue reading.</p>')),
    Wild("members-only", Verdict.BLOCKED, framed("Login required", "<h1>You must be logged in to view this page</h1><form><input name=user><input type=password name=password><button>Log in</button></form>")),
]  # fmt: skip

TROUBLE = [
    Wild("maintenance", Verdict.UNREACHABLE, "<html><head><title>Site Maintenance</title></head><body><h1>We&rsquo;ll be back soon!</h1><p>Sorry for the inconvenience but we&rsquo;re performing some maintenance at the moment. We&rsquo;ll be back online shortly!</p></body></html>"),
    Wild("wordpress-maintenance", Verdict.UNREACHABLE, "<html><head><title>Maintenance</title></head><body><h1>Briefly unavailable for scheduled maintenance. Check back in a minute.</h1></body></html>"),
    Wild("wordpress-database", Verdict.UNREACHABLE, "<html><head><title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body></html>"),
    Wild("magento", Verdict.UNREACHABLE, "<html><head><title>There has been an error processing your request</title></head><body><h1>There has been an error processing your request</h1><p>Exception printing is disabled by default for security reasons. Error log record number: 1234567890</p></body></html>"),
]  # fmt: skip

HONEST = [
    Wild("news-hacked", Verdict.ALIVE, _article("Hackers deface council website", "Visitors of the council's website saw a page that said it was hacked, and for hours nothing but an error 404 was found.")),
    Wild("news-404-art", Verdict.ALIVE, _article("Page not found: how the 404 became an art form", "Designers have made the error page the most loved page of many sites.")),
    Wild("news-casino", Verdict.ALIVE, _article("Casino on the pier closes after forty years", "The casino, whose slot machines, roulette and poker tables had drawn gamblers from the whole coast, lost its licence.")),
    Wild("news-lottery", Verdict.ALIVE, _article("Online betting and slots: council warns of gambling sites", "Online casino and sports betting sites promise a jackpot and a welcome bonus, and ruin families.")),
    Wild("news-domain", Verdict.ALIVE, _article("Domain names for sale: the trade in parked domains", "Whoever reads that this domain is for sale has met the business of parking.")),
    Wild("news-missing", Verdict.ALIVE, _article("Missing: the boat that could not be found", "Divers looked for nine days, and the wreck has not been found. The search has been removed from the plan.")),
    Wild("news-blocked", Verdict.ALIVE, _article("Access denied: journalists kept out of the harbour", "The port authority denied access to the pier, and reporters had to ask for permission.")),
    Wild("news-captcha", Verdict.ALIVE, _article("Are you a robot? Why captchas annoy everybody", "Just a moment, says the page, while it is checking your browser and whether you are human.")),
    Wild("news-maintenance", Verdict.ALIVE, _article("Bridge closed for maintenance until May", "The bridge is temporarily unavailable, says the office, which apologises for the inconvenience.")),
    Wild("doc-404", Verdict.ALIVE, framed("404 Not Found - HTTP | Web Docs", "<article><h1>404 Not Found</h1><p>The HTTP 404 Not Found client error response status code indicates that the server cannot find the requested resource. Links that lead to a 404 page are often called broken or dead links and can be subject to link rot.</p><h2>Syntax</h2><pre>404 Not Found</pre><h2>Description</h2><p>A 404 status code only indicates that the resource is missing without indicating whether this is temporary or permanent. If a resource is permanently removed, servers should send the 410 Gone status instead. Server administrators can display a custom page that helps people to find what they were looking for.</p><h2>Examples</h2><p>A custom page is set up in Apache with ErrorDocument 404 /notfound.html, in nginx with error_page. The server then answers with the page's content and the status 404.</p><h2>Specifications</h2><p>RFC 9110, HTTP Semantics, section 15.5.5.</p><h2>See also</h2><p>410 Gone, ErrorDocument, link rot, and the glossary.</p></article>"), url="https://docs.site.test/en-US/docs/Web/HTTP/Status/404"),
    Wild("doc-403", Verdict.ALIVE, framed("How to fix error 403 Forbidden", "<article><h1>How to fix the 403 Forbidden error</h1>" + PROSE["en"] + "<p>Access denied? Check the file permissions first: directories need 755, files 644.</p></article>")),
    Wild("doc-ioerror", Verdict.ALIVE, framed("FileNotFoundError — Python documentation", "<article><h1>exception FileNotFoundError</h1><p>Raised when a file or directory is requested but doesn’t exist. Corresponds to errno ENOENT.</p><h1>exception InterruptedError</h1><p>Raised when a system call is interrupted by an incoming signal. Corresponds to errno EINTR. Python now retries system calls when a syscall is interrupted by a signal.</p><h1>exception PermissionError</h1><p>Raised when trying to run an operation without the adequate access rights, for example filesystem permissions.</p></article>")),
    Wild("help-login", Verdict.ALIVE, framed("How to log in - Help centre", "<article><h1>How to log in</h1><p>Open the app and choose Sign in. Enter your e-mail address and password. If you have forgotten your password, choose Forgot password and follow the link in the e-mail.</p><h2>You must be logged in to see this page?</h2><p>Some pages are only shown to members. Log in first, then open the link again. If access is denied all the same, ask the owner of the page to share it with you.</p></article>"), url="https://help.site.test/articles/how-to-log-in"),
    Wild("header-login", Verdict.ALIVE, framed("The lighthouse stays lit", "<form action=/login><input name=user><input type=password name=pass><button>Log in</button></form><article><h1>The lighthouse stays lit</h1>" + PROSE["en"] + "</article>")),
    Wild("short-page-with-login", Verdict.ALIVE, framed("Opening hours", "<form action=/login><input name=user><input type=password name=pass><button>Log in</button></form><article><h1>Opening hours</h1><p>The museum is open from Tuesday to Sunday, ten to six; on Thursdays until nine. On Mondays it is closed. Children up to twelve years pay nothing, and dogs wait outside.</p><p>The last tour of the lamp room begins an hour before we close.</p></article>")),
    Wild("out-of-stock", Verdict.ALIVE, framed("Brass ship's lamp, 30 cm | Shop", "<h1>Brass ship's lamp, 30 cm</h1><p>€ 149.00</p><p>Out of stock. This item is currently not available. E-mail me when it is back.</p><h2>Description</h2><p>Solid brass, hand polished, with a Fresnel lens of pressed glass. Height 30 cm, weight 2.4 kg. Wired for E27 lamps up to 40 W, with two metres of cotton cable. Made in Denmark since 1934 by the same family of lampmakers.</p><h2>Reviews (12)</h2><p>A lovely lamp, well packed. It hangs over our table, and everybody asks where it is from.</p>"), url="https://shop.site.test/p/brass-ships-lamp"),
    Wild("out-of-stock-short", Verdict.ALIVE, framed("Sea boots, yellow | Shop", "<h1>Sea boots, yellow</h1><p>€ 59.00</p><p>Sold out</p><p>Rubber boots with a warm lining, sizes 36 to 47. Made in Portugal.</p>")),
    Wild("search-empty", Verdict.ALIVE, framed("Search the archive", "<h1>Search the archive</h1><form><input name=q><button>Search</button></form><p>Enter a word, a name or a year. The archive holds 41,000 pages of the paper from 1871 to today, read by machine and corrected by volunteers.</p>"), url="https://site.test/archive/search"),
    Wild("cookie-consent", Verdict.ALIVE, framed("The lighthouse stays lit", "<div role=dialog><h2>We value your privacy</h2><p>We and our 842 partners store and/or access information on a device. Accept all. Reject all. More options. The site is not available without JavaScript in some regions.</p></div><article><h1>The lighthouse stays lit</h1>" + PROSE["en"] + "</article>")),
    Wild("blog-404-day", Verdict.ALIVE, framed("404 days at sea", "<article><h1>404 days at sea</h1>" + PROSE["en"] + "</article>")),
    Wild("room-404", Verdict.ALIVE, framed("Room 404 - Hotel Anker", "<h1>Room 404</h1><p>Our smallest double room, on the fourth floor, with a view of the harbour. 14 square metres, bed 1.60 m, shower, desk, and a window that opens. From € 89 a night with breakfast.</p>")),
    Wild("peugeot-405", Verdict.ALIVE, framed("Peugeot 404 - Cars", "<h1>Peugeot 404</h1><p>The Peugeot 404 is a large family car that was built from 1960 to 1975. Styled by Pininfarina, it was offered as a saloon, an estate, a coupé and a pickup. It won the Safari Rally in 1963, 1966, 1967 and 1968.</p>")),
    Wild("area-code-503", Verdict.ALIVE, framed("503 Mercury Street, Portland", "<h1>503 Mercury Street</h1><p>A family house with four rooms and a garden. Built in 1921, new roof in 2019, walking distance to the river. Viewings on Saturdays; please call first.</p>")),
    Wild("news-ja", Verdict.ALIVE, _article("灯台の存続決まる", "港の灯台は今後もともり続ける。", "ja")),
    Wild("news-ar", Verdict.ALIVE, _article("المنارة تبقى مضاءة", "قرر المجلس الإبقاء على المنارة.", "ar")),
    Wild("news-ja-missing", Verdict.ALIVE, _article("行方不明の漁船、見つかりません", "捜索は九日間続いたが、船はまだ見つかりません。", "ja")),
    Wild("news-ar-missing", Verdict.ALIVE, _article("القارب المفقود غير موجود في الميناء", "استمر البحث تسعة أيام.", "ar")),
    Wild("obituary", Verdict.ALIVE, framed("In memory of Grete Holm", "<article><h1>Grete Holm is gone</h1><p>Our founder and friend died on Sunday at the age of 91. She is missed by her children, her students, and everybody who ever bought a book from her. The shop stays closed on Friday.</p></article>")),
    Wild("coming-soon-film", Verdict.ALIVE, framed("Coming soon - Cinema Anker", "<h1>Coming soon</h1><ul><li>The Keeper (12 March)<li>Salt and Rope (19 March)<li>A Winter in Skagen (26 March)<li>The Last Ferry (2 April)<li>Two Oars (9 April)<li>Fog (16 April)<li>North by Night (23 April)</ul>")),
    Wild("broken-link-tool", Verdict.ALIVE, framed("Broken Link Checker - find dead links", "<h1>Find broken links on your site</h1><p>Enter your address and get a list of all links that lead to a page not found, with the pages on which they stand. Free for up to 3,000 pages. No account needed.</p><form><input type=url name=u><button>Check</button></form>")),
    Wild("domain-shop", Verdict.ALIVE, framed("Register a domain name - Harbour Hosting", "<h1>Register a domain name</h1><p>Find the right name for your project. Domains from € 6 a year, with DNS, forwarding and e-mail. Transfer your domain in minutes; our support speaks four languages and answers at night, too.</p><form><input name=domain><button>Search</button></form>"), url="https://hosting.site.test/domains"),
    Wild("faq-account", Verdict.ALIVE, framed("Why has my account been suspended? - FAQ", "<article><h1>Why has my account been suspended?</h1><p>Accounts are suspended when invoices are not paid for sixty days, or when somebody has reported abuse. Write to us, and we will look into it within two days. Your data is kept for ninety days.</p></article>")),
    Wild("status-page", Verdict.ALIVE, framed("Harbour status", "<h1>All systems operational</h1><p>API: operational. Website: operational. Webcams: operational.</p><h2>Past incidents</h2><p>12 March: Webcams temporarily unavailable, service unavailable for 40 minutes, resolved. 3 February: Internal server error on the API, resolved.</p>"), url="https://status.site.test/history"),
    Wild("error-log-question", Verdict.ALIVE, framed("nginx returns 502 Bad Gateway after upgrade - Ask", "<h1>nginx returns 502 Bad Gateway after upgrade</h1><p>After upgrading to 1.25 my server answers 502 Bad Gateway to every second request. The log says upstream prematurely closed connection. What have I missed? My configuration is below; the upstream is a small application that listens on a socket.</p><p>Answer: raise the buffers, and see whether the socket's backlog is full. It was the backlog. Thanks!</p>")),
    Wild("gone-book", Verdict.ALIVE, framed("Gone with the Wind by Margaret Mitchell", "<h1>Gone with the Wind</h1><p>Margaret Mitchell. Macmillan, New York, 1936. 1,037 pages. First edition, first printing, in the original dust jacket; some wear at the corners. Signed on the title page.</p>")),
]  # fmt: skip
