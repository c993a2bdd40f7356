"""How right issued forecasts were: means of their verdicts, beside a benchmark and the base rate.

Scores are means over units and months of equal weight. Intervals are from a bootstrap over units; what
neighbours share makes them too narrow. A forecast that was issued after a month had ended is no forecast of
it: such ones are told apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.forecast import areas
from marsad.forecast.backtest import BASE_RATE, METRICS
from marsad.forecast.panel import Floats
from marsad.ledger.forecasts import Issued
from marsad.records.forecast import EPOCH, About, month_name
from marsad.records.verdict import LEVELS, NO_UNIT, Verdict

BENCHMARK: Final = "conflictology"  # is issued beside every other forecast
ZERO: Final = "zero"  # is issued by nobody, as base rates are, and scored beside all
_NAMES = tuple(METRICS)
_ENDS = ("", "_low", "_high")
_ROUNDS, _TAIL, _SEED = 1000, 0.025, 20180101  # of the bootstrap

Judged = tuple[Issued, Verdict]


class Void(NamedTuple):
    """A forecast of a month that has come and cannot be scored.

    Cells are told by their areas, as everywhere.
    """

    id: str
    unit: str  # its name, or that of the area
    units: int  # 1, or how many cells of the area
    month: int
    reason: str


class Cell(NamedTuple):
    """What scores are told apart by."""

    model: str
    level: str
    violence: str
    actor: str | None
    in_time: bool  # issued before the month had ended
    year: int
    horizon: int  # months after the last one that was seen


class Estimate(NamedTuple):
    """A mean with its 95 % interval; none where nothing counts, and no interval where one unit does."""

    mean: float | None
    low: float | None
    high: float | None


class Line(NamedTuple):
    """A line of the scorecard."""

    key: tuple[Any, ...]  # what it is of
    forecasts: int  # units and months
    units: int
    scores: dict[str, Estimate]  # by metric
    than_usual: dict[str, Estimate]  # less the benchmark's, forecast by forecast: below zero is better

    def listed(self, names: Iterable[str]) -> dict[str, Any]:
        """As a JSON object: the key by these names, each metric, and its difference from the benchmark."""
        row = dict(zip(names, self.key, strict=True)) | {"forecasts": self.forecasts, "units": self.units}
        for metric, found in self.scores.items():
            less = self.than_usual[metric]
            for name, told in ((metric, found), (f"{metric}_less", less)):
                row |= {name + end: value for end, value in zip(_ENDS, told, strict=True)}
        return row


class _Part(NamedTuple):
    units: NDArray[np.int64]
    scores: Floats  # (metrics, units); NaN where one does not apply


class _Sums(NamedTuple):
    """Scores added up by unit, with how many there are of each, (metrics, units) both."""

    forecasts: int
    units: NDArray[np.int64]
    scores: Floats
    counts: Floats


class Scorecard(NamedTuple):
    parts: dict[Cell, list[_Part]]
    voids: tuple[Void, ...]
    waiting: int  # units and months that have not come yet

    def lines(self, *by: str) -> list[Line]:
        """Mean scores by some of the names of `Cell`."""
        several: defaultdict[tuple[Any, ...], list[_Part]] = defaultdict(list)
        for cell, parts in self.parts.items():
            several[tuple(getattr(cell, name) for name in by)] += parts
        sums = {key: _summed(parts) for key, parts in several.items()}
        usual = [BENCHMARK if name == "model" else None for name in by]
        return [
            _line(key, sums[key], sums.get(tuple(u or k for u, k in zip(usual, key, strict=True))))
            for key in sorted(sums, key=_order)
        ]


def scorecard(judged: Iterable[Judged]) -> Scorecard:
    """The scorecard of forecasts with their verdicts, one verdict a forecast."""
    parts: defaultdict[Cell, list[_Part]] = defaultdict(list)
    voids: list[Void] = []
    waiting, beside = 0, set()
    for issued, verdict in judged:
        about = issued.about
        voids += _voids(issued, verdict)
        waiting += int(np.isnan(verdict.deaths).sum())
        own = np.stack([verdict.layers[name] for name in _NAMES])
        models = {} if about.model == ZERO else {about.model: own}  # which is scored beside all
        same = (about.level, about.violence, about.actor, about.cut, about.months, about.units)
        if same not in beside:
            beside.add(same)
            models |= {ZERO: _of_zero(verdict.deaths), BASE_RATE: _of_rates(about, verdict.deaths)}
        for model, scores in models.items():
            for month, part in _by_month(about, verdict, scores):
                parts[_cell(issued, model, month)].append(part)
    return Scorecard(dict(parts), tuple(voids), waiting)


def is_in_time(issued: Issued, month: int) -> bool:
    """Whether it was issued before a month had ended."""
    return issued.recorded_at[:7] <= month_name(month)


def _cell(issued: Issued, model: str, month: int) -> Cell:
    about = issued.about
    in_time = is_in_time(issued, month)
    year = EPOCH + (month - 1) // 12
    return Cell(model, about.level, about.violence, about.actor, in_time, year, month - about.cut)


def _by_month(about: About, verdict: Verdict, scores: Floats) -> Iterator[tuple[int, _Part]]:
    units = np.array(about.units)
    for at, month in enumerate(about.months):
        known = verdict.is_scored[:, at] & ~np.isnan(scores[:, :, at]).all(axis=0)
        if known.any():
            yield month, _Part(units[known], scores[:, known, at])


def _of_zero(deaths: Floats) -> Floats:
    """What "nobody dies" scores, (metrics, units, months)."""
    values, where = np.unique(np.maximum(np.nan_to_num(deaths), 0), return_inverse=True)
    draws = np.zeros((len(values), 1000))
    each = np.stack([metric(draws, values) for metric in METRICS.values()])
    found: Floats = each[:, where.reshape(deaths.shape)]
    return found


def _of_rates(about: About, deaths: Floats) -> Floats:
    """The Brier scores of the units' base rates as they were told, (metrics, units, months)."""
    found = np.full((len(_NAMES), *deaths.shape), np.nan)
    if about.rates:
        rates = np.array(about.rates, dtype=np.float64)
        for at, level in enumerate(LEVELS):
            found[_NAMES.index(f"brier{level}")] = (rates[:, at, None] - (deaths >= level)) ** 2
    return found


def _voids(issued: Issued, verdict: Verdict) -> Iterator[Void]:
    about = issued.about
    is_coarse = about.level == "cell"
    names = [areas.name(areas.area(cell)) for cell in about.units] if is_coarse else about.names
    several: Counter[tuple[str, int, bool]] = Counter()
    for at, month in zip(*np.nonzero(verdict.deaths < 0), strict=True):
        several[names[at], about.months[month], bool(verdict.deaths[at, month] == NO_UNIT)] += 1
    for (name, of, is_unit), units in several.items():
        yield Void(issued.id, name, units, of, f"the data has no such {'unit' if is_unit else 'month'}")


def told(void: Void) -> str:
    """A void in one line."""
    several = f" ({void.units} units)" if void.units > 1 else ""
    return f"{void.id[:8]} {void.unit}{several} {month_name(void.month)}: {void.reason}"


# Means and intervals


def _line(key: tuple[Any, ...], own: _Sums, usual: _Sums | None) -> Line:
    found = estimates(own.scores, own.counts)
    less = [Estimate(None, None, None)] * len(_NAMES)
    if usual is not None and usual is not own and np.array_equal(own.units, usual.units):
        same = (own.counts == usual.counts).all(axis=1)  # else they are not of the same forecasts
        less = estimates(own.scores - usual.scores, own.counts * same[:, None])
    by_metric, than_usual = (dict(zip(_NAMES, each, strict=True)) for each in (found, less))
    return Line(key, own.forecasts, len(own.units), by_metric, than_usual)


def _summed(parts: list[_Part]) -> _Sums:
    units, where = np.unique(np.concatenate([part.units for part in parts]), return_inverse=True)
    scores = np.concatenate([part.scores for part in parts], axis=1)
    known = ~np.isnan(scores)
    sums = [np.bincount(where, each, len(units)) for each in np.nan_to_num(scores)]
    counts = [np.bincount(where, each, len(units)) for each in known]
    return _Sums(scores.shape[1], units, np.stack(sums), np.stack(counts).astype(np.float64))


def estimates(sums: Floats, counts: Floats) -> list[Estimate]:
    """Means with intervals from a bootstrap over units.

    Args:
        sums, counts: of the scores of each unit, (metrics, units); whole units are drawn, for months of one
            are dependent.
    """
    metrics = len(sums)
    drawn = _drawn(sums.shape[1]) @ np.concatenate([sums, counts]).T
    totals, numbers = drawn[:, :metrics], drawn[:, metrics:]
    means = np.sort(np.divide(totals, numbers, out=np.full_like(totals, np.nan), where=numbers > 0), axis=0)
    last = np.maximum((numbers > 0).sum(axis=0) - 1, 0)  # NaN stands behind
    low, high = (means[np.rint(last * at).astype(int), np.arange(metrics)] for at in (_TAIL, 1 - _TAIL))
    several = (counts > 0).sum(axis=1)  # one unit drawn again and again would seem to be sure
    return [
        Estimate(
            float(sums[at].sum() / counts[at].sum()) if several[at] else None,
            float(low[at]) if several[at] > 1 else None,
            float(high[at]) if several[at] > 1 else None,
        )
        for at in range(metrics)
    ]


@lru_cache(4)
def _drawn(units: int) -> Floats:
    """How often each unit is drawn in each round, (rounds, units)."""
    found = np.random.default_rng(_SEED).multinomial(units, np.full(units, 1 / units), _ROUNDS)
    return found.astype(np.float64)


def _order(key: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    """Keys sort though some have no actor."""
    return tuple((part is not None, part if part is not None else "") for part in key)
