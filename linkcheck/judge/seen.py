"""The word that an answer, a failure or a file speaks for by itself, before anybody has looked at its content.

"Dead" needs evidence that was asked for twice; whatever cannot be told is called by its own name.
"""

from http import HTTPStatus
from typing import assert_never

from linkcheck import uri
from linkcheck.judge.world import World, depends_on_network, settled, why_unproven
from linkcheck.model import Check, FailureKind, Judgement, Reason, ReasonCode, Trouble, Verdict

_OUR_DECISION = frozenset({FailureKind.POLICY, FailureKind.BUDGET})

_NO_SUCH_NAME = frozenset({FailureKind.DNS_NXDOMAIN, FailureKind.DNS_UNPROVEN})

_EXAMPLES = frozenset({"example.com", "example.net", "example.org", "example", "test", "local"})


def seen(url: str, check: Check, world: World) -> Judgement:
    """Judge a link by what its check met."""
    told = _told(url, check, world)
    if not check.inferred:
        return told
    text = f"{told.reason.text}; not asked itself: its host had answered so to others"
    return _say(told.verdict, told.reason.code, text)


def not_asked(world: World) -> Judgement:
    """Judge a link that was not asked."""
    if world.is_offline:
        return _say(Verdict.SKIPPED, ReasonCode.OFFLINE, "not asked: --offline")
    return _say(Verdict.SKIPPED, ReasonCode.NOT_ASKED, "not asked: the run ended before its turn")


def moved_to(url: str, check: Check | None) -> str | None:
    """Give the address that permanent redirects (301, 308) lead to, before any temporary one; None without them."""
    if check is None or len(check.hops) < 2 or check.status is None or not 200 <= check.status < 300:
        return None
    target = None
    for hop, following in zip(check.hops, check.hops[1:], strict=False):
        if hop.status not in {301, 308}:
            break
        target = following.url
    return target if target and uri.key(target) != url else None


def _told(url: str, check: Check, world: World) -> Judgement:
    if check.exists is not None:
        if check.exists:
            return _say(Verdict.ALIVE, ReasonCode.FILE_EXISTS, "the file is there")
        return _say(Verdict.DEAD, ReasonCode.FILE_MISSING, "no such file")
    if why := _distrusted(url, check, world):
        return _say(Verdict.SKIPPED, ReasonCode.NETWORK, why)
    if check.failure is not None:
        return _failed(url, check.failure, check, world)
    if check.status is None:
        return not_asked(world)
    if world.accepted and _is_accepted(check.final_url or url, check.status, world):
        return _say(Verdict.ALIVE, ReasonCode.ACCEPTED, f"{_status_name(check.status)}, accepted by config")
    return _answered(url, check.status, check, world)


def _distrusted(url: str, check: Check, world: World) -> str | None:
    """Say why the network is not believed in this case."""
    network, failure = world.network, check.failure
    if not network.is_doubted:
        return None
    known = settled(failure, world.overridden)
    if failure and (failure.kind in _OUR_DECISION or not depends_on_network(check.final_url or url, known)):
        return None
    is_elsewhere = failure is not None or any(hop.address in {None, *network.lies} for hop in check.hops)
    if network.lies and is_elsewhere and depends_on_network(url, known):
        return "the name servers here give an address to names that do not exist, so this may not be the host"
    is_led_away = failure is not None or uri.host_of(check.final_url or url) == network.portal
    if network.portal is not None and is_led_away and depends_on_network(url, known):
        return f"a captive portal answers here for other hosts: {network.portal or 'by its certificate'}"
    if network.lost_since is not None and failure and check.at >= network.lost_since:
        return f"the network went away ({failure.message})"
    return None


def _answered(url: str, status: int, check: Check, world: World) -> Judgement:
    name = _status_name(status)
    twice = ", asked twice" if check.confirmed else f", and so it was on {check.also_on}"
    match status:
        case _ if 200 <= status < 300:
            return _reached(url, check, name)
        case _ if _is_example(url, world):
            return _example(url)
        case 404 | 410 if not (check.confirmed or check.also_on):
            why = f"{name}, asked once: it must say so again before it counts"
            return _say(Verdict.UNREACHABLE, ReasonCode.NOT_CONFIRMED, why)
        case 404:
            return _say(Verdict.DEAD, ReasonCode.HTTP_NOT_FOUND, f"{name} on GET{twice}")
        case 410:
            return _say(Verdict.DEAD, ReasonCode.HTTP_GONE, f"{name} on GET{twice}")
        case 429:
            return _say(Verdict.BLOCKED, ReasonCode.RATE_LIMITED, f"{name}: the host asks us to slow down")
        case 451:
            return _say(Verdict.BLOCKED, ReasonCode.LEGAL, name)
        case 407:
            why = f"{name}: a proxy on our side wants to be logged in to; give its user and password in HTTPS_PROXY"
            return _say(Verdict.UNREACHABLE, ReasonCode.FAILURE, why)
        case 401 | 402 | 403 | 999:
            return _say(Verdict.BLOCKED, ReasonCode.WALL, f"{name}: a wall; the page may well be there")
        case _ if 400 <= status < 500:
            return _say(Verdict.BLOCKED, ReasonCode.CLIENT_ERROR, f"{name}: the host refuses this request")
        case _ if 500 <= status < 600:
            return _say(Verdict.UNREACHABLE, ReasonCode.SERVER_ERROR, f"{name}: trouble on their side")
        case _:
            return _say(Verdict.UNREACHABLE, ReasonCode.ODD_STATUS, f"{name} is not an answer")


def _is_accepted(url: str, status: int, world: World) -> bool:
    """Tell whether the config takes this status of this host for an answer; HOST:PORT counts before HOST."""
    origin, host = uri.place_of(url)
    port = (origin or "").rpartition(":")[2]
    return status in world.accepted.get(f"{host}:{port}", world.accepted.get(host, ()))


def _reached(url: str, check: Check, name: str) -> Judgement:
    if target := moved_to(url, check):
        return _say(Verdict.MOVED, ReasonCode.REDIRECTED_PERMANENTLY, f"redirects permanently to {target}")
    if len(check.hops) > 1:
        return _say(Verdict.ALIVE, ReasonCode.REDIRECTED, f"{name} after a temporary redirect to {check.final_url}")
    return _say(Verdict.ALIVE, ReasonCode.ANSWERED, f"{name}, unchanged (304)" if check.unchanged else name)


def _failed(url: str, failure: Trouble, check: Check, world: World) -> Judgement:
    kind, message = failure.kind, failure.message
    asked = check.final_url or url
    is_of_network = depends_on_network(asked, settled(failure, world.overridden))
    unproven = why_unproven(asked, failure, world.network) if is_of_network and kind in _NO_SUCH_NAME else None
    match kind:
        case FailureKind.POLICY if check.hops and failure.reason is not ReasonCode.POLICY:
            return _say(Verdict.SKIPPED, ReasonCode.POLICY, f"redirects to where we do not go: {message}")
        case FailureKind.POLICY:
            return _say(Verdict.SKIPPED, failure.reason or ReasonCode.POLICY, message)
        case FailureKind.BUDGET:
            return _say(Verdict.SKIPPED, ReasonCode.NOT_ASKED, message)
        case FailureKind.NETWORK if failure.reason is not ReasonCode.BUSY:
            return _say(Verdict.SKIPPED, ReasonCode.NETWORK, message)
        case _ if is_of_network and not world.has_network and not (unproven and world.network.is_closed):
            return _say(Verdict.SKIPPED, ReasonCode.NETWORK, f"there is no network here ({message})")
        case _ if _is_example(url, world):
            return _example(url)
        case _ if unproven:
            return _say(Verdict.UNREACHABLE, ReasonCode.NOT_ANSWERED_FOR, unproven)
        case FailureKind.DNS_NXDOMAIN if check.confirmed:
            return _say(Verdict.DEAD, ReasonCode.NO_SUCH_HOST, f"no such host (NXDOMAIN, looked up twice): {message}")
        case FailureKind.DNS_NXDOMAIN:
            return _say(Verdict.UNREACHABLE, ReasonCode.NOT_CONFIRMED, f"no such host, looked up once: {message}")
        case (
            FailureKind.DNS_UNPROVEN
            | FailureKind.DNS_TEMPORARY
            | FailureKind.REFUSED
            | FailureKind.RESET
            | FailureKind.TIMEOUT_CONNECT
            | FailureKind.TIMEOUT_READ
            | FailureKind.TLS_EXPIRED
            | FailureKind.TLS_HOSTNAME
            | FailureKind.TLS_UNTRUSTED
            | FailureKind.TLS_OTHER
            | FailureKind.PROTOCOL
            | FailureKind.BAD_REDIRECT
            | FailureKind.REDIRECT_LOOP
            | FailureKind.TOO_MANY_REDIRECTS
            | FailureKind.TOO_LARGE
            | FailureKind.PROXY
        ):
            return _say(Verdict.UNREACHABLE, ReasonCode.FAILURE, message)
        case FailureKind.NETWORK:
            return _say(Verdict.UNREACHABLE, ReasonCode.BUSY, message)
        case _:
            assert_never(kind)


def _is_example(url: str, world: World) -> bool:
    host = uri.host_of(url)
    return host not in world.overridden and uri.is_within(host, _EXAMPLES)


def _example(url: str) -> Judgement:
    return _say(Verdict.SKIPPED, ReasonCode.EXAMPLE_ADDRESS, f"{uri.host_of(url)} is an example address (RFC 2606)")


def _say(verdict: Verdict, code: ReasonCode, text: str) -> Judgement:
    return Judgement(verdict, Reason(code, text))


def _status_name(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
