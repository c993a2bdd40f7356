"""What a worker and its supervisor say to each other: MessagePack, each message behind its length."""

from __future__ import annotations

import struct
from typing import IO, Literal

import msgspec

from marsad.bulk.partitions import Partition

OUT_OF_MEMORY = 77  # a worker's exit code
_LENGTH = struct.Struct("<Q")


class Job(msgspec.Struct, frozen=True):
    """What every worker of a job has to know."""

    folder: str  # where the parts go; the same for all machines
    reader: str | None
    gazetteer: str | None
    published: str | None = None  # a day, given by the user


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One thing that a worker does, and for which it can die."""

    stage: Literal["open", "freeze", "read", "write"]
    opening: int = 0  # of the partition: a file, or its part of one
    original: int = 0  # of the opening
    document: int = 0  # of the original


class Fault(msgspec.Struct, frozen=True, array_like=True):
    """A step that is not to be taken again, and why."""

    step: Step
    reason: str


class Read(msgspec.Struct, frozen=True):
    """To the worker: read this, but for what has killed its like."""

    partition: Partition
    faults: tuple[Fault, ...] = ()


class Begun(msgspec.Struct, frozen=True, tag=True):
    """From the worker, before each step."""

    step: Step
    seconds: float | None  # that it may take


class Finished(msgspec.Struct, frozen=True, tag=True):
    """From the worker: the partition is written. It is also the file that marks it as done."""

    number: int
    documents: int
    refused: int
    parts: dict[str, tuple[int, ...]]  # of each table; others are of a try that did not end


class Failed(msgspec.Struct, frozen=True, tag=True):
    """From the worker: nothing can be read or written at all. The job stops."""

    message: str
    exit_code: int


Answer = Begun | Finished | Failed


def send(pipe: IO[bytes], message: msgspec.Struct) -> None:
    body = msgspec.msgpack.encode(message)
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next message as it came, or `None` where the other end is gone."""
    header = pipe.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    body = pipe.read(length)
    return body if len(body) == length else None
