"""Files made from a good one by chance, the same for the same seed: what a fuzzer does first, in few steps."""

from __future__ import annotations

import random
from collections.abc import Iterator

INTERESTING = [
    b"\x00", b"\xff", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"\xff" * 8, b"99999999999999999999", b"-1", b"0",
    b"<<" * 200, b"[" * 500, b"(" * 500, b">>", b"endobj", b"stream\n", b"/", b"%", b"\r\n\r\n", b"<!--", b"]]>", b"&x;",
]  # fmt: skip


def mutations(raw: bytes, count: int, seed: int = 0) -> Iterator[bytes]:
    """`count` variants of `raw`, each changed in one to eight places."""
    for number in range(count):
        chance = random.Random(f"{seed}:{number}")  # noqa: S311 - no secret
        found = bytearray(raw)
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            _change(found, chance)
        yield bytes(found)


def _change(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(raw) + 1)
    end = min(len(raw), at + chance.choice((1, 2, 8, 64, 512)))
    match chance.randrange(8):
        case 0 if at < len(raw):  # one bit
            raw[at] ^= 1 << chance.randrange(8)
        case 1:
            del raw[at:end]
        case 2:
            raw[at:at] = raw[at:end] * chance.choice((1, 2, 50))
        case 3:
            raw[at:end] = chance.choice(INTERESTING)
        case 4:
            raw[at:at] = chance.choice(INTERESTING)
        case 5:  # cut off
            del raw[at:]
        case 6:  # another part of it
            other = chance.randrange(len(raw) + 1)
            raw[at:end] = raw[other : other + end - at]
        case _:  # a number, made another one
            _renumber(raw, at, chance)


def _renumber(raw: bytearray, at: int, chance: random.Random) -> None:
    while at < len(raw) and not 48 <= raw[at] <= 57:
        at += 1
    end = at
    while end < len(raw) and 48 <= raw[end] <= 57:
        end += 1
    if end > at:
        raw[at:end] = str(chance.choice((0, 1, 2, -1, 65_536, 2**31, 2**63, 10**20, at))).encode()
