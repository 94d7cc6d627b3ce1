"""Makes what detectors look at: a check and the page that it saw, read as the tool reads them."""

from linkcheck.detect.api import Context
from linkcheck.extract.page import read
from linkcheck.fetch.observe import page_of
from linkcheck.model import Check, Hop, Response

URL = "https://paper.org/2017/02/14/story"


def seen(
    body: str | bytes = "",
    status: int = 200,
    *,
    url: str = URL,
    end: str = "",
    media_type: str = "text/html",
    headers: tuple[tuple[str, str], ...] = (),
) -> tuple[Check, Context]:
    """Give what was seen of `url`, which was redirected to `end` where that is another."""
    stored = body.encode() if isinstance(body, str) else body
    response = Response(end or url, status, (("content-type", media_type), *headers), stored)
    reading = read(response)
    hops = (Hop(url, 302, end), Hop(end, status)) if end else (Hop(url, status),)
    check = Check(
        at="2026-11-24T14:02:00Z",
        status=status,
        hops=hops,
        final_url=end or url,
        media_type=media_type,
        title=reading.facts.title,
        facts=reading.facts,
    )
    return check, Context(url=url, page=page_of(response), page_of=page_of, seed="test")
