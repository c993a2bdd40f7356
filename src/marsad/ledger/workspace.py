"""A workspace is a folder: `marsad.db`, `originals/` by hash and, if one likes, `marsad.toml`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marsad.errors import BadWorkspace

DATABASE = "marsad.db"
SETTINGS = "marsad.toml"
LOCK = "marsad.lock"
PATIENCE = 30.0  # seconds that a writer waits for another
_PAUSE = 0.01  # seconds between two tries


def find(given: str | None, configured: str | None, *, here: Path | None = None) -> Path:
    """The folder of the workspace: the one given, else the current one, else the configured one.

    Where there is none at all it is the current folder, in which one can be made.
    """
    here = here or Path.cwd()
    if given:
        return Path(given)
    if is_workspace(here) or not configured:
        return here
    return Path(configured)


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
