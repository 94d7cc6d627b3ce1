"""Recordings of a browser."""

import json
from typing import Any

import pytest

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.har import decoded, extract
from linkcheck.model import Cited, Document, Role


def read(text: str) -> Extraction:
    return extract(Document(name="x.har", media_type="application/har+json", source=text.encode(), text=text), Wanted())


def entry(url: str, media_type: str = "text/html", **more: Any) -> dict[str, Any]:
    return {
        "startedDateTime": "2017-02-14T12:00:00.000Z",
        "request": {"method": "GET", "url": url, "headers": [{"name": "referer", "value": "http://no.test/"}]},
        "response": {"status": 200, "content": {"mimeType": media_type, "text": '{"url": "http://no.test/"}'}},
        **more,
    }


def recording(*entries: dict[str, Any]) -> str:
    return json.dumps({"log": {"version": "1.2", "pages": [{"title": "http://no.test"}], "entries": entries}})


def test_each_request_is_a_reference_read_on_its_day() -> None:
    text = recording(
        entry("http://a.test/"), entry("http://a.test/x.png", "image/png"), entry("http://a.test/x.js", "js")
    )
    found = read(text)

    assert [(one.raw, one.role, one.text) for one in found.references] == [
        ("http://a.test/", Role.CITATION, "GET"),
        ("http://a.test/x.png", Role.IMAGE, "GET"),
        ("http://a.test/x.js", Role.EMBED, "GET"),
    ]
    assert found.references[0].cited == Cited(accessed="2017-02-14")
    assert [text[one.span.start : one.span.end] for one in found.references] == [one.raw for one in found.references]
    assert found.findings == ()


def test_what_the_browser_says_of_a_request_comes_first() -> None:
    (one,) = read(recording(entry("http://a.test/", "text/html", _resourceType="xhr"))).references

    assert one.role is Role.EMBED


def test_escapes_are_undone() -> None:
    (one,) = read(r'{"log":{"entries":[{"request":{"url":"http:\/\/a.test\/\u00e9"}}]}}').references

    assert decoded(one.raw, one.element) == "http://a.test/é"


@pytest.mark.parametrize("cut", [-2, -60, 200])
def test_a_damaged_recording_is_read_as_far_as_it_goes(cut: int) -> None:
    found = read(recording(entry("http://a.test/"), entry("http://b.test/"))[:cut])

    assert found.references[0].raw == "http://a.test/"
    assert [one.rule for one in found.findings] == ["damaged-document"]


def test_what_is_no_recording_is_named() -> None:
    assert [one.rule for one in read('{"a": 1}').findings] == ["damaged-document"]
