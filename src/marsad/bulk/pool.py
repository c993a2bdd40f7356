"""Partitions on this machine's cores: as many workers, each with a thread that waits for it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator

from marsad.bulk.messages import Finished, Job
from marsad.bulk.partitions import Partition
from marsad.bulk.supervising import Stopped, Supervisor


def read(
    job: Job, partitions: Iterable[Partition], workers: int, told: Callable[[int], None]
) -> Iterator[Finished]:
    """Read `partitions`, each as it is done, in any order.

    Args:
        told: called from any thread as documents are begun; see `Supervisor`.

    Raises:
        MarsadError: a worker cannot go on, whatever it is given.
    """
    pool = _Pool(job, iter(partitions), workers, told)
    try:
        yield from pool.finished()
    finally:
        pool.stop()


class _Pool:
    def __init__(
        self, job: Job, partitions: Iterator[Partition], workers: int, told: Callable[[int], None]
    ) -> None:
        self._partitions = partitions
        self._next = threading.Lock()
        self._ends: queue.SimpleQueue[Finished | BaseException | None] = queue.SimpleQueue()
        self._supervisors = [Supervisor(job, told) for _ in range(workers)]
        self._threads = [
            threading.Thread(target=self._serve, args=(each,), daemon=True) for each in self._supervisors
        ]

    def finished(self) -> Iterator[Finished]:
        for thread in self._threads:
            thread.start()
        running = len(self._threads)
        while running:
            end = self._ends.get()
            if isinstance(end, BaseException):
                raise end
            if end is None:
                running -= 1
            else:
                yield end

    def stop(self) -> None:
        """End what still runs."""
        for supervisor in self._supervisors:
            supervisor.stop()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _serve(self, supervisor: Supervisor) -> None:
        """In a thread: read what is next, as long as there is any."""
        try:
            while (partition := self._take()) is not None:
                self._ends.put(supervisor.read(partition))
            self._ends.put(None)
        except Stopped:
            return
        except BaseException as error:  # it is raised where the results are waited for
            self._ends.put(error)
        finally:
            supervisor.close()

    def _take(self) -> Partition | None:
        with self._next:
            return next(self._partitions, None)
