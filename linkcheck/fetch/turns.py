"""Frees a link's place when it has been asked, or gives it another turn when its host wants to be left alone."""

from collections.abc import Callable

from msgspec import Struct

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.fetch.breaker import Breaker
from linkcheck.fetch.frontier import Frontier
from linkcheck.fetch.observe import Observation
from linkcheck.fetch.patience import Patience
from linkcheck.fetch.retry_after import retry_after
from linkcheck.model import Check, FailureKind, Link

_UNHEARD = frozenset(
    {
        FailureKind.DNS_NXDOMAIN,
        FailureKind.DNS_UNPROVEN,
        FailureKind.DNS_TEMPORARY,
        FailureKind.REFUSED,
        FailureKind.TIMEOUT_CONNECT,
        FailureKind.TIMEOUT_READ,
        FailureKind.NETWORK,
    }
)
"""Failures of a host that has not been heard: it is asked one thing at a time until it is."""


class Turns(Struct, frozen=True, kw_only=True):
    """One pass over links."""

    frontier: Frontier
    patience: Patience
    breaker: Breaker
    clock: Clock
    tell_wait: Callable[[str, float, str], None]
    """Hears which host is left alone, for how many seconds, and why."""
    is_last: bool = False

    def is_through(self, link: Link, observation: Observation) -> bool:
        """Free the link's place, and tell whether it has had its answer; otherwise it will come again."""
        check, origin = observation.check, uri.origin_of(link.url) or ""
        if check.inferred:
            self.frontier.done(link, is_heard=False)
            return True
        wanted = retry_after(observation.page.headers, self.clock.now()) if observation.page else None
        if not _complains(link, check, wanted):
            is_heard = check.failure is None or check.failure.kind not in _UNHEARD
            is_answer = check.failure is None and not self.frontier.is_resting(link)
            distance = self.patience.after_answer(origin, is_answer=is_answer)
            self.frontier.done(link, is_heard=is_heard, rest=distance)
            return True
        if self.patience.is_of_link(link.id, origin):
            self.frontier.done(link, rest=self.patience.after_answer(origin, is_answer=False))
            return True
        if self.frontier.is_resting(link):
            self.frontier.again(link, rest=0.0)  # it was under way when the host began to complain
            return False
        rest = self.patience.after_complaint(origin, wanted)
        if rest is None and (rest := self.patience.after_budget(link.id, origin)) is not None:
            self.frontier.done(link, rest=rest)  # the next address will tell whose limit it is
            return True
        if rest is None:
            self.breaker.give_up(origin, check.status or 0, is_last=self.is_last)
            self.frontier.done(link, is_heard=False)
            return True
        self.tell_wait(uri.host_of(link.url), rest, f"it answers {check.status}")
        self.frontier.again(link, rest=rest, is_last=True)  # meanwhile another address tells whose limit it is
        return False


def _complains(link: Link, check: Check, wanted: float | None) -> bool:
    """Tell whether the link's own host wants fewer requests (RFC 6585 4, RFC 9110 15.6.4)."""
    is_complaint = check.status == 429 or (check.status == 503 and wanted is not None)
    return is_complaint and uri.host_of(check.final_url or link.url) == uri.host_of(link.url)
