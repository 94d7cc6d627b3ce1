"""The one word for a link or reference, and why."""

from enum import StrEnum

from msgspec import Struct


class Verdict(StrEnum):
    """What became of a link. The table in the README says when; it is total."""

    ALIVE = "alive"
    MOVED = "moved"
    DRIFTED = "drifted"
    SOFT_404 = "soft-404"
    USURPED = "usurped"
    DEAD = "dead"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    PLACEHOLDER = "placeholder"
    INVALID = "invalid"
    SKIPPED = "skipped"


ABOUT = {
    Verdict.ALIVE: "It answers (2xx), as far as can be told with what was cited.",
    Verdict.MOVED: "A permanent redirect leads to the same content: update the link.",
    Verdict.DRIFTED: "It answers, but the content is no longer what was cited.",
    Verdict.SOFT_404: "It answers with 2xx, but with a 'not found' page, or the site's home page instead of the story.",
    Verdict.USURPED: "The domain is parked, for sale, or belongs to somebody else now.",
    Verdict.DEAD: (
        "404 or 410 to GET, asked twice or on two days; a name that its zone denies while others of it are known; "
        "a missing local file."
    ),
    Verdict.BLOCKED: "A wall (401, 403, 429, 451, 999, every other 4xx), a login or another gate: a person must look.",
    Verdict.UNREACHABLE: "Time-out, refused, reset, 5xx, TLS trouble, a loop: nobody can tell today.",
    Verdict.PLACEHOLDER: "`#`, empty, or a script: the target was lost, mostly in copying.",
    Verdict.INVALID: "Not a URL by the rules that browsers follow (WHATWG).",
    Verdict.SKIPPED: "Not checked, with the reason: excluded, another scheme, a private address, offline ...",
}
"""What each verdict means, in a sentence for people."""


class ReasonCode(StrEnum):
    """Why a verdict is what it is: the closed list."""

    # alive, moved
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    REDIRECTED = "redirected"
    REDIRECTED_PERMANENTLY = "redirected-permanently"
    FILE_EXISTS = "file-exists"
    SAME_DOCUMENT = "same-document"
    # dead
    HTTP_NOT_FOUND = "http-not-found"
    HTTP_GONE = "http-gone"
    NO_SUCH_HOST = "no-such-host"
    FILE_MISSING = "file-missing"
    STRIKES = "strikes"
    # what a page says
    CONTENT = "content"
    # blocked
    WALL = "wall"
    RATE_LIMITED = "rate-limited"
    LEGAL = "legal"
    CLIENT_ERROR = "client-error"
    # unreachable
    FAILURE = "failure"
    SERVER_ERROR = "server-error"
    ODD_STATUS = "odd-status"
    NOT_CONFIRMED = "not-confirmed"
    BUSY = "busy"
    NOT_ANSWERED_FOR = "not-answered-for"
    # placeholder, invalid
    NO_TARGET = "no-target"
    SCRIPT_TARGET = "script-target"
    NOT_A_URL = "not-a-url"
    # any, said by somebody who looked
    SEEN_BY_PERSON = "seen-by-person"
    # skipped by design
    EXCLUDED = "excluded"
    SCHEME = "scheme"
    PRIVATE_ADDRESS = "private-address"
    EXAMPLE_ADDRESS = "example-address"
    TEMPLATE = "template"
    OUTSIDE_ROOT = "outside-root"
    NO_BASE = "no-base"
    NAVIGATION = "navigation"
    CONTROL = "control"
    # skipped, but wanted
    OFFLINE = "offline"
    NETWORK = "network"
    POLICY = "policy"
    NOT_ASKED = "not-asked"

    @property
    def is_by_design(self) -> bool:
        """Tell a link that nobody wanted checked from one that still waits for an answer."""
        return self in _BY_DESIGN


_BY_DESIGN = frozenset(
    {
        ReasonCode.EXCLUDED,
        ReasonCode.SCHEME,
        ReasonCode.PRIVATE_ADDRESS,
        ReasonCode.EXAMPLE_ADDRESS,
        ReasonCode.TEMPLATE,
        ReasonCode.CONTROL,
        ReasonCode.OUTSIDE_ROOT,
        ReasonCode.NO_BASE,
        ReasonCode.NAVIGATION,
    }
)


class Reason(Struct, frozen=True):
    """Why: a code for programs, a text for people."""

    code: ReasonCode
    text: str


class Judgement(Struct, frozen=True):
    """A verdict with its reason."""

    verdict: Verdict
    reason: Reason
