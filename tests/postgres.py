"""A PostgreSQL server for tests: on a Unix socket in a temporary folder, gone with the session."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

OLDEST = 15
USER = "marsad"
_PORT = 5432  # of a socket no more than a part of its file's name
_ENVIRONMENT = {**os.environ, "LC_ALL": "C"}  # the server on macOS starts only under a plain locale
# The server works in `data`, and its socket stands beside that.
_SETTINGS = f"-c listen_addresses='' -c port={_PORT} -c unix_socket_directories=.."
# What is lost with the power is lost with the folder too, and its log is kept small.
_HASTE = "-c fsync=off -c full_page_writes=off -c max_wal_size=64MB"
_ROOM = 2**30  # bytes; the databases of one run take less than half

# Ends when its input does, and so when the tests end, however they end.
_KEEPER = 'read -r _; "$1/pg_ctl" -D data -m immediate stop >>log 2>&1; rm -rf "$PWD"'


class Missing(Exception):
    """There is no PostgreSQL here that can be started; says what to do."""


class Server:
    """A running server. Whoever can open its socket is its superuser."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    @contextmanager
    def database(self, like: str = "") -> Iterator[str]:
        """The address of a new database, empty, or a copy of the one at the address `like`.

        It is dropped at the end, connected to or not.
        """
        name, template = f"test_{next(self._numbers)}", urlsplit(like).path[1:] or "template0"
        self._order("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LOCALE 'C'", name, template)
        yield self._address(name)
        self._order("DROP DATABASE {} WITH (FORCE)", name)

    def _address(self, name: str) -> str:
        return f"postgresql://{USER}@/{name}?host={self._folder}&port={_PORT}"

    def _order(self, order: LiteralString, *names: str) -> None:
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(order).format(*map(sql.Identifier, names)))


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A server, stopped at the end.

    Args:
        durable: it takes its time to be durable, as a real one does; the tests of no program see that.

    Raises:
        Missing: no programs of PostgreSQL, or older ones.
    """
    programs = _programs()
    owner: dict[str, Any] = {}
    if os.geteuid() == 0:  # a server refuses to run as root; Debian's package brings this user
        owner = {"user": "postgres", "group": "postgres", "extra_groups": ()}
    where = None if durable else _memory()
    folder = Path(tempfile.mkdtemp(prefix="marsad-", dir=where))  # short: a socket's path has 100 characters
    if owner:
        shutil.chown(folder, "postgres", "postgres")
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", _KEEPER, "keeper", programs],
        cwd=folder,
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C ends the tests, and they end the keeper
        **owner,
    )
    try:
        _start(programs, folder, owner, _SETTINGS if durable else f"{_SETTINGS} {_HASTE}")
        yield Server(folder)
    finally:
        keeper.communicate()


def _memory() -> Path | None:
    """Where files are memory (Linux), if it is enough: each database is some 300 files, and disks are slow."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
    is_there = memory.is_dir() and os.access(memory, os.W_OK)
    return memory if is_there and shutil.disk_usage(memory).free >= _ROOM else None


def _start(programs: Path, folder: Path, owner: dict[str, Any], settings: str) -> None:
    init = f"initdb -D data -U {USER} --auth=trust --encoding=UTF8 --locale=C --no-sync"
    for program, *arguments in (
        init.split(),
        ["pg_ctl", "-D", "data", "-w", "-l", "log", "-o", settings, "start"],
    ):
        done = subprocess.run(
            [programs / program, *arguments],
            cwd=folder,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **owner,
        )
        if done.returncode:
            log = folder / "log"
            raise RuntimeError(done.stdout + done.stderr + (log.read_text() if log.exists() else ""))


def _programs() -> Path:
    """The folder of PostgreSQL's programs: the one on the path, or the newest of Debian's."""
    on_path = shutil.which("pg_ctl")
    debian = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    for found in ([Path(on_path).resolve()] if on_path else []) + sorted(debian, key=_version, reverse=True):
        if _version(found) >= OLDEST and (found.parent / "initdb").exists():
            return found.parent
    raise Missing(f"no PostgreSQL {OLDEST} or newer; on Debian and Ubuntu: apt install postgresql")


def _version(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"\) (\d{1,3})", said)
    return int(number[1]) if number else 0
