"""Which partitions are done: a small file each, written when all parts of a partition are."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from marsad.bulk.messages import Finished

FOLDER = "done"


def mark(folder: Path, finished: Finished) -> None:
    """Say that a partition is done: all its parts are on disk."""
    path = folder / FOLDER / f"{finished.number:08}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, msgspec.json.encode(finished))


def marks(folder: Path) -> dict[int, Finished]:
    """What is done, by number of the partition, in order."""
    found = sorted((folder / FOLDER).glob("[0-9]*.json"))
    done = (msgspec.json.decode(path.read_bytes(), type=Finished) for path in found)
    return {each.number: each for each in done}


def replace(path: Path, content: bytes) -> None:
    """Write a file under another name first: it is there whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
