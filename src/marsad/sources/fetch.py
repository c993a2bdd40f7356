"""A guarded fetch: public addresses only, at each redirect, within limits of time and size."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

import httpcore
import httpx

from marsad.errors import TooLarge, Unreachable
from marsad.records.original import Original
from marsad.settings import Settings, load
from marsad.sources.network import Deadline, GuardedBackend
from marsad.version import VERSION

REDIRECTS = 5
_GZIP = 16 + zlib.MAX_WBITS
_HEADERS = {
    "User-Agent": f"marsad/{VERSION}",
    "Accept": "text/html, text/markdown, text/plain, application/jsonl, */*;q=0.5",
    "Accept-Encoding": "gzip",
}


def fetch(address: str) -> Original:
    """The bytes that `address` answers with, and where they were found after redirects.

    Raises:
        Unreachable: no answer in time, an error status, or an address that may not be asked.
        TooLarge: the answer is over `fetch_bytes`.
    """
    settings = load()
    try:
        return _fetch(address, settings)
    except TooLarge as error:
        raise TooLarge(f"{address}: {error}") from error
    except Unreachable as error:
        raise Unreachable(f"{address}: {error}") from error
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        raise Unreachable(
            f"{address}: did not answer in {settings.fetch_seconds:g} s (MARSAD_FETCH_SECONDS)"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Unreachable(f"{address}: cannot be fetched: {error or type(error).__name__}") from error
    except (httpcore.UnsupportedProtocol, zlib.error, ValueError) as error:
        raise Unreachable(f"{address}: sent what cannot be read: {error}") from error


def _fetch(address: str, settings: Settings) -> Original:
    deadline = Deadline(settings.fetch_seconds)
    backend = GuardedBackend(deadline, private=settings.fetch_private_addresses)
    with (
        GuardedTransport(backend) as transport,
        httpx.Client(
            transport=transport,
            trust_env=False,  # a proxy would resolve names unchecked
            headers=_HEADERS,
        ) as client,
    ):
        response, raw = _follow(client, client.build_request("GET", address), settings.fetch_bytes)
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Original(
        raw,
        address,
        url=str(response.url.copy_with(fragment=None)),
        media_type=media_type or None,
        retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _follow(client: httpx.Client, request: httpx.Request, limit: int) -> tuple[httpx.Response, bytes]:
    """The last answer with its body; of those that redirect, the body is not even read."""
    for _ in range(REDIRECTS + 1):
        if request.url.userinfo:
            raise Unreachable("an address with a password in it is not fetched")
        response = client.send(request, stream=True)
        try:
            if response.next_request is None:
                return response, _body(response, limit)
            request = response.next_request
        finally:
            response.close()
    raise Unreachable(f"more than {REDIRECTS} redirects")


def _body(response: httpx.Response, limit: int) -> bytes:
    """The decoded body. The limit holds for what a few compressed bytes unfold to as well."""
    if not response.is_success:
        raise Unreachable(f"answered {response.status_code} {response.reason_phrase}".rstrip())
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise _too_large(limit)
    body = bytearray()
    for chunk in _decoded(response, limit + 1):
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def _decoded(response: httpx.Response, most: int) -> Iterator[bytes]:
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding == "identity":
        yield from response.iter_raw()
        return
    if coding not in {"gzip", "x-gzip"}:
        raise Unreachable(f"answered in the coding {coding!r}, which was not asked for")
    unfold = zlib.decompressobj(_GZIP)
    for chunk in response.iter_raw():
        yield unfold.decompress(chunk, most)
    if not unfold.eof:
        raise Unreachable("the answer was cut short")


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the answer is over the limit of {limit / 1e6:.1f} MB (MARSAD_FETCH_BYTES)")


class GuardedTransport(httpx.BaseTransport):
    """httpx over a connection pool with our own network backend, which httpx cannot be given."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=backend
        )

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
