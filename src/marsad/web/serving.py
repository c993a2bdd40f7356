"""The server of the workbench: on this machine's loopback address, and on no other."""

from __future__ import annotations

import socket
from pathlib import Path

import uvicorn

from marsad.errors import BadInput
from marsad.ledger.store import Store
from marsad.web.application import application
from marsad.web.jobs import Jobs

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A socket on loopback; port 0 is any that is free.

    Raises:
        BadInput: the port is taken, or may not be used.
    """
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        raise BadInput(f"port {port}: {error}; give another with --port") from None


def serve(store: Store, listening: socket.socket, folder: Path) -> None:
    """Answer until the process is interrupted; `folder` is that of the workspace."""
    with Jobs(store) as jobs:
        app = application(store, port=listening.getsockname()[1], jobs=jobs, folder=folder)
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, proxy_headers=False, lifespan="off", ws="none"
        )
        uvicorn.Server(config).run(sockets=[listening])
