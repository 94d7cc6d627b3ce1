"""HTTP/1.1 as the staged hosts speak it: bytes to a question, an answer to bytes (RFC 9112). Pure."""

from http import HTTPStatus
from urllib.parse import urlsplit

from msgspec import Struct

METHODS = frozenset({"GET", "HEAD"})


class Question(Struct, frozen=True, kw_only=True):
    """One request."""

    target: str
    """Path and query, exactly as sent."""
    headers: tuple[tuple[str, str], ...] = ()
    """Names in lower case."""
    method: str = "GET"

    @property
    def authority(self) -> str:
        """Give the Host header, in lower case; empty where there is none."""
        return (self.header("host") or "").lower()

    @property
    def host(self) -> str:
        """Give the authority without its port."""
        return self.authority.partition(":")[0]

    @property
    def path(self) -> str:
        """Give what stands before the question mark."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """Give what stands behind it."""
        return self.target.partition("?")[2]

    @property
    def is_last(self) -> bool:
        """Whether the connection ends with the answer; a method that is not known may have sent a body."""
        return (self.header("connection") or "").lower() == "close" or self.method not in METHODS

    def header(self, name: str) -> str | None:
        """Give the first header of that (lower-case) name."""
        return next((value for key, value in self.headers if key == name), None)


class Answer(Struct, frozen=True, kw_only=True):
    """One response."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay: float = 0.0
    """Seconds before it is sent."""

    def header(self, name: str) -> str | None:
        """Give the first header of that (lower-case) name."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def read(head: bytes) -> Question | None:
    """Read the head of a request, its empty line included; None where it is none.

    The absolute form of a target, as proxies are asked, is cut to path and query.
    """
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    match first.split(" "):
        case [method, target, "HTTP/1.1" | "HTTP/1.0"] if target:
            pairs = (line.partition(":") for line in lines)
            headers = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
            return Question(target=_origin_form(target), headers=headers, method=method)
        case _:
            return None


def write(answer: Answer, question: Question) -> bytes:
    """Write a response; HEAD gets the head alone."""
    lines = [f"HTTP/1.1 {answer.status} {_phrase(answer.status)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    lines.append(f"content-length: {len(answer.body)}")
    if question.is_last:
        lines.append("connection: close")
    head = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"
    return head if question.method == "HEAD" else head + answer.body


def _origin_form(target: str) -> str:
    if target.startswith("/"):
        return target
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
