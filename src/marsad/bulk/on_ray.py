"""Partitions on a Ray cluster, through Ray Data: an actor for each core, with a worker of its own.

Ray tries a task again for ever when it kills its process. So documents are never read in a process of
Ray's: an actor only waits for a child, as a thread of the pool does, and a poisonous document ends that
child alone. When an actor or its machine is lost, Ray gives its partitions to another.
"""

from __future__ import annotations

import logging
import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from marsad.bulk.messages import Failed, Finished, Job
from marsad.bulk.partitions import Partition
from marsad.bulk.supervising import JobFailed, Supervisor
from marsad.errors import BadInput, MarsadError, Unreachable

LOCAL = "local"
_STORE = 100 * 1024 * 1024  # bytes of Ray's object store here; only names of partitions go through it
_OWN = ("MARSAD_WORKSPACE", "MARSAD_DATABASE", "MARSAD_BY", "MARSAD_THREADS")  # none of a worker's business
_SHORT = 40  # characters of a temporary folder; a socket's path may have about 100


class _Reader:
    """In an actor: reads partitions through a worker of its own."""

    def __init__(self, job: bytes) -> None:
        self._supervisor = Supervisor(msgspec.msgpack.decode(job, type=Job))

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        return {"answer": [self._read(bytes(each)) for each in batch["partition"]]}

    def _read(self, partition: bytes) -> bytes:
        answer: Finished | Failed
        try:
            answer = self._supervisor.read(msgspec.msgpack.decode(partition, type=Partition))
        except MarsadError as error:  # an exception would be tried again
            answer = Failed(str(error), error.exit_code)
        return msgspec.msgpack.encode(answer)


def read(
    job: Job,
    partitions: Iterable[Partition],
    workers: int | None,
    address: str,
    told: Callable[[int], None],
) -> Iterator[Finished]:
    """Read `partitions`, each as it is done, in any order.

    Args:
        workers: by default one for each core of the cluster.
        address: of the cluster, or `local`.
        told: called with the number of documents of each partition that is done.

    Raises:
        BadInput: Ray is not installed.
        Unreachable: there is no cluster at the address.
        MarsadError: a worker cannot go on, whatever it is given.
    """
    items = [{"partition": msgspec.msgpack.encode(each)} for each in partitions]
    if not items:
        return
    with _cluster(address, workers) as ray:
        size = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        answers = ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
            _Reader,
            fn_constructor_args=(msgspec.msgpack.encode(job),),
            batch_size=1,
            batch_format="numpy",
            compute=ray.data.ActorPoolStrategy(size=min(size, len(items))),
            num_cpus=1,  # of the child: the actor itself waits
        )
        for row in answers.iter_rows():
            answer = msgspec.msgpack.decode(row["answer"], type=Finished | Failed)
            if isinstance(answer, Failed):
                raise JobFailed(answer.message, answer.exit_code)
            told(answer.documents + answer.refused)
            yield answer


@contextmanager
def _cluster(address: str, workers: int | None) -> Iterator[Any]:
    """Ray, joined to a cluster, or started here without a dashboard and behind a token."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    os.environ.setdefault("RAY_IGNORE_UNHANDLED_ERRORS", "1")  # of its own statistics; ours are raised
    if address == LOCAL:  # it listens on every interface, whatever it is told: nobody else has the token
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
    try:
        import ray  # noqa: PLC0415 (an extra)
        import ray.data  # noqa: PLC0415
    except ModuleNotFoundError:
        raise BadInput("--ray-address needs Ray; install it with: pip install 'marsad[scale]'") from None
    settings = {
        name: value for name, value in os.environ.items() if name.startswith("MARSAD_") and name not in _OWN
    }
    with tempfile.TemporaryDirectory(prefix="marsad-", ignore_cleanup_errors=True) as folder:
        here: dict[str, Any] = {
            "num_cpus": workers,
            "include_dashboard": False,
            "object_store_memory": _STORE,
            "_node_ip_address": "127.0.0.1",
            "_temp_dir": folder if len(folder) < _SHORT else None,
        }
        try:
            with _silent():
                ray.init(
                    address,
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                    runtime_env={"env_vars": settings},
                    **(here if address == LOCAL else {}),
                )
        except (ConnectionError, ValueError, RuntimeError) as error:
            said = " ".join(str(error).split())[:200]
            raise Unreachable(f"{address}: no Ray cluster there: {said}") from error
        try:
            _quiet(ray)
            yield ray
        finally:
            ray.shutdown()


@contextmanager
def _silent() -> Iterator[None]:
    """Let no library print of its own start; what goes wrong is an exception."""
    kept = os.dup(2)
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _quiet(ray: Any) -> None:  # noqa: ANN401 - a module
    """Its progress is ours."""
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
