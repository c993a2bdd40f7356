"""What a coded row says, whichever dataset it is of: between its columns and the records."""

from __future__ import annotations

from typing import Literal, NamedTuple

from marsad.reading.coded.cells import Cell, Cells
from marsad.records.reading import ActorKind, Number, PlaceKind
from marsad.records.spans import Span, Spans


class Side(NamedTuple):
    """One of those who took part, as named in a cell."""

    name: str
    span: Span
    kind: ActorKind
    is_named: bool = True  # an unidentified group is nobody's name


class Site(NamedTuple):
    """A place as coded, from the finest to the country."""

    name: str
    spans: Spans
    kind: PlaceKind
    where_prec: int | None = None
    latitude: float | None = None
    longitude: float | None = None


class Days(NamedTuple):
    """When it happened; `edtf` follows the dataset's own precision."""

    spans: Spans
    edtf: str
    date_prec: int


class Deaths(NamedTuple):
    """A count of people killed, with the cells that state it."""

    cells: tuple[Cell, ...]
    low: Number | None
    best: Number | None
    high: Number | None
    scope: Span | None = None  # of a part: the name of its column
    side: int | None = None  # of a part: which side's, 0 or 1
    population: str | None = None


class Event(NamedTuple):
    """A coded event. `trigger` is the cell that says what happened."""

    gazetteer: str  # whose places these are
    trigger: Cell
    type: str | None  # PLOVER; None where the row is of no incident
    mode: str | None
    ucdp_type: Literal[1, 2, 3] | None
    is_aggregate: bool
    two_sided: bool
    sides: tuple[tuple[Side, ...], tuple[Side, ...]]
    sites: tuple[Site, ...]
    where_prec: int | None
    days: Days | None
    deaths: Deaths | None
    parts: tuple[Deaths, ...]
    claimed: Spans  # the cells that make the assertion, with their columns
    unreadable: tuple[str, ...]  # columns whose value is not what their column holds


def claimed(cells: Cells, columns: tuple[str, ...]) -> Spans:
    """The cells of these columns, with their names, in the order of the text."""
    return tuple(sorted(cells[column].whole for column in columns if column in cells))


class Values:
    """Typed values of cells; what cannot be read is noted, and unknown."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.unreadable: list[str] = []

    def whole(self, column: str, most: int | None = None, least: int = 0) -> int | None:
        """A whole number from `least` to `most`, also written as `2.0`."""
        number = self.number(column)
        if number is None:
            return None
        if number != int(number) or number < least or (most is not None and number > most):
            self.unreadable.append(column)
            return None
        return int(number)

    def number(self, column: str) -> float | None:
        cell = self.cells.get(column)
        if cell is None:
            return None
        try:
            number = float(cell.value) if len(cell.value) <= _LONGEST else None
        except ValueError:
            number = None
        if number is None or not abs(number) < _LARGEST:
            self.unreadable.append(column)
            return None
        return number


_LONGEST, _LARGEST = 30, 1e12  # characters of a number; also leaves out infinity and what is no number
