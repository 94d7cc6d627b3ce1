"""The zoo: everything a server has ever done to a link checker, one line each. A new animal is a new line.

`{host}` in an address is the row's own host, which leads to its den at ports 80 and 443. Hosts under `zoo.net` are
looked up for real, at the zoo's own name server (`ZONE` in tour.py).
"""

import gzip
from datetime import UTC, datetime

from linkcheck.model import Verdict
from tests.servers import http, redirect
from tests.zoo.dens import (
    PAGE,
    bomb,
    chain,
    drips,
    floods,
    head,
    interrupts,
    page,
    pages,
    refuses,
    resets,
    resets_after,
    says,
    sends_on,
    silent,
    stalls_after,
    swallows,
    talks,
    tls,
    turns,
    when,
)
from tests.zoo.row import Row
from tests.zoo.words import (
    ALIVE,
    CIRCLE,
    CONNECT_TIMEOUT,
    DNS_FAILED,
    EXAMPLE,
    EXPIRED,
    GONE,
    LEGAL,
    LIMITED,
    MOVED,
    NO_ENTRY,
    NO_HOST,
    NO_TLS,
    NOT_FOUND,
    NOT_HTTP,
    NOWHERE,
    ODD,
    PORT_CLOSED,
    PRIVATE,
    READ_TIMEOUT,
    REDIRECTED,
    REFUSED,
    RESET,
    SERVER,
    TOO_FAR,
    TOO_LARGE,
    UNTRUSTED,
    WALL,
    WRONG_NAME,
    alive_but,
    page_says,
    walled,
)

_PAST, _SOON = datetime(2020, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
_OK, _MISSING = http(200, PAGE), http(404, b"<h1>Not Found</h1>")
_GZIPPED = gzip.compress(PAGE * 50)
_HTML = head()
_CHALLENGE = (
    b"<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page></script>"
)
_CAPTCHA = (
    b"<title>Are you a robot?</title><div class=g-recaptcha data-sitekey=x></div><p>Please verify that you are human."
)
_PAYWALL = (
    b'<title>x</title><script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
)
_LOGIN = b"<title>Log in</title><form action=/login method=post><input type=password name=password></form>"
_REFRESH = b'<meta http-equiv=refresh content="0; url=/b"><title>Moved</title>'
_CLOUDFLARE = {"cf-mitigated": "challenge", "server": "cloudflare"}
_LATIN_1 = redirect("/caf\u00e9").replace("\u00e9".encode(), b"\xe9")
_ALERT = bytes.fromhex("15 0303 0002 02 28")
"""TLS: fatal, handshake failure."""
_SSH, _NO_SSH = b"SSH-2.0-OpenSSH_9.9\r\n", b"Invalid SSH identification string.\r\n"

STATUSES = (
    Row("status-200", page(200), ALIVE),
    Row("status-201", page(201), ALIVE),
    Row("status-202", page(202), ALIVE),
    Row("status-203", page(203), ALIVE),
    Row("status-206-unasked", page(206), ALIVE),
    Row("status-226", page(226), ALIVE),
    Row("status-299", page(299), ALIVE),
    Row("status-300-without-location", page(300), ODD),
    Row("status-304-unasked", page(304, b""), ODD),
    Row("status-305", page(305), ODD),
    Row("status-306", page(306), ODD),
    Row("status-400", page(400), REFUSED),
    Row("status-401", page(401, www_authenticate="Basic realm=x"), walled("login-wall")),
    Row("status-402", page(402), walled("paywall")),
    Row("status-403", page(403), WALL),
    Row("status-404", page(404), NOT_FOUND),
    Row("status-404-empty", page(404, b""), NOT_FOUND),
    Row("status-405", page(405), REFUSED),
    Row("status-406", page(406), REFUSED),
    Row("status-408", page(408), REFUSED),
    Row("status-409", page(409), REFUSED),
    Row("status-410", page(410), GONE),
    Row("status-418", page(418), REFUSED),
    Row("status-421", page(421), REFUSED),
    Row("status-425", page(425), REFUSED),
    Row("status-429", page(429), LIMITED),
    Row("status-431", page(431), REFUSED),
    Row("status-451", page(451), LEGAL),
    Row("status-499", page(499), REFUSED),
    Row("status-500", page(500), SERVER),
    Row("status-501", page(501), SERVER),
    Row("status-502", page(502), SERVER),
    Row("status-503", page(503), SERVER),
    Row("status-504", page(504), SERVER),
    Row("status-508", page(508), SERVER),
    Row("status-522-of-a-proxy", page(522), SERVER),
    Row("status-530-of-a-proxy", page(530), SERVER),
    Row("status-600", page(600), ODD),
    Row("status-999-of-a-bot-wall", page(999), walled("bot-wall")),
    Row("status-1000", page(1000), NOT_HTTP),
    Row("status-000", page("000"), NOT_HTTP),
)

SECOND_THOUGHTS = (
    Row("404-once", turns(_MISSING, _OK), ALIVE),
    Row("410-once", turns(http(410), _OK), ALIVE),
    Row("500-once", turns(http(500), _OK), ALIVE),
    Row("404-then-410", turns(_MISSING, http(410)), GONE),
    Row("404-then-503", turns(_MISSING, http(503)), SERVER),
    Row("429-for-a-second", turns(http(429, headers={"retry-after": "1"}), _OK), ALIVE),
    Row("429-for-an-hour", page(429, retry_after=3600), LIMITED),
    Row("429-until-a-date", page(429, retry_after="Fri, 31 Dec 2999 23:59:59 GMT"), LIMITED),
    Row("429-until-nonsense", page(429, retry_after="\t-1e309 soon"), LIMITED),
    Row("503-for-an-hour", page(503, retry_after=3600), SERVER),
    Row("404-to-programs", pages({"/": when("accept: text/html", _OK, _MISSING)}), ALIVE),
    Row("404-to-head", pages({"/": when("head / ", _MISSING, _OK)}), ALIVE),
    Row("405-to-head", pages({"/": when("head / ", http(405), _OK)}), ALIVE),
    Row("403-to-libraries", pages({"/": when("python-httpx", http(403), _OK)}), ALIVE),
    Row("403-without-user-agent", pages({"/": when("user-agent: linkcheck/", _OK, http(403))}), ALIVE),
    Row("400-to-two-hosts", pages({"/": when("host: 400-to-two-hosts.zoo.test\r\n", _OK, http(400))}), ALIVE),
)

REDIRECTS = (
    Row("301", sends_on("/b", 301), MOVED),
    Row("302", sends_on("/b", 302), REDIRECTED),
    Row("303", sends_on("/b", 303), REDIRECTED),
    Row("307", sends_on("/b", 307), REDIRECTED),
    Row("308", sends_on("/b", 308), MOVED),
    Row("301-to-gone", sends_on("/b", 301, to=_MISSING), NOT_FOUND),
    Row("302-to-410", sends_on("/b", 302, to=http(410)), GONE),
    Row("302-to-a-wall", sends_on("/b", 302, to=http(403)), WALL),
    Row(
        "301-to-a-short-path",
        pages({"/stories/lost": redirect("/a/7", 301), "/a/7": _OK}),
        MOVED,
        "http://{host}/stories/lost",
    ),
    Row("301-then-302", pages({"/": redirect("/b", 301), "/b": redirect("/c", 302), "/c": _OK}), MOVED),
    Row("302-then-301", pages({"/": redirect("/b", 302), "/b": redirect("/c", 301), "/c": _OK}), REDIRECTED),
    Row("301-to-another-host", sends_on("http://status-200.zoo.test/", 301), MOVED),
    Row("301-to-https", sends_on("https://tls-good.zoo.test/", 301), MOVED),
    Row("302-without-scheme", sends_on("//status-200.zoo.test/"), REDIRECTED),
    Row("302-relative", sends_on("b"), REDIRECTED),
    Row("302-relative-upwards", sends_on("../../c/./b"), REDIRECTED),
    Row("302-with-fragment", sends_on("/b#part"), REDIRECTED),
    Row("302-non-ascii-utf-8", sends_on("/caf\u00e9"), REDIRECTED),
    Row("302-non-ascii-latin-1", pages({"/": _LATIN_1, "/caf%C3%A9": _OK, "/caf%E9": _OK}), REDIRECTED),
    Row("302-with-spaces", sends_on("/a b"), REDIRECTED),
    Row("302-with-escape-codes", sends_on("/ok\x1b[31m"), REDIRECTED),
    Row("302-with-backslashes", sends_on("\\b"), REDIRECTED),
    Row("302-without-location", page(302, b""), NOWHERE),
    Row("302-with-empty-location", sends_on(""), NOWHERE),
    Row("302-to-javascript", sends_on("javascript:alert(1)"), NOWHERE),
    Row("302-to-file", sends_on("file:///etc/passwd"), NOWHERE),
    Row("302-to-data", sends_on("data:text/html,hi"), NOWHERE),
    Row("302-to-mailto", sends_on("mailto:a@b.example"), NOWHERE),
    Row("302-to-nonsense", sends_on("http://host:port/"), NOWHERE),
    Row("302-to-40-kilobytes", pages({"/": redirect("/" + "x" * 40_000)}), NOT_FOUND),
    Row("302-with-two-locations", sends_on("/b", to=_OK, Location="/b"), REDIRECTED),
    Row("302-splitting-headers", sends_on("/b%0d%0aset-cookie:%20a=1", to=_OK), NOT_FOUND),
    Row("302-to-itself", sends_on("/"), CIRCLE),
    Row("302-in-a-circle", pages({"/": redirect("/b"), "/b": redirect("/c"), "/c": redirect("/b")}), CIRCLE),
    Row("302-ten-times", pages(chain(10)), REDIRECTED),
    Row("302-a-hundred-times", pages(chain(100)), TOO_FAR),
    Row("301-three-times", pages(chain(3, 301)), MOVED),
    Row("302-to-nobody", sends_on("http://nobody.invalid/"), NO_HOST),
    Row("302-to-a-closed-port", sends_on("http://closed-port.zoo.test/"), PORT_CLOSED),
    Row("302-to-loopback", sends_on("http://127.0.0.1/admin"), NO_ENTRY),
    Row("302-to-loopback-disguised", sends_on("http://0x7f.1/"), NO_ENTRY),
    Row("302-to-metadata", sends_on("http://169.254.169.254/latest/meta-data/"), NO_ENTRY),
    Row("302-to-a-name-of-loopback", sends_on("http://loopback.zoo.net/"), NO_ENTRY),
    Row("302-for-a-cookie", pages({"/": when("cookie: seen=1", _OK, redirect("/", set_cookie="x"))}), CIRCLE),
    Row("refresh", pages({"/": http(200, _REFRESH), "/b": http(200, PAGE)}), REDIRECTED),
    Row("refresh-to-gone", pages({"/": http(200, _REFRESH)}), NOT_FOUND),
    Row("refresh-to-loopback", page(200, _REFRESH.replace(b"/b", b"http://127.0.0.1/b")), NO_ENTRY),
    Row("refresh-to-itself", page(200, _REFRESH.replace(b"/b", b"/")), ALIVE),
    Row("refresh-later", page(200, _REFRESH.replace(b"0;", b"300;")), ALIVE),
    Row(
        "302-home",
        pages({"/": _OK, "/2017/02/story.html": redirect("/")}),
        page_says(Verdict.SOFT_404, "homepage-redirect"),
        "http://{host}/2017/02/story.html",
    ),
)

BODIES = (
    Row("204-with-body", says(head("content-length: 4", status="204 No Content"), b"text"), ALIVE),
    Row("205-with-body", says(head("content-length: 4", status="205 Reset Content"), b"text"), ALIVE),
    Row("body-empty", page(200, b""), ALIVE),
    Row("body-endless", talks(floods(_HTML, b"x" * 65_536)), ALIVE),
    Row("body-endless-video", talks(floods(head().replace(b"text/html", b"video/mp4"), b"x" * 65_536)), ALIVE),
    Row("body-that-drips", talks(drips(_HTML)), ALIVE),
    Row("body-that-stalls", talks(stalls_after(head("content-length: 1000") + b"half")), ALIVE),
    Row("body-reset", talks(resets_after(head("content-length: 1000") + b"half")), ALIVE),
    Row("body-cut-off", says(head("content-length: 1000"), b"half"), ALIVE),
    Row("body-longer-than-said", says(head("content-length: 4"), PAGE), ALIVE),
    Row("body-of-negative-length", says(head("content-length: -1"), PAGE), NOT_HTTP),
    Row("body-of-two-lengths", says(head("content-length: 1", "content-length: 2"), PAGE), NOT_HTTP),
    Row("body-of-astronomic-length", says(head("content-length: 99999999999999999999"), PAGE), ALIVE),
    Row("chunks", says(head("transfer-encoding: chunked"), b"4\r\ntext\r\n0\r\n\r\n"), ALIVE),
    Row("chunks-that-are-none", says(head("transfer-encoding: chunked"), b"zz\r\ntext\r\n0\r\n\r\n"), ALIVE),
    Row("chunks-without-end", says(head("transfer-encoding: chunked"), b"4\r\ntext\r\n"), ALIVE),
    Row("chunks-of-astronomic-size", says(head("transfer-encoding: chunked"), b"FFFFFFFFFFFFFFF\r\ntext"), ALIVE),
    Row(
        "chunks-with-length",
        says(head("transfer-encoding: chunked", "content-length: 9"), b"4\r\ntext\r\n0\r\n\r\n"),
        ALIVE,
    ),
    Row("gzip", page(200, _GZIPPED, content_encoding="gzip"), ALIVE),
    Row("gzip-bomb", page(200, bomb(300), content_encoding="gzip"), ALIVE),
    Row("gzip-bomb-in-a-bomb", page(200, gzip.compress(bomb(300)), content_encoding="gzip, gzip"), ALIVE),
    Row("gzip-cut-off", page(200, _GZIPPED[:100], content_encoding="gzip"), ALIVE),
    Row("gzip-that-is-none", page(200, PAGE, content_encoding="gzip"), ALIVE),
    Row("coding-unasked", page(200, b"\x0b\x02\x80hello\x03", content_encoding="br"), ALIVE),
    Row("coding-unknown", page(200, content_encoding="klingon"), ALIVE),
    Row("charset-unknown", page(200, content_type="text/html; charset=klingon"), ALIVE),
    Row("charset-that-lies", page(200, b"<title>caf\xe9\xff\x00</title>"), ALIVE),
    Row("type-missing", says(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ntext"), ALIVE),
    Row("type-nonsense", says(b"HTTP/1.1 200 OK\r\ncontent-type: ;;;\r\ncontent-length: 4\r\n\r\ntext"), ALIVE),
    Row("type-pdf", says(b"HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.7 and no more"), ALIVE),
    Row("html-nested-deeply", page(200, b"<div>" * 100_000), ALIVE),
    Row("html-without-spaces", page(200, b"<p>" + b"x" * 900_000), ALIVE),
)

WALLS = (
    Row("403-with-cf-mitigated", page(403, **_CLOUDFLARE), walled("bot-wall")),
    Row("404-with-cf-mitigated", page(404, **_CLOUDFLARE), walled("bot-wall")),
    Row("503-with-cf-mitigated", page(503, _CHALLENGE, **_CLOUDFLARE), walled("bot-wall")),
    Row("200-with-challenge", page(200, _CHALLENGE, **_CLOUDFLARE), walled("bot-wall")),
    Row("200-with-captcha", page(200, _CAPTCHA), walled("bot-wall")),
    Row("200-behind-a-paywall", page(200, _PAYWALL), walled("paywall")),
    Row("302-to-login", pages({"/": redirect("/login?next=/"), "/login": http(200, _LOGIN)}), walled("login-wall")),
    Row("200-about-captchas", page(200, b"<p>Are you a robot? asks every captcha. " + PAGE * 100), ALIVE),
)

HEADS = (
    Row("head-never", talks(silent), READ_TIMEOUT),
    Row("head-that-drips", talks(drips(b"HTTP/1.1 200 OK\r\nx: ")), READ_TIMEOUT),
    Row("head-that-stalls", talks(stalls_after(b"HTTP/1.1 200 OK\r\nx: y\r\n")), READ_TIMEOUT),
    Row("head-endless", talks(floods(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n" * 10_000)), TOO_LARGE),
    Row("head-huge", says(head("x: " + "y" * 300_000), PAGE), TOO_LARGE),
    Row("head-of-50000-lines", says(head(*["x: y"] * 50_000), PAGE), TOO_LARGE),
    Row("head-of-100-lines", page(200, **{f"x-{number}": "y" for number in range(100)}), ALIVE),
    Row("head-reset", talks(resets_after(b"HTTP/1.1 200 OK\r\nx: ")), RESET),
    Row("head-cut-off", says(b"HTTP/1.1 200 OK\r\nx: "), RESET),
    Row("head-empty", says(b""), RESET),
    Row("head-of-bare-line-feeds", says(b"HTTP/1.1 200 OK\ncontent-type: text/html\n\n", PAGE), ALIVE),
    Row("head-without-phrase", says(b"HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n"), ALIVE),
    Row("head-of-http-1.0", says(b"HTTP/1.0 200 OK\r\n\r\n", PAGE), ALIVE),
    Row("head-after-100", says(b"HTTP/1.1 100 Continue\r\n\r\n", _OK), ALIVE),
    Row("head-after-early-hints", says(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n", _OK), ALIVE),
    Row("head-after-endless-hints", talks(floods(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)), READ_TIMEOUT),
    Row("head-only-100", talks(stalls_after(b"HTTP/1.1 100 Continue\r\n\r\n")), READ_TIMEOUT),
    Row("head-folded", says(head("x: one", " two", "content-length: 0")), ALIVE),
    Row("head-with-controls", page(200, server="\x1b[31mred\x07"), ALIVE),
    Row("head-without-colon", says(head("no colon here")), NOT_HTTP),
    Row("head-with-nul", says(head("x: a\x00b", "content-length: 0")), NOT_HTTP),
    Row("status-line-garbage", says(b"\x00\x01\x02 garbage\r\n\r\n"), NOT_HTTP),
    Row("status-line-in-words", says(b"HTTP/1.1 two hundred\r\n\r\n"), NOT_HTTP),
    Row("status-line-of-shoutcast", says(b"ICY 200 OK\r\ncontent-type: audio/mpeg\r\n\r\n"), NOT_HTTP),
    Row("speaks-http-0.9", says(b"<html>HTTP/0.9 has no head</html>\r\n"), NOT_HTTP),
    Row("speaks-ssh", talks(interrupts(_NO_SSH, greeting=_SSH)), NOT_HTTP),
    Row("speaks-smtp", talks(interrupts(b"", greeting=b"220 mail.zoo.test ESMTP\r\n")), NOT_HTTP),
    Row("speaks-http-2", says(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64"), NOT_HTTP),
)

CONNECTIONS = (
    Row("connection-reset", talks(resets), RESET),
    Row("connection-closed", talks(interrupts(b"")), RESET),
    Row("closed-port", refuses, PORT_CLOSED),
    Row("swallowed-syn", swallows, CONNECT_TIMEOUT),
)

TLS = (
    Row("tls-good", tls(), ALIVE, "https://{host}/"),
    Row("tls-gone", tls({}), NOT_FOUND, "https://{host}/"),
    Row("tls-to-plain", tls({"/": redirect("http://status-200.zoo.test/", 301)}), MOVED, "https://{host}/"),
    Row("tls-expired", tls(until=_PAST), EXPIRED, "https://{host}/"),
    Row("tls-not-yet-valid", tls(since=datetime(2998, 1, 1, tzinfo=UTC), until=_SOON), EXPIRED, "https://{host}/"),
    Row("tls-of-another-host", tls(name="another.zoo.test"), WRONG_NAME, "https://{host}/"),
    Row("tls-wildcard", tls(name="*.zoo.test"), ALIVE, "https://{host}/"),
    Row("tls-untrusted", tls(trusted=False), UNTRUSTED, "https://{host}/"),
    Row("tls-alert", talks(interrupts(_ALERT)), NO_TLS, "https://{host}/"),
    Row("tls-to-a-plain-port", talks(interrupts(http(400))), NO_TLS, "https://{host}/"),
    Row("tls-reset", talks(resets), RESET, "https://{host}/"),
    Row("tls-never", talks(silent), CONNECT_TIMEOUT, "https://{host}/"),
    Row("tls-hung-up", talks(interrupts(b"")), RESET, "https://{host}/"),
    Row("tls-closed-port", refuses, PORT_CLOSED, "https://{host}/"),
    Row("plain-to-a-tls-port", tls(), RESET),
    Row("plain-to-a-tls-port-that-alerts", talks(interrupts(_ALERT)), NOT_HTTP),
    Row("plain-to-a-tls-port-that-says-so", page(400, b"The plain HTTP request was sent to HTTPS port"), REFUSED),
    Row("redirect-to-expired-tls", sends_on("https://tls-expired.zoo.test/", 301), EXPIRED),
)

NAMES = (
    Row("name-invalid", None, NO_HOST, "http://no-such-paper.invalid/"),
    Row("name-unknown", None, NO_HOST, "http://unknown.zoo.net/"),
    Row("name-servfail", None, DNS_FAILED, "http://servfail.zoo.net/"),
    Row("name-refused", None, DNS_FAILED, "http://refused.zoo.net/"),
    Row("name-silence", None, DNS_FAILED, "http://silence.zoo.net/"),
    Row("name-without-address", None, DNS_FAILED, "http://no-address.zoo.net/"),
    Row("name-too-long", None, NO_HOST, f"http://{'x' * 64}.zoo.net/"),
    Row("name-of-loopback", None, PRIVATE, "http://loopback.zoo.net/"),
    Row("name-of-metadata", None, PRIVATE, "http://metadata.zoo.net/"),
    Row("name-rebinding", None, PRIVATE, "http://rebinding.zoo.net/"),
    Row("name-of-private-ipv6", None, PRIVATE, "http://private-ipv6.zoo.net/"),
    Row("name-of-example", None, EXAMPLE, "http://www.gone.example/"),
    Row("name-of-test", None, EXAMPLE, "http://intranet.test/"),
    Row("name-localhost", None, PRIVATE, "http://localhost/"),
    Row("address-loopback", None, PRIVATE, "http://127.0.0.1/"),
    Row("address-loopback-short", None, PRIVATE, "http://127.2/"),
    Row("address-in-one-number", None, PRIVATE, "http://2130706435/"),
    Row("address-mapped", None, PRIVATE, "http://[::ffff:127.0.0.1]/"),
    Row("address-metadata", None, PRIVATE, "http://169.254.169.254/"),
    Row("address-multicast", None, PRIVATE, "http://224.0.0.1/"),
    Row("address-unspecified", None, PRIVATE, "http://0.0.0.0/"),
)

PLACES = (
    Row("fragment", page(200), ALIVE, "http://{host}/#top-of-it"),
    Row("fragment-missing", page(200), alive_but("missing-fragment"), "http://{host}/#bottom"),
    Row("fragment-in-other-case", page(200), alive_but("missing-fragment"), "http://{host}/#TOP-OF-IT"),
    Row("fragment-of-github", page(200, b'<h1 id="user-content-here">x</h1>'), ALIVE, "http://{host}/#here"),
    Row("fragment-of-text", page(200), ALIVE, "http://{host}/#:~:text=words"),
    Row("fragment-top", page(200), ALIVE, "http://{host}/#top"),
    Row("fragment-of-a-video", page(200, content_type="video/mp4"), ALIVE, "http://{host}/#t=10"),
)

ZOO = (*STATUSES, *SECOND_THOUGHTS, *REDIRECTS, *WALLS, *BODIES, *HEADS, *CONNECTIONS, *TLS, *NAMES, *PLACES)
