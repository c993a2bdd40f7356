"""A worker and whoever waits for it.

A worker that dies, hangs or takes too much memory is replaced, and its partition is done again. What
it was doing is to blame: the second time the document is left out and listed with its reason. Nothing
is lost or doubled, since the parts of a partition count only when all of them are written.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, NamedTuple, cast

import msgspec

from marsad.bulk.messages import (
    OUT_OF_MEMORY,
    Answer,
    Begun,
    Failed,
    Fault,
    Finished,
    Job,
    Read,
    Step,
    receive,
    send,
)
from marsad.bulk.partitions import Partition
from marsad.errors import BadWorkspace, MarsadError
from marsad.settings import load

TRIES = 2  # of a document that kills its worker
_STARTS = 3  # of a worker that dies before it has begun anything
_ONE_THREAD = {
    "MARSAD_THREADS": "1",  # the other workers have theirs
    "POLARS_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Stopped(Exception):
    """The job was stopped while a worker was at work."""


class JobFailed(MarsadError):
    """What a worker said of an error that no document is to blame for."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]


class _Death(NamedTuple):
    step: Step | None  # None: before it had begun anything
    reason: str


class Supervisor:
    """Reads partitions through a worker of its own, which is started when it is needed."""

    def __init__(self, job: Job, told: Callable[[int], None] = lambda documents: None) -> None:
        """Args:
        told: called with 1 when the reading of a document begins, less than 0 when a worker has died
            and so many are begun again; all that is done comes to the sum.
        """
        self.job, self._told = job, told
        self._child: _Child | None = None
        self._stopped = False

    def read(self, partition: Partition) -> Finished:
        """Read a partition, whatever its documents do.

        Raises:
            MarsadError: no worker can be started, or nothing can be written.
            Stopped: `stop` was called.
        """
        deaths: Counter[Step | None] = Counter()
        faults: dict[Step, str] = {}
        while True:
            end = self._try(Read(partition, tuple(Fault(*fault) for fault in faults.items())))
            if isinstance(end, Finished):
                return end
            deaths[end.step] += 1
            if end.step is None or end.step.stage == "write":
                if deaths[end.step] == _STARTS:
                    raise BadWorkspace(f"a worker {end.reason}, {_STARTS} times, without a document to blame")
            elif deaths[end.step] == TRIES:
                faults[end.step] = f"{end.reason} ({TRIES} times); left out"

    def _try(self, task: Read) -> Finished | _Death:
        if self._child is None:
            self._child = _Child(self.job)
        child, begun = self._child, 0
        if self._stopped:
            raise Stopped
        for answer in child.answers(task):
            if isinstance(answer, Finished):
                self._told(answer.documents + answer.refused - begun)  # some were refused unread
                return answer
            if isinstance(answer, Failed):
                raise JobFailed(answer.message, answer.exit_code)
            if answer.step.stage == "read":
                begun += 1
                self._told(1)
        self._told(-begun)
        if self._stopped:
            raise Stopped
        self.close()
        return _Death(child.step, child.reason())

    def stop(self) -> None:
        """Make a `read` that is under way in another thread end with `Stopped`."""
        self._stopped = True
        if child := self._child:
            child.kill()

    def close(self) -> None:
        """End the worker."""
        if self._child is not None:
            self._child.close()
            self._child = None


class _Child:
    """A running worker, with its pipes."""

    def __init__(self, job: Job) -> None:
        self.step: Step | None = None
        self._seconds: float | None = None
        self._since = self._took = 0.0
        self._last_words = ""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the worker
        # -P: a file of the current folder must not pass for one of our modules. A session of its own:
        # Ctrl-C is for the parent, and what a worker has started ends with it.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "marsad.bulk.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, **_ONE_THREAD},
            start_new_session=True,
        )
        self._requests = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)
        with suppress(OSError):
            send(self._requests, job)

    def answers(self, task: Read) -> Iterator[Answer]:
        """All that it says of a task; it is dead where the last is not that it has finished or failed."""
        self.step, self._seconds = None, None
        with suppress(OSError):  # it is dead already
            send(self._requests, task)
        while (message := receive(self._answers)) is not None:
            answer: Answer = msgspec.msgpack.decode(message, type=Answer)
            if isinstance(answer, Begun):
                self.step, self._seconds, self._since = answer.step, answer.seconds, time.monotonic()
            yield answer
        self._took = time.monotonic() - self._since

    def reason(self) -> str:
        """Why it died, after `close`."""
        code = self._process.returncode
        if self._seconds is not None and self._took >= self._seconds:
            return f"took over {self._seconds:.0f} s to read (MARSAD_READ_SECONDS)"
        if code == OUT_OF_MEMORY:
            return f"took over {load().worker_bytes / 2**20:.0f} MiB to read (MARSAD_WORKER_BYTES)"
        if code < 0:
            return f"was killed: {signal.strsignal(-code)}"
        return f"ended with exit code {code}{self._last_words}"

    def kill(self) -> None:
        """End it, and all that it has started."""
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def close(self) -> None:
        self.kill()  # one that has died keeps the code that it died with
        self._process.wait()
        self._last_words = _last_line(self._errors)
        self._errors.close()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # what was written to a dead worker cannot be flushed
                pipe.close()


def _last_line(stream: IO[bytes]) -> str:
    stream.seek(max(0, stream.seek(0, os.SEEK_END) - 2000))
    lines = stream.read().decode("utf-8", "replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return f": {said[:300]}" if said else ""
