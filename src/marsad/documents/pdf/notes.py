"""Footnotes: where they stand on a page, and what becomes of their marks in the running text.

Convention. A footnote leaves the running text. It comes at the end of the document as a paragraph of
its own, `[12] See ...`. Its mark in the running text is dropped, so that a figure before it stays what
it is. Raised digits that are no mark of a note (km², 10⁶), or may be none, are written as superscript
digits of Unicode; raised letters (15th) stay.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from marsad.documents.pdf.characters import Rule
from marsad.documents.pdf.columns import Region
from marsad.documents.pdf.segments import Row, Segment

_SMALLER = 0.94  # of the size of the running text
_UNDERSCORES = re.compile(r"[_‗─—]{5,200}")
_SYMBOLS = "*†‡§"
_MARK = re.compile(r"(\d{1,4}|[*†‡§]{1,4}|[a-z])(?:[.):]|(?=\s|$))\s{0,4}")
_TOKEN = re.compile(r"\d{1,4}|[*†‡§]{1,4}|[a-z]{1,10}", re.I)
_RAISED_DIGITS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}")
_UP = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LENGTHS = "m km cm mm dm hm dam ft mi yd in s nm μm µm miles metres meters feet"
_UNITS = frozenset(_LENGTHS.split())
_POWERS = frozenset({"2", "3"})
_LAST_WORD = re.compile(r"(?:^|[\d\s/(.·])([a-zµμ]{1,8})$")


class Notes(NamedTuple):
    """The running text of a region, and the rows of the notes below it."""

    body: Region | None
    notes: tuple[Row, ...]


class Numbering:
    """The marks met so far: notes are numbered one after another, and on some pages from 1 again."""

    def __init__(self) -> None:
        self.last = 0

    def goes_on(self, number: int) -> bool:
        if number in (1, self.last, self.last + 1):
            self.last = number
            return True
        return False


def marks_of(rows: Sequence[Row]) -> frozenset[str]:
    """What is raised on a page other than at the beginning of a row: perhaps marks of notes."""
    return frozenset(
        token
        for row in rows
        for at, segment in enumerate(row.segments)
        for begin, end in raised(segment)
        if at or begin
        for token in _TOKEN.findall(segment.text[begin:end].translate(_PLAIN))
    )


def without_notes(
    region: Region, page: Sequence[Region], rules: Sequence[Rule], body_size: float, marks: frozenset[str]
) -> Notes:
    """`region` of `page` and its notes apart."""
    rows = region.rows
    begin = _separated(region, rules, body_size, marks)
    if begin is None and _is_at_the_bottom(region, page):
        begin = _small_tail(rows, body_size, marks)
    if begin is None:
        return Notes(region, ())
    above = [row for row in rows[:begin] if not _UNDERSCORES.fullmatch(row.text)]
    body = region._replace(rows=tuple(above)) if above else None
    return Notes(body, rows[begin:])


def mark_at(row: Row, marks: frozenset[str], expected: int | None) -> tuple[str, int] | None:
    """The mark with which a row of the notes begins, and how many characters it takes."""
    first = row.segments[0]
    spans = raised(first)
    if spans and spans[0][0] == 0:
        mark = first.text[: spans[0][1]].translate(_PLAIN).strip()
        return (mark, spans[0][1]) if _TOKEN.fullmatch(mark) else None
    match = _MARK.match(first.text)
    if not match or (match[1].isalpha() and match[1] not in marks):
        return None
    if match[1] in marks or match[1][0] in _SYMBOLS or (expected and match[1] == str(expected)):
        return match[1], match.end()
    return None


def resolved(segment: Segment, notes: frozenset[str], numbering: Numbering) -> Segment:
    """`segment` without marks of notes, and with other raised digits as such."""
    spans = raised(segment)
    if not spans and not segment.lowered:
        return segment
    text, edges = list(segment.text), segment.edges
    gone: set[int] = set()
    for begin, end in spans:
        is_fraction = segment.text[end : end + 1] in ("⁄", "/")
        raised_text = segment.text[begin:end]
        change = raised_text if is_fraction else _raised(segment.text[:begin], raised_text, notes, numbering)
        if change is None:
            gone.update(range(begin, end))
        else:
            text[begin:end] = change
    for begin, end in segment.lowered:
        if begin and text[begin - 1].isdigit():
            text[begin:end] = "".join(text[begin:end]).translate(_DOWN)
    kept = [at for at in range(len(text)) if at not in gone]
    if edges:
        edges = array("f", [*(edges[at] for at in kept), edges[kept[-1] + 1] if kept else edges[0]])
    return replace(segment, text="".join(text[at] for at in kept), edges=edges, raised=(), lowered=())


def raised(segment: Segment) -> tuple[tuple[int, int], ...]:
    """The raised characters of a segment: by their place, or by what they are."""
    if segment.text.isascii():
        return segment.raised
    digits = [match.span() for match in _RAISED_DIGITS.finditer(segment.text)]
    apart = [span for span in digits if not any(a < span[1] and span[0] < b for a, b in segment.raised)]
    return tuple(sorted((*segment.raised, *apart)))


def _raised(before: str, text: str, notes: frozenset[str], numbering: Numbering) -> str | None:
    """What stands for raised `text`, of the same length; None: it is a mark."""
    plain = text.translate(_PLAIN)
    tokens = _TOKEN.findall(plain)
    if not tokens or not set(plain) - set("".join(tokens)) <= set(" ,;–-[]()."):
        return text.translate(_UP)
    if all(token.isalpha() for token in tokens):
        return None if set(tokens) <= notes and len(tokens[0]) == 1 else text
    unit = _LAST_WORD.search(before[-12:])
    if unit and unit[1] in _UNITS and plain in _POWERS:
        return text.translate(_UP)
    if set(tokens) <= notes:
        for number in filter(str.isdecimal, tokens):
            numbering.last = int(number)
        return None
    if all(token.isdecimal() for token in tokens) and numbering.goes_on(int(tokens[0])):
        numbering.last = int(tokens[-1])
        return None
    return text.translate(_UP)


def _separated(region: Region, rules: Sequence[Rule], body_size: float, marks: frozenset[str]) -> int | None:
    """Where the notes begin below a short line, written or drawn."""
    rows = region.rows
    drawn = sorted(rule.y for rule in rules if _is_note_rule(rule, region))
    are_small = True  # the rows from here on
    for at in range(len(rows) - 1, 0, -1):
        above, below = rows[at - 1], rows[at]
        are_small = are_small and below.size <= _SMALLER * body_size
        if (_UNDERSCORES.fullmatch(above.text[:300]) or _is_under_rule(above, below, drawn)) and (
            are_small or mark_at(below, marks, None)
        ):
            return at
    first = rows[0]
    next_above = bisect_left(drawn, first.y) - 1
    is_ruled = next_above >= 0 and first.y - drawn[next_above] < 3 * first.size
    return 0 if is_ruled and are_small and first.size <= _SMALLER * body_size else None


def _is_under_rule(above: Row, below: Row, drawn: Sequence[float]) -> bool:
    top = above.y + 0.35 * above.size  # an underlined word's line is nearer to its baseline
    following = bisect_right(drawn, top)
    return following < len(drawn) and drawn[following] < below.y - 0.6 * below.size


def _is_note_rule(rule: Rule, region: Region) -> bool:
    width = rule.x1 - rule.x0
    return abs(rule.x0 - region.x0) < 8 and 25 < width < 0.7 * (region.x1 - region.x0)


def _is_at_the_bottom(region: Region, page: Sequence[Region]) -> bool:
    lowest = region.rows[-1].y
    return not any(
        other is not region and other.rows[-1].y > lowest and other.x0 < region.x1 and region.x0 < other.x1
        for other in page
    )


def _small_tail(rows: Sequence[Row], body_size: float, marks: frozenset[str]) -> int | None:
    """Where the smaller type at the end of `rows` begins with a mark of this page."""
    begin = len(rows)
    while begin and rows[begin - 1].size <= _SMALLER * body_size:
        begin -= 1
    for at in range(begin, len(rows)):
        found = mark_at(rows[at], marks, None)
        if found and (found[0] in marks or found[0][0] in _SYMBOLS or raised(rows[at].segments[0])):
            return at
    return None


def grouped(
    rows: Sequence[Row], marks: frozenset[str], last: int
) -> Iterator[tuple[str | None, list[Row], int]]:
    """Rows of notes by note: its mark (None: it goes on from the page before), rows, length of the mark.

    Where the first mark is raised, all are; else a line that begins with a year or a day is no note.

    Args:
        last: the number of the last note before these.
    """
    mark: str | None = None
    taken, gathered = 0, list[Row]()
    are_raised = any(_begins_raised(row) for row in rows)
    for row in rows:
        found = mark_at(row, marks, last + 1)
        if found and (_begins_raised(row) if are_raised else _follows(found[0], last, is_first=mark is None)):
            if gathered:
                yield mark, gathered, taken
            (mark, taken), gathered = found, []
            last = int(mark) if mark.isdecimal() else last
        gathered.append(row)
    if gathered:
        yield mark, gathered, taken


def _begins_raised(row: Row) -> bool:
    spans = raised(row.segments[0])
    return bool(spans) and spans[0][0] == 0


def _follows(mark: str, last: int, *, is_first: bool) -> bool:
    """Whether a plain mark may follow: the next number, or the first of a page."""
    return not mark.isdecimal() or is_first or int(mark) == last + 1
