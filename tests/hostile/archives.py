"""Archives that lie, unfold without end, or name places that they have no business with.

Written byte by byte where no library would write such a thing. Every archive that can hold a document
holds one that says `WORDS`.
"""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from .taking import WORDS

GOOD = WORDS.encode()
ZEROS = bytes(60_000_000)  # far more than the tests allow
BOMB = gzip.compress(ZEROS)
ESCAPES = [
    "../escaped.txt", "../../../../../../escaped.txt", "/escaped.txt", "//escaped.txt",
    "a/../../escaped.txt", "..\\..\\escaped.txt", "C:\\escaped.txt", "C:/escaped.txt", "\\\\host\\share\\escaped.txt",
    "~/escaped.txt", "a/./../../escaped.txt", "escaped.txt\n../x", "\x1b[2Jescaped.txt", "\u202etxt.escaped", "a" * 60_000,
    "CON", "a:b", "*?.txt", "$(id).txt", "/dev/zero", "/proc/self/environ", "file:///etc/passwd", " ", "a\r\nadded beef x",
]  # fmt: skip


class Case(NamedTuple):
    name: str
    raw: bytes
    holds: bool = False  # whether the good document must come through


class Member(NamedTuple):
    """A file of a ZIP, as its two headers tell of it."""

    name: bytes
    folded: bytes
    method: int = 8
    flags: int = 0
    size: int | None = None  # what it is said to unfold to
    crc: int | None = None
    folded_size: int | None = None
    extra: bytes = b""
    mode: int = 0o100644


@cache
def deflated(raw: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(raw) + packer.flush()


def member(name: str, raw: bytes, **said: int | bytes) -> Member:
    found = Member(name.encode("utf-8", "surrogateescape"), deflated(raw), size=len(raw), crc=zlib.crc32(raw))
    return found._replace(**said)  # type: ignore[arg-type]


def zipped(*members: Member, offsets: dict[int, int] | None = None, comment: bytes = b"") -> bytes:
    """A ZIP; `offsets` puts a member's entry at another place than its own."""
    out, directory, places = bytearray(), bytearray(), []
    for each in members:
        places.append(len(out))
        out += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, each.flags, each.method, 0, 0, *_sizes(each))
        out += each.name[:65535] + each.extra + each.folded
    for number, each in enumerate(members):
        place = places[(offsets or {}).get(number, number)]
        directory += struct.pack(
            "<4s6H3L", b"PK\x01\x02", 0x0314, 20, each.flags, each.method, 0, 0, *_sizes(each)[:3]
        )
        directory += struct.pack("<5H2L", *_sizes(each)[3:], 0, 0, 0, each.mode << 16, place)
        directory += each.name[:65535] + each.extra
    end = struct.pack(
        "<4s4H2LH",
        b"PK\x05\x06",
        0,
        0,
        len(members) & 0xFFFF,
        len(members) & 0xFFFF,
        len(directory),
        len(out),
        len(comment),
    )
    return bytes(out + directory) + end + comment


def _sizes(each: Member) -> tuple[int, int, int, int, int]:
    folded = len(each.folded) if each.folded_size is None else each.folded_size
    size = len(each.folded) if each.size is None else each.size
    return each.crc or 0, folded & 0xFFFFFFFF, size & 0xFFFFFFFF, len(each.name[:65535]), len(each.extra)


FIRST = member("good.txt", GOOD)


@cache
def zips() -> tuple[Case, ...]:
    return tuple(_zips())


def _zips() -> Iterator[Case]:
    bomb = member("bomb.txt", ZEROS)
    yield Case("bomb", zipped(FIRST, bomb), holds=True)
    yield Case(
        "overlap",
        zipped(
            bomb,
            *[bomb._replace(name=b"%d.txt" % at) for at in range(60)],
            offsets=dict.fromkeys(range(61), 0),
        ),
    )
    yield Case(
        "many-bombs", zipped(FIRST, *[bomb._replace(name=b"%d.txt" % at) for at in range(5)]), holds=True
    )
    nested = zipped(FIRST)
    for _ in range(8):
        nested = zipped(member("inner.zip", nested))
    yield Case("nested", nested)
    yield Case(
        "zip-of-bombs", zipped(FIRST, *[member(f"{at}.zip", zipped(bomb)) for at in range(4)]), holds=True
    )
    yield Case("entries", zipped(*[Member(b"%d.txt" % at, b"", 0) for at in range(60_000)]))
    yield Case("count", zipped(FIRST, Member(b"x", b"", 0))[:-14] + b"\xff\xff\xff\xff" + bytes(10))
    yield Case("lying-small", zipped(FIRST, member("lying.txt", ZEROS, size=10)), holds=True)
    yield Case("lying-large", zipped(FIRST, member("lying.txt", b"x", size=0xFFFFFFF0)), holds=True)
    yield Case("lying-folded", zipped(FIRST, member("lying.txt", b"x", folded_size=0xFFFFFFF0)))
    yield Case("wrong-sum", zipped(FIRST, member("wrong.txt", b"words", crc=1)), holds=True)
    yield Case("encrypted", zipped(FIRST, member("secret.txt", b"words", flags=1)), holds=True)
    yield Case("strong", zipped(FIRST, member("secret.txt", b"words", flags=0x41, method=99)), holds=True)
    for method in (1, 6, 9, 12, 14, 93, 95, 98, 65535):
        yield Case(f"method-{method}", zipped(FIRST, member("odd.txt", b"words", method=method)), holds=True)
    yield Case("link", zipped(FIRST, member("link.txt", b"/etc/passwd", mode=0o120777)), holds=True)
    yield Case("device", zipped(FIRST, member("device.txt", b"words", mode=0o020666)), holds=True)
    yield Case("twice", zipped(FIRST, FIRST._replace(name=b"good.txt")), holds=True)
    yield Case("folder", zipped(FIRST, member("folder/", b"words")), holds=True)
    yield Case("no-name", zipped(FIRST, member("", b"words")), holds=True)
    yield Case("null-in-name", zipped(FIRST, member("a\0b.txt", b"words")), holds=True)
    yield Case("no-utf-8", zipped(FIRST, Member(b"\xff\xfe.txt", b"words", 0, 0x800)))
    yield Case(
        "zip64",
        zipped(
            FIRST,
            member(
                "x.txt", b"words", extra=struct.pack("<2H3Q", 1, 24, 2**63, 2**63, 2**63), size=0xFFFFFFFF
            ),
        ),
    )
    yield Case("bad-extra", zipped(FIRST, member("x.txt", b"words", extra=b"\x01\x00\xff\xff")))
    yield Case("cut", zipped(FIRST, FIRST._replace(name=b"b.txt"))[:-40])
    yield Case("only-begin", b"PK\x03\x04" + bytes(26))
    yield Case("only-end", b"PK\x05\x06" + bytes(18))
    yield Case("end-loop", b"PK\x05\x06" + b"\xff" * 18)
    yield Case("comment", zipped(FIRST, comment=zipped(member("other.txt", b"other"))))
    yield Case("junk-before", b"junk" * 100 + zipped(FIRST))
    yield Case(
        "deflate-garbage",
        zipped(FIRST, member("bad.txt", b"x", size=1)._replace(folded=b"\xff" * 99)),
        holds=True,
    )


def gzips() -> Iterator[Case]:
    good = gzip.compress(GOOD)
    yield Case("good", good, holds=True)
    yield Case("bomb", BOMB)
    yield Case("bombs", BOMB * 4)
    yield Case("cut", good[:-9])
    yield Case("wrong-sum", good[:-8] + bytes(8))
    yield Case("junk-after", good + b"junk")
    yield Case("zeros-after", good + bytes(100_000), holds=True)
    yield Case("members", good * 2_000, holds=True)
    yield Case("empty-members", gzip.compress(b"") * 20_000)
    yield Case(
        "name",
        b"\x1f\x8b\x08\x08" + bytes(6) + b"../../escaped.txt\0" + deflated(GOOD) + good[-8:],
        holds=True,
    )
    yield Case("endless-name", b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * 1_000_000)
    yield Case("extra", b"\x1f\x8b\x08\x04" + bytes(6) + b"\xff\xff" + b"x" * 100)
    yield Case("reserved", b"\x1f\x8b\x08\xe0" + bytes(6) + good[10:])
    yield Case("method", b"\x1f\x8b\x07" + good[3:])
    yield Case("gzip-in-gzip", gzip.compress(gzip.compress(gzip.compress(GOOD))))
    yield Case("quine-head", b"\x1f\x8b\x08\x08\xaa\x89\x9b\x17\x02\x03r\0")


def tars() -> Iterator[Case]:
    def tar(*infos: tuple[tarfile.TarInfo, bytes]) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for info, raw in ((_info("good.txt", size=len(GOOD)), GOOD), *infos):
                archive.addfile(info, io.BytesIO(raw))
        return out.getvalue()

    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"Z"):
        yield Case(
            f"type-{kind.decode()}",
            tar((_info("odd.txt", type=kind, linkname="/etc/passwd"), b"")),
            holds=True,
        )
    for at, name in enumerate(ESCAPES[:9]):
        yield Case(f"escape-{at}", tar((_info(name, size=5), b"words")), holds=True)
    whole = tar((_info("b.txt", size=5), b"words"))
    yield Case("cut", whole[:1_300])
    yield Case("bomb", gzip.compress(tar((_info("zeros.txt", size=len(ZEROS)), ZEROS)), 1), holds=True)
    yield Case(
        "huge", tar((_info("huge.txt", size=0), b""))[:-10_240] + _header(b"huge.txt", b"77777777777\0")
    )
    yield Case("negative", tar()[:1024] + _header(b"x.txt", b"\xff" * 12) + bytes(1024))
    yield Case("base-256", tar()[:1024] + _header(b"x.txt", b"\x80" + b"\x7f" * 11) + bytes(1024))
    yield Case("not-octal", tar()[:1024] + _header(b"x.txt", b"zzzzzzzzzzz\0") + bytes(1024))
    yield Case(
        "pax", tar((_info("p.txt", size=5, pax_headers={"path": "x" * 100_000, "size": "-1"}), b"words"))
    )
    yield Case("pax-bomb", tar()[:1024] + _header(b"x", b"77777777777\0", b"x") + bytes(2048))
    yield Case("long-link", tar()[:1024] + _header(b"x", b"77777777777\0", b"L") + bytes(2048))
    yield Case(
        "sparse",
        tar(
            (
                _info(
                    "s.txt",
                    size=5,
                    pax_headers={
                        "GNU.sparse.major": "1",
                        "GNU.sparse.minor": "0",
                        "GNU.sparse.realsize": str(10**15),
                    },
                ),
                b"9999\n",
            )
        ),
    )


def _info(name: str, **fields: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def _header(name: bytes, size: bytes, kind: bytes = b"0") -> bytes:
    head = name.ljust(100, b"\0") + b"0000644\0" * 3 + size + b"00000000000\0" + b" " * 8 + kind
    head = head.ljust(257, b"\0") + b"ustar\x0000"
    head = head.ljust(512, b"\0")
    return head[:148] + b"%06o\0 " % sum(head) + head[156:]


def named_as_escapes() -> bytes:
    """A ZIP whose every member is named as something outside."""
    return zipped(*[member(name, f"{WORDS} {at}".encode()) for at, name in enumerate(ESCAPES)])


def office(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()
