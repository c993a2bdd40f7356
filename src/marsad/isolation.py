"""Runs a parser in a child process with limits of time, memory and files.

Hostile pages make parsers loop, fill memory or crash; the child takes that, not the program. `call`
serves many calls with one child, since starting it costs more than most pages; it is replaced when
it dies, exceeds its time, or has served `CALLS_A_CHILD`. `stream` has a child of its own, which
unpacks a container item by item. Requests and answers are MessagePack, never pickle.

A child ends when its pipes close or, in the middle of a parse, by a timer of its own: it outlives
nobody. It takes no notice of Ctrl-C, which is for the program.
"""

from __future__ import annotations

import atexit
import math
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import IO, cast

import msgspec

from marsad.errors import BadInput, MarsadError, TooLarge

CALLS_A_CHILD = 500  # what a parser leaks is given back
_LENGTH = struct.Struct("<Q")
_OPEN_FILES = 64
_START = 60.0  # seconds for a child to start and import, which a cold disk or a busy machine draws out
_GRACE = 5.0  # seconds after which a child ends itself that nobody stopped


class _Request(msgspec.Struct, array_like=True):
    function: str  # module:function, from bytes to bytes, or to an iterator of bytes
    payload: bytes
    seconds: float
    is_stream: bool = False


class _Answer(msgspec.Struct, array_like=True):
    payload: bytes | None = None  # None without any of the others: the end of a stream
    refusal: str | None = None  # what the parser itself says of its input
    error: str | None = None
    is_too_large: bool = False
    out_of_memory: bool = False
    is_ready: bool = False  # what parses is imported: from now on time is the input's


def call(
    function: str, payload: bytes, *, seconds: float, memory: int, setting: str = "MARSAD_PARSE_SECONDS"
) -> bytes:
    """What `function` makes of `payload` in a child, under limits.

    Args:
        function: `module:function` of the package, from bytes to bytes.
        seconds: wall-clock time for this call, from when its parser is imported.
        memory: address space of the child, in bytes (where the system can limit it).
        setting: what a user changes to give it more time.

    Raises:
        TooLarge: it took more time or memory than allowed, or says so of its input.
        BadInput: the parser refused its input, failed or crashed.
    """
    with _lock:
        child = _child(memory)
        answer = child.ask(_Request(function, payload, seconds))
    found = _payload(answer, child, seconds, setting)
    if found is None:
        raise BadInput("the parser crashed on it")
    return found


def stream(function: str, payload: bytes, *, seconds: float, memory: int) -> Iterator[bytes]:
    """The items that the generator `function` yields of `payload` in a child of its own, one by one.

    The child works ahead by what a pipe holds, no further. An empty item says that work goes on; it
    starts the time anew and is not given. To close the iterator ends the child.

    Args:
        function: `module:function` of the package, from bytes to an iterator of bytes.
        seconds: wall-clock time for each item, from when the parser is imported.
        memory: address space of the child, in bytes (where the system can limit it).

    Raises:
        TooLarge, BadInput: as `call`, after the items that came before.
    """
    child = _Child(memory)
    try:
        answer = child.ask(_Request(function, payload, seconds, is_stream=True))
        while (item := _payload(answer, child, seconds, "MARSAD_PARSE_SECONDS")) is not None:
            if item:
                yield item
            answer = child.answer(seconds)
    finally:
        child.close()


def _payload(answer: _Answer | None, child: _Child, seconds: float, setting: str) -> bytes | None:
    """What is in an answer, None at the end of a stream; else what became of the child, raised."""
    if answer is None:
        if child.timed_out and child.is_ready:
            raise TooLarge(f"took over {seconds:g} s to parse ({setting})")
        if child.timed_out:
            raise TooLarge(f"its parser did not start within {_START:g} s; try again")
        raise BadInput("the parser crashed on it")
    if answer.out_of_memory:
        raise TooLarge(f"took over {child.memory / 2**20:.0f} MiB to parse (MARSAD_PARSE_BYTES)")
    if answer.refusal is not None:
        raise TooLarge(answer.refusal) if answer.is_too_large else BadInput(answer.refusal)
    if answer.error is not None:
        raise BadInput(f"the parser failed on it: {answer.error}")
    return answer.payload


class _Child:
    """A running child, with its pipes."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.owner = os.getpid()
        self.calls = 0
        self.timed_out = self.is_ready = False
        # -P: a file of the current folder must not pass for one of our modules
        command = [sys.executable, "-P", "-m", "marsad.isolation", str(memory)]
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._requests = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)
        self._watch = _Watch(self._stop)

    @property
    def serves(self) -> bool:
        """Whether it can take another call."""
        return self._process.poll() is None and not self.timed_out and self.calls < CALLS_A_CHILD

    def ask(self, request: _Request) -> _Answer | None:
        """The first answer to a request, or None where the child died or was stopped for its time."""
        self.calls += 1
        message = msgspec.msgpack.encode(request)
        self.is_ready = False
        answer = self._within(_START, lambda: _send(self._requests, message))
        if answer is None or not answer.is_ready:
            return answer
        self.is_ready = True
        return self.answer(request.seconds)

    def answer(self, seconds: float) -> _Answer | None:
        """The next answer to a request."""
        return self._within(seconds, lambda: None)

    def _within(self, seconds: float, before: Callable[[], None]) -> _Answer | None:
        self._watch.begin(seconds)
        try:
            before()
            line = _receive(self._answers, self.memory)
            return None if line is None else msgspec.msgpack.decode(line, type=_Answer)
        except (OSError, ValueError, msgspec.DecodeError):  # dead, stopped, or no more itself
            self._process.kill()
            return None
        finally:
            self._watch.end()

    def _stop(self) -> None:
        self.timed_out = True
        self._process.kill()

    def close(self) -> None:
        if self.owner != os.getpid():  # after a fork, the pipes belong to the parent
            return
        self._watch.close()
        self._process.kill()
        self._process.wait()
        for pipe in (self._requests, self._answers):
            try:
                pipe.close()
            except OSError:  # what was written to a dead child cannot be flushed
                continue


class _Watch:
    """One thread that acts when a span of time is over before it was ended.

    A timer for each span would be a thread for each item of a stream.
    """

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self._due = self._wakes = math.inf
        self._is_closed = False
        self._changed = threading.Condition()
        threading.Thread(target=self._run, daemon=True).start()

    def begin(self, seconds: float) -> None:
        with self._changed:
            self._due = time.monotonic() + seconds
            if self._due < self._wakes:
                self._changed.notify()

    def end(self) -> None:
        self._due = math.inf

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                now = time.monotonic()
                if now >= self._due:
                    self._act()
                    self._due = math.inf
                self._wakes = self._due
                self._changed.wait(None if self._due == math.inf else self._due - now)


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
    """End the child of `call`, if one runs."""
    global _running  # noqa: PLW0603
    if _running is not None:
        _running.close()
        _running = None


def _begin_anew() -> None:
    """After a fork: the child is the parent's, and whoever held the lock is not here."""
    global _lock, _running
    _lock, _running = threading.Lock(), None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes], limit: int) -> bytes | None:
    """The next message; None at the end, or where it says that it is over `limit` bytes."""
    header = pipe.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    if length > limit:
        return None
    message = pipe.read(length)
    return message if len(message) == length else None


# ── in the child ──────────────────────────────────────────────────────────────────────────────


def _serve(memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(memory)
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(2, 1)  # what a parser prints must not be taken for an answer
    try:
        while (message := _receive(requests, memory)) is not None:
            for answer in _answers(msgspec.msgpack.decode(message, type=_Request)):
                _send(answers, msgspec.msgpack.encode(answer))
    except BrokenPipeError:
        os._exit(0)  # whoever asked is gone, and what is left in the pipe with them


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has no such limits; the time limit stands
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))


def _answers(request: _Request) -> Iterator[_Answer]:
    """That it is ready, then the answer to a call, or those of a stream, the last empty or a failure."""
    _end_after(_START)
    _may_write_files(True)  # Python keeps the bytecode of what it imports
    try:
        module, _, name = request.function.partition(":")
        found = getattr(import_module(module), name)
        _may_write_files(False)
        yield _Answer(is_ready=True)
        _end_after(request.seconds)
        if not request.is_stream:
            yield _Answer(found(request.payload))
            return
        for item in found(request.payload):
            _end_after(None)  # while the pipe is full, time is the reader's
            yield _Answer(item)
            _end_after(request.seconds)
        yield _Answer()
    except MemoryError:
        yield _Answer(out_of_memory=True)
    except MarsadError as error:
        yield _Answer(refusal=str(error), is_too_large=isinstance(error, TooLarge))
    except BrokenPipeError:
        raise
    except Exception as error:
        yield _Answer(error=type(error).__name__)
    finally:
        _end_after(None)


def _end_after(seconds: float | None) -> None:
    """End this process in a while, should nobody do so before, or (None) no longer.

    The timer is the system's: it ends also what loops in compiled code.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, 0 if seconds is None else seconds + _GRACE)


def _may_write_files(may: bool) -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most if may else 0, most))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
