"""A small internet of the tests' own: names, public addresses, and hosts that answer as they please.

The guard of fetches runs unchanged. Only what lies below it is ours: names are looked up here, and a
connection to a public address of ours ends at a server on loopback. Any other is noted, and refused.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from itertools import chain, repeat
from typing import Any

import pytest

PUBLIC = "93.184.216.34"
Host = Callable[[socket.socket, bytes], None]  # gets the connection and the request's head
_LOCAL = ("localhost", "localhost.", "LOCALHOST", "ip6-localhost")


class Internet:
    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.connected: list[str] = []  # every address that anybody tried to connect to
        self.asked: list[bytes] = []  # the heads of the requests that came
        self._answers: dict[str, Callable[[], tuple[str, ...]]] = {}
        self._hosts: dict[str, Host] = {}
        self._real = socket.getaddrinfo, socket.create_connection
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._waiting: list[Host] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        patch.setattr(socket, "getaddrinfo", self._look_up)
        patch.setattr(socket, "create_connection", self._connect)

    def name(self, name: str, *answers: str | tuple[str, ...]) -> None:
        """Let a name have these addresses, one answer a look-up; the last stays."""
        rows = [(each,) if isinstance(each, str) else each for each in answers]
        following = chain(rows, repeat(rows[-1]))
        self._answers[name] = lambda: next(following)

    def host(self, name: str, answers: Host | bytes, address: str = PUBLIC) -> str:
        """Let `name` be a public host that answers so; give its address."""
        self.name(name, address)
        self._hosts[address] = _saying(answers) if isinstance(answers, bytes) else answers
        return f"http://{name}/"

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _look_up(self, host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        look_up, _ = self._real
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name in self._answers:
            return [look_up(each, port, type=socket.SOCK_STREAM)[0] for each in self._answers[name]()]
        if name in _LOCAL:
            return look_up(name, port, type=socket.SOCK_STREAM)
        return look_up(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    def _connect(self, address: Any, *args: Any, **kwargs: Any) -> socket.socket:
        self.connected.append(address[0])
        if address[0] not in self._hosts:
            raise ConnectionRefusedError(f"{address[0]} is none of the test's hosts")
        self._waiting.append(self._hosts[address[0]])
        _, connect = self._real
        return connect(self._listener.getsockname(), *args, **kwargs)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed
                return
            answer = self._waiting.pop(0)
            threading.Thread(target=self._answer, args=(connection, answer), daemon=True).start()

    def _answer(self, connection: socket.socket, answer: Host) -> None:
        with connection:
            try:
                head = connection.recv(65_536)
                self.asked.append(head)
                answer(connection, head)
            except OSError:  # the client went away, as it should
                return


def _saying(answer: bytes) -> Host:
    return lambda connection, _head: connection.sendall(answer)


def response(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP answer; `content_type="..."` sets `Content-Type`."""
    named = {"Content-Length": str(len(body))}
    named |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items()), "", ""]
    return "\r\n".join(lines).encode() + body


def redirect(to: str) -> bytes:
    return response(status="302 Found", location=to, connection="close")
