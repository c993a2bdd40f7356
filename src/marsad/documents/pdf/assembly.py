"""Paragraphs put together to one text, with the offsets of every line in it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import msgspec

from marsad.documents.pdf.frame import Box
from marsad.documents.pdf.hyphens import Words
from marsad.documents.pdf.segments import Segment
from marsad.records.corrections import is_correction

PARAGRAPH = "\n\n"
_SOFT = "\u00ad"  # a hyphen that is none where the line goes on
_ADDRESS = ("://", "www.")
_ADDRESS_GOES_ON = "/-_.?=&%#~"


class Part(msgspec.Struct, frozen=True, gc=False):
    """A line, or a line of a cell, with its page."""

    segment: Segment
    page: int
    turn: int
    is_cell: bool = False  # it begins a cell: a tab before it


class Placed(msgspec.Struct, frozen=True, gc=False):
    """Where a stretch of the text stands: its box in the frame of its direction."""

    begin: int
    end: int
    page: int
    turn: int
    box: Box
    edges: array[float]  # of each character, and the end; empty where they have no place


class Assembled(msgspec.Struct, frozen=True):
    text: str
    placed: tuple[Placed, ...]
    corrections: tuple[str, ...] = ()  # paragraphs that say that the text was changed: kept apart


_Written = list[tuple[str, str, Part]]  # the lines of a paragraph, each with what parts it from the next


def assembled(paragraphs: Sequence[Sequence[Part]]) -> Assembled:
    """The text of `paragraphs`, a blank line between two of them, and the places of their lines."""
    words = Words(part.segment.text for paragraph in paragraphs for part in paragraph)
    written = [list(_glued(paragraph, words)) for paragraph in paragraphs]
    told = [each for each in written if any(text.strip() for text, _, _ in each)]
    notices = [is_correction(_text(each)) for each in told]
    if all(notices):  # a notice by itself is the text
        return _joined(told)
    corrections = tuple(
        _text(each).strip() for each, is_notice in zip(told, notices, strict=True) if is_notice
    )
    kept = [each for each, is_notice in zip(told, notices, strict=True) if not is_notice]
    return msgspec.structs.replace(_joined(kept), corrections=corrections)


def _text(written: _Written) -> str:
    return "".join(piece for text, glue, _ in written for piece in (text, glue))


def _joined(paragraphs: Sequence[_Written]) -> Assembled:
    pieces: list[str] = []
    placed: list[Placed] = []
    length = 0
    for written in paragraphs:
        if pieces:
            pieces.append(PARAGRAPH)
            length += len(PARAGRAPH)
        for text, glue, part in written:
            placed.append(_placed(length, text, part))
            pieces += (text, glue)
            length += len(text) + len(glue)
    return Assembled("".join(pieces), tuple(each for each in placed if each.begin < each.end))


def _placed(begin: int, text: str, part: Part) -> Placed:
    edges = part.segment.edges[: len(text) + 1]
    return Placed(begin, begin + len(text), part.page, part.turn, part.segment.box, edges)


def _glued(paragraph: Sequence[Part], words: Words) -> Iterator[tuple[str, str, Part]]:
    """The text of every line with what parts it from the next."""
    for at, part in enumerate(paragraph):
        text, glue = part.segment.text, ""
        if at + 1 < len(paragraph):
            text, glue = _glue(text, paragraph[at + 1], words)
        yield text.rstrip(_SOFT), glue, part


def _glue(text: str, following: Part, words: Words) -> tuple[str, str]:
    if following.is_cell:
        return text, "\t"
    after = following.segment.text
    joined = words.joined(text, after)
    if joined is not None:
        return joined, ""
    last = text[-400:].rpartition(" ")[2]
    is_address = any(mark in last for mark in _ADDRESS) and last[-1] in _ADDRESS_GOES_ON
    return text, "" if is_address and after[:1].isalnum() else " "
