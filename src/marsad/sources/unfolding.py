"""What an archive and all in it may unfold to: a small file can hold a large one, many times over."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from marsad.errors import TooLarge
from marsad.settings import MIB, load

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_RATIO = 200  # what people write unfolds by a tenth of that; deflate can reach a thousand
_SLACK = 16 * MIB  # of which a ratio says nothing yet


Folded = Callable[[], int]  # how many bytes of the file were unfolded up to now


class Exhausted(TooLarge):
    """The whole archive is over a limit; nothing more of it is read."""


class Budget:
    """What is left of the limits for one file that a user named, however deep its archives go."""

    def __init__(self) -> None:
        self._settings = load()
        self._bytes = self._settings.archive_bytes
        self._files = self._settings.archive_files

    def take_file(self) -> None:
        """Raise `Exhausted` where there was one file too many."""
        self._files -= 1
        if self._files < 0:
            most = self._settings.archive_files
            raise Exhausted(f"holds over {most:,} files (MARSAD_ARCHIVE_FILES)")

    def take(self, size: int) -> None:
        """Raise `Exhausted` where there were too many bytes."""
        self._bytes -= size
        if self._bytes < 0:
            most = self._settings.archive_bytes / 1e6
            raise Exhausted(f"unfolds to over {most:,.1f} MB (MARSAD_ARCHIVE_BYTES)")


class Unfolding(io.RawIOBase):
    """A stream that unfolds, within a budget. A read gives all that was asked for, but at the end."""

    def __init__(self, stream: io.BufferedIOBase, budget: Budget, folded: Folded | None = None) -> None:
        self._stream = stream
        self._budget = budget
        self._folded = folded
        self._count = 0
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (piece := self._piece(len(view) - filled, is_first=filled == 0)):
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        self._spend(filled)
        return filled

    def _piece(self, size: int, *, is_first: bool) -> bytes:
        """What comes next; an error is raised only when all before it was given."""
        if self._error is None:
            try:
                return self._stream.read1(size)
            except Exception as error:  # whatever a damaged archive raises
                self._error = error
        if is_first:
            raise self._error
        return b""

    def _spend(self, size: int) -> None:
        self._budget.take(size)
        self._count += size
        if self._folded and self._count > max(_SLACK, _RATIO * self._folded()):
            raise TooLarge(f"unfolds to over {_RATIO} times its size, as only a bomb does")


def unfolding(stream: io.BufferedIOBase, budget: Budget, folded: Folded | None = None) -> io.BufferedReader:
    """`stream` within `budget`, with the reads of a file."""
    return io.BufferedReader(Unfolding(stream, budget, folded), 64 * 1024)
