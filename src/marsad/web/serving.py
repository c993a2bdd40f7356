"""The server of the workbench: on this machine's loopback address, and on no other."""

from __future__ import annotations

import gc
import socket
import sys

import uvicorn

from marsad.errors import BadInput
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place
from marsad.web.application import application
from marsad.web.beside import SERVING, SWITCH, Beside
from marsad.web.guard import new_token
from marsad.web.jobs import Jobs

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A socket on loopback; port 0 is any that is free.

    Raises:
        BadInput: the port is taken, or may not be used.
    """
    try:
        listening = socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        raise BadInput(f"port {port}: {error}; give another with --port") from None
    # what it accepts inherits this; asyncio sees to it only where a socket names its protocol. Without it the
    # body of an answer waits 40 ms, until the browser has acknowledged the head
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def serve(store: Store, listening: socket.socket, place: Place) -> None:
    """Answer until the process is interrupted; `place` is that of `store`."""
    port, token = listening.getsockname()[1], new_token()
    with Jobs(store) as jobs:
        app = application(store, port=port, jobs=jobs, folder=place.folder, token=token)
        with Beside(app, place, port=port, token=token) as both:
            gc.freeze()  # what is there stays: to look through it takes 0.1 s, while everybody waits
            sys.setswitchinterval(SWITCH)
            uvicorn.Server(uvicorn.Config(both, **SERVING)).run(sockets=[listening])
