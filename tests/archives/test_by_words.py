from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from linkcheck.archives.api import Listed
from linkcheck.archives.by_words import search
from linkcheck.model import Failure, FailureKind, Request, Response
from tests.play import play

ENDPOINTS = {"cdx": "http://cdx.test/search"}
AT = datetime(2017, 2, 14, 23, 59, 59, tzinfo=UTC)
ROWS = (
    b'[["timestamp","original","mimetype","statuscode","digest","length"],\n'
    b'["20170210000000","http://www.paper.test/2017/02/10/house-by-the-lake","text/html","200","A","1"],\n'
    b'["20170211000000","http://other.test/house-lake","text/html","200","B","1"],\n'
    b'["20170212000000","http://www.paper.test/2017/02/10/house-by-the-lake","text/html","200","C","1"]]'
)


def found(*answers: Any, words: tuple[str, ...] = ("house", "lake", "sold"), asked: list[Any] | None = None) -> Any:
    return play(search("paper.test", AT, words, ENDPOINTS), answers, asked=asked)


def test_one_bounded_question_lists_the_pages_of_the_host_each_once() -> None:
    asked: list[Request] = []

    listed = found(Response("http://cdx.test/", 200, (), ROWS), asked=asked)

    assert listed == (Listed(url="http://www.paper.test/2017/02/10/house-by-the-lake", at="2017-02-10T00:00:00Z"),)
    terms = parse_qsl(urlsplit(asked[0].url).query)
    assert dict(terms) | {"filter": ""} == {
        "url": "paper.test", "matchType": "host", "output": "json", "collapse": "urlkey", "limit": "400", "filter": "",
        "fl": "timestamp,original,mimetype,statuscode,digest,length", "from": "20161017", "to": "20180321",
    }  # fmt: skip
    assert [value for name, value in terms if name == "filter"] == [
        "urlkey:.*(?:house|lake|sold).*(?:house|lake|sold).*", "statuscode:20[036]", "mimetype:text/html",
    ]  # fmt: skip


def test_an_empty_index_has_no_such_page() -> None:
    assert found(Response("http://cdx.test/", 200, (), b"[]")) == ()


@pytest.mark.parametrize(
    "answer",
    [
        Response("http://cdx.test/", 200, (), b"<html>excluded"),
        Response("http://cdx.test/", 503, (), ROWS),
        Failure(FailureKind.BUDGET, "the archive budget ended"),
    ],
)
def test_an_index_that_does_not_answer_says_nothing(answer: Any) -> None:
    assert found(answer) is None


def test_words_that_an_expression_could_take_for_something_else_are_left_out() -> None:
    assert found(words=("a.*b", "(x", "ab", "only")) == ()
