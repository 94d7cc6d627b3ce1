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

_MORE = [
    Wild("de-article-missing", Verdict.ALIVE, _article("Vermisster Segler nicht gefunden","Die Suche nach dem Segler wurde eingestellt, das Boot wurde nicht gefunden.","de")),
    Wild("fr-article", Verdict.ALIVE, _article("Le trésor introuvable de la baie","Le navire est introuvable depuis trois siècles.","fr")),
    Wild("es-article", Verdict.ALIVE, _article("La lista que no existe","El alcalde dice que la lista no existe y que nunca ha sido eliminada.","es")),
    Wild("short-blog-undated", Verdict.ALIVE, framed("Notes","<h1>Lost and found</h1><p>I could not find my keys this morning; they have gone missing again. It turned out they were in the fridge. Moral: label everything, keep a spare set with the neighbours, and never carry groceries and keys in one hand. The cat, as usual, knew and said nothing about it all day long.</p>")),
    Wild("changelog", Verdict.ALIVE, framed("Release notes 4.2","<h1>Release notes 4.2</h1><ul><li>The old API has been removed.<li>The page editor is no longer available to guests.<li>Fixed: error 404 after login.<li>Fixed: file not found on Windows.<li>New: dark mode.<li>New: export to CSV and JSON.<li>The account page has moved to settings.</ul>")),
    Wild("deprecation", Verdict.ALIVE, framed("Package left-pad - Registry","<h1>left-pad</h1><p>This package has been deprecated. It is no longer maintained; use String.prototype.padStart instead.</p><p>npm i left-pad. Weekly downloads 1,024,000. Version 1.3.0. License WTFPL. Unpacked size 9.75 kB.</p>")),
    Wild("product-discontinued", Verdict.ALIVE, framed("Canon EOS 5D - Specs","<h1>Canon EOS 5D</h1><p>This product has been discontinued.</p><table><tr><td>Sensor<td>12.8 MP full frame<tr><td>Mount<td>EF<tr><td>Shutter<td>1/8000 s<tr><td>Weight<td>810 g<tr><td>Released<td>2005</table>")),
    Wild("event-past", Verdict.ALIVE, framed("Harbour concert 2019","<h1>Harbour concert</h1><p>This event has passed. 14 June 2019, 20:00, pier 4. With the brass band of Anker and the children's choir. Entrance free.</p>")),
    Wild("job-live", Verdict.ALIVE, framed("Lighthouse keeper (m/f/d) - Jobs","<h1>Lighthouse keeper</h1><p>We are looking for a keeper from March on. You like heights, fog and silence. Apply until 31 January with a letter of one page. The advertisement expires on 1 February; afterwards the position is no longer available.</p>")),
    Wild("empty-wp-category", Verdict.ALIVE, framed("Sailing - Blog","<h1>Category: Sailing</h1><article><h2>Winter berths</h2><p>Where to leave the boat from October to March, what it costs, and who has the crane. A list of all harbours between Anker and Skagen, with telephone numbers.</p></article>")),
    Wild("contact-form", Verdict.ALIVE, framed("Contact","<h1>Contact us</h1><form><input name=name><input type=email name=mail><textarea></textarea><div class=g-recaptcha></div><button>Send</button></form><p>Harbour office, Pier 4, 1234 Anker. Telephone 555 1234.</p>")),
    Wild("newspaper-casino-ad", Verdict.ALIVE, framed("The Gazette","<h1>Council keeps lighthouse</h1>"+PROSE["en"]+"<aside>Advertisement: online casino bonus, slots, jackpot</aside>")),
    Wild("bank-loans", Verdict.ALIVE, framed("Personal loans - Harbour Bank","<h1>Personal loans</h1><p>Borrow from € 1,000 to € 50,000 at 4.9 % APR. Calculate your monthly rate, apply online, and get an answer within a day. Representative example: € 10,000 over 60 months.</p>")),
    Wild("ru-article", Verdict.ALIVE, framed("Маяк останется","<h1>Маяк останется гореть</h1><p>Совет порта решил в субботу девятью голосами против четырёх, что маяк будет гореть ещё одну зиму. Смотритель, который поднимается по ступеням с 1988 года, сказал, что ничего другого не ждал. Рыбаки из трёх деревень пришли послушать.</p>")),
    Wild("ko-article", Verdict.ALIVE, framed("등대 유지 결정","<h1>등대 유지 결정</h1><p>항만 위원회는 토요일 옛 세관에서 회의를 열고 등대를 한 해 더 켜 두기로 결정했다. 등대지기는 다른 결정을 예상하지 않았다고 말했다. 어민들이 방청하러 왔다.</p>")),
    Wild("zh-article-missing", Verdict.ALIVE, framed("失踪渔船仍未找到","<h1>失踪渔船仍未找到</h1><p>搜救工作持续了九天，渔船仍然没有找到。港务局表示，搜索将在天气好转后继续进行，三个村庄的渔民也加入了搜寻。家属对搜救人员表示感谢，并希望不要放弃。港口的灯塔将彻夜点亮，为返航的船只指引方向。</p>","zh")),
    Wild("zh-soft", Verdict.SOFT_404, framed("页面不存在","<p>抱歉，您访问的页面不存在或已被删除</p>","zh")),
    Wild("tw-soft", Verdict.SOFT_404, framed("找不到頁面","<h1>找不到您要的網頁</h1>","zh")),
    Wild("hr-soft", Verdict.SOFT_404, framed("Stranica nije pronađena","<h1>Stranica nije pronađena</h1><p>Žao nam je.</p>","hr")),
    Wild("bg-soft", Verdict.SOFT_404, framed("Страницата не е намерена","<h1>Страницата не е намерена</h1>","bg")),
    Wild("lt-soft", Verdict.SOFT_404, framed("Puslapis nerastas","<h1>Puslapis nerastas</h1>","lt")),
    Wild("et-soft", Verdict.SOFT_404, framed("Lehte ei leitud","<h1>Lehte ei leitud</h1>","et")),
    Wild("fa-soft", Verdict.SOFT_404, framed("صفحه یافت نشد","<h1>صفحه مورد نظر یافت نشد</h1>","ar")),
    Wild("hi-soft", Verdict.SOFT_404, framed("पृष्ठ नहीं मिला","<h1>पृष्ठ नहीं मिला</h1>","hi")),
    Wild("sw-soft-number", Verdict.SOFT_404, framed("404 Ukurasa haujapatikana","<h1>404 Ukurasa haujapatikana</h1>","sw")),
    Wild("eu-soft-number", Verdict.SOFT_404, framed("404 - Orria ez da aurkitu","<h1>Orria ez da aurkitu</h1>","eu")),
    Wild("humor", Verdict.SOFT_404, framed("Whoops | Studio","<h1>Well, this is awkward.</h1><p>We can't seem to find the page you're looking for. Error code: 404</p>")),
    Wild("houston", Verdict.SOFT_404, framed("Studio","<h1>404</h1><h2>Houston, we have a problem</h2>")),
    Wild("medium-410", Verdict.SOFT_404, framed("Medium","<h1>410</h1><p>User deactivated or deleted their account.</p>")),
    Wild("weebly", Verdict.SOFT_404, framed("404 - Page Not Found","<p>404 - Page Not Found. Unfortunately the page you are looking for has been moved or deleted. Go to home page.</p>")),
    Wild("drupal", Verdict.SOFT_404, framed("Page not found | City of Anker","<h1>Page not found</h1><p>The requested page could not be found.</p>")),
    Wild("joomla-de", Verdict.SOFT_404, framed("Fehler: 404","<h1>Die angeforderte Seite konnte nicht gefunden werden.</h1><p>Sie können diese Seite nicht sehen aufgrund von: einem abgelaufenen Lesezeichen, einer falsch eingegebenen Adresse.</p>","de")),
    Wild("sharepoint", Verdict.SOFT_404, framed("Page not found","<h1>Sorry, something went wrong</h1><p>The resource you are looking for has been removed, had its name changed, or is temporarily unavailable.</p>")),
    Wild("iis", Verdict.SOFT_404, "<html><head><title>404 - File or directory not found.</title></head><body><h1>Server Error</h1><h2>404 - File or directory not found.</h2><h3>The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.</h3></body></html>"),
    Wild("tumblr", Verdict.SOFT_404, framed("Not found.","<h1>There's nothing here.</h1><p>Whatever you were looking for doesn't currently exist at this address. Unless you were looking for this error page, in which case: Congrats! You totally found it.</p>")),
    Wild("blogger", Verdict.SOFT_404, framed("Blog not found","<h1>Blog not found</h1><p>Sorry, the blog you were looking for does not exist. However, the name anker is available to register!</p>")),
    Wild("shopify-closed", Verdict.UNREACHABLE, framed("Anker store","<h1>Sorry, this store is currently unavailable.</h1><p>Are you the store owner? Log in here.</p>")),
    Wild("heroku", Verdict.SOFT_404, "<html><head><title>No such app</title></head><body><h1>No such app</h1><p>There's nothing here, yet. Build something amazing.</p></body></html>"),
    Wild("suspended", Verdict.SOFT_404, "<html><head><title>Account Suspended</title></head><body><h1>This Account has been suspended.</h1><p>Contact your hosting provider for more information.</p></body></html>"),
    Wild("epik", Verdict.USURPED, "<html><head><title>site.test domain name is for sale. Inquire now.</title></head><body><h1>site.test is for sale</h1><p>Inquire about this domain. Your name, your e-mail, your offer.</p></body></html>"),
    Wild("squadhelp", Verdict.USURPED, "<html><head><title>Site.test is available for purchase</title></head><body><h1>Site.test</h1><p>Premium domain name for sale. Make an offer or buy now.</p></body></html>"),
    Wild("fr-vendre", Verdict.USURPED, "<html><head><title>site.test - à vendre</title></head><body><h1>Ce nom de domaine est à vendre</h1></body></html>"),
    Wild("cn-parking", Verdict.USURPED, "<html><head><title>site.test 域名出售</title></head><body><h1>您正在访问的域名 site.test 可以出售</h1><p>联系QQ 12345</p></body></html>"),
    Wild("strikingly-hosting", Verdict.USURPED, "<html><head><title>site.test</title></head><body><p>This domain name has expired. Renew now at Network Solutions. Related Links</p><a href=/a>Insurance</a> <a href=/b>Cheap Flights</a> <a href=/c>Loans</a> <a href=/d>Hotels</a></body></html>"),
    Wild("cf-1020", Verdict.BLOCKED, "<html><head><title>Access denied | site.test used Cloudflare to restrict access</title></head><body><h1>Error 1020</h1><h2>Access denied</h2><p>You do not have access to site.test. The site owner may have set restrictions that prevent you from accessing the site. Ray ID: 7d9.</p></body></html>",403),
    Wild("cf-block", Verdict.BLOCKED, "<html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1><p>You are unable to access site.test</p></body></html>",403),
    Wild("ddg", Verdict.BLOCKED, "<html><head><title>DDOS-GUARD</title></head><body><p>Checking your browser before accessing site.test</p><script src=/.well-known/ddos-guard/check></script></body></html>",200),
    Wild("radware", Verdict.BLOCKED, "<html><head><title>Radware Captcha Page</title></head><body><h1>We apologize for the inconvenience...</h1><p>...but your activity and behavior on this site made us think that you are a bot. Please solve this CAPTCHA in helping us understand your behavior to grant access.</p></body></html>",200),
    Wild("reddit-block", Verdict.BLOCKED, "<html><head><title>Blocked</title></head><body><h1>whoa there, pardner!</h1><p>Your request has been blocked due to a network policy. Try logging in or creating an account here to get back to browsing.</p></body></html>",403),
    Wild("linkedin-authwall", Verdict.BLOCKED, "<html><head><title>Sign Up | LinkedIn</title></head><body><h1>Join LinkedIn</h1><form><input type=email><input type=password></form></body></html>",999),
    Wild("facebook-login", Verdict.BLOCKED, "<html><head><title>Log into Facebook</title></head><body><h1>Log Into Facebook</h1><p>You must log in to continue.</p><form><input name=email><input type=password></form></body></html>",200,end="https://www.site.test/login/?next=https%3A%2F%2Fsite.test%2Fsection%2Fsome-page-1234"),
    Wild("jp-login", Verdict.BLOCKED, framed("ログイン","<h1>ログイン</h1><form><input name=id><input type=password></form>","ja")),
    Wild("geo-de", Verdict.BLOCKED, framed("Nicht verfügbar","<h1>Zugriff verweigert</h1><p>Dieser Inhalt ist in Ihrem Land nicht verfügbar.</p>","de")),
    Wild("de-wartung", Verdict.UNREACHABLE, framed("Wartungsarbeiten","<h1>Wartungsarbeiten</h1><p>Wir sind bald zurück.</p>","de")),
    Wild("es-mant", Verdict.UNREACHABLE, framed("Sitio en mantenimiento","<h1>En mantenimiento</h1><p>Volvemos pronto.</p>","es")),
    Wild("php-fatal", Verdict.UNREACHABLE, "<br /><b>Fatal error</b>:  Uncaught Error: Call to undefined function mysql_connect() in /var/www/html/index.php:12"),
    Wild("asp-net", Verdict.UNREACHABLE, "<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1><h2>Runtime Error</h2><p>Description: An application error occurred on the server.</p></body></html>"),
    Wild("wp-critical", Verdict.UNREACHABLE, "<html><head><title>WordPress &rsaquo; Error</title></head><body><p>There has been a critical error on this website.</p><p>Learn more about troubleshooting WordPress.</p></body></html>"),
    Wild("rails", Verdict.UNREACHABLE, "<html><head><title>We're sorry, but something went wrong (500)</title></head><body><h1>We're sorry, but something went wrong.</h1></body></html>"),
]  # fmt: skip

LOST += [page for page in _MORE if page.verdict is Verdict.SOFT_404]
PARKED += [page for page in _MORE if page.verdict is Verdict.USURPED]
WALLS += [page for page in _MORE if page.verdict is Verdict.BLOCKED]
TROUBLE += [page for page in _MORE if page.verdict is Verdict.UNREACHABLE]
HONEST += [page for page in _MORE if page.verdict is Verdict.ALIVE]

_STUB = "<p>{0} was released in 1999 on the label Anker Records and reached number twelve in the charts of Denmark and Norway. It was recorded in six days in a boat shed, and mixed in London. Critics praised its songs and its sleeve, which was drawn by the singer's daughter. A second edition with four more songs followed in 2009. The band toured thirty cities, and parted in 2003.</p>"
HONEST += [
    Wild(f"work-{name}", Verdict.ALIVE, framed(f"{name} - Encyclopedia", f"<h1>{name}</h1>" + _STUB.format(name)))
    for name in ("Page Not Found (band)","Access Denied (album)","Forbidden (film)","Under Construction (album)","Coming Soon (1999 film)","Error 404 (song)","Lost (TV series)","Gone (novel)","Service Unavailable (EP)","Not Found","Unauthorized (film)","Server Error (play)","Just a Moment (song)","Maintenance (novel)","Captcha (album)")
]  # fmt: skip
HONEST += [
    Wild("privacy", Verdict.ALIVE, framed("Privacy policy","<h1>Privacy policy</h1><p>We delete your account when you ask us to. Content that has been deleted is no longer available to others. If a page has been removed, its address answers with an error. We keep logs for thirty days. You may ask us what we know of you, and we answer within a month.</p>")),
    Wild("terms", Verdict.ALIVE, framed("Terms of use","<h1>Terms of use</h1><p>You must be logged in to post. Access may be denied to those who break the rules. We may suspend your account. The service may be temporarily unavailable for maintenance.</p>")),
    Wild("faq-de", Verdict.ALIVE, framed("Häufige Fragen","<h1>Häufige Fragen</h1><h2>Warum wurde die Seite nicht gefunden?</h2><p>Vielleicht haben Sie sich vertippt. Prüfen Sie die Adresse, oder nutzen Sie die Suche.</p><h2>Wie melde ich mich an?</h2><p>Mit Ihrer E-Mail-Adresse und Ihrem Passwort. Haben Sie es vergessen, schicken wir ein neues.</p><h2>Was kostet der Versand?</h2><p>Innerhalb Deutschlands nichts, in andere Länder fünf Euro.</p>","de"),url="https://site.test/hilfe/faq"),
    Wild("login-itself", Verdict.ALIVE, framed("Log in","<h1>Log in</h1><form><input name=u><input type=password></form>"),url="https://site.test/login"),
    Wild("signup-app", Verdict.ALIVE, framed("Acme - plan your week","<h1>Plan your week</h1><p>Acme helps teams to plan. Free for up to ten people. Sign up with your e-mail.</p><form><input type=email><input type=password><button>Sign up</button></form><p>Used by 4,000 teams in 70 countries. No card needed. Cancel at any time.</p>"),url="https://acme.site.test/"),
    Wild("ko-honest", Verdict.ALIVE, framed("분실물 안내","<h1>분실물 안내</h1><p>지하철에서 잃어버린 물건을 찾을 수 없습니다라고 생각될 때에는 유실물 센터로 연락해 주시기 바랍니다. 센터는 평일 오전 9시부터 오후 6시까지 운영되며, 전화와 방문 모두 가능합니다. 습득한 물건은 7일 동안 보관됩니다.</p>")),
    Wild("th-honest", Verdict.ALIVE, framed("ประภาคารเก่า","<h1>ประภาคารเก่า</h1><p>ประภาคารแห่งนี้สร้างขึ้นในปี พ.ศ. 2417 และยังคงส่องแสงอยู่จนถึงทุกวันนี้ ผู้ดูแลขึ้นบันไดหนึ่งร้อยสิบสองขั้นวันละสองครั้ง ชาวประมงจากสามหมู่บ้านอาศัยแสงของมันในการกลับเข้าฝั่งยามค่ำคืน</p>")),
    Wild("he-honest", Verdict.ALIVE, framed("המגדלור","<h1>המגדלור נשאר דולק</h1><p>מועצת הנמל החליטה בשבת להשאיר את המגדלור דולק עוד חורף אחד. השומר אמר שלא ציפה לדבר אחר. הדייגים משלושה כפרים באו להקשיב לדיון.</p>")),
    Wild("gallery", Verdict.ALIVE, framed("Photo 404 of 900","<h1>Photo 404 of 900</h1><img src=a.jpg><p>Pier at dawn, 2011</p>")),
    Wild("article-410", Verdict.ALIVE, framed("410 Harbour Road","<h1>410 Harbour Road</h1><p>Three rooms, 72 square metres, € 940. Kitchen, bath with a window, cellar. Free from May.</p>")),
    Wild("error-msg-doc", Verdict.ALIVE, framed("Error codes | API","<h1>Error codes</h1><table><tr><td>400<td>Bad request<tr><td>401<td>Unauthorized: log in first<tr><td>403<td>Forbidden<tr><td>404<td>Not found<tr><td>429<td>Too many requests<tr><td>500<td>Internal server error<tr><td>503<td>Service unavailable</table>"),url="https://api.site.test/docs/errors"),
    Wild("iana-reserved", Verdict.ALIVE, "<!doctype html><html><head><title>Example Domain</title></head><body><div><h1>Example Domain</h1><p>This domain is for use in illustrative examples in documents. You may use this domain in literature without prior coordination or asking for permission.</p><p><a href=https://www.iana.org/domains/example>More information...</a></p></div></body></html>"),
    Wild("boat-for-sale", Verdict.ALIVE, framed("Sailing yacht Anker 32 for sale","<h1>Sailing yacht Anker 32</h1><p>Built 1984, 9.8 m, diesel 18 hp, four berths. For sale by owner, € 18,500, or make an offer. Lies in Skagen.</p>")),
    Wild("house-named-host", Verdict.ALIVE, framed("site.test - boats for sale","<h1>Boats for sale</h1><ul><li>Anker 32, 1984, € 18,500<li>Folkboat, 1962, € 4,200<li>Dinghy, 2009, € 900<li>Gaffelrigger, 1931, € 28,000</ul><p>We sell used boats on commission since 1988 and deliver all over Europe. Call us or visit us on pier four; coffee is always ready.</p>")),
    Wild("spa-shell", Verdict.ALIVE, '<!doctype html><html><head><title>Acme</title></head><body><div id="root"></div><script src="/static/js/main.8f2.js"></script></body></html>'),
    Wild("next-shell", Verdict.ALIVE, '<!doctype html><html><head><title>Loading...</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="app">Loading...</div><script type=module src=/a.js></script></body></html>'),
    Wild("angular-shell", Verdict.ALIVE, '<!doctype html><html><head><title>Portal</title><base href="/"></head><body><app-root></app-root><script src="runtime.js"></script><script src="main.js"></script></body></html>'),
    Wild("dir-listing", Verdict.ALIVE, "<html><head><title>Index of /pub/maps</title></head><body><h1>Index of /pub/maps</h1><pre><a href=a.pdf>a.pdf</a> 2011-03-04 12M\n<a href=b.pdf>b.pdf</a> 2011-03-04 9M</pre></body></html>",url="https://site.test/pub/maps/"),
    Wild("plain-poem", Verdict.ALIVE, "<pre>Not found, the ship, nor mast nor keel,\nnor any of her men;\nthe sea has closed her door on them\nand will not ope again.</pre>"),
    Wild("paper-title", Verdict.ALIVE, framed("The page cannot be displayed: a history of the error message","<h1>The page cannot be displayed</h1><p>A history of the error message. By G. Holm. Harbour University Press, 2014. 212 pages. ISBN 978-0-00-000000-2. Hardcover € 48.</p>")),
]  # fmt: skip

_POPULAR = "<h2>Popular posts</h2>"+"".join(f"<article><h3><a href=/p{i}>{t}</a></h3><p>{x}</p></article>" for i,(t,x) in enumerate([("Ten walks along the coast","From the pier to the dunes, with maps and the best cafes on the way, for every kind of weather and shoe."),("How to tie a bowline","The king of knots in four steps, with pictures, and what to do when the rope is wet."),("Where to eat herring","Our readers have voted, and the winner is a shed behind the fish market."),("A night in the lighthouse","One reporter, one keeper, one hundred and twelve steps, and a great deal of tea."),("The storm of 1967","What the old people still tell of it, and the photographs that were found in an attic.")]))  # fmt: skip
LOST += [
    Wild("wp-404-popular", Verdict.SOFT_404, framed("Page not found - The Coast","<h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location. Maybe try a search?</p><form><input name=s></form>"+_POPULAR)),
    Wild("wp-404-popular-de", Verdict.SOFT_404, framed("Seite nicht gefunden – Küste","<h1>Hoppla! Diese Seite wurde nicht gefunden.</h1><p>Es sieht so aus, als wurde an dieser Stelle nichts gefunden. Vielleicht hilft eine Suche?</p>"+_POPULAR,"de")),
    Wild("news-404-list", Verdict.SOFT_404, framed("404 | Daily","<h1>Sorry, we can't find that page</h1><p>It may have moved.</p>"+_POPULAR)),
]  # fmt: skip
HONEST += [
    Wild("search-empty", Verdict.ALIVE, framed("Search results for lighthouse","<h1>Search results for “lighthouse”</h1><p>No results found. Try another word.</p>"),url="https://site.test/search?q=lighthouse"),
    Wild("tag-empty", Verdict.ALIVE, framed("Tag: boats - Blog","<h1>Tag: boats</h1><p>No posts yet.</p>"),url="https://site.test/tag/boats"),
    Wild("github-repo", Verdict.ALIVE, framed("anker/lamp: A lamp","<h1>anker/lamp</h1><p>404 page generator. Creates beautiful error pages: page not found, server error, forbidden. Install with npm. MIT license. 41 stars, 3 forks, 12 commits. Last commit in March.</p>")),
    Wild("recipe", Verdict.ALIVE, framed("Gone in sixty seconds cookies","<h1>Gone in sixty seconds cookies</h1><p>Flour, butter, sugar, salt, chocolate. Mix, roll, bake for nine minutes at 190 degrees, and hide them well.</p>")),
    Wild("lostfound", Verdict.ALIVE, framed("Lost property office","<h1>Lost property</h1><p>If you cannot find what you were looking for, ask us: we keep what was found on trains for ninety days. Umbrellas are kept in Hall B.</p>")),
    Wild("vacancy-none", Verdict.ALIVE, framed("Careers at Anker","<h1>Careers</h1><p>There are no open positions at the moment. We are twenty-two people in two offices, and we hire in spring. Send us a letter all the same, if you like lamps.</p>")),
    Wild("press-release", Verdict.ALIVE, _article("City's website unavailable after attack","The page was not available on Monday; visitors read that the service was unavailable.")),
    Wild("abstract", Verdict.ALIVE, framed("Link rot in legal citations","<h1>Link rot in legal citations</h1><p>Abstract. We find that 70 % of links in law journals no longer lead to what was cited: the page was not found, or its content has been removed. We propose archiving at the time of citation.</p><p>Harvard Law Review Forum 127 (2014) 176.</p>")),
    Wild("docs-login", Verdict.ALIVE, framed("login - npm Docs","<h1>npm login</h1><p>Verify a user in the specified registry, and save the credentials to the .npmrc file. Prompts for user name and password. Use --scope to tie the token to a scope.</p>"),url="https://docs.site.test/cli/login"),
    Wild("insurance", Verdict.ALIVE, framed("Cheap car insurance | Anker","<h1>Car insurance</h1><p>Compare forty insurers in three minutes. Loans and credit cards too. Related links: home insurance, travel insurance, life insurance.</p>")),
    Wild("bet-company-about", Verdict.ALIVE, framed("About BetAnker","<h1>About us</h1><p>BetAnker runs a sports betting and casino site licensed in Malta. 400 people work for us in three cities.</p>"),url="https://betanker.test/about"),
]  # fmt: skip
