"""Servers that answer too much, too slowly, too often or not what they say: one clear line, in bounds.

Bounds are bytes that a server could send before it was left, and never the time that it took.
"""

from __future__ import annotations

import gzip
import socket
import time
import zlib

import pytest

from .internet import Internet, response
from .taking import WORDS, take

LIMIT = 100_000
SLACK = 8_000_000  # what buffers of the system hold


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_FETCH_BYTES", str(LIMIT))
    monkeypatch.setenv("MARSAD_FETCH_SECONDS", "3")


def refusal(where: str) -> str:
    taken = take(where)
    assert taken.frozen == ()
    (found,) = taken.refused
    return found.reason


class Endless:
    """A host that sends `head` and then `part` for as long as anybody takes it, and counts."""

    def __init__(self, head: bytes, part: bytes) -> None:
        self.head, self.part, self.sent = head, part, 0

    def __call__(self, connection: socket.socket, _head: bytes) -> None:
        connection.settimeout(5)
        connection.sendall(self.head)
        while self.sent < 100_000_000:
            connection.sendall(self.part)
            self.sent += len(self.part)


HEAD = b"HTTP/1.1 200 OK\r\n"
FOLDED = gzip.compress(WORDS.encode())
EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"  # of deflate: five bytes that unfold to none
ENDLESS: dict[str, tuple[bytes, bytes]] = {
    "body": (HEAD + b"\r\n", b"words " * 10_000),
    "chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nwords\r\n" * 5_000),
    "lying length": (HEAD + b"Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n", b"5\r\nwords\r\n" * 5_000),
    "headers": (HEAD, b"X-Long: " + b"x" * 5_000 + b"\r\n"),
    "one header": (HEAD + b"X-Long: ", b"x" * 50_000),
    "status line": (b"HTTP/1.1 200 ", b"O" * 50_000),
    "interim": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2_000),
    "chunk extension": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;", b"x" * 50_000),
    "trailers": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n0\r\n", b"X: y\r\n" * 9_000),
    "bomb": (HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(bytes(20_000_000))),
    "after gzip": (HEAD + b"Content-Encoding: gzip\r\n\r\n" + FOLDED, b"\0" * 50_000),
    "members of gzip": (HEAD + b"Content-Encoding: gzip\r\n\r\n", FOLDED * 1_000),
    "error": (b"HTTP/1.1 404 Not Found\r\n\r\n", b"words " * 10_000),
    "folded error": (b"HTTP/1.1 503 Busy\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(bytes(20_000_000))),
    "redirect": (b"HTTP/1.1 302 Found\r\nLocation: http://end.example/\r\n\r\n", b"words " * 10_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(ENDLESS))
def test_an_answer_without_an_end_is_left(internet: Internet, kind: str) -> None:
    host = Endless(*ENDLESS[kind])
    address = internet.host("endless.example", host)
    internet.host("end.example", response(b""), "8.8.8.8")
    assert refusal(address)
    assert host.sent < SLACK


@pytest.mark.parametrize("kind", ["headers", "body", "chunks", "nothing", "before"])
def test_a_slow_drip_ends_with_the_time(
    internet: Internet, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Each byte comes in time, and the whole never would."""
    monkeypatch.setenv("MARSAD_FETCH_SECONDS", "0.5")
    before = {
        "headers": HEAD + b"X: ",
        "body": HEAD + b"\r\n",
        "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
    }
    part = b"1\r\nx\r\n" if kind == "chunks" else b"x"

    def drip(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(before.get(kind, b""))
        for _ in range(400):
            time.sleep(0.02)
            if kind != "nothing":
                connection.sendall(part)

    assert "MARSAD_FETCH_SECONDS" in refusal(internet.host("slow.example", drip)) or kind == "before"


ODD: dict[str, bytes] = {
    "nothing": b"",
    "no http": b"SSH-2.0-OpenSSH_9.2\r\n",
    "http/0.9": WORDS.encode(),
    "status": b"HTTP/1.1 999 What\r\nContent-Length: 5\r\n\r\nwords",
    "status word": b"HTTP/1.1 two-hundred OK\r\n\r\nwords",
    "negative length": HEAD + b"Content-Length: -1\r\n\r\nwords",
    "two lengths": HEAD + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\nwords",
    "huge length": HEAD + b"Content-Length: 99999999999999999999999\r\n\r\nwords",
    "digits of length": HEAD + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\nwords",
    "other digits": HEAD + "Content-Length: ٥\r\n\r\nwords".encode(),
    "short": HEAD + b"Content-Length: 500\r\n\r\nwords",
    "bad chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nwords\r\n",
    "huge chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\nwords\r\n",
    "cut chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nwor",
    "coding": HEAD + b"Transfer-Encoding: gzip\r\n\r\nwords",
    "no gzip": HEAD + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nwords",
    "cut gzip": HEAD + b"Content-Encoding: gzip\r\n\r\n" + FOLDED[:-9],
    "wrong sum": HEAD + b"Content-Encoding: gzip\r\n\r\n" + FOLDED[:-8] + bytes(8),
    "gzip twice": HEAD + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(FOLDED),
    "brotli": HEAD + b"Content-Encoding: br\r\n\r\nwords",
    "deflate": HEAD + b"Content-Encoding: deflate\r\n\r\n" + zlib.compress(b"words"),
    "odd coding": HEAD + b"Content-Encoding: \x1b[2J\r\n\r\nwords",
    "no location": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
    "many choices": b"HTTP/1.1 300 Choices\r\nContent-Length: 0\r\n\r\n",
    "not modified": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "partial": b"HTTP/1.1 206 Partial\r\nContent-Length: 0\r\n\r\n",
    "switch": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
    "control in reason": b"HTTP/1.1 404 \x1b]0;x\x07\r\n\r\n",
    "control in header": HEAD + b"X: \x00\x01\r\n\r\nwords",
    "split header": HEAD + b"X: a\r\n b\r\n\tc\r\n\r\n",
    "no colon": HEAD + b"nothing\r\n\r\nwords",
    "later": b"HTTP/1.1 503 Busy\r\nRetry-After: 99999999999999999999999999\r\n\r\n",
    "later, a date": b"HTTP/1.1 429 Busy\r\nRetry-After: Mon, 01 Jan 99999999999999999999 00:00:00 GMT\r\n\r\n",
    "later, an offset": b"HTTP/1.1 429 Busy\r\nRetry-After: Mon, 01 Jan 2024 00:00:00 +99999999999999999\r\n\r\n",
    "later, no date": b"HTTP/1.1 429 Busy\r\nRetry-After: " + b"(" * 2_000 + b"\r\n\r\n",
    "later, digits": "HTTP/1.1 429 Busy\r\nRetry-After: ²³\r\n\r\n".encode(),
    "later, negative": b"HTTP/1.1 503 Busy\r\nRetry-After: -5\r\n\r\n",
}


@pytest.mark.parametrize("kind", list(ODD))
def test_an_answer_that_is_none_is_one_line(internet: Internet, kind: str) -> None:
    reason = refusal(internet.host("odd.example", ODD[kind]))
    assert kind.startswith(("control", "odd")) or reason.isprintable()


MEDIA: dict[str, str] = {
    "none": "",
    "odd": "\x01/\x02",
    "long": "text/" + "x" * 20_000,
    "two": "text/html, application/pdf",
    "charset": "text/plain; charset=utf-7",
    "no such charset": "text/plain; charset=" + "x" * 5_000,
    "picture": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "mail": "message/rfc822",
    "feed": "application/rss+xml",
    "zip": "application/zip",
    "coded": "application/vnd.marsad.coded",
}


@pytest.mark.parametrize("kind", list(MEDIA))
def test_a_type_that_lies_costs_one_document(internet: Internet, kind: str) -> None:
    """What is plain text says that it is something else: it is read or refused."""
    address = internet.host("lying.example", response(WORDS.encode(), content_type=MEDIA[kind]))
    taken = take(address)
    assert len(taken.frozen) + len(taken.refused) == 1


def test_after_all_that_an_honest_host_is_read(internet: Internet) -> None:
    address = internet.host("honest.example", response(WORDS.encode(), content_type="text/plain"))
    assert take("http://127.1/", address).text == WORDS
