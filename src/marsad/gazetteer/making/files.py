"""Writes a gazetteer's files, sorted as `store.py` reads them, whatever the number of places.

Keys are sorted in runs on disk and merged, so that memory does not grow with them. Everything is made
in a folder beside the one wanted, which takes its place at the end: a build that is stopped leaves
what was there.
"""

from __future__ import annotations

import hashlib
import heapq
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import msgspec

from marsad.errors import BadInput
from marsad.gazetteer.entry import line_of
from marsad.gazetteer.folding import fold, sound, without_articles
from marsad.gazetteer.making.named import ROMANISED, Named
from marsad.gazetteer.store import ABBREVIATION, DEMONYM, FORMAT, SOUND, About

RUN = 500_000  # keys sorted in memory at a time
BLOCK = 1024  # bytes of names.tsv between the keys that are read at opening
_SHORTEST_SOUND = 4
_FILES = {"places.tsv", "names.tsv", "blocks.tsv", "gazetteer.json"}
_HEADING = b"key\tplaces\n"
_UNITS = ("admin1", "admin2")
_DIGITS = 12  # of an offset, so that runs sort as bytes
_CHUNK = 1 << 20


def keys_of(place: Named) -> Iterator[str]:
    """Every key under which a place is found."""
    is_romanised = place.entry.country in ROMANISED
    for name in place.names:
        key = fold(name)
        yield key
        if is_romanised or place.entry.gazetteer == "marsad":
            yield without_articles(key)
        if is_romanised and key.isascii() and len(sound(key)) >= _SHORTEST_SOUND:
            yield SOUND + sound(key)
    for word in place.demonyms:
        yield DEMONYM + fold(word)
    for word in place.abbreviations:
        yield ABBREVIATION + fold(word)


def write(places: Iterable[Named], folder: Path, *, name: str, sources: tuple[str, ...]) -> About:
    """Write the gazetteer `name` of these places, units before what lies in them, into `folder`.

    Raises:
        BadInput: `folder` holds something else.
    """
    with replacing(folder) as new, Keys(new) as keys:
        count = _write_places(places, new / "places.tsv", keys.add)
        lines = keys.write(new / "names.tsv", new / "blocks.tsv")
        digests = {file: _sha256(new / file) for file in ("places.tsv", "names.tsv", "blocks.tsv")}
        whole = hashlib.sha256("".join(digests.values()).encode()).hexdigest()
        about = About(FORMAT, f"{name}@{FORMAT}+{whole[:12]}", count, lines, digests, sources)
        (new / "gazetteer.json").write_bytes(msgspec.json.format(msgspec.json.encode(about)) + b"\n")
    return about


def _write_places(places: Iterable[Named], path: Path, add: Callable[[str, int], None]) -> int:
    units: dict[str, int] = {}
    count = position = 0
    with path.open("wb") as file:
        for place in places:
            if place.entry.kind in _UNITS:
                units[place.entry.id] = position
            for key in dict.fromkeys(keys_of(place)):
                if key.strip(SOUND + DEMONYM + ABBREVIATION):
                    add(key, position)
            position += file.write(line_of(place.entry, units.get(place.unit or "")))
            count += 1
    return count


class Keys:
    """Keys with the places that they lead to, sorted in runs that are kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "runs"
        self._run: list[bytes] = []
        self._files: list[Path] = []

    def __enter__(self) -> Keys:
        self._folder.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, key: str, place: int) -> None:
        self._run.append(f"{key}\t{place:0{_DIGITS}}\n".encode())
        if len(self._run) >= RUN:
            self._spill()

    def _spill(self) -> None:
        self._run.sort()
        path = self._folder / str(len(self._files))
        with path.open("wb") as file:
            file.writelines(self._run)
        self._files.append(path)
        self._run = []

    def write(self, names: Path, blocks: Path) -> int:
        """Write the merged keys, and where each block of them begins. The number of keys."""
        self._spill()
        count, next_block = 0, 0
        with ExitStack() as stack, names.open("wb") as out, blocks.open("wb") as index:
            runs = [stack.enter_context(path.open("rb")) for path in self._files]
            position = out.write(_HEADING)
            for key, lines in groupby(heapq.merge(*runs), key=_key):
                places = b",".join(b"%d" % int(line[len(key) + 1 :]) for line in lines)
                if position >= next_block:
                    index.write(b"%s\t%d\n" % (key, position))
                    next_block = position + BLOCK
                position += out.write(b"%s\t%s\n" % (key, places))
                count += 1
        return count


def _key(line: bytes) -> bytes:
    return line[: line.rindex(b"\t")]


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of `folder` if all goes well, and is gone if it does not."""
    if folder.exists() and not {file.name for file in folder.iterdir()} <= _FILES:
        raise BadInput(f"{folder} holds something else than a gazetteer; give a new or empty folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield new
        new.chmod(0o755)  # mkdtemp lets nobody else read
        old = new.with_name(f"{new.name}-old")
        with suppress(FileNotFoundError):
            folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := _read(file):
            digest.update(chunk)
    return digest.hexdigest()


def _read(file: BinaryIO) -> bytes:
    return file.read(_CHUNK)
