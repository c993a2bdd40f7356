"""The clean-up of a line's text, which keeps the place of its characters on the page."""

from __future__ import annotations

from array import array

from msgspec.structs import replace

from marsad.documents.cleaning import clean
from marsad.documents.pdf.segments import Segment
from marsad.documents.pdf.tables import LEADERS

_SOFT = "\u00ad"


def tidied(segment: Segment) -> Segment:
    """`segment` with its text cleaned, single blanks, and a tab for leaders (`Overview ..... 3`)."""
    text = segment.text
    if (
        text.isascii()
        and text.isprintable()
        and not any(mark in text for mark in ("  ", "&", "....", ". .", "__"))
    ):
        return segment
    soft = _SOFT if text.endswith(_SOFT) else ""  # `hyphens` wants to know of it
    text = LEADERS.sub("\t", clean(text)) + soft
    blank = "\t".join(" ".join(part.split()) for part in text.split("\t"))
    if blank == segment.text:
        return segment
    return replace(segment, text=blank, edges=_edges(segment, blank))


def _edges(segment: Segment, text: str) -> array[float]:
    """Where each character of the new `text` begins: word by word, where the words are as many."""
    if not segment.edges or not text:
        return array("f")
    old, new = _words(segment.text), _words(text)
    if len(old) != len(new):
        return _spread(segment.x0, segment.x1, len(text), last=True)
    edges, ended = array("f"), segment.edges[0]
    for (old_begin, old_end), (begin, end) in zip(old, new, strict=True):
        if len(edges) < begin:  # the blank before this word
            edges.extend(_spread(ended, segment.edges[old_begin], begin - len(edges)))
        if end - begin == old_end - old_begin:
            edges.extend(segment.edges[old_begin:old_end])
        else:
            edges.extend(_spread(segment.edges[old_begin], segment.edges[old_end], end - begin))
        ended = segment.edges[old_end]
    edges.append(ended)
    return edges


def _words(text: str) -> list[tuple[int, int]]:
    found, begin = [], None
    for at, letter in enumerate(text):
        if letter.isspace():
            if begin is not None:
                found.append((begin, at))
            begin = None
        elif begin is None:
            begin = at
    if begin is not None:
        found.append((begin, len(text)))
    return found


def _spread(x0: float, x1: float, count: int, *, last: bool = False) -> array[float]:
    """`count` characters at equal distances, and where the last ends if it is asked for."""
    return array("f", [x0 + (x1 - x0) * at / count for at in range(count + last)])
