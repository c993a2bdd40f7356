"""Rows of UCDP's Georeferenced Event Dataset and of its monthly candidates (codebook of version 26.1).

`low`, `best` and `high` are estimates of deaths; `date_start` and `date_end` are the first and the last
day on which the event can have happened. Where the sources gave totals of many events alone
(`event_clarity` 2), the days are those throughout which people died.
"""

from __future__ import annotations

from typing import Literal, cast

from marsad.reading.coded.cells import Cell, Cells
from marsad.reading.coded.dates import NoDay, day
from marsad.reading.coded.event import Days, Deaths, Event, Side, Values, claimed
from marsad.reading.coded.sites import sites
from marsad.reading.coded.vocabulary import vocabulary
from marsad.records.interval import precision, throughout, within
from marsad.records.reading import ActorKind

COLUMN = "type_of_violence"  # only this dataset has it

_SHAPES = 3
_ESTIMATES = {"low": ("low", "low_est"), "best": ("best", "best_est"), "high": ("high", "high_est")}
_PARTS = (  # column, which side's people, and who they are
    ("deaths_a", 0, None),
    ("deaths_b", 1, None),
    ("deaths_civilians", None, "civilians"),
    ("deaths_unknown", None, None),
)
_CLAIMED = (
    *(COLUMN, "side_a", "side_b", "where_coordinates", "adm_1", "adm_2", "country"),
    *("date_start", "date_end", *(column for columns in _ESTIMATES.values() for column in columns)),
)


def event(cells: Cells) -> Event:
    """What a row says."""
    values = Values(cells)
    kind = values.whole(COLUMN, most=_SHAPES, least=1)
    is_aggregate = values.whole("event_clarity") == 2
    where_prec = values.whole("where_prec", most=7, least=1)
    sides = (_side(cells.get("side_a")), _side(cells.get("side_b")))
    parts = _parts(values)
    return Event(
        gazetteer="ucdp",
        trigger=cells[COLUMN],
        type="ASSAULT",
        mode=None,
        ucdp_type=cast(Literal[1, 2, 3] | None, kind),
        is_aggregate=is_aggregate,
        two_sided=kind in vocabulary().ucdp.two_sided,
        sides=sides,
        sites=sites(values, "where_coordinates", (("adm_2", 3), ("adm_1", 4), ("country", 6)), where_prec),
        where_prec=where_prec,
        days=_days(values, is_aggregate),
        deaths=_estimate(values),
        parts=tuple(parts.values()),
        claimed=claimed(cells, (*_CLAIMED, *parts)),
        unreadable=tuple(values.unreadable),
    )


def _side(cell: Cell | None) -> tuple[Side, ...]:
    """Who fought on a side: several are parted by commas."""
    if cell is None:
        return ()
    found, at = [], cell.begin
    for name in cell.value.split(", "):
        if name.strip():
            found.append(Side(name, (at, at + len(name)), _kind(name)))
        at += len(name) + 2
    return tuple(found)


def _kind(name: str) -> ActorKind:
    known = vocabulary().ucdp
    if name in known.civilians:
        return "population"
    return "state" if name.startswith(known.government) else "armed_group"


def _days(values: Values, is_aggregate: bool) -> Days | None:
    begin, end = values.cells.get("date_start"), values.cells.get("date_end")
    if begin is None or end is None:
        return None
    try:
        (first, first_end), (last, last_end) = day(begin), day(end)
    except NoDay:
        values.unreadable.append("date_start")
        return None
    if last < first:
        values.unreadable.append("date_end")
        return None
    edtf = throughout(first, last) if is_aggregate else within(first, last)
    coded = values.whole("date_prec", most=5, least=1) or precision(first, last) or 1
    spans = ((begin.begin, first_end), (end.begin, last_end))
    return Days(spans[:1] if first == last else spans, edtf, coded)


def _estimate(values: Values) -> Deaths | None:
    found = {
        name: next((column for column in columns if column in values.cells), None)
        for name, columns in _ESTIMATES.items()
    }
    numbers = {name: values.whole(column) if column else None for name, column in found.items()}
    if numbers["best"] is None and numbers["low"] is None:
        return None
    stated = tuple(sorted((values.cells[column] for column in found.values() if column), key=_place))
    return Deaths(stated, numbers["low"], numbers["best"], numbers["high"])


def _place(cell: Cell) -> int:
    return cell.begin


def _parts(values: Values) -> dict[str, Deaths]:
    """The dead by side, by column; a side that lost nobody is left out."""
    found: dict[str, Deaths] = {}
    for column, side, population in _PARTS:
        if number := values.whole(column):
            cell = values.cells[column]
            scope = (cell.line, cell.line + len(column))
            found[column] = Deaths((cell,), number, number, number, scope, side, population)
    return found
