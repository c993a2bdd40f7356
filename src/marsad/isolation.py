"""Runs a parser in a child process with limits of time and memory.

Hostile pages make parsers loop, fill memory or crash; the child takes that, not the program. One
child serves many calls, since starting it costs more than most pages; it is replaced when it dies,
exceeds its time, or has served `CALLS_A_CHILD`. Requests and answers are MessagePack, never pickle.
"""

from __future__ import annotations

import atexit
import os
import struct
import subprocess
import sys
import threading
from importlib import import_module
from typing import IO, cast

import msgspec

from marsad.errors import BadInput, TooLarge

CALLS_A_CHILD = 500  # what a parser leaks is given back
_LENGTH = struct.Struct("<Q")


class _Request(msgspec.Struct, array_like=True):
    function: str  # module:function, from bytes to bytes
    payload: bytes


class _Answer(msgspec.Struct, array_like=True):
    payload: bytes | None
    error: str | None = None
    out_of_memory: bool = False


def call(function: str, payload: bytes, *, seconds: float, memory: int) -> bytes:
    """What `function` makes of `payload` in a child, under limits.

    Args:
        function: `module:function` of the package, from bytes to bytes.
        seconds: wall-clock time for this call.
        memory: address space of the child, in bytes (where the system can limit it).

    Raises:
        TooLarge: it took more time or memory than allowed.
        BadInput: the parser failed or crashed.
    """
    with _lock:
        child = _child(memory)
        answer = child.ask(_Request(function, payload), seconds)
    if answer is None:
        if child.timed_out:
            raise TooLarge(f"took over {seconds:g} s to parse (MARSAD_PARSE_SECONDS)")
        raise BadInput("the parser crashed on it")
    if answer.out_of_memory:
        raise TooLarge(f"took over {memory / 2**20:.0f} MiB to parse (MARSAD_PARSE_BYTES)")
    if answer.payload is None:
        raise BadInput(f"the parser failed on it: {answer.error}")
    return answer.payload


class _Child:
    """A running child, with its pipes."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.owner = os.getpid()
        self.calls = 0
        self.timed_out = False
        # -P: a file of the current folder must not pass for one of our modules
        command = [sys.executable, "-P", "-m", "marsad.isolation", str(memory)]
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._requests = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)

    @property
    def serves(self) -> bool:
        """Whether it can take another call: after a fork, the pipes belong to the parent."""
        alive = self._process.poll() is None and self.owner == os.getpid()
        return alive and not self.timed_out and self.calls < CALLS_A_CHILD

    def ask(self, request: _Request, seconds: float) -> _Answer | None:
        """The answer, or None where the child died or was stopped for its time."""
        self.calls += 1
        watch = threading.Timer(seconds, self._stop)
        watch.daemon = True
        watch.start()
        try:
            _send(self._requests, msgspec.msgpack.encode(request))
            line = _receive(self._answers)
        except OSError:
            line = None
        finally:
            watch.cancel()
        return None if line is None else msgspec.msgpack.decode(line, type=_Answer)

    def _stop(self) -> None:
        self.timed_out = True
        self._process.kill()

    def close(self) -> None:
        if self.owner != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._requests, self._answers):
            try:
                pipe.close()
            except OSError:  # what was written to a dead child cannot be flushed
                continue


_lock = threading.Lock()
_running: _Child | None = None


def _child(memory: int) -> _Child:
    global _running  # noqa: PLW0603
    if _running is None or not _running.serves or _running.memory != memory:
        close()
        _running = _Child(memory)
    return _running


@atexit.register
def close() -> None:
    """End the child, if one runs."""
    global _running  # noqa: PLW0603
    if _running is not None:
        _running.close()
        _running = None


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    header = pipe.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    message = pipe.read(length)
    return message if len(message) == length else None


# ── in the child ──────────────────────────────────────────────────────────────────────────────


def _serve(memory: int) -> None:
    _limit(memory)
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(2, 1)  # what a parser prints must not be taken for an answer
    while (message := _receive(requests)) is not None:
        _send(answers, msgspec.msgpack.encode(_answer(msgspec.msgpack.decode(message, type=_Request))))


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has no such limits; the time limit stands
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: _Request) -> _Answer:
    module, _, name = request.function.partition(":")
    try:
        return _Answer(getattr(import_module(module), name)(request.payload))
    except MemoryError:
        return _Answer(None, out_of_memory=True)
    except Exception as error:
        return _Answer(None, error=type(error).__name__)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
