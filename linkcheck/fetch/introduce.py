"""Introduces us: the headers that every request carries unless it says otherwise.

Many sites answer 403 or 404 to what does not ask as a browser does, so `Accept` is a browser's.
"""

from msgspec import structs

from linkcheck.fetch.decompress import ENCODINGS
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, Request, Response

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def introducing(exchange: Exchange, user_agent: str) -> Exchange:
    """Wrap an exchange so that requests say who asks and what we can read; a request's own headers win."""
    usual = (
        ("user-agent", user_agent),
        ("accept", ACCEPT),
        ("accept-language", "en;q=0.9,*;q=0.5"),
        ("accept-encoding", ENCODINGS),
    )

    async def introduced(request: Request) -> Response | Failure:
        if request.headers:
            own = {name.lower() for name, _ in request.headers}
            headers = (*(pair for pair in usual if pair[0] not in own), *request.headers)
        else:
            headers = usual
        return await exchange(structs.replace(request, headers=headers))

    return introduced
