"""What takes seconds to make: one thing after another, each once, beside whoever reads.

Who asks for it waits for a while. Where it takes longer, the page says so at once and loads itself anew;
a file (`.json`, `.csv`, `.atom`) waits until it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from threading import Lock, Thread
from typing import Any, TypeVar, cast

from starlette.requests import Request

T = TypeVar("T")


class BeingMade(Exception):
    """What is asked for is not there yet: it is being made."""


class Making:
    """What is being made of one ledger."""

    def __init__(self) -> None:
        self._lock, self._one = Lock(), Lock()
        self._running: dict[Hashable, Future[Any]] = {}

    def made(self, key: Hashable, make: Callable[[], T], patience: float | None) -> T:
        """What `make` gives; whoever asks for the same meanwhile waits for this one.

        Args:
            patience: seconds to wait for it; `None`: until it is there.

        Raises:
            BeingMade: it takes longer. Ask again.
        """
        future = self.begin(key, make)
        if patience is not None and not wait([future], patience).done:
            raise BeingMade
        return cast(T, future.result())

    def begin(self, key: Hashable, make: Callable[[], object]) -> Future[Any]:
        """Make it, and do not wait for it."""
        with self._lock:
            future = self._running.get(key)
            if future is None:
                future = self._running[key] = Future()
                # a daemon: the program need not wait for it to end
                Thread(target=self._run, args=(key, make, future), daemon=True).start()
        return future

    def wait(self) -> None:
        """Until all that is being made is there."""
        wait(list(self._running.values()))

    def _run(self, key: Hashable, make: Callable[[], object], future: Future[Any]) -> None:
        try:
            with self._one:  # two at once would take as long, and twice the memory
                made = make()
        except BaseException as error:
            self._end(key)
            future.set_exception(error)
        else:
            self._end(key)
            future.set_result(made)

    def _end(self, key: Hashable) -> None:
        with self._lock:
            del self._running[key]


def patience(request: Request) -> float | None:
    """How long whoever asks waits; of a file, and where the application knows no limit, as it takes."""
    is_page = "." not in request.url.path.rpartition("/")[2]
    return getattr(request.app.state, "patience", None) if is_page else None
