"""Rows of ACLED's event data, in the columns of its export files old and new (codebook of 2023).

`fatalities` is one number, ACLED's own conservative estimate of what its sources report.
"""

from __future__ import annotations

from datetime import date, timedelta

from marsad.reading.coded.cells import Cell, Cells
from marsad.reading.coded.dates import NoDay, day
from marsad.reading.coded.event import Days, Deaths, Event, Side, Site, Values, claimed
from marsad.reading.coded.sites import PROVINCE, sites
from marsad.reading.coded.vocabulary import Happening, happenings, vocabulary
from marsad.records.interval import within
from marsad.records.reading import ActorKind

COLUMN = "event_type"

_NOTHING = Happening(names=(), type="")
_UNIDENTIFIED = "unidentified"
_WEEK, _MONTH = 3, 4  # date_prec of UCDP
_CLAIMED = (
    *("event_date", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "ally_actor_1"),
    *("actor2", "assoc_actor_2", "ally_actor_2", "country", "admin1", "admin2", "admin3", "location"),
    "fatalities",
)


def event(cells: Cells) -> Event:
    """What a row says. A sub-event type that is none of PLOVER's matters makes no incident."""
    values = Values(cells)
    trigger = cells.get("sub_event_type") or cells[COLUMN]
    what = happenings().get(trigger.value.casefold()) or happenings().get(
        cells[COLUMN].value.casefold(), _NOTHING
    )
    where_prec = _code(values, "geo_precision", vocabulary().acled.where_prec)
    divisions = (("admin2", 3), ("admin1", 4), ("country", 6))
    return Event(
        gazetteer="acled",
        trigger=trigger,
        type=what.type or None,
        mode=what.mode,
        ucdp_type=None,
        is_aggregate=False,
        two_sided=what.two_sided,
        sides=(_side(values, "1"), _side(values, "2")),
        sites=_unpinned(sites(values, "location", divisions, where_prec), where_prec),
        where_prec=where_prec,
        days=_days(values),
        deaths=_deaths(values),
        parts=(),
        claimed=claimed(cells, _CLAIMED),
        unreadable=tuple(values.unreadable),
    )


def _code(values: Values, column: str, codes: dict[str, int]) -> int | None:
    """A code of ACLED's as UCDP's."""
    cell = values.cells.get(column)
    if cell is None:
        return None
    found = codes.get(cell.value.removesuffix(".0"))
    if found is None:
        values.unreadable.append(column)
    return found


def _unpinned(found: tuple[Site, ...], where_prec: int | None) -> tuple[Site, ...]:
    """A capital that stands for its region is not where it happened, so it loses its point."""
    if where_prec != PROVINCE or not found:
        return found
    first, *others = found
    return (first._replace(kind="other", latitude=None, longitude=None), *others)


def _side(values: Values, number: str) -> tuple[Side, ...]:
    """The actor of a side, and those with it, who are parted by semicolons."""
    cells = values.cells
    found: list[Side] = []
    if (actor := cells.get(f"actor{number}")) is not None:
        code = cells.get(f"inter{number}")
        kind = vocabulary().acled.actors.get(_inter(code), "other")
        found.append(Side(actor.value, actor.span, kind, _is_named(actor.value)))
    for column in (f"assoc_actor_{number}", f"ally_actor_{number}"):
        if (others := cells.get(column)) is not None:
            found += _several(others, "other")
    return tuple(found)


def _inter(code: Cell | None) -> str:
    return code.value.removesuffix(".0").casefold() if code is not None else ""


def _several(cell: Cell, kind: ActorKind) -> list[Side]:
    found, at = [], cell.begin
    for piece in cell.value.split(";"):
        name = piece.strip()
        if name:
            begin = at + piece.index(name)
            found.append(Side(name, (begin, begin + len(name)), kind, _is_named(name)))
        at += len(piece) + 1
    return found


def _is_named(name: str) -> bool:
    return not name.casefold().startswith(_UNIDENTIFIED)


def _days(values: Values) -> Days | None:
    cell = values.cells.get("event_date")
    if cell is None:
        return None
    try:
        found, end = day(cell)
    except NoDay:
        values.unreadable.append("event_date")
        return None
    coded = _code(values, "time_precision", vocabulary().acled.date_prec) or 1
    return Days(((cell.begin, end),), _edtf(found, coded), coded)


def _edtf(found: date, date_prec: int) -> str:
    """The day; where only its week is known, any week that holds it; where only its month, the month."""
    if date_prec == _WEEK:
        return within(found - timedelta(days=6), found + timedelta(days=6))
    return f"{found:%Y-%m}" if date_prec == _MONTH else found.isoformat()


def _deaths(values: Values) -> Deaths | None:
    number = values.whole("fatalities")
    return None if number is None else Deaths((values.cells["fatalities"],), number, number, number)
