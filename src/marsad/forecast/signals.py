"""What a watch hears, month by month: the indicators of a ledger as numbers that a forecast may use.

Each month is told as of its last day, from the documents that were known by then: a document that comes later
changes no earlier month. Origins are counted, not claims: ten copies are one. An indicator's series stand for
how many independent origins gave it evidence that became known in the month, and for how many of them it rose
less for how many it fell. A month in which nothing was published is missing, and so is the newest one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from marsad.assessment.board.directions import origins_of, tellings
from marsad.assessment.watch.definition import Watch
from marsad.assessment.watch.evidence import scene
from marsad.errors import BadInput, NotFound
from marsad.forecast.months import label, parse
from marsad.forecast.panel import Floats
from marsad.forecast.states import of_code
from marsad.forecast.units import governorate
from marsad.gazetteer import Gazetteer
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.asking.query import last_day
from marsad.ledger.store import Store
from marsad.records.reading import Claim

UNIT, MONTH, DOCUMENTS = "admin1_id", "month_id", "documents"
Progress = Callable[[str, int, int], None]
Counts = dict[str, float]


class Signals(NamedTuple):
    """Series by month, of all units together or of each: origins per document that was published.

    A number of origins rises where a source begins, and says nothing then.
    """

    months: tuple[int, ...]  # that are known, in order
    names: tuple[str, ...]
    of: dict[tuple[int | None, int], Floats]  # by unit (None: of all) and month: a rate for each name
    by_unit: bool

    def at(self, unit: int, month: int) -> Floats:
        """What was heard of a unit in a known month; nothing is zero, a month that is not known NaN."""
        if month not in self.months:
            return np.full(len(self.names), np.nan)
        return self.of.get((unit if self.by_unit else None, month), np.zeros(len(self.names)))


def heard(
    ledger: Store,
    watch: Watch,
    *,
    by_unit: bool = False,
    progress: Progress = lambda _what, _done, _of: None,
) -> pl.DataFrame:
    """A row a month, or with `by_unit` a row a month and governorate that a claim of it names.

    Columns: `month_id` (VIEWS), `admin1_id` (GeoNames), `documents` published in the month, and for each
    indicator NAME and NAME.balance.

    Raises:
        BadInput: the ledger has reports of fewer than two months.
    """
    published: defaultdict[int, int] = defaultdict(int)
    for document in ledger.documents():
        if document.redacted is None and document.document.genre != "coded":
            published[parse(document.known[:7])] += 1
    months = sorted(published)[:-1]
    if not months:
        raise BadInput("signals need reports of two months or more: the newest is not over yet")
    names = [name for each in watch.indicators for name in (each.name, f"{each.name}.balance")]
    rows = []
    for done, month in enumerate(months):
        progress(watch.name, done, len(months))
        for unit, counts in _month(ledger, watch, month, by_unit):
            rows.append((month, unit, published[month], *(counts.get(name, 0.0) for name in names)))
    schema = {MONTH: pl.Int64, UNIT: pl.Int64, DOCUMENTS: pl.Int64, **dict.fromkeys(names, pl.Float64)}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table if by_unit else table.drop(UNIT)


def _month(ledger: Store, watch: Watch, month: int, by_unit: bool) -> Iterator[tuple[int | None, Counts]]:
    """What became known in a month, as of its end: of all, and then of each governorate that was named."""
    seen = scene(ledger, watch, last_day(label(month)))
    since = last_day(label(month - 1)) or ""
    every: defaultdict[int | None, Counts] = defaultdict(dict)
    every[None] = {}
    for indicator in watch.indicators:
        claims = [each for each in seen.evidence(indicator).claims if each.found_in.known > since]
        ways = {
            telling.by.id: telling.direction
            for telling in tellings(indicator, claims, (), seen)
            if isinstance(telling.by, Found)
        }
        for unit, told in _groups(claims, seen.gathered, by_unit):
            counts = every[unit]
            counts[indicator.name] = float(len(origins_of(told, seen.gathered)))
            rose, fell = (
                len(origins_of([each for each in told if ways.get(each.id) == way], seen.gathered))
                for way in ("up", "down")
            )
            counts[f"{indicator.name}.balance"] = float(rose - fell)
    yield from every.items()


def _groups(
    claims: Sequence[Found[Claim]], gathered: Gathered, by_unit: bool
) -> Iterator[tuple[int | None, Sequence[Found[Claim]]]]:
    """All claims, and with `by_unit` those that name a place of each governorate."""
    yield None, claims
    found: defaultdict[int, list[Found[Claim]]] = defaultdict(list)
    for claim in claims if by_unit else ():
        sites = gathered.sites.get(claim.id, ())
        named = {(each.country, each.name if each.kind == "admin1" else each.admin1) for each in sites}
        for unit in {unit for each in named if (unit := _unit(*each)) is not None}:
            found[unit].append(claim)
    yield from found.items()


@cache
def _unit(code: str | None, admin1: str | None) -> int | None:
    state = of_code(code or "")
    if state is None or admin1 is None:
        return None
    known = governorate(Gazetteer.open(), state.name, admin1)
    return None if known is None else known[0]


def read_signals(path: Path) -> Signals:
    """The signals of a CSV or Parquet file: as `heard` gives it.

    Raises:
        NotFound: there is no such file.
        BadInput: it is no such table; says why.
    """
    if not path.is_file():
        raise NotFound(f"{path}: no such file")
    try:
        table = pl.read_csv(path) if path.suffix.lower() == ".csv" else pl.read_parquet(path)
        names = [name for name in table.columns if name not in (MONTH, UNIT, DOCUMENTS)]
        keys = [MONTH, UNIT] if UNIT in table.columns else [MONTH]
        rates = pl.col(names).cast(pl.Float64) / pl.col(DOCUMENTS).cast(pl.Float64)
        table = table.select(pl.col(keys).cast(pl.Int64), rates)
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = str(error).partition("\n")[0]
        raise BadInput(f"{path}: {reason}; give a table of `marsad forecast signals`") from error
    return _signals(path, table, names, keys)


def _signals(path: Path, table: pl.DataFrame, names: Sequence[str], keys: Sequence[str]) -> Signals:
    sound = table.select(
        pl.all_horizontal(pl.col(MONTH).is_not_null(), pl.col(names).is_finite())
    ).to_series()
    if not names or table.is_empty() or not sound.fill_null(value=False).all():
        raise BadInput(f"{path}: holds no series by month; give a table of `marsad forecast signals`")
    if table.select(keys).is_duplicated().any():
        raise BadInput(f"{path}: has two rows of one month{' and unit' if len(keys) > 1 else ''}")
    by_unit = UNIT in keys
    rows = {
        (row[1] if by_unit else None, row[0]): np.array(row[len(keys) :], dtype=np.float64)
        for row in table.select(*keys, *names).iter_rows()
    }
    return Signals(tuple(sorted(set(table[MONTH].to_list()))), tuple(names), rows, by_unit)
