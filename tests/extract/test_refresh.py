"""Where a page sends its reader by itself. Cases of w3lib's `get_meta_refresh` come first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.refresh import refresh_of
from linkcheck.model import Response
from tests.cost import is_linear

URL = "http://example.com/page/this.html"


def answer(body: str | bytes, media_type: str = "text/html", **headers: str) -> Response:
    stored = body.encode() if isinstance(body, str) else body
    return Response(URL, 200, (("content-type", media_type), *headers.items()), stored)


def target(body: str | bytes, media_type: str = "text/html", **headers: str) -> str | None:
    found = refresh_of(answer(body, media_type, **headers))
    return found.target if found else None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<html><title>Dummy</title><meta http-equiv="refresh" content="5;url=http://example.org/newpage" />blah',
            "http://example.org/newpage",
        ),
        ('<script>document.write(\'<meta http-equiv="refresh" content="5;url=http://x.org/">\')</script>', None),
        ('<meta http-equiv="refresh" content="5" />', None),
        ('<meta http-equiv="refresh" content="5;\n url=http://example.org/newpage" /></p>', "http://example.org/newpage"),
        ("<META HTTP-EQUIV='REFRESH'\nCONTENT='1;\nURL=http://example.org/newpage'>", "http://example.org/newpage"),
        ('<meta http-equiv="refresh" content="3; url=&#39;http://www.example.com/other&#39;">', "http://www.example.com/other"),
        ('<meta http-equiv="refresh" content="3; url=other.html">', "http://example.com/page/other.html"),
        ('<meta http-equiv="refresh" content="3; url=http://example.com/to\u00a3">', "http://example.com/to%C2%A3"),
        ('<!-- <meta http-equiv="refresh" content="3; url=http://x.org/" /> -->', None),
        (
            '<!-- commented --><meta http-equiv="refresh" content="3; url=http://example.com/">-->',
            "http://example.com/",
        ),
        ('<meta http-equiv="refresh" content=".1;URL=index.html">', "http://example.com/page/index.html"),
        ('<meta http-equiv="refresh" content="3.1;URL=index.html">', "http://example.com/page/index.html"),
        ('<metaa http-equiv="refresh" content="3; url=http://x.org/">', None),
        ('<meta http-equiv="refresh" content="0;URL=\nhttp://www.example.org/index.php">', "http://www.example.org/index.php"),
        ('<noscript><meta http-equiv="REFRESH" content="0;URL=http://x.org/js"></noscript>', None),
        ('<meta content="0;url=http://dummy.org/" http-equiv="refresh">', "http://dummy.org/"),
        ('<meta http-equiv="x" content="0"><meta http-equiv="refresh" content="2; url=http://n.org/">', "http://n.org/"),
    ],
)  # fmt: skip
def test_a_refresh_is_read_as_others_do(body: str, expected: str | None) -> None:
    assert target(body) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("0;url=/x", "http://example.com/x"),
        ("0,/x", "http://example.com/x"),
        ("0 /x", "http://example.com/x"),
        ("0; url = '/x' tail", "http://example.com/x"),
        ("5; /x#part", "http://example.com/x"),
        ("6; /x", None),
        ("3600; /x", None),
        ("9999999999999; /x", None),
        ("0", None),
        ("0;", None),
        ("0; url=", None),
        ("x; /y", None),
        ("0/x", None),
        ("0; url=this.html", None),
        ("0; url=this.html#part", None),
        ("0; url=javascript:alert(1)", None),
        ("0; url=file:///etc/passwd", None),
        ("0; url=http://[", None),
    ],
)
def test_only_one_that_soon_leads_elsewhere_on_the_web_counts(content: str, expected: str | None) -> None:
    assert target(f'<meta http-equiv=refresh content="{content}">') == expected
    assert target("", refresh=content) == expected


def test_it_stands_on_the_base_of_the_page() -> None:
    body = "<base href=https://cdn.org/a/><meta http-equiv=refresh content='0;url=b'>"

    assert target(body) == "https://cdn.org/a/b"
    assert target(body.replace("https://cdn.org/a/", "javascript:x")) is None


def test_the_first_counts() -> None:
    assert target('<meta http-equiv=refresh content="0;/a"><meta http-equiv=refresh content="0;/b">') == (
        "http://example.com/a"
    )


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "image/png"])
def test_what_is_no_page_sends_nobody_on(media_type: str) -> None:
    assert target("<meta http-equiv=refresh content='0;/a'>", media_type) is None


@given(st.binary(), st.text())
def test_it_never_raises(body: bytes, content: str) -> None:
    target(b"<meta http-equiv=refresh content='" + body)
    target(b"", refresh=content)


@pytest.mark.parametrize("piece", ["<meta http-equiv=refresh ", "<noscript>", "http-equiv ", "0; url=", "<!--"])
def test_a_hostile_page_takes_no_time(piece: str) -> None:
    assert is_linear(lambda count: target("<meta http-equiv=refresh content='0; url=" + piece * count), 50_000)
    assert is_linear(lambda count: target("", refresh="0" * 10 + piece * count), 50_000)
