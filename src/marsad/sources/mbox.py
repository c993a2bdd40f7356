"""Mailboxes: many messages in one file, parted by `From ` lines (mboxo and mboxrd)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from marsad.records.original import Original, Refused
from marsad.settings import load
from marsad.sources.kinds import is_header, parts_messages
from marsad.sources.passing import Found

_PIECE = 64 * 1024  # a line may be as long as the file
_STRIDE = 8 * 1024 * 1024  # bytes after which to say that work goes on


def messages(stream: BinaryIO, name: str) -> Iterator[Found]:
    """The messages of a mailbox, each from the source `NAME!NUMBER`; memory is that of one message."""
    message = _Message(name, 1)
    was_blank, begins_line, passed = True, True, 0
    while piece := stream.readline(_PIECE):
        if was_blank and begins_line and parts_messages(piece):
            following = stream.readline(_PIECE)
            if is_header(following):
                yield from message.done()
                message = _Message(name, message.number + message.has_begun)
                piece = following
            else:
                message.add(piece)
                piece = following
        message.add(_unquoted(piece) if begins_line else piece)
        was_blank = begins_line and piece in (b"\n", b"\r\n")
        begins_line = piece.endswith(b"\n")
        passed += len(piece)
        if passed > _STRIDE:
            passed = 0
            yield None
    yield from message.done()


class _Message:
    """One message while it is read, up to the limit of a document."""

    def __init__(self, name: str, number: int) -> None:
        self.number = number
        self.has_begun = False
        self._source = f"{name}!{number}"
        self._raw = bytearray()
        self._limit = load().document_bytes
        self._is_too_large = False

    def add(self, piece: bytes) -> None:
        self.has_begun = self.has_begun or not piece.isspace()
        if not self._is_too_large:
            self._raw += piece
        if len(self._raw) > self._limit:
            self._is_too_large = True
            self._raw.clear()

    def done(self) -> Iterator[Original | Refused]:
        if self._is_too_large:
            reason = f"over the limit of {self._limit / 1e6:.1f} MB (MARSAD_DOCUMENT_BYTES)"
            yield Refused(self._source, reason)
        elif self.has_begun:
            raw = bytes(self._raw.removesuffix(b"\n").removesuffix(b"\r"))
            yield Original(raw, self._source, media_type="message/rfc822")


def _unquoted(line: bytes) -> bytes:
    """`>From ` is how a mailbox writes a line that begins with `From `."""
    if line.startswith(b">") and line.lstrip(b">").startswith(b"From "):
        return line[1:]
    return line
