"""The second process of the workbench: it alone compares, so that whoever reads does not wait for that.

What is made of the whole ledger (series, contradictions, agreements, boards, reports, the map) takes a
processor for seconds, and the threads of one process share one. So a child has those pages: the same
application over the same ledger, which keeps what it has made. The process that listens hands it what
is asked of them as it came, and gives its answers back as they come.

The child listens in a folder that this user alone can enter. It ends when its standard input closes, so
it outlives nobody, and takes no notice of Ctrl-C, which is for the program. Where it died, the next
question starts another.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

import h11
import msgspec
import uvicorn
from starlette.types import Message, Receive, Scope, Send

from marsad.errors import MarsadError
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place
from marsad.web.application import application
from marsad.web.guard import Answer, Guard

COMPARED = frozenset({"series", "contradictions", "agreements", "map", "watches", "reports"})
PATIENCE = 10.0  # seconds for what the child is answering when the program ends
_PIECE = 64 * 1024  # bytes that are read at a time
_READERS_PATIENCE = 1.0  # seconds; then they are told that it is being made
_NICE = 5  # whoever reads comes first
SWITCH = 0.001  # seconds that a thread keeps Python's lock: others wait for it at every row that they fetch
SERVING: dict[str, Any] = {  # how either process answers, to uvicorn
    "log_level": "warning",
    "server_header": False,
    "proxy_headers": False,
    "lifespan": "off",
    "ws": "none",
}
_DIED = "the process that compares ended before it had answered; load the page again"
_OF_A_CONNECTION = frozenset({b"connection", b"keep-alive", b"expect", b"upgrade"})


class Told(msgspec.Struct):
    """What the child has to know."""

    folder: str
    address: str  # of the database, which may hold a password
    port: int  # on which the workbench answers
    token: str


class Beside:
    """The workbench whose comparing pages a child answers, and all others `app`."""

    def __init__(self, app: Guard, place: Place, *, port: int, token: str) -> None:
        self._app = app
        self._told = Told(str(place.folder), place.address, port, token)
        self._folder = tempfile.TemporaryDirectory(prefix="marsad-")
        self._path = Path(self._folder.name) / "socket"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            _close(self._process)
        self._folder.cleanup()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_compared(scope["path"]):
            await self._ask(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _start(self) -> None:
        """Start the child, unless it runs. It answers when it is ready; until then, questions wait."""
        if self._process is not None:
            if self._process.poll() is None:
                return
            _close(self._process)
        self._path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(self._path))
            listening.listen()
            # -P: a file of the current folder must not pass for one of our modules
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", __name__, str(listening.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=[listening.fileno()],
                start_new_session=True,
            )
        requests = cast(IO[bytes], self._process.stdin)
        with suppress(OSError):  # it died; who asks will be told
            requests.write(msgspec.json.encode(self._told) + b"\n")
            requests.flush()

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and its answer back, which may come before the request is at its end."""
        answer = Answer(send)
        try:
            checked = self._app.checked(scope, receive)
            reader, writer = await self._connected()
            with closing(writer):
                asked = h11.Connection(h11.CLIENT)
                async with asyncio.TaskGroup() as both:
                    sending = both.create_task(_send(asked, writer, scope, checked))
                    async for message in _answers(asked, reader):
                        await answer.passed(message)
                    sending.cancel()
        except* MarsadError as errors:
            await answer.refuse(scope, receive, cast(MarsadError, errors.exceptions[0]))
        except* (OSError, h11.RemoteProtocolError):
            await answer.refuse(scope, receive, MarsadError(_DIED))

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            return await asyncio.open_unix_connection(self._path)
        except OSError:  # it died
            self._start()
            return await asyncio.open_unix_connection(self._path)


def is_compared(path: str) -> bool:
    """Whether the child answers what is at a path."""
    return path.removeprefix("/").partition("/")[0].partition(".")[0] in COMPARED


async def _send(asked: h11.Connection, writer: asyncio.StreamWriter, scope: Scope, receive: Receive) -> None:
    query = scope["query_string"]
    request = h11.Request(
        method=scope["method"],
        target=scope["raw_path"] + (b"?" + query if query else b""),
        headers=[*_kept(scope["headers"]), (b"connection", b"close")],
    )
    writer.write(asked.send(request) or b"")
    has_more = True
    with suppress(ConnectionError):  # it answered before it had received all
        while has_more:
            message = await receive()
            has_more = message.get("more_body", False)
            if body := message.get("body", b""):
                writer.write(asked.send(h11.Data(data=body)) or b"")
                await writer.drain()
        writer.write(asked.send(h11.EndOfMessage()) or b"")
        await writer.drain()


async def _answers(asked: h11.Connection, reader: asyncio.StreamReader) -> AsyncIterator[Message]:
    """The messages of an answer, as they come."""
    while True:
        event = asked.next_event()
        if event is h11.NEED_DATA:
            asked.receive_data(await reader.read(_PIECE))
        elif isinstance(event, h11.Response):
            kept = [each for each in _kept(event.headers) if each[0] != b"transfer-encoding"]
            yield {"type": "http.response.start", "status": event.status_code, "headers": kept}
        elif isinstance(event, h11.Data):
            yield {"type": "http.response.body", "body": bytes(event.data), "more_body": True}
        elif isinstance(event, h11.EndOfMessage):
            yield {"type": "http.response.body", "body": b""}
            return


def _kept(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Those that are of the request or the answer, not of the connection."""
    return [(name, value) for name, value in headers if name.lower() not in _OF_A_CONNECTION]


def _close(child: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):  # what was written to a dead child cannot be flushed
        cast(IO[bytes], child.stdin).close()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


# In the child


def _serve(listening: socket.socket) -> None:
    told = msgspec.json.decode(sys.stdin.buffer.readline(), type=Told)
    os.nice(_NICE)
    place = Place(Path(told.folder), told.address)
    with Store.at(place, "serve") as store:
        app = application(
            store, port=told.port, folder=place.folder, token=told.token, patience=_READERS_PATIENCE
        )
        server = uvicorn.Server(uvicorn.Config(app, date_header=False, **SERVING))
        gc.freeze()  # as in `serving`
        sys.setswitchinterval(SWITCH)
        folder = Path(listening.getsockname()).parent
        threading.Thread(target=_end_with_parent, args=(server, folder), daemon=True).start()
        server.run(sockets=[listening])


def _end_with_parent(server: uvicorn.Server, folder: Path) -> None:
    sys.stdin.buffer.read()
    shutil.rmtree(folder, ignore_errors=True)  # one that was killed has left it
    server.should_exit = True
    time.sleep(PATIENCE)
    os._exit(0)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
