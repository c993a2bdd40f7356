"""Compressed JSON, as readings and terms are stored: zlib with a dictionary of what stands in all of them.

Most of a small reading is the names of its fields, which zlib alone meets for the first time in each: with
the dictionary `packing.json` the reading of a coded row takes a quarter of the space and of the time.
What was stored without it is read as well. The file must never change: a stream names it by its checksum,
and nothing reads a stream without the dictionary that it names.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib import resources

_SMALL = 1 << 14  # bytes, and the window over them
_MEMORY = 6  # zlib's memLevel: less is to be copied than at the usual 8


def packed(body: bytes) -> bytes:
    """`body` compressed."""
    packer = _packer(is_small=len(body) <= _SMALL).copy()  # to make one takes longer than what it does
    return packer.compress(body) + packer.flush()


def unpacked(stream: bytes) -> bytes:
    """What `packed` compressed, with or without the dictionary.

    Raises:
        zlib.error: the bytes are damaged, or cut short.
    """
    unpacker = zlib.decompressobj(zdict=_dictionary())
    body = unpacker.decompress(stream)
    if not unpacker.eof or unpacker.unused_data:
        raise zlib.error("incomplete or followed by other bytes")
    return body


@cache
def _packer(*, is_small: bool) -> zlib._Compress:
    if not is_small:
        return zlib.compressobj(level=1, zdict=_dictionary())
    return zlib.compressobj(1, zlib.DEFLATED, _SMALL.bit_length() - 1, _MEMORY, zdict=_dictionary())


@cache
def _dictionary() -> bytes:
    return resources.files("marsad.ledger").joinpath("packing.json").read_bytes()
