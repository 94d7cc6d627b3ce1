import pytest

from linkcheck.fetch.introduce import introducing
from linkcheck.model import Request
from tests.fetch.fakes import FakeExchange, answer

pytestmark = pytest.mark.anyio


async def test_requests_say_who_asks_and_accept_what_browsers_do() -> None:
    wire = FakeExchange(answer())

    await introducing(wire, "linkcheck/1 (+http://contact.test/)")(Request("http://a.test/"))

    sent = dict(wire.asked[0].headers)
    assert sent["user-agent"] == "linkcheck/1 (+http://contact.test/)"
    assert sent["accept"].startswith("text/html,application/xhtml+xml")
    assert sent["accept-encoding"] == "gzip, deflate"


async def test_own_headers_of_a_request_win() -> None:
    wire = FakeExchange(answer())

    await introducing(wire, "x")(Request("http://a.test/", headers=(("Accept", "application/json"), ("x-y", "z"))))

    headers = wire.asked[0].headers
    assert [value for name, value in headers if name.lower() == "accept"] == ["application/json"]
    assert ("x-y", "z") in headers
    assert ("user-agent", "x") in headers
