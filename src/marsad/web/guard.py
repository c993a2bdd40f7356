"""What every request must pass, and what every answer carries.

The workbench has no accounts: whoever can reach it may read all of it. So it answers on loopback
alone, and only to its own pages. A page of another site in the same browser can neither read nor
write:

- a name of another site that is made to resolve to this machine (DNS rebinding) has the wrong `Host`;
- what another site asks for is told by `Origin` and `Sec-Fetch-Site`; a link to a page may be followed;
- what changes the ledger also needs the token of this run, which only our own pages hold.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.errors import BadInput, Forbidden, MarsadError, TooLarge
from marsad.settings import load

TOKEN = "token"  # noqa: S105 - the name of a form's field
TOKEN_HEADER = "x-marsad-token"  # noqa: S105 - the name of a header
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",  # the map's own images
        "connect-src 'self'",
        "worker-src 'self'",
        "frame-src 'self'",  # the preview of a report
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SANDBOX = "sandbox; default-src 'none'"  # of a download: were it opened, nothing in it would run or load
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",  # no-referrer would make the Origin of our own forms null
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
PARAMETERS = 100  # of an address; a question of so many values would be a statement of as many parts
_log = logging.getLogger(__name__)


def new_token() -> str:
    """A secret of one run of the program."""
    return secrets.token_urlsafe(32)


class Guard:
    """The outermost layer: nothing gets in or out but through it."""

    def __init__(self, app: ASGIApp, *, port: int, largest: int) -> None:
        """
        Args:
            port: on which the workbench answers.
            largest: bytes of a request.
        """
        self._app, self._largest = app, largest
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
        if port == 80:
            self._hosts |= {host.removesuffix(":80") for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = Answer(send)
        try:
            await self._app(scope, self.checked(scope, receive), answer)
        except MarsadError as error:
            await answer.refuse(scope, receive, error)
        except Exception as error:
            _log.error("%s %s: %s", scope["method"], scope["path"], _line(error), exc_info=load().debug)
            await answer.refuse(scope, receive, MarsadError("unexpected error"))

    def checked(self, scope: Scope, receive: Receive) -> Receive:
        """What a request brings, where it comes from this machine's own browser window.

        Raises:
            Forbidden: it does not.
            TooLarge: it is larger than a document may be; also when it is received.
            BadInput: it has too many parameters.
        """
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._hosts:
            raise Forbidden("the workbench answers on this machine alone, at its own address")
        origin = headers.get("origin")
        if origin is not None and origin.lower().removeprefix("http://") not in self._hosts:
            raise Forbidden("asked from another site")
        if not _is_ours(scope["method"], headers):
            raise Forbidden("asked from another site")
        if _length(headers) > self._largest:
            raise TooLarge(f"a request of more than {self._largest:,} bytes")
        if scope["query_string"].count(b"&") >= PARAMETERS:
            raise BadInput(f"an address of more than {PARAMETERS} parameters")
        return _Limited(receive, self._largest)


class Answer:
    """Sends the answer with the headers that each must have."""

    def __init__(self, send: Send) -> None:
        self._send, self._is_begun = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._is_begun = True
            headers = MutableHeaders(scope=message)
            own = headers.get("content-security-policy")
            for name, value in HEADERS.items():
                headers[name] = value
            if headers.get("content-disposition", "").startswith("attachment"):
                headers["content-security-policy"] = SANDBOX
            elif own is not None:  # the preview of a report, which is shown in a frame of ours
                headers["content-security-policy"] = f"{own}; sandbox; frame-ancestors 'self'"
                headers["x-frame-options"] = "SAMEORIGIN"
            headers.setdefault("cache-control", "no-store")
        await self._send(message)

    async def passed(self, message: Message) -> None:
        """Send what another guard's answer says, which has them."""
        self._is_begun = True
        await self._send(message)

    async def refuse(self, scope: Scope, receive: Receive, error: MarsadError) -> None:
        """One line of text, unless an answer has begun."""
        if not self._is_begun:
            await PlainTextResponse(f"{error}\n", status_code=error.http_status)(scope, receive, self)


class _Limited:
    """What is received, as far as a limit: a body need not say how long it is."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive, self._left = receive, largest

    async def __call__(self) -> MutableMapping[str, Any]:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise TooLarge("the request is larger than a document may be")
        return message


def _is_ours(method: str, headers: Headers) -> bool:
    """Whether a browser says that our own page asks, or a person who follows a link or types."""
    site = headers.get("sec-fetch-site", "same-origin")  # other programs do not say
    if site in ("same-origin", "none"):
        return True
    follows = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return method in SAFE and follows


def _length(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdigit() else 0


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


async def trusted(request: Request) -> None:
    """A dependency of every route that changes anything: the request carries the token of this run.

    Raises:
        Forbidden: it does not.
    """
    given = request.headers.get(TOKEN_HEADER)
    if given is None:
        field = (await request.form()).get(TOKEN)
        given = field if isinstance(field, str) else ""
    if not hmac.compare_digest(given.encode(), request.app.state.token.encode()):
        raise Forbidden("this page is of an earlier run of the workbench; load it again")
