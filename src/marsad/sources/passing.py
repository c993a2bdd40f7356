"""How what a child unpacks reaches the program: MessagePack, one item a message."""

from __future__ import annotations

import msgspec

from marsad.records.original import Original, Refused

Found = Original | Refused | None  # None: nothing yet, and work goes on


class _Item(msgspec.Struct, array_like=True, omit_defaults=True):
    original: Original | None = None
    refused: Refused | None = None


def encode(found: Found) -> bytes:
    """An item for `isolation.stream`, where an empty one says that work goes on."""
    if found is None:
        return b""
    item = _Item(refused=found) if isinstance(found, Refused) else _Item(original=found)
    return msgspec.msgpack.encode(item)


def decode(message: bytes) -> Original | Refused:
    item = msgspec.msgpack.decode(message, type=_Item)
    found = item.original or item.refused
    if found is None:
        raise msgspec.ValidationError("an item without content")
    return found
