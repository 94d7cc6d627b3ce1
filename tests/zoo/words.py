"""The words that rows of the zoo are expected to get."""

from linkcheck.model import FailureKind, ReasonCode, Verdict
from tests.zoo.row import Word

ALIVE = Word(Verdict.ALIVE, ReasonCode.ANSWERED)
REDIRECTED = Word(Verdict.ALIVE, ReasonCode.REDIRECTED)
MOVED = Word(Verdict.MOVED, ReasonCode.REDIRECTED_PERMANENTLY)
NOT_FOUND = Word(Verdict.DEAD, ReasonCode.HTTP_NOT_FOUND)
GONE = Word(Verdict.DEAD, ReasonCode.HTTP_GONE)
NO_HOST = Word(Verdict.DEAD, ReasonCode.NO_SUCH_HOST, FailureKind.DNS_NXDOMAIN)
WALL = Word(Verdict.BLOCKED, ReasonCode.WALL)
LIMITED = Word(Verdict.BLOCKED, ReasonCode.RATE_LIMITED)
LEGAL = Word(Verdict.BLOCKED, ReasonCode.LEGAL)
REFUSED = Word(Verdict.BLOCKED, ReasonCode.CLIENT_ERROR)
SERVER = Word(Verdict.UNREACHABLE, ReasonCode.SERVER_ERROR)
ODD = Word(Verdict.UNREACHABLE, ReasonCode.ODD_STATUS)
PRIVATE = Word(Verdict.SKIPPED, ReasonCode.PRIVATE_ADDRESS, FailureKind.POLICY)
NO_ENTRY = Word(Verdict.SKIPPED, ReasonCode.POLICY, FailureKind.POLICY)
EXAMPLE = Word(Verdict.SKIPPED, ReasonCode.EXAMPLE_ADDRESS, FailureKind.DNS_NXDOMAIN)


def failed(kind: FailureKind, *rules: str) -> Word:
    """Say that no answer came, and why."""
    return Word(Verdict.UNREACHABLE, ReasonCode.FAILURE, kind, rules)


def page_says(verdict: Verdict, *rules: str) -> Word:
    """Say that the page itself gave it away."""
    return Word(verdict, ReasonCode.CONTENT, rules=rules)


def walled(*rules: str) -> Word:
    """Say that a wall stands before the page, and who knows it."""
    return Word(Verdict.BLOCKED, ReasonCode.WALL, rules=rules)


def alive_but(*rules: str) -> Word:
    """Say that the page is there, with something to say about it."""
    return Word(Verdict.ALIVE, ReasonCode.ANSWERED, rules=rules)


DNS_FAILED = failed(FailureKind.DNS_TEMPORARY)
CONNECT_TIMEOUT = failed(FailureKind.TIMEOUT_CONNECT)
READ_TIMEOUT = failed(FailureKind.TIMEOUT_READ)
PORT_CLOSED = failed(FailureKind.REFUSED)
RESET = failed(FailureKind.RESET)
NOT_HTTP = failed(FailureKind.PROTOCOL)
TOO_LARGE = failed(FailureKind.TOO_LARGE)
NOWHERE = failed(FailureKind.BAD_REDIRECT)
CIRCLE = failed(FailureKind.REDIRECT_LOOP)
TOO_FAR = failed(FailureKind.TOO_MANY_REDIRECTS)
EXPIRED = failed(FailureKind.TLS_EXPIRED, "expired-certificate")
WRONG_NAME = failed(FailureKind.TLS_HOSTNAME)
UNTRUSTED = failed(FailureKind.TLS_UNTRUSTED)
NO_TLS = failed(FailureKind.TLS_OTHER)
