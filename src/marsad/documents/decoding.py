"""Bytes to text. Decoded, never cleaned: a code point that came in is a code point that stays.

The encoding is certain where a byte order mark, the bytes themselves (UTF-8, and UTF-16 and UTF-32 by
their zeros) or their source tell it. Otherwise it is guessed, and whoever reads the text is told so.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from marsad.documents.page import Remark
from marsad.errors import BadInput

READ = "marsad reads text, Markdown, HTML, PDF, DOCX, e-mail, feeds and JSON Lines"
_BINARY = f"binary, not text; {READ}"
_BYTE_ORDER_MARKS = (  # the longer first: UTF-32 begins with the mark of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_ISO_2022 = ("\x1b$B", "\x1b$@", "\x1b$)C")  # escapes that no other text has
_SAMPLE, _BEFORE = 65_536, 2_000  # bytes from which an encoding is guessed: from before the first that counts
_MOSTLY = 0.95
_FEWEST_WIDE, _MOST_BLOCKS = 8, 5  # characters, and blocks of 256, of UTF-16 without a mark
_DAMAGED_ONE_IN = 10  # of the characters beyond ASCII; with more damage, it is no UTF-8
_MOST_DAMAGE = 0.02  # of the characters of any text
_MOST_CONTROLS = 0.01
_FOREIGN_LETTERS = 0.015  # of the letters of a text in English: names, and words such as café
_OTHER_LATIN = {"cp1250", "cp1254", "cp1257", "cp1258"} | {
    f"iso8859-{n}" for n in (2, 3, 4, 9, 10, 13, 14, 16)
}
_SUPERSETS = {"koi8-r": "koi8-u", "iso8859-1": "cp1252", "iso8859-7": "cp1253", "iso8859-9": "cp1254"}
_OF_TEXTS = {f"cp{n}" for n in (437, 850, 852, 866, 874, 932, 949, 950, *range(1250, 1259))} | {
    *(f"iso8859_{n}" for n in range(2, 17)),
    *(
        "big5",
        "big5hkscs",
        "gb18030",
        "gbk",
        "shift_jis",
        "euc_jp",
        "euc_kr",
        "koi8_r",
        "koi8_u",
        "mac_roman",
    ),
}
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_LETTERS = re.compile(
    rb"[\xa1\xa3\xa5\xa6\xaa\xac\xaf\xb1\xb3\xb5\xb6\xb9\xba\xbc-\xff]"
)  # in one or another
_ASCII_LETTERS = re.compile(rb"[A-Za-z]")
_USUAL = frozenset(".,;:!?'\"()[]-–—“”‘’«»%/<>=&#،؛؟。、")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_C1 = re.compile("[\x80-\x9f]")


class Decoded(NamedTuple):
    """A text, and how it was made of its bytes."""

    text: str
    encoding: str  # as Python calls it
    is_sure: bool = True
    damaged: int = 0  # characters that stand as U+FFFD, since their bytes are none of the encoding

    def remarks(self) -> tuple[Remark, ...]:
        """What to tell those who read the text."""
        found = []
        if not self.is_sure:
            name = self.encoding.replace("cp125", "windows-125").replace("_", "-")
            found.append(Remark.of("guessed_encoding", encoding=name))
        if self.damaged:
            found.append(Remark.of("damaged_encoding", count=self.damaged, encoding=self.encoding))
        return tuple(found)


def decode(raw: bytes, *, stated: str | None = None) -> str:
    """The text of `decoded`."""
    return decoded(raw, stated=stated).text


def decoded(raw: bytes, *, stated: str | None = None) -> Decoded:
    """`raw` as text, without a byte order mark.

    Args:
        stated: the encoding that its source names; it counts where the bytes allow it.

    Raises:
        BadInput: empty or binary.
    """
    if not raw:
        raise BadInput("empty")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _replacing(raw[len(mark) :], encoding)
    if b"\0" in raw:
        return _wide(raw)
    if found := _utf_8(raw):
        return found
    return (_stated(raw, stated) if stated else None) or _guessed(raw)


def as_served(raw: bytes, charset: str) -> bytes:
    """A page in UTF-8 with its mark, where neither a mark nor UTF-8 tells what its server calls `charset`."""
    is_told = b"\0" in raw or any(raw.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS) or _utf_8(raw)
    found = None if is_told else _stated(raw, charset)
    return codecs.BOM_UTF8 + found.text.encode() if found else raw


def refuse_binary(raw: bytes) -> None:
    """Raise `BadInput` where `raw` is empty, or no text by its NUL bytes."""
    if not raw:
        raise BadInput("empty")
    if b"\0" in raw and not any(raw.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS):
        _wide(raw)


def refuse_blank(text: str, limit: int) -> None:
    """Raise `BadInput` where `text` says nothing, holds a NUL, or is over `limit` characters."""
    if not text or text.isspace():
        raise BadInput("empty: there is no text in it")
    if "\0" in text:
        raise BadInput(_BINARY)
    if len(text) > limit:
        raise BadInput(f"{len(text):,} characters are over the limit of {limit:,} (MARSAD_TEXT_CHARACTERS)")


def _replacing(raw: bytes, encoding: str) -> Decoded:
    """What is not of the encoding becomes U+FFFD, and is counted."""
    text = raw.decode(encoding, "replace")
    before = raw.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0
    return Decoded(text, encoding, damaged=max(text.count("\ufffd") - before, 0))


def _strictly(raw: bytes, encoding: str) -> str | None:
    """`raw` in `encoding`, `None` where that is unknown, no encoding of text, or not its own."""
    try:
        text = raw.decode(encoding)
    except (UnicodeError, LookupError, AssertionError):
        return None
    return text if isinstance(text, str) else None


def _stated(raw: bytes, encoding: str) -> Decoded | None:
    """`raw` in the encoding that its source names, with a little damage if it must be.

    What is called ISO 8859-1 is windows-1252, as the Encoding Standard has it.
    """
    try:
        name = codecs.lookup(encoding).name
        encoding = _SUPERSETS.get(name, name)
        text = _strictly(raw, encoding)
        if text is not None:
            return Decoded(text, encoding)
        found = _replacing(raw, encoding)
    except (UnicodeError, LookupError, AssertionError):
        return None
    is_little = found.damaged <= _MOST_DAMAGE * len(found.text) and found.encoding != "utf-8"
    return found if is_little and isinstance(found.text, str) else None


def _wide(raw: bytes) -> Decoded:
    """UTF-32 or UTF-16 without a mark: its zeros stand where they must, and its text is one."""
    for encoding in _WIDE:
        width = 4 if encoding.startswith("utf-32") else 2
        whole = raw[: len(raw) - len(raw) % width]
        if width == 2 and not _zeros_fit(whole, is_little=encoding.endswith("le")):
            continue
        text = _strictly(whole, encoding)
        if text and "\0" not in text and not _has_controls(text) and _is_written(text):
            return Decoded(text, encoding, damaged=int(len(whole) < len(raw)))
    raise BadInput(_BINARY)


def _zeros_fit(raw: bytes, *, is_little: bool) -> bool:
    """Whether zeros stand at the high bytes only, as in blanks and Latin letters, and few scripts beside."""
    high = raw[int(is_little) :: 2]
    zeros = high.count(0)
    enough = zeros >= _MOSTLY * raw.count(0) and zeros * 20 >= len(high) >= _FEWEST_WIDE
    return enough and len(set(high[:_SAMPLE])) <= _MOST_BLOCKS


def _is_written(text: str) -> bool:
    known = sum(char.isalnum() or char.isspace() or char in _USUAL for char in text[:_SAMPLE])
    return known >= 0.9 * min(len(text), _SAMPLE)


def _utf_8(raw: bytes) -> Decoded | None:
    """`raw` in UTF-8, with a little damage too: a text that was cut amid a character, a stray byte."""
    text = _strictly(raw, "utf-8")
    if text is not None:
        return _iso_2022(raw, text) or Decoded(text, "utf-8")
    found = _replacing(raw, "utf-8")
    beyond_ascii = len(found.text) - len(found.text.encode("ascii", "ignore"))
    return found if found.damaged * _DAMAGED_ONE_IN <= beyond_ascii else None


def _iso_2022(raw: bytes, text: str) -> Decoded | None:
    """Japanese or Korean as ASCII with escapes."""
    if not any(mark in text for mark in _ISO_2022) or not text.isascii():
        return None
    for encoding in ("iso2022_jp", "iso2022_kr"):
        found = _strictly(raw, encoding)
        if found is not None and not found.isascii():
            return Decoded(found, encoding)
    return None


def _guessed(raw: bytes) -> Decoded:
    """`raw` in the encoding that its bytes suggest; refused where no text comes of it."""
    begin = max(cast("re.Match[bytes]", _HIGH.search(raw)).start() - _BEFORE, 0)
    sample = raw[begin : begin + _SAMPLE]
    decoded = (
        Decoded(text, encoding, is_sure=False)
        for encoding in _candidates(sample)
        if (text := _strictly(raw, encoding)) is not None
    )
    likely = next((found for found in decoded if not _C1.search(found.text)), None)
    found = likely or _replacing(raw, "cp1252")._replace(is_sure=False)
    if _has_controls(found.text) or found.damaged > _MOST_DAMAGE * len(found.text):
        raise BadInput(_BINARY)
    return found


def _candidates(sample: bytes) -> Iterator[str]:
    """Encodings by likelihood. A text in English with a few other letters is of western Europe."""
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - few texts need a guess

    first = detect_encoding(sample)
    if first in _OTHER_LATIN and _is_nearly_ascii(sample):
        yield "cp1252"
    if first and first != "utf-8":
        yield _SUPERSETS.get(first, first)
        yield first
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(sample).best()
    if best is not None and best.encoding in _OF_TEXTS:
        yield best.encoding
    yield "cp1252"


def _is_nearly_ascii(sample: bytes) -> bool:
    foreign = len(_HIGH_LETTERS.findall(sample))
    return foreign <= _FOREIGN_LETTERS * len(_ASCII_LETTERS.findall(sample))


def _has_controls(text: str) -> bool:
    return len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text)
