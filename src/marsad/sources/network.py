"""A network backend that connects to checked addresses only, and keeps to one deadline."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from marsad.errors import Unreachable
from marsad.sources.addresses import resolve


class Deadline:
    """An instant by which a whole fetch, redirects included, must be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds  # of a whole fetch, as it is told
        self.restart(seconds)

    def restart(self, seconds: float) -> None:
        """From now on, so many seconds are left."""
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            Unreachable: none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise Unreachable(f"did not finish in {self.seconds:g} s (MARSAD_FETCH_SECONDS)")
        return left


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a host, checks every address, and connects to an address that it checked.

    A client that resolved again, after the check, could be led elsewhere. TLS and the Host header
    still carry the name, since the request is not rewritten.
    """

    def __init__(self, deadline: Deadline, *, private: bool) -> None:
        self._deadline = deadline
        self._private = private
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        refusal: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in resolve(host, port, private=self._private):
            try:
                stream = self._backend.connect_tcp(
                    address, port, self._deadline.left(), local_address, socket_options
                )
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                refusal = error
            else:
                return TimedStream(stream, self._deadline)
        raise refusal or httpcore.ConnectError("no address")


class TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline, so that a slow drip cannot outlast it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore
        return self._stream.get_extra_info(info)
