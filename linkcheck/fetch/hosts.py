"""What single hosts have of their own: settings, and headers that nobody else is sent.

A header that carries a secret goes to its exact origin: over https, to the port that its entry names or the usual one.
The layer belongs within redirects, so that every hop is looked up by itself and nothing is carried along.
"""

import os
import re
from collections.abc import Mapping

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.config import HostSettings
from linkcheck.config.headers import SECRET
from linkcheck.errors import ConfigError
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, Request, Response

Hosts = Mapping[str, HostSettings]
"""By HOST or HOST:PORT, as the config has them."""


class _Header(Struct, frozen=True):
    """A header for one host, its secrets filled in."""

    name: str
    value: str
    is_secret: bool


def settings_of(url: str, hosts: Hosts) -> HostSettings | None:
    """Give what the host of a URL wants to be otherwise; HOST:PORT counts before HOST."""
    entry = _entry(url, hosts) if hosts else None
    return hosts[entry] if entry else None


def sending_own_headers(exchange: Exchange, hosts: Hosts, environ: Mapping[str, str] = os.environ) -> Exchange:
    """Wrap an exchange so that hosts are sent their own headers, which replace those of the request.

    ConfigError for a secret that the environment does not have.
    """
    headers = {
        entry: tuple(_header(entry, name, value, environ) for name, value in settings.headers.items())
        for entry, settings in hosts.items()
        if settings.headers
    }
    if not headers:
        return exchange

    async def sent(request: Request) -> Response | Failure:
        entry = _entry(request.url, headers)
        if entry is None:
            return await exchange(request)
        is_safe = _is_exact_and_encrypted(request.url, entry)
        own = [(header.name, header.value) for header in headers[entry] if is_safe or not header.is_secret]
        replaced = {name for name, _ in own}
        kept = [pair for pair in request.headers if pair[0].lower() not in replaced]
        return await exchange(structs.replace(request, headers=(*kept, *own)))

    return sent


def _entry(url: str, hosts: Mapping[str, object]) -> str | None:
    parts = uri.parse(url)
    names = (f"{parts.host}:{parts.port}", parts.host) if parts else ()
    return next((name for name in names if name in hosts), None)


def _is_exact_and_encrypted(url: str, entry: str) -> bool:
    parts, meant = uri.parse(url), uri.parse(f"https://{entry}/")
    return parts is not None and meant is not None and parts.scheme == "https" and parts.port == meant.port


def _header(entry: str, name: str, value: str, environ: Mapping[str, str]) -> _Header:
    def secret(found: re.Match[str]) -> str:
        known = environ.get(found[1], "")
        if not known or not known.isprintable():
            raise ConfigError(f"hosts: `{name}` for {entry} needs ${found[1]}, one line of text in the environment")
        return known

    return _Header(name.lower(), SECRET.sub(secret, value), is_secret=SECRET.search(value) is not None)
