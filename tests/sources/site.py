"""A web server of the tests' own, on loopback: what each path answers is set by the test."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.address = f"http://{self.host}"
        self.answers: dict[str, Answer] = {}
        self.requests: list[BaseHTTPRequestHandler] = []

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, but for robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def serve(
        self, path: str, body: bytes = b"", *, status: int = 200, headers: dict[str, str] | None = None
    ) -> str:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            respond(handler, body, status, headers)

        return self.serve_with(path, answer)

    def serve_with(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return self.address + path

    def serve_conditionally(self, path: str, body: bytes, **headers: str) -> str:
        """As a server that knows validators (RFC 9110): 304 where the client has this body already."""
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        known = {"ETag": etag, "Last-Modified": "Mon, 06 May 2024 10:00:00 GMT", **headers}

        def answer(handler: BaseHTTPRequestHandler) -> None:
            is_same = handler.headers.get("If-None-Match") == etag
            respond(handler, b"" if is_same else body, 304 if is_same else 200, known)

        return self.serve_with(path, answer)

    def serve_in_turn(self, path: str, answers: Sequence[Answer]) -> str:
        """The answers one after another; the last one for ever."""
        left = list(answers)

        def answer(handler: BaseHTTPRequestHandler) -> None:
            (left.pop(0) if len(left) > 1 else left[0])(handler)

        return self.serve_with(path, answer)

    def find(self, path: str) -> Answer:
        """What answers a path; without an answer of its own, the path as it is without its query."""
        return self.answers.get(path) or self.answers.get(path.partition("?")[0]) or missing


def respond(
    handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, headers: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    given = {} if status == 304 else {"Content-Length": str(len(body))}
    for name, value in {**given, **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def missing(handler: BaseHTTPRequestHandler) -> None:
    respond(handler, b"", 404)


def answering(body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    """An answer for `serve_in_turn`; `Retry_After` stands for `Retry-After`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: respond(handler, body, status, named)
