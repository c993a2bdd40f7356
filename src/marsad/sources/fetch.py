"""A guarded fetch: public addresses only, at each redirect, within limits of time and size.

A `Client` keeps its connections for a batch and says in types what became of a request: `Fetched`,
`NotModified`, `Later` or `Failed`. What may not be asked at all is raised.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from types import TracebackType
from typing import NamedTuple, Self

import httpcore
import httpx

from marsad.errors import MarsadError, TooLarge, Unreachable
from marsad.records.original import Original
from marsad.settings import load
from marsad.sources.kinds import content_type
from marsad.sources.network import Deadline, GuardedBackend
from marsad.version import VERSION

REDIRECTS = 5
AGENT = f"marsad/{VERSION}"
ANYTHING = "text/html, text/markdown, text/plain, application/jsonl, */*;q=0.5"
_GZIP = 16 + zlib.MAX_WBITS
_NOT_MODIFIED = 304
_TRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_LONGEST_VALIDATOR = 1000  # characters
_BEGINNING = 4096  # bytes
_LONGEST = 30 * 86_400  # seconds that a server may ask to wait
_CONDITIONS = ("if-none-match", "if-modified-since")

Watch = Callable[[int, int | None], object]  # bytes that are done, of how many
Gate = Callable[[str], None]  # is told each address before it is asked, redirects included; may raise


class Validators(NamedTuple):
    """By what a server tells whether its answer is still the same (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


UNCONDITIONAL = Validators()


class Fetched(NamedTuple):
    """The bytes, where they were found, and by what to ask for them again."""

    original: Original
    validators: Validators = UNCONDITIONAL


class NotModified(NamedTuple):
    """The answer is the same as that of which the validators were given."""


class Later(NamedTuple):
    """No answer now: the server asks to wait, fails, or was not reached in time."""

    reason: str
    wait: float | None = None  # seconds, where the server says how long
    status: int | None = None  # None: there was no answer at all
    was_asked: bool = True  # else its host is left alone for now


class Failed(NamedTuple):
    """A status that asking again does not change."""

    status: int
    reason: str
    body: bytes = b""  # how it begins: what an API says of the fault

    @property
    def is_gone(self) -> bool:
        return self.status in _GONE


Answer = Fetched | NotModified | Later | Failed


def fetch(address: str) -> Original:
    """The bytes that `address` answers with, and where they were found after redirects.

    Raises:
        Unreachable: no answer in time, an error status, or an address that may not be asked.
        TooLarge: the answer is over `fetch_bytes`.
    """
    with Client() as client:
        answer = client.get(address)
    if isinstance(answer, Fetched):
        return answer.original
    raise Unreachable(f"{address}: {'answered 304' if isinstance(answer, NotModified) else answer.reason}")


class Client:
    """Connections that are kept open from request to request; one request at a time."""

    def __init__(self) -> None:
        settings = load()
        self._seconds, self._limit = settings.fetch_seconds, settings.fetch_bytes
        self._deadline = Deadline(self._seconds)
        backend = GuardedBackend(self._deadline, private=settings.fetch_private_addresses)
        self._client = httpx.Client(
            transport=GuardedTransport(backend),
            trust_env=False,  # a proxy would resolve names unchecked
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(
        self,
        address: str,
        validators: Validators = UNCONDITIONAL,
        *,
        accept: str = ANYTHING,
        limit: int | None = None,
        gate: Gate | None = None,
    ) -> Answer:
        """What `address` answers, redirects followed.

        Args:
            validators: of the answer that is already here; they go to the host of `address` alone.
            limit: bytes that are taken at most, by default `fetch_bytes`.
            gate: is told each address before it is asked; the time that it takes is not counted.

        Raises:
            Unreachable: an address that may not be asked, or an answer that cannot be read.
            TooLarge: the answer is over the limit.
        """
        headers = {"Accept": accept, **validators.headers()}
        with _clear(address, self._seconds) as outcome:
            response = self._answer(address, headers, gate)
            with closing(response):
                outcome.answer = _taken(address, response, limit or self._limit)
        return outcome.answer

    def save(self, address: str, write: Callable[[bytes], object], *, limit: int, watch: Watch) -> Answer:
        """As `get`, but the body goes to `write` as it comes, and the original has no bytes.

        The time limit holds for each part of it, and not for the whole.
        """
        with _clear(address, self._seconds) as outcome:
            response = self._answer(address, {"Accept": "*/*"}, None)
            with closing(response):
                outcome.answer = self._saved(address, response, write, limit, watch)
        return outcome.answer

    def _answer(self, address: str, headers: Mapping[str, str], gate: Gate | None) -> httpx.Response:
        """The last answer, its body unread; of those that redirect, the body is never read."""
        request = self._client.build_request("GET", address, headers=headers)
        first = request.url.host
        left = self._seconds
        for _ in range(REDIRECTS + 1):
            if request.url.userinfo:
                raise Unreachable("an address with a password in it is not fetched")
            if gate is not None:
                gate(str(request.url))
            self._deadline.restart(left)
            response = self._client.send(request, stream=True)
            if response.next_request is None:
                return response
            response.close()
            left = self._deadline.left()
            request = response.next_request
            if request.url.host != first:
                for name in _CONDITIONS:  # what another host once said is no business of this one
                    request.headers.pop(name, None)
        raise Unreachable(f"more than {REDIRECTS} redirects")

    def _saved(
        self,
        address: str,
        response: httpx.Response,
        write: Callable[[bytes], object],
        limit: int,
        watch: Watch,
    ) -> Answer:
        if not response.is_success:
            return _refused(response)
        declared = response.headers.get("content-length", "")
        whole = int(declared) if declared.isdecimal() else None
        done = 0
        for chunk in _parts(response, limit):
            write(chunk)
            done += len(chunk)
            watch(done, whole)
            self._deadline.restart(self._seconds)
        return _fetched(address, b"", response)


def _taken(address: str, response: httpx.Response, limit: int) -> Answer:
    if not response.is_success:
        return _refused(response)
    body = bytearray()
    for chunk in _parts(response, limit):
        body += chunk
    return _fetched(address, bytes(body), response)


def _fetched(address: str, raw: bytes, response: httpx.Response) -> Fetched:
    media_type, charset = content_type(response.headers.get("content-type", ""))
    original = Original(
        raw,
        address,
        url=str(response.url.copy_with(fragment=None)),
        media_type=media_type or None,
        charset=charset,
        retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    headers = response.headers
    return Fetched(original, Validators(_said(headers.get("etag")), _said(headers.get("last-modified"))))


def _said(validator: str | None) -> str | None:
    """A validator that can be sent back as it came."""
    is_plain = validator and validator.isascii() and validator.isprintable()
    return validator if is_plain and len(validator or "") <= _LONGEST_VALIDATOR else None


def _parts(response: httpx.Response, limit: int) -> Iterator[bytes]:
    """The decoded body. The limit holds for what a few compressed bytes unfold to as well."""
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise _too_large(limit)
    size = 0
    for chunk in _decoded(response, limit + 1):
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        yield chunk


def _decoded(response: httpx.Response, most: int) -> Iterator[bytes]:
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding == "identity":
        yield from response.iter_raw()
        return
    if coding not in {"gzip", "x-gzip"}:
        raise Unreachable(f"answered in the coding {coding!r}, which was not asked for")
    unfold, taken = zlib.decompressobj(_GZIP), 0
    for chunk in response.iter_raw():
        taken += len(chunk)
        if taken > most:  # what unfolds to nothing could go on for ever
            raise _too_large(most - 1)
        left = chunk
        while left:
            if unfold.eof:  # one member after another is a stream still (RFC 1952)
                unfold = zlib.decompressobj(_GZIP)
            yield unfold.decompress(left, most)
            left = unfold.unused_data
    if not unfold.eof:
        raise Unreachable("the answer was cut short")


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the answer is over the limit of {limit / 1e6:.1f} MB (MARSAD_FETCH_BYTES)")


def _refused(response: httpx.Response) -> Answer:
    """What a status that is no success means."""
    status = response.status_code
    reason = f"answered {status} {response.reason_phrase}".rstrip()
    if status == _NOT_MODIFIED and any(name in response.request.headers for name in _CONDITIONS):
        return NotModified()
    if status in _TRY_LATER:
        return Later(reason, _seconds(response.headers.get("retry-after", "")), status)
    return Failed(status, reason, _beginning(response))


def _beginning(response: httpx.Response) -> bytes:
    found = b""
    for chunk in _decoded(response, _BEGINNING):
        found += chunk
        if len(found) >= _BEGINNING:
            break
    return found[:_BEGINNING]


def _seconds(wait: str) -> float | None:
    """`Retry-After` as seconds from now: a number of them, or a date (RFC 9110, section 10.2.3)."""
    if wait.strip().isdecimal():
        return float(min(int(wait.strip()[:12]), _LONGEST))
    try:
        date = parsedate_to_datetime(wait)
        left = (date if date.tzinfo else date.replace(tzinfo=UTC)) - datetime.now(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return min(max(left.total_seconds(), 0.0), float(_LONGEST))


class _Outcome:
    answer: Answer


class _clear:  # noqa: N801 - a context manager, used as a function
    """Turns what httpx and httpcore raise into an answer, or into one clear line."""

    def __init__(self, address: str, seconds: float) -> None:
        self._address, self._seconds, self._outcome = address, seconds, _Outcome()

    def __enter__(self) -> _Outcome:
        return self._outcome

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, MarsadError):
            raise type(error)(f"{self._address}: {error}") from error
        if isinstance(error, httpx.TimeoutException | httpcore.TimeoutException):
            self._outcome.answer = Later(f"did not answer in {self._seconds:g} s (MARSAD_FETCH_SECONDS)")
            return True
        if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | httpcore.UnsupportedProtocol):
            raise Unreachable(f"{self._address}: cannot be fetched: {error}") from error
        if isinstance(error, httpx.TransportError | httpcore.NetworkError | httpcore.ProtocolError):
            self._outcome.answer = Later(f"cannot be fetched: {error or type(error).__name__}")
            return True
        if isinstance(error, httpx.HTTPError | zlib.error | ValueError):
            raise Unreachable(f"{self._address}: sent what cannot be read: {error}") from error
        return False


@cache
def _tls() -> ssl.SSLContext:
    """How certificates are checked; it takes as long to make as a page to fetch."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.BaseTransport):
    """httpx over a connection pool with our own network backend, which httpx cannot be given."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.read(),
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
