"""Work in the background of the workbench: documents are read into the ledger, one job after another.

A job runs in a thread of this process, so the reader's models are loaded once for all of them. Each
document is in the ledger before the job tells of it; so a job that is stopped, with the program or by
its end, has lost nothing of what it told. Jobs themselves are kept as long as the program runs.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, Self

import msgspec
from msgspec.structs import replace

from marsad.errors import BadInput, MarsadError, NotFound
from marsad.following import Asked, Event, Waits
from marsad.ingest import Added
from marsad.ledger.store import Store
from marsad.records.original import Refused
from marsad.settings import load

MOST_JOBS = 50  # that are remembered
MOST_WAITING = 20
MOST_TOLD = 500  # documents, and refusals, that a job lists; it counts the others
PATIENCE = 20.0  # seconds for the document in hand when the program ends

Tell = Callable[[str], None]
Work = Callable[[Tell], Iterator[Event]]  # is given whom to tell what it opens
Kind = Literal["files", "addresses", "text", "feeds"]
State = Literal["waiting", "running", "done", "failed", "stopped"]
_log = logging.getLogger(__name__)


class Told(msgspec.Struct, frozen=True):
    """A document that is in the ledger now."""

    document: str
    source: str
    is_new: bool


class NotRead(msgspec.Struct, frozen=True):
    """What is not in the ledger, with the reason."""

    source: str
    reason: str
    waits: bool = False  # it is tried again at a later poll


class Answer(msgspec.Struct, frozen=True):
    """What a feed answered."""

    feed: str
    outcome: str
    reason: str | None
    listed: int
    new: int


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A job as it is at one moment; `changes` grows with every other moment."""

    id: str
    kind: Kind
    given: tuple[str, ...]  # what it reads, as a person named it
    state: State = "waiting"
    changes: int = 0
    asked_at: str
    ended_at: str | None = None
    opens: str | None = None  # what it reads just now
    added: int = 0
    unchanged: int = 0
    refused: int = 0
    waits: int = 0
    documents: tuple[Told, ...] = ()
    refusals: tuple[NotRead, ...] = ()
    answers: tuple[Answer, ...] = ()
    error: str | None = None  # what ended it

    @property
    def is_over(self) -> bool:
        return self.state not in ("waiting", "running")


def after(job: Job, event: Event) -> Job:
    """`job` when it has told of `event`."""
    if isinstance(event, Asked):
        return replace(job, answers=(*job.answers, Answer(*event))[-MOST_TOLD:])
    if isinstance(event, Refused | Waits):
        found = NotRead(event.source, event.reason, isinstance(event, Waits))
        job = replace(job, refused=job.refused + (not found.waits), waits=job.waits + found.waits)
        return replace(job, refusals=(*job.refusals, found)[:MOST_TOLD])
    is_new = isinstance(event, Added)
    job = replace(job, added=job.added + is_new, unchanged=job.unchanged + (not is_new))
    told = Told(event.document_id, event.source, is_new)
    return replace(job, documents=(*job.documents, told)[:MOST_TOLD])


class Jobs:
    """The jobs of one run of the workbench. Leaving it stops them after the document in hand."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: queue.SimpleQueue[tuple[str, Work] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._is_stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_stopping.set()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def start(self, kind: Kind, given: tuple[str, ...], work: Work) -> str:
        """The id of a new job, which begins when those before it are over.

        Raises:
            BadInput: too many wait.
        """
        job = Job(id=secrets.token_hex(8), kind=kind, given=given, asked_at=_now())
        with self._lock:
            if sum(not each.is_over for each in self._jobs.values()) >= MOST_WAITING:
                raise BadInput(f"{MOST_WAITING} jobs wait already; add more when one of them is done")
            self._jobs[job.id] = job
            while len(self._jobs) > MOST_JOBS:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()
        self._waiting.put((job.id, work))
        return job.id

    def find(self, job_id: str) -> Job:
        """A job as it is now.

        Raises:
            NotFound: there is none, or it was one of an earlier run of the program.
        """
        with self._lock:
            if job := self._jobs.get(job_id):
                return job
        raise NotFound(
            f"{job_id[:40]}: no job of this run of the workbench; what earlier ones added is in the documents"
        )

    def newest(self) -> list[Job]:
        """All that are remembered, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    # In the thread

    def _run(self) -> None:
        while (found := self._waiting.get()) is not None:
            if self._is_stopping.is_set():
                return
            self._work(*found)

    def _work(self, job_id: str, work: Work) -> None:
        self._change(job_id, lambda job: replace(job, state="running"))
        state: State = "done"
        error: str | None = None
        try:
            with closing(work(lambda source: self._opens(job_id, source))) as events:  # type: ignore[type-var]
                for event in events:
                    self._change(job_id, lambda job, event=event: after(job, event))  # type: ignore[misc]
                    if self._is_stopping.is_set():
                        state = "stopped"
                        break
        except MarsadError as failed:
            state, error = "failed", " ".join(str(failed).split())
        except Exception as failed:
            _log.error("a job failed: %s: %s", type(failed).__name__, failed, exc_info=load().debug)
            state, error = "failed", "unexpected error; the terminal of marsad serve says more"
        self._change(job_id, lambda job: replace(job, state=state, error=error, opens=None, ended_at=_now()))

    def _opens(self, job_id: str, source: str) -> None:
        self._change(job_id, lambda job: replace(job, opens=source))

    def _change(self, job_id: str, change: Callable[[Job], Job]) -> None:
        with self._lock:
            if job := self._jobs.get(job_id):
                self._jobs[job_id] = replace(change(job), changes=job.changes + 1)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
