"""Figures as bytes of a fact, unpacked no further than they should be."""

from __future__ import annotations

import zlib
from typing import Final

_LARGEST: Final = 2**30  # bytes, unpacked


def unpacked(body: bytes, size: int, of: str) -> tuple[bytes, bytes]:
    """The `size` bytes that zlib packed at the head of `body`, and what stands behind them.

    Args:
        of: whose figures they should be, for the error.

    Raises:
        ValueError: the bytes are damaged, or more or fewer.
    """
    if size > _LARGEST:
        raise ValueError(f"{size} bytes, more than {_LARGEST}")
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(body, size + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(raw) != size or not unpacker.eof:
        raise ValueError(f"not the figures of this {of}")
    return raw, unpacker.unused_data
