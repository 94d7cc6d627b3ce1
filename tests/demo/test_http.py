import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.demo.http import Answer, Question, read, write


def test_a_request_is_read_with_its_target_as_sent() -> None:
    question = read(b"GET /web/2019id_/http://a.example/x?b=1 HTTP/1.1\r\nHost: A.example:8080\r\nX-Y: 1:2\r\n\r\n")

    assert question is not None
    assert (question.host, question.authority) == ("a.example", "a.example:8080")
    assert question.target == "/web/2019id_/http://a.example/x?b=1"
    assert (question.path, question.query) == ("/web/2019id_/http://a.example/x", "b=1")
    assert question.header("x-y") == "1:2"


def test_the_absolute_form_that_proxies_are_sent_is_cut_to_path_and_query() -> None:
    question = read(b"GET http://a.example/x?b HTTP/1.1\r\nhost: a.example\r\n\r\n")

    assert question is not None
    assert question.target == "/x?b"


@pytest.mark.parametrize("head", [b"\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/3\r\n\r\n", b"\x16\x03\x01\r\n\r\n"])
def test_what_is_no_request_is_none(head: bytes) -> None:
    assert read(head) is None


@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda some: b"GET " + some + b" HTTP/1.1\r\n\r\n"))
def test_whatever_is_sent_can_be_answered(head: bytes) -> None:
    question = read(head)

    assert question is None or write(Answer(), question).startswith(b"HTTP/1.1 200 OK\r\n")


def test_an_answer_is_written_with_its_length() -> None:
    sent = write(Answer(status=404, headers=(("content-type", "text/html"),), body=b"gone"), Question(target="/"))

    assert sent == b"HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\ngone"


def test_head_gets_no_body_and_close_is_said_back() -> None:
    question = Question(target="/", method="HEAD", headers=(("connection", "Close"),))

    assert write(Answer(status=999, body=b"page"), question) == (
        b"HTTP/1.1 999 Unknown\r\ncontent-length: 4\r\nconnection: close\r\n\r\n"
    )
