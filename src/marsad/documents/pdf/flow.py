"""The pages of a document as one flow of paragraphs, with the notes apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from marsad.documents.pdf import notes
from marsad.documents.pdf.assembly import Part
from marsad.documents.pdf.columns import regions
from marsad.documents.pdf.pages import Side
from marsad.documents.pdf.paragraphs import Line, paragraphs, usual_size
from marsad.documents.pdf.segments import Row, Segment, joined
from marsad.documents.pdf.tables import Cells, blocks
from marsad.documents.pdf.tidying import tidied


class Flow(NamedTuple):
    """What a document says, in the order of reading."""

    paragraphs: list[list[Part]]  # and table rows
    notes: list[list[Part]]
    size: float  # of the type of most of it


class _TableRow(NamedTuple):
    cells: Cells
    page: int
    turn: int


def flow_of(sides: Sequence[Side]) -> Flow:
    """The flow of the text of all pages."""
    size = usual_size((row.size, len(row.text)) for side in sides for row in side.rows)
    gathering = _Gathering(size)
    for side in sides:
        gathering.add(side)
    return gathering.flow()


class _Gathering:
    """Lines, table rows and notes as they come, page by page."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.items: list[Line | _TableRow] = []
        self.turns: dict[int, int] = {}  # of the regions
        self.notes: list[list[Part]] = []
        self.numbering = notes.Numbering()
        self.last_note = 0
        self.region = 0

    def add(self, side: Side) -> None:
        marks = notes.marks_of(side.rows)
        page = regions(side.rows)
        split = [notes.without_notes(each, page, side.characters.rules, self.size, marks) for each in page]
        known = {
            found[0]
            for each in split
            for row in each.notes
            if (found := notes.mark_at(row, marks, None)) is not None
        }
        for each in split:
            self._add_notes(each.notes, marks, side)
            if each.body is not None:
                for block in blocks(each.body, side.characters.rules):
                    self._add(block, each.body.x0, each.body.x1, frozenset(known), side)
                self.region += 1

    def _add(self, block: Row | Cells, left: float, right: float, known: frozenset[str], side: Side) -> None:
        self.turns[self.region] = side.turn
        if isinstance(block, Row):
            segment = self._ready(block.segments[0], known)
            if "\t" in segment.text:
                self.items.append(_TableRow([[segment]], side.page, side.turn))
            elif segment.text:
                self.items.append(Line(segment, side.page, self.region, left, right, block.is_item))
            return
        cells = [[self._ready(segment, known) for segment in cell] for cell in block]
        self.items.append(_TableRow(cells, side.page, side.turn))
        self.region += 1  # what comes after a table does not stand below what comes before it
        self.turns[self.region] = side.turn

    def _ready(self, segment: Segment, known: frozenset[str]) -> Segment:
        return tidied(notes.resolved(segment, known, self.numbering))

    def _add_notes(self, rows: Sequence[Row], marks: frozenset[str], side: Side) -> None:
        for mark, gathered, taken in notes.grouped(rows, marks, self.last_note):
            segments = [joined(row.segments) for row in gathered]
            if mark is not None:
                segments[0] = _marked(segments[0], mark, taken)
                self.last_note = int(mark) if mark.isdecimal() else self.last_note
            parts = [Part(self._ready(segment, marks), side.page, side.turn) for segment in segments]
            if mark is None and self.notes:
                self.notes[-1].extend(parts)
            else:
                self.notes.append(parts)

    def flow(self) -> Flow:
        lines = [item for item in self.items if isinstance(item, Line)]
        running = paragraphs(lines)
        by_first = {id(paragraph[0]): paragraph for paragraph in running}
        found: list[list[Part]] = []
        for item in self.items:
            if isinstance(item, _TableRow):
                found.append(list(_row_parts(item)))
            elif paragraph := by_first.get(id(item)):
                found.append([Part(line.segment, line.page, self.turns[line.region]) for line in paragraph])
        return Flow(found, self.notes, self.size)


def _row_parts(row: _TableRow) -> Iterator[Part]:
    for number, cell in enumerate(row.cells):
        for at, segment in enumerate(cell):
            yield Part(segment, row.page, row.turn, is_cell=number > 0 and at == 0)


def _marked(segment: Segment, mark: str, taken: int) -> Segment:
    """The first line of a note with its mark in brackets; the brackets stand where the mark does."""
    rest = segment.text[taken:].lstrip()
    begin = len(segment.text) - len(rest)
    spans = tuple((first - begin, last - begin) for first, last in segment.raised if first >= begin)
    body = replace(segment, text=rest, raised=spans, lowered=())
    label = f"[{mark}] "
    if segment.edges:
        x0, x1 = segment.edges[0], segment.edges[begin]
        label_edges = segment.edges[:0]
        label_edges.extend(x0 + (x1 - x0) * at / len(label) for at in range(len(label)))
        body = replace(body, edges=label_edges + segment.edges[begin:])
    shift = len(label)
    return replace(body, text=label + rest, raised=tuple((a + shift, b + shift) for a, b in spans))
