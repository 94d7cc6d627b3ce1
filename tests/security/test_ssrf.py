# ruff: noqa: RUF001 - letters and digits that look like others are what is tested
"""No document, page, archive, sitemap or robots.txt makes linkcheck connect to a private host, with either engine.

One server on loopback plays a public site, an archive or a proxy, whose addresses the test vouches for; another one
records what reaches it, and nothing may. Requests for addresses that no test can listen at are counted on their way to
the wire.
"""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import anyio
import pytest
from msgspec import Struct

from linkcheck import config, pipeline
from linkcheck.clock import Clock
from linkcheck.fetch.engine import wire_named
from linkcheck.fetch.resolve import Resolver, overrides
from linkcheck.fetch.wire import Limits, Wire, endpoint
from linkcheck.model import Failure, FailureKind, LinkRow, ReasonCode, Request, Response, Verdict
from linkcheck.store import Journal
from tests.web import Page, listening, staged

PUBLIC = "93.184.215.14"

SPELLINGS = (
    # Loopback as WHATWG reads it: short, decimal, octal, hexadecimal, mixed, with a dot at the end
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "127.0.0.1.", "127.1.", "2130706433", "2130706433.",
    "017700000001", "0177.1", "0177.0.0.1", "0177.0000.0000.0001", "0x7f000001", "0x7F.1", "0x7f.0.0.1", "0x7f.0x0.0x1",
    "0x7f.0.1", "0X7F000001", "127.0x1", "127.00.00.01", "127.0.0.0x1", "0x7f.0.0.01",
    # What maps to ASCII digits, dots and letters (UTS 46), and percent-encoding
    "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "𝟏𝟐𝟕.𝟎.𝟎.𝟏",
    "%31%32%37.0.0.1", "127%2e0%2e0%2e1",
    # This host, and the names of it
    "0", "0.0.0.0", "0x0", "00000000000", "0.0.0.0.", "0.1.2.3",
    "localhost", "LOCALHOST", "localhost.", "localhost..", "a.localhost", "a.b.localhost.", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "ℓocalhost",
    "loc%61lhost", "l\u00adocalhost", "ｌocalhost", "user:pass@127.0.0.1", "public.test@127.0.0.1", "x@localhost",
    # Private, shared, link-local and special IPv4
    "10.0.0.1", "10.1", "0xa000001", "012.0.0.1", "167772161", "172.16.0.1", "172.31.255.254", "192.168.0.1",
    "192.168.257", "0300.0250.0.1", "100.64.0.1", "100.127.255.255", "169.254.1.1", "192.0.0.8", "192.0.0.9",
    "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.88.99.2", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
    # What clouds serve to their own machines
    "169.254.169.254", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "169.254.43518", "169.254.169.254.",
    "168.63.129.16", "2822734096", "100.100.100.200", "192.0.0.192", "169.254.170.2", "169.254.170.23",
    "[fd00:ec2::254]", "[fd00:ec2::23]", "[fd20:ce::254]", "[fd00:c1::a9fe:a9fe]",
    # IPv6
    "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::1]", "[::]", "[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd12:3456::1]",
    "[ff02::1]", "[ff0e::1]", "[100::1]", "[100:0:0:1::1]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]", "[2001:2::1]",
    "[2001:10::1]", "[2001:1::1]", "[4000::1]", "[200::1]",
    # IPv4 within IPv6: mapped, compatible, translated, NAT64, local NAT64, 6to4, Teredo (client, server), ISATAP
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[::ffff:168.63.129.16]", "[::127.0.0.1]", "[::7f00:1]", "[::10.0.0.1]", "[::ffff:0:7f00:1]",
    "[::ffff:0:127.0.0.1]", "[::ffff:0:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]",
    "[64:ff9b::169.254.169.254]", "[64:ff9b::168.63.129.16]", "[64:ff9b:1::1]", "[64:ff9b:1::7f00:1]",
    "[64:ff9b:1:7f00:0:100::]", "[2002:7f00:1::1]", "[2002:a00:1::]", "[2002:a9fe:a9fe::1]", "[2002:a83f:8110::1]",
    "[2001:0:808:808:0:0:80ff:fffe]", "[2001:0:7f00:1:0:0:f7f7:f7f7]", "[2001:0:a00:1::]",
    "[2a00:1450::5efe:7f00:1]", "[2a00:1450::200:5efe:10.0.0.1]",
)  # fmt: skip
"""Hosts as a document may spell them."""

NAMES = {
    "intern.test": ("10.0.0.1",),
    "loop.test": ("127.0.0.1",),
    "loop6.test": ("::1",),
    "mapped.test": ("::ffff:127.0.0.1",),
    "translated.test": ("::ffff:0:7f00:1",),
    "sitelocal.test": ("fec0::1",),
    "wire.test": ("168.63.129.16",),
    "metadata.google.internal": ("169.254.169.254",),
    "mixed.test": (PUBLIC, "127.0.0.1"),
    "mixed6.test": (PUBLIC, "5f00::1"),
    "127.0.0.1.nip.test": ("127.0.0.1",),
    "trailing.test": ("192.168.1.1",),
}
"""Names that lead to private addresses, among others."""

FORMS = (*SPELLINGS, *NAMES, "TRAILING.test.", "ｉntern.test")
STATUSES = (301, 302, 303, 307, 308)


class Spy(Struct):
    """What left linkcheck, and what arrived where nothing may."""

    port: int
    arrived: list[str]
    sent: list[tuple[str, tuple[str, ...]]]
    """URL and addresses of every request that reached the wire."""

    def urls(self) -> list[str]:
        """Return a URL for every form; they lead to the server that records."""
        return [f"http://{form}:{self.port}/secret" for form in FORMS]

    def stray(self, *allowed: int) -> list[tuple[str, tuple[str, ...]]]:
        """Return what was sent elsewhere than to these ports of 127.0.0.1."""
        places = {("127.0.0.1", port) for port in allowed}
        return [
            (url, addresses)
            for url, addresses in self.sent
            if not addresses or not {endpoint(one, _port_of(url)) for one in addresses} <= places
        ]


def _port_of(url: str) -> int:
    return int(url.split("/")[2].rpartition(":")[2])


@pytest.fixture(params=["httpx", "wreq"])
def engine(request: pytest.FixtureRequest) -> str:
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return request.param


@pytest.fixture
def spy(engine: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spy]:
    """Listen on all addresses of this machine, count what goes to the wire, and answer for names."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with _recording() as (port, arrived):
        found = Spy(port, arrived, [])

        def spied(_: str, limits: Limits, clock: Clock) -> Wire:
            wire = wire_named(engine, limits, clock)
            send = wire.send

            async def sending(request: Request) -> Response | Failure:
                found.sent.append((request.url, request.addresses))
                return await send(request)

            monkeypatch.setattr(wire, "send", sending)
            return wire

        monkeypatch.setattr("linkcheck.fetch.onion.wire_named", spied)
        monkeypatch.setattr("linkcheck.fetch.onion.resolver_for", _resolver)
        yield found


@contextmanager
def _recording() -> Iterator[tuple[int, list[str]]]:
    """Accept connections at every address, over IPv4 and IPv6 where there is both, and record that they came."""
    is_dual = socket.has_dualstack_ipv6()
    family = socket.AF_INET6 if is_dual else socket.AF_INET
    arrived: list[str] = []
    with socket.create_server(("", 0), family=family, dualstack_ipv6=is_dual) as listener:
        port: int = listener.getsockname()[1]

        def accept() -> None:
            while True:
                connection, peer = listener.accept()
                with connection:
                    if connection.recv(1) == b"!":
                        return
                arrived.append(str(peer))

        thread = Thread(target=accept)
        thread.start()
        try:
            yield port, arrived
        finally:
            with socket.create_connection(("127.0.0.1", port)) as end:
                end.sendall(b"!")
            thread.join()


def _resolver(settings: config.Config) -> Resolver:
    async def look_up(host: str) -> tuple[str, ...] | Failure:
        if host.endswith("control.test"):
            return (PUBLIC,)
        return NAMES.get(host.rstrip("."), Failure(FailureKind.DNS_NXDOMAIN, f"no name server knows {host}"))

    return Resolver(look_up, overrides=overrides(settings.resolve))


def check(folder: Path, sources: Sequence[str], engine: str, **more: object) -> list[LinkRow]:
    """Run linkcheck over sources, with settings that ask as much as possible."""
    settings = {
        "sources": list(sources),
        "engine": engine,
        "archive": False,
        "retries": 0,
        "host-interval": 0,
        "control-hosts": ["control.test"],
        **more,
    }
    journal = Journal(None)
    try:
        job = pipeline.Job(config=config.read(settings, environ={}).config, journal=journal, directory=folder)
        return list(anyio.run(pipeline.run, job).report.links())
    finally:
        journal.close()


def write(folder: Path, urls: Sequence[str]) -> str:
    (folder / "x.md").write_text("\n\n".join(f"[link {n}](<{url}>)" for n, url in enumerate(urls)))
    return "x.md"


def refused(links: Sequence[LinkRow]) -> list[str]:
    """Return the links that were refused for an address, whether it is their own or one that they lead to."""
    return [link.url for link in links if link.reason.code in {ReasonCode.PRIVATE_ADDRESS, ReasonCode.POLICY}]


def test_there_are_enough_forms() -> None:
    assert len(set(FORMS)) == len(FORMS) >= 110


def test_a_document_leads_to_no_private_host(engine: str, spy: Spy, tmp_path: Path) -> None:
    links = check(tmp_path, [write(tmp_path, spy.urls())], engine)

    assert (spy.arrived, spy.sent) == ([], [])
    assert {link.verdict for link in links} == {Verdict.SKIPPED}
    assert len(refused(links)) == len(links)


def test_no_redirect_leads_to_a_private_host(engine: str, spy: Spy, tmp_path: Path) -> None:
    urls = spy.urls()
    pages = {
        f"public.test/{status}/{n}": Page(status, "", {"location": url.encode().decode("latin-1")})
        for status in STATUSES
        for n, url in enumerate(urls)
    }
    pages |= {f"public.test/twice/{n}": Page(302, "", {"location": f"/301/{n}"}) for n in range(len(urls))}
    with staged(pages) as web:
        there = {"resolve": [f"public.test:{web.port}:127.0.0.1"], "host-concurrency": 32}
        links = check(tmp_path, [write(tmp_path, [web.url(name) for name in pages])], engine, **there)

    assert (spy.arrived, spy.stray(web.port)) == ([], [])
    assert len(links) == len(refused(links)) == len(pages)


def test_no_page_leads_to_a_private_host(engine: str, spy: Spy, tmp_path: Path) -> None:
    """By what it says in its head: meta refresh, Refresh and Link headers, canonical, base, feeds, shortlinks."""
    pages: dict[str, Page] = {}
    for n, url in enumerate(spy.urls()):
        ascii_url = url.encode("ascii", "xmlcharrefreplace").decode()
        text = "<h1>A story</h1><p>Some words that are plainly here, and a few more of them.</p>"
        for name, head in {
            "refresh": f'<meta http-equiv="refresh" content="0; url={ascii_url}">',
            "base": f'<base href="{ascii_url}"><meta http-equiv="refresh" content="0; url=next">',
            "canonical": f'<link rel="canonical" href="{ascii_url}"><meta property="og:url" content="{ascii_url}">',
        }.items():
            pages[f"public.test/{name}/{n}"] = Page(200, f"<title>A story</title>{head}{text}")
        raw = url.encode().decode("latin-1")
        relations = ("canonical", "original", "timegate", "timemap", "memento", "alternate", "shortlink", "next")
        headers = {"link": ", ".join(f'<{raw}>; rel="{relation}"' for relation in relations)}
        pages[f"public.test/link/{n}"] = Page(200, f"<title>A story</title>{text}", headers)
        pages[f"public.test/header/{n}"] = Page(200, f"<title>A story</title>{text}", {"refresh": f"0; url={raw}"})
    with staged(pages) as web:
        there = {"resolve": [f"public.test:{web.port}:127.0.0.1"], "host-concurrency": 32}
        links = check(tmp_path, [write(tmp_path, [web.url(name) for name in pages])], engine, **there)

    assert (spy.arrived, spy.stray(web.port)) == ([], [])
    assert len([url for url in refused(links) if "/refresh/" in url]) == len(FORMS)


def test_no_archive_leads_to_a_private_host(engine: str, spy: Spy, tmp_path: Path) -> None:
    """Neither by what its TimeMap and TimeGate name, nor by where its captures redirect to."""
    urls = [url.encode().decode("latin-1") for url in spy.urls()]
    mementos = ",\n".join(
        f'<{url}/web/2015010112{n // 60:02d}{n % 60:02d}/http://public.test/gone>; rel="memento"; '
        f'datetime="Thu, 01 Jan 2015 12:{n // 60:02d}:{n % 60:02d} GMT"'
        for n, url in enumerate(urls)
    )
    for kind in ("timemap", "timegate"):
        pages: dict[str, Page] = {}
        spy.sent.clear()
        with staged(pages) as web:
            gone = web.url("public.test/gone")
            base = f"http://127.0.0.1:{web.port}"
            redirecting = f"{base}/web/20150101120000/{gone}"
            listed = f'{mementos},\n<{redirecting}>; rel="memento"; datetime="Thu, 01 Jan 2015 12:00:00 GMT"'
            further = ",\n".join(f'<{url}>; rel="timemap"' for url in urls)
            pages |= {
                f"127.0.0.1/map/{gone}": Page(
                    200, f"{listed},\n{further}", {"content-type": "application/link-format"}
                ),
                f"127.0.0.1/gate/{gone}": Page(302, "", {"location": urls[0], "link": listed.replace("\n", " ")}),
                f"127.0.0.1/web/20150101120000/{gone}": Page(302, "", {"location": urls[1]}),
                f"127.0.0.1/web/20150101120000id_/{gone}": Page(302, "", {"location": urls[2]}),
            }
            at = {"timemap": f"{base}/map", "timegate": f"{base}/gate"}
            more = {
                "archive": True,
                "resolve": [f"public.test:{web.port}:127.0.0.1"],
                "archive-order": ["ours"],
                "archives": {"ours": {kind: at[kind], "replay": f"{base}/web"}},
            }
            pages["public.test/gone"] = Page(404, "<title>Not found</title>")
            check(tmp_path, [write(tmp_path, [gone])], engine, **more)

        assert (spy.arrived, spy.stray(web.port)) == ([], []), kind
        assert any(path.startswith(("127.0.0.1/map/", "127.0.0.1/gate/")) for path in web.asked), kind
        assert any(path.startswith("127.0.0.1/web/20150101120000") for path in web.asked), kind


def test_no_sitemap_leads_to_a_private_host(engine: str, spy: Spy, tmp_path: Path) -> None:
    urls = [url.replace("&", "&amp;") for url in spy.urls()]
    namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    listed = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    maps = "".join(f"<sitemap><loc>{url}/sitemap.xml</loc></sitemap>" for url in urls)
    xml = {"content-type": "application/xml"}
    pages = {
        "public.test/sitemap.xml": Page(200, f"<urlset {namespace}>{listed}</urlset>", xml),
        "public.test/sitemap_index.xml": Page(200, f"<sitemapindex {namespace}>{maps}</sitemapindex>", xml),
        "public.test/robots.txt": Page(200, "\n".join(f"Sitemap: {url}" for url in urls)),
    }
    with staged(pages) as web:
        there = {"resolve": [f"public.test:{web.port}:127.0.0.1"], "recurse": True}
        sources = [web.url("public.test/sitemap.xml"), web.url("public.test/sitemap_index.xml")]
        links = check(tmp_path, sources, engine, scope=spy.urls(), **there)

    assert (spy.arrived, spy.stray(web.port)) == ([], [])
    assert len(refused(links)) >= len(FORMS)


def test_no_robots_txt_leads_to_a_private_host(engine: str, spy: Spy, tmp_path: Path) -> None:
    hosts = [f"h{n}.test" for n in range(len(FORMS))]
    pages = {
        f"{host}/robots.txt": Page(STATUSES[n % 5], "", {"location": url.encode().decode("latin-1")})
        for n, (host, url) in enumerate(zip(hosts, spy.urls(), strict=True))
    }
    pages |= {f"{host}/": Page() for host in hosts}
    with staged(pages) as web:
        there = {"resolve": [f"{host}:{web.port}:127.0.0.1" for host in hosts], "robots": "obey"}
        check(tmp_path, [write(tmp_path, [web.url(f"{host}/") for host in hosts])], engine, **there)
        asked = {path for path in web.asked if path.endswith("/robots.txt")}

    assert (spy.arrived, spy.stray(web.port)) == ([], [])
    assert len(asked) == len(hosts)


def test_no_source_on_the_web_is_a_private_host(engine: str, spy: Spy, tmp_path: Path) -> None:
    with staged({"public.test/": Page(302, "", {"location": f"http://127.1:{spy.port}/"})}) as web:
        there = {"resolve": [f"public.test:{web.port}:127.0.0.1"]}
        check(tmp_path, [*spy.urls(), web.url("public.test/")], engine, **there)

    assert (spy.arrived, spy.stray(web.port)) == ([], [])


def test_a_proxy_is_not_asked_for_private_hosts(
    engine: str, spy: Spy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for those that a document names, nor for those that pages beyond the proxy redirect to."""
    asked: list[str] = []
    urls = spy.urls()

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            url = urls[int(self.path.rpartition("/")[2])] if "out.test" in self.path else "/"
            self.send_header("location", url.encode().decode("latin-1"))
            self.send_header("content-length", "0")
            self.end_headers()

        do_CONNECT = do_GET  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    beyond = [f"http://out.test/{n}" for n in range(len(urls))]
    https = [url.replace("http:", "https:", 1) for url in urls]
    with listening(Proxy) as port:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        source = write(tmp_path, [*urls, *https, *beyond])
        links = check(tmp_path, [source], engine, **{"host-concurrency": 32})

    assert spy.arrived == []
    assert sorted(asked) == sorted(beyond)
    assert len(refused(links)) == len(links)
