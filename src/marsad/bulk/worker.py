"""The child process that reads: `python -m marsad.bulk.worker`, driven through its standard input.

It loads the reader once, with one thread. Before each step it says what it begins, so that whoever
waits for it knows what it died of; a timer of its own ends it where a step takes too long, even in
code that never comes back to Python.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from marsad import documents
from marsad.bulk.marks import mark
from marsad.bulk.messages import OUT_OF_MEMORY, Begun, Failed, Finished, Job, Read, Step, receive, send
from marsad.bulk.opening import EMPTY, Opening, openings
from marsad.bulk.tables import Tables
from marsad.errors import BadWorkspace, MarsadError
from marsad.reading import pipeline
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Document
from marsad.settings import load

USUAL = 20_000  # characters of a document that `read_seconds` is meant for; longer ones take longer


class Worker:
    """Reads one partition after the other."""

    def __init__(self, job: Job, answers: IO[bytes]) -> None:
        self.job, self.answers = job, answers
        self.seconds = load().read_seconds
        self._log = Path(os.devnull).open("w")  # noqa: SIM115 - as long as the process

    def work(self, task: Read) -> Finished:
        """Read a partition and write its parts; its mark, which is written last, says that it is done."""
        partition = task.partition
        faults = {fault.step: fault.reason for fault in task.faults}
        tables = Tables(Path(self.job.folder), partition.number)
        for number, opening in enumerate(openings(partition)):
            found = False
            for each in self._opened(opening, number, faults):
                found = True
                if isinstance(each, Refused):
                    tables.refuse(each)
                elif isinstance(each[1], Refused):
                    tables.refuse(each[1])
                else:
                    self._read(each[0], each[1], faults, tables)
            if not found and partition.is_whole:
                tables.refuse(Refused(opening.source, EMPTY))
        self._write(tables)
        return Finished(partition.number, tables.documents, tables.refused, tables.parts)

    def _write(self, tables: Tables) -> None:
        faulthandler.cancel_dump_traceback_later()
        send(self.answers, Begun(Step("write"), None))  # fails where nobody waits for it any more
        tables.flush()

    def _begin(self, step: Step, length: int = 0) -> None:
        seconds = self.seconds * (1 + length / USUAL)
        faulthandler.dump_traceback_later(seconds, exit=True, file=self._log)
        send(self.answers, Begun(step, seconds))

    def _opened(
        self, opening: Opening, number: int, faults: dict[Step, str]
    ) -> Iterator[Refused | tuple[Step, Frozen | Refused]]:
        """The documents of an opening, frozen; what cannot be opened or frozen is refused."""
        originals = opening.originals()
        count = 0
        while True:
            step = Step("open", number, count)
            if step in faults:
                yield Refused(opening.source, faults[step])
                return
            self._begin(step)
            try:
                original = next(originals, None)
            except Exception as error:
                yield Refused(opening.source, _reason(error).removeprefix(f"{opening.source}: "))
                return
            if original is None:
                return
            if isinstance(original, Refused):
                yield original
            else:
                yield from self._frozen(original, step, faults)
            count += 1

    def _frozen(
        self, original: Original, opened: Step, faults: dict[Step, str]
    ) -> Iterator[tuple[Step, Frozen | Refused]]:
        """The documents of an original, each with the step that reads it."""
        found = documents.freeze(original._replace(published=self.job.published))
        count = 0
        while True:
            step = Step("freeze", opened.opening, opened.original, count)
            self._begin(step, len(original.raw))
            try:
                frozen = Refused(original.source, faults[step]) if step in faults else next(found, None)
            except Exception as error:
                frozen = Refused(original.source, _reason(error))
            if frozen is None:
                return
            yield Step("read", step.opening, step.original, count), frozen
            if step in faults:
                return
            count += 1

    def _read(self, step: Step, frozen: Frozen, faults: dict[Step, str], tables: Tables) -> None:
        document = frozen.document
        source = document.source or document.id
        if step in faults:
            tables.refuse(Refused(source, faults[step]))
            return
        self._begin(step, len(document.text))
        try:
            reading, vectors = pipeline.read_with_vectors(document, frozen.warnings)
        except Exception as error:  # the reader is at fault, not the next document
            tables.refuse(Refused(source, _reason(error)))
        else:
            tables.add(frozen, reading, vectors)
        if tables.is_full:
            self._write(tables)


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        os._exit(OUT_OF_MEMORY)  # what is left in this process is not to be trusted
    if isinstance(error, MarsadError):
        return str(error)
    return f"cannot be read: {type(error).__name__}: {error}"


def serve() -> None:
    """Read what comes through standard input until it is closed."""
    _limit(load().worker_bytes)
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    try:
        _serve(requests, answers)
    except BrokenPipeError:
        return
    except (MarsadError, OSError) as error:
        code = error.exit_code if isinstance(error, MarsadError) else BadWorkspace.exit_code
        send(answers, Failed(_line(error), code))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    message = receive(requests)
    if message is None:
        return
    job = msgspec.msgpack.decode(message, type=Job)
    _require_same(job)
    worker = Worker(job, answers)
    while (message := receive(requests)) is not None:
        finished = worker.work(msgspec.msgpack.decode(message, type=Read))
        mark(Path(job.folder), finished)
        send(answers, finished)


def _require_same(job: Job) -> None:
    """Another machine must read as this one does."""
    versions = pipeline.versions(Document(id="", text="", raw_sha256="", text_sha256="", extractor="none@1"))
    if versions != (job.reader, job.gazetteer):
        raise BadWorkspace(
            f"this machine reads as {versions[0]} with {versions[1]}, the job was begun as {job.reader} with "
            f"{job.gazetteer}; install the same version and the same extras on all of them"
        )


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has no such limits; the time limit stands
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


if __name__ == "__main__":
    serve()
