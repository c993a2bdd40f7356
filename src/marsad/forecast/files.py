"""A panel as a file that knows what it was made from: Parquet with a note in its metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import msgspec
import numpy as np
import polars as pl

from marsad.errors import BadInput
from marsad.forecast.panel import KINDS
from marsad.forecast.states import states
from marsad.forecast.units import Level, Units

_NOTE = "marsad.panel"
# the finest first: where a table has several, its rows are of it
COLUMNS: dict[Level, str] = {"cell": "priogrid_gid", "admin1": "admin1_id", "country": "country_id"}


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What a panel is of."""

    data: str  # UCDP GED 26.1, or the name of the file
    data_sha256: str
    level: Level
    actor: str | None = None
    names: tuple[tuple[int, str], ...] = ()  # of units
    unplaced: tuple[tuple[str, float], ...] = ()  # deaths by type that stand in no unit


def packed(units: Units, note: Note) -> bytes:
    """A panel as it stands in a file; a month that is not covered has no row."""
    panel, column = units.panel, COLUMNS[note.level]
    months = np.arange(panel.first, panel.last + 1)
    flat: dict[str, object] = {
        column: np.repeat(np.array(panel.units, dtype=np.int64), panel.length),
        "month_id": np.tile(months, len(panel.units)),
    }
    for bound, ending in ((panel.best, ""), (panel.low, "_low"), (panel.high, "_high")):
        flat |= {kind + ending: bound[kind].ravel() for kind in KINDS if kind in bound}
    table = pl.DataFrame(flat).fill_nan(None).filter(pl.col("sb").is_not_null())
    named = msgspec.structs.replace(
        note, names=tuple(units.names.items()), unplaced=tuple(units.unplaced.items())
    )
    file = BytesIO()
    table.write_parquet(file, metadata={_NOTE: msgspec.json.encode(named).decode()})
    return file.getvalue()


def note(path: Path) -> Note:
    """What a panel is of; of one that does not say, by its columns and the file itself.

    Raises:
        BadInput: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if path.suffix.lower() == ".csv":
            return Note(data=path.name, data_sha256=sha256, level=_level(pl.read_csv(path, n_rows=0).columns))
        held = pl.read_parquet_metadata(path).get(_NOTE)
        if held is not None:
            return msgspec.json.decode(held, type=Note)
        return Note(data=path.name, data_sha256=sha256, level=_level([*pl.read_parquet_schema(path)]))
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}; name a panel, Parquet or CSV") from error
    except (pl.exceptions.PolarsError, msgspec.MsgspecError) as error:
        reason = str(error).partition("\n")[0]
        raise BadInput(f"{path}: no Parquet table, nor CSV by its name: {reason}") from error


def names_of(about: Note, units: Sequence[int]) -> dict[int, str]:
    """What the units of a panel are called; of one that does not say, countries by the numbers of VIEWS.

    A number that nobody has named stays one: `cell 181887`.
    """
    names = dict(about.names)
    views = {each.views: each.name for each in states()} if about.level == "country" else {}
    if views.keys() >= set(units):
        names = views | names
    word = "cell" if about.level == "cell" else "unit"
    return {unit: _called(names.get(unit), word, unit) for unit in units}


def _called(name: str | None, word: str, unit: int) -> str:
    return f"{word} {unit}" if name in (None, "", str(unit)) else str(name)


def _level(columns: Sequence[str]) -> Level:
    return next((level for level, column in COLUMNS.items() if column in columns), "country")
