"""The folder of a result: what it was made from, its plan, what is done, and the finished tables.

- `marsad-bulk.json`: what it was made from, and by which version;
- `documents.parquet` and the other tables, when all is done;
- `.parts/` until then: the plan, the parts of each partition, the marks of those done.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from marsad.bulk import marks, partitions
from marsad.bulk.messages import Finished, Job
from marsad.bulk.partitions import File, Partition
from marsad.bulk.tables import TABLES, join, part
from marsad.errors import BadInput, BadWorkspace
from marsad.version import VERSION

NAME = "marsad-bulk.json"


class Origin(msgspec.Struct, frozen=True):
    """What decides what is in a result."""

    inputs: tuple[str, ...]
    files_sha256: str  # of their names, sizes and times
    version: str
    reader: str | None
    gazetteer: str | None
    published: str | None = None


class Summary(msgspec.Struct, frozen=True):
    """What a finished result holds."""

    documents: int
    refused: int


class Manifest(msgspec.Struct, frozen=True):
    """`marsad-bulk.json`."""

    origin: Origin
    summary: Summary | None = None  # None until it is finished
    schema: Literal["marsad.bulk/1"] = "marsad.bulk/1"


def origin(inputs: Sequence[str], listing: Sequence[File], job: Job) -> Origin:
    named = tuple(os.fsencode(each).decode("utf-8", "replace") for each in inputs)
    fingerprint = partitions.fingerprint(listing)
    return Origin(named, fingerprint, VERSION, job.reader, job.gazetteer, job.published)


def manifest(folder: Path) -> Manifest | None:
    """What `folder` says of itself; `None` where it is no result.

    Raises:
        BadInput: it says so, and cannot be read.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: is damaged: {error}; read the inputs again into another folder") from error


class Result:
    """A result that is being made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = folder / ".parts"
        self._plan = self.parts / "plan.jsonl"

    def refuse_other(self) -> None:
        """Raises: BadInput: the folder holds something else than a result."""
        if self.folder.exists() and not self.folder.is_dir():
            raise BadInput(f"{self.folder}: is a file; name a new folder with --out")
        if self.folder.exists() and manifest(self.folder) is None and any(self.folder.iterdir()):
            raise BadInput(f"{self.folder}: is not empty; name a new folder with --out")

    @contextmanager
    def opened(self, made_from: Origin) -> Iterator[Manifest]:
        """Hold the folder, made or gone on with.

        Raises:
            BadInput: it was made from something else.
            BadWorkspace: it is being made by another process.
        """
        there = manifest(self.folder)
        if there is not None and there.origin != made_from:
            was = _difference(there.origin, made_from)
            raise BadInput(f"{self.folder}: was {was}; name a new folder with --out")
        self.folder.mkdir(parents=True, exist_ok=True)
        with _held(self.folder / ".lock", self.folder):
            if there is None:
                there = Manifest(made_from)
                marks.replace(self.folder / NAME, _written(there))
            yield there

    def plan(self, listing: Sequence[File]) -> Iterator[Partition]:
        """The partitions, as they were divided the first time."""
        if not self._plan.exists():
            self.parts.mkdir(exist_ok=True)
            temporary = self._plan.with_suffix(".new")
            with temporary.open("wb") as stream:
                for each in partitions.divided(listing):
                    stream.write(msgspec.json.encode(each) + b"\n")
            temporary.replace(self._plan)
        with self._plan.open("rb") as stream:
            for line in stream:
                yield msgspec.json.decode(line, type=Partition)

    def done(self) -> dict[int, Finished]:
        return marks.marks(self.parts)

    def finish(self, there: Manifest) -> Summary:
        """Put the parts together, and take them away."""
        done = self.done().values()
        for table in TABLES:
            join(list(self._of(table, done)), table, self.folder / f"{table}.parquet")
        summary = Summary(sum(each.documents for each in done), sum(each.refused for each in done))
        finished = msgspec.structs.replace(there, summary=summary)
        marks.replace(self.folder / NAME, _written(finished))
        shutil.rmtree(self.parts)
        return summary

    def _of(self, table: str, done: Iterable[Finished]) -> Iterator[Path]:
        for each in done:
            for count in each.parts.get(table, ()):
                yield part(self.parts, table, each.number, count)


def _written(what: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(what)) + b"\n"


def _difference(there: Origin, asked: Origin) -> str:
    if there.inputs != asked.inputs or there.published != asked.published:
        return f"made from {' '.join(there.inputs)}" + (f" of {there.published}" if there.published else "")
    if there.files_sha256 != asked.files_sha256:
        return "made from these inputs as they were; files have come, gone or changed since"
    return f"made by another version of the reader ({there.reader}, {there.gazetteer})"


@contextmanager
def _held(lock: Path, folder: Path) -> Iterator[None]:
    """No other process makes the same result meanwhile."""
    try:
        import fcntl  # noqa: PLC0415
    except ImportError:  # Windows: two of them would write the same, twice
        yield
        return
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadWorkspace(f"{folder}: another marsad is writing it") from None
        yield
