"""Folders: the files in them, at any depth, each once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from marsad.records.original import Refused
from marsad.sources.files import printable

# Files and folders of a workspace (see ledger.workspace), which may lie beside what is read into it
WORKSPACE = frozenset(
    {"marsad.db", "marsad.db-wal", "marsad.db-shm", "marsad.lock", "marsad.toml", "originals"}
)
_RESULT = "marsad-bulk.json"  # in a folder of records that were read before
_NOTE = ".origin.json"  # beside a file that was fetched: where it came from


def walk(path: str) -> Iterator[str | Refused]:
    """`path` itself or, of a folder, its files at any depth in sorted order, files before folders.

    Hidden ones are left out, and so are what a workspace consists of and notes on fetched files. A
    link that leads out of the folder is refused, and one to a folder within is not followed: what it
    leads to is met anyway.
    """
    if not os.path.isdir(path):  # noqa: PTH112 - of a name with a NUL, this says no
        yield path
        return
    root = os.path.realpath(path)
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(_seen(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Refused(printable(folder), f"a folder that cannot be read: {error.strerror}")
            continue
        if any(entry.name == _RESULT for entry in entries):
            yield Refused(printable(folder), "was made by `marsad read --bulk`; add it by itself")
            continue
        for entry in entries:
            if entry.is_symlink() and (reason := _leads_out(entry.path, root)):
                yield Refused(printable(entry.path), reason)
            elif not _is_folder(entry):
                yield entry.path
        waiting += [entry.path for entry in reversed(entries) if entry.is_dir(follow_symlinks=False)]


def _seen(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        entries = [entry for entry in found if not entry.name.startswith(".")]
    entries = [entry for entry in entries if not entry.name.endswith(_NOTE)]
    is_workspace = not WORKSPACE.isdisjoint(entry.name for entry in entries if not _is_folder(entry))
    return [entry for entry in entries if not (is_workspace and entry.name in WORKSPACE)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _leads_out(link: str, root: str) -> str | None:
    """Why a link is not followed, if it is not."""
    target = os.path.realpath(link)
    if not os.path.exists(target):  # noqa: PTH110
        return "a link that leads nowhere"
    inside = Path(target).is_relative_to(root)
    return None if inside else f"a link that leads out of the folder; add {printable(target)} by itself"
