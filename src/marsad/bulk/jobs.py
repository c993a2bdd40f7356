"""A job: inputs divided, read by workers here or on a cluster, and put together."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from marsad import documents
from marsad.bulk import pool
from marsad.bulk.messages import Finished, Job
from marsad.bulk.partitions import File, Partition, listed
from marsad.bulk.result import Result, Summary, origin
from marsad.bulk.tables import require_polars
from marsad.reading import pipeline
from marsad.records.original import Refused
from marsad.records.reading import Document

_NOTHING = Document(id="", text="", raw_sha256="", text_sha256="", extractor="none@1")


class Progress(NamedTuple):
    """How far a job is. The documents that are expected are known about."""

    documents: int
    expected: int


def read(
    inputs: Sequence[str],
    out: str | Path,
    *,
    published: str | None = None,
    workers: int | None = None,
    ray_address: str | None = None,
    told: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    """Read all documents of `inputs` into Parquet tables in the folder `out`.

    Called again with the same arguments after a stop it goes on where it ended.

    Args:
        inputs: files and folders.
        published: the day of publication (ISO 8601) of all of them, where it is known.
        workers: processes that read; by default one for each core.
        ray_address: of a Ray cluster, or `local` for one of this machine alone; without it the workers
            are children of this process.
        told: called from any thread as the job goes on.

    Raises:
        BadInput: an input cannot be opened, or `out` was made from something else.
        BadWorkspace: `out` cannot be written. What was done is kept.
    """
    require_polars()
    if published is not None:
        documents.published(published)
    folder = Path(out)
    result = Result(folder)
    result.refuse_other()
    listing = listed(inputs, but=folder)
    reader, gazetteer = pipeline.versions(_NOTHING)
    job = Job(str(result.parts.absolute()), reader, gazetteer, published)
    with result.opened(origin(inputs, listing, job)) as there:
        if there.summary is not None:
            return there.summary
        count = _Count(told)
        todo = count.left(result, listing)
        for _ in _engine(job, todo, workers, ray_address, count.add):
            pass
        return result.finish(there)


def refusals(folder: Path) -> Iterator[Refused]:
    """What a finished result could not read, and why."""
    import polars  # noqa: PLC0415 (an extra)

    for row in polars.read_parquet(folder / "refused.parquet").iter_rows():
        yield Refused(*row)


class _Count:
    """How many documents are done, from any thread."""

    def __init__(self, told: Callable[[Progress], None]) -> None:
        self._told = told
        self._lock = threading.Lock()
        self._done = self._expected = 0

    def left(self, result: Result, listing: Sequence[File]) -> Iterator[Partition]:
        """The partitions that are still to be read."""
        done = result.done()
        self._expected = sum(each.expected for each in result.plan(listing))
        self.add(sum(each.documents + each.refused for each in done.values()))
        return (each for each in result.plan(listing) if each.number not in done)

    def add(self, documents: int) -> None:
        with self._lock:
            self._done += documents
            self._told(Progress(self._done, max(self._done, self._expected)))


def _engine(
    job: Job,
    todo: Iterable[Partition],
    workers: int | None,
    ray_address: str | None,
    count: Callable[[int], None],
) -> Iterator[Finished]:
    if ray_address is None:
        return pool.read(job, todo, workers or cores(), count)
    from marsad.bulk import on_ray  # noqa: PLC0415 (an extra)

    return on_ray.read(job, todo, workers, ray_address, count)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
