"""A workspace is a folder: `marsad.db`, `originals/` by hash and, if one likes, `marsad.toml`.

The watches and the saved views of people lie beside them.

A team's workspace is a PostgreSQL database: its address stands in `marsad.toml`, in MARSAD_DATABASE, or
in the place of the folder.
"""

from __future__ import annotations

import os
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from marsad.errors import BadInput, BadWorkspace

DATABASE = "marsad.db"
SETTINGS = "marsad.toml"
LOCK = "marsad.lock"
WATCHES, VIEWS = "watches", "views.json"  # what people keep beside the ledger: a folder and a file
PATIENCE = 30.0  # seconds that a writer waits for another
_PAUSE = 0.01  # seconds between two tries
_SCHEMES = ("postgresql", "postgres")


class Place(NamedTuple):
    """Where a ledger is: in the database at `address`, else in a file in `folder`."""

    folder: Path
    address: str = ""

    @classmethod
    def at(cls, where: str | Path, configured: str | None = None) -> Place:
        """The place that a user names by a folder or an address.

        What a folder holds counts before what is configured: its `marsad.toml`, then its `marsad.db`.

        Args:
            configured: the address in MARSAD_DATABASE.

        Raises:
            BadInput: the folder's `marsad.toml` cannot be read, or an address is none of PostgreSQL.
        """
        if is_address(where):
            return cls(Path(), str(where))
        folder = Path(where)
        address = _setting(folder / SETTINGS)
        if address is None and not (folder / DATABASE).is_file():
            address = configured
        if address and not is_address(address):
            raise BadInput(f"{folder}: no address of PostgreSQL; give postgresql://USER@HOST:PORT/NAME")
        return cls(folder, address or "")

    def is_there(self) -> bool:
        return bool(self.address) or is_workspace(self.folder)


def is_address(where: str | Path) -> bool:
    """Whether a workspace is named by the address of its database."""
    return isinstance(where, str) and urlsplit(where).scheme.partition("+")[0] in _SCHEMES


def find(
    given: str | None, configured: str | None, database: str | None = None, *, here: Path | None = None
) -> Place:
    """The workspace: the one given, else the current folder's, else the configured database or folder.

    Where there is none at all it is the current folder, in which one can be made.
    """
    here = here or Path.cwd()
    if given:
        return Place.at(given, database)
    if is_workspace(here) or not (configured or database):
        return Place.at(here)
    return Place.at(database or configured or here)


def _setting(path: Path) -> str | None:
    """The address of the database in a `marsad.toml`; `None` where it says none."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, OSError) as error:
        raise BadInput(f"{path}: cannot be read ({error}); mend it or remove it") from None
    unknown = sorted(found.keys() - {"database"})
    if unknown:
        raise BadInput(f'{path}: no setting {unknown[0]}; there is database = "postgresql://..."')
    address = found.get("database")
    if address is not None and not isinstance(address, str):
        raise BadInput(f'{path}: database is no text; give "postgresql://USER@HOST:PORT/NAME"')
    return address


def is_workspace(folder: Path) -> bool:
    return (folder / DATABASE).is_file() or (folder / SETTINGS).is_file()


@contextmanager
def writing(folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the workspace's lock: one writer at a time, of all threads and processes.

    SQLite serialises writers too, but 3.7.0 to 3.51.2 can corrupt the file when two connections
    write or checkpoint at the same moment. The lock goes with the process, however it ends.

    Raises:
        BadWorkspace: another writer kept the lock for `patience` seconds.
    """
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + patience
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise BadWorkspace(f"{folder}: another marsad is writing; wait for it and try again")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)  # gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
