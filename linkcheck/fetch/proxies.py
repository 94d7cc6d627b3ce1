"""Which proxy a request goes through, by the environment's conventions (`https_proxy`, `no_proxy` ...)."""

from collections.abc import Mapping
from urllib.request import getproxies_environment

from linkcheck import uri
from linkcheck.errors import ConfigError

LOG_IN = "the proxy wants to be logged in to (407): give it as http://USER:PASSWORD@HOST:PORT in HTTPS_PROXY"
"""What a person on this side can do; it is no wall of the page's host."""


def environment_proxies() -> dict[str, str]:
    """Read the proxies by URL scheme, `all` for the rest and `no` for the exceptions; ConfigError on nonsense."""
    found = {}
    for scheme, address in getproxies_environment().items():
        if scheme == "no":
            found[scheme] = address
        elif scheme in {"http", "https", "all"}:
            found[scheme] = _checked(scheme, address)
    return found


def proxy_of(url: str, proxies: Mapping[str, str]) -> str | None:
    """Give the proxy's URL; None where the request goes straight."""
    if not proxies or (parts := uri.parse(url)) is None:
        return None
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return None if proxy is None or _is_exempt(parts.host, parts.port, proxies.get("no", "")) else proxy


def _is_exempt(host: str, port: int, exceptions: str) -> bool:
    """Read `no_proxy` as curl does: names cover what is below them, an entry may name a port, `*` is everything."""
    for entry in exceptions.lower().split(","):
        name = entry.strip().lstrip(".")
        if name == "*":
            return True
        if name and (name in {host, f"{host}:{port}"} or host.endswith(f".{name}")):
            return True
    return False


def _checked(scheme: str, address: str) -> str:
    url = address if "://" in address else f"http://{address}"
    parts = uri.parse(url)
    if parts is None or parts.scheme not in uri.WEB or not parts.host:
        raise ConfigError(
            f"environment: `{scheme}_proxy` names a proxy that cannot be used; write http://HOST:PORT, or unset it"
        )
    return url
