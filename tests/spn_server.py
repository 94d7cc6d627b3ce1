"""A Save Page Now 2 on loopback: what it was sent, and answers that tests prepare."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

from tests.web import listening

JOB = "spn2-0123456789abcdef0123456789abcdef01234567"


class Spn:
    """The service while it serves."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}/save"
        self.submitted: list[dict[str, str]] = []
        """The form of every submission."""
        self.keys: set[str] = set()
        """What came as Authorization."""
        self.polls = 0
        self.pending = 1
        """Polls that a job takes."""
        self.refusals: dict[str, Mapping[str, Any]] = {}
        """Answers to submissions by URL, instead of a job; one with a `status_code` has that status."""
        self.endings: dict[str, Mapping[str, Any]] = {}
        """Ends of jobs by URL, instead of success."""

    def submit(self, form: dict[str, str]) -> Mapping[str, Any]:
        self.submitted.append(form)
        return self.refusals.get(form["url"], {"url": form["url"], "job_id": JOB})

    def poll(self) -> Mapping[str, Any]:
        self.polls += 1
        if self.polls <= self.pending:
            return {"status": "pending", "job_id": JOB, "resources": []}
        url = self.submitted[-1]["url"]
        success = {"status": "success", "job_id": JOB, "original_url": url, "timestamp": "20261124120000"}
        return self.endings.get(url, success)


@contextmanager
def saving() -> Iterator[Spn]:
    """Serve on a free port of 127.0.0.1 for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            assert self.path == "/save"
            body = self.rfile.read(int(self.headers["content-length"]))
            assert self.headers["content-type"] == "application/x-www-form-urlencoded"
            self.answer(spn.submit({name: values[0] for name, values in parse_qs(body.decode()).items()}))

        def do_GET(self) -> None:
            assert self.path == f"/save/status/{JOB}"
            self.answer(spn.poll())

        def answer(self, said: Mapping[str, Any]) -> None:
            spn.keys.add(self.headers["authorization"])
            body = json.dumps(dict(said)).encode()
            self.send_response(said.get("status_code", 200))
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    with listening(Handler) as port:
        spn = Spn(port)
        yield spn
