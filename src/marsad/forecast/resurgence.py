"""Whether violence returns to where it is quiet: a risk for each quiet unit, beside the base rate.

A unit is quiet where it had fewer than some deaths in the last months; violence returns where it has so
many or more in the months that follow. What history alone tells of that is little, so the risk is the plain
mean of four views that fail differently: the base rate, the unit's own rate drawn to it, a logistic
regression and boosted trees. Every one is fitted to cases whose outcome was known by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from marsad.errors import BadInput
from marsad.forecast.panel import KINDS, Floats, Panel

_WINDOWS = (1, 3, 6, 12, 24, 60)  # months that a feature sums up
_DRAWN = 24.0  # months of the base rate that a unit's own rate is mixed with
_FEWEST = 30  # cases of the rarer outcome without which nothing is fitted but rates
_DRAWS = 1000  # of the bootstrap
_YEAR = 12

Around = Callable[[int], Sequence[int]]
"""The units that touch one, by number."""


_Months = Annotated[int, msgspec.Meta(ge=1, le=120)]
_Deaths = Annotated[float, msgspec.Meta(gt=0)]


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What counts as quiet, and as a return of violence."""

    name: str
    quiet: _Months  # looked back on
    under: _Deaths  # in them: fewer are quiet
    reach: _Deaths  # in the months that follow: so many or more are a return
    within: _Months  # that follow


class Cases(NamedTuple):
    """Quiet unit-months, with what was known and what came."""

    unit: NDArray[np.intp]  # (cases,) rows of the panel
    month: NDArray[np.intp]  # (cases,) columns: the last month that is known
    features: (
        Floats  # (cases, features): log(1 + deaths) of the unit, of those around it and of all, by window
    )
    returned: Floats  # (cases,) 1, 0, or NaN where the months that follow are not known


class Risk(NamedTuple):
    """The risk of one quiet unit, beside what is usual."""

    unit: int
    risk: float
    base: float  # of all quiet units of the panel
    quiet: float  # deaths in the months looked back on


class Scored(NamedTuple):
    """The forecasts of a backtest for one target."""

    target: Target
    risk: Floats  # (forecasts,)
    base: Floats  # (forecasts,): the base rate that was known at the time
    returned: Floats  # (forecasts,): 1 or 0
    unit: NDArray[np.intp]  # (forecasts,) rows of the panel
    month: NDArray[np.intp]  # (forecasts,) columns: the last month that was known

    @property
    def skill(self) -> float:
        """Brier skill: the share of the base rate's squared error that is saved; below 0 it is worse.

        NaN where the base rate has no error.
        """
        return _skill(self.risk, self.base, self.returned)

    def interval(self, seed: int = 0) -> tuple[float, float]:
        """The central 90 % of the skill over draws of units with replacement; NaN where there is none."""
        random = np.random.default_rng(seed)
        rows = [np.flatnonzero(self.unit == each) for each in np.unique(self.unit)]
        found = []
        for _ in range(_DRAWS):
            drawn = np.concatenate([rows[each] for each in random.integers(len(rows), size=len(rows))])
            found.append(_skill(self.risk[drawn], self.base[drawn], self.returned[drawn]))
        skills = np.array(found)[~np.isnan(found)]
        if not len(skills):  # violence never returned, and the base rate said so
            return float("nan"), float("nan")
        low, high = np.quantile(skills, [0.05, 0.95])
        return float(low), float(high)

    def reliability(self, bins: int = 10) -> list[tuple[float, float, int]]:
        """(mean risk, share that returned, forecasts) of forecasts in equal groups by their risk."""
        order = np.argsort(self.risk, kind="stable")
        groups = (each for each in np.array_split(order, bins) if len(each))
        return [
            (float(self.risk[each].mean()), float(self.returned[each].mean()), len(each)) for each in groups
        ]


def cases(panel: Panel, target: Target, around: Around | None = None) -> Cases:
    """Every unit-month that is quiet, all months looked back on being known."""
    deaths = _all_deaths(panel)
    before = _sums(deaths, target.quiet)
    after = _following(deaths, target.within)
    quiet = before < target.under  # NaN, a month not known, is not quiet
    unit, month = np.nonzero(quiet)
    features = np.stack([each[unit, month] for each in _features(panel, deaths, around)], axis=1)
    returned = np.where(np.isnan(after), np.nan, after >= target.reach)[unit, month]
    return Cases(unit, month, np.log1p(features), returned)


def backtest(
    panel: Panel, target: Target, first: int, *, around: Around | None = None, seed: int = 0
) -> Scored:
    """Risks of every quiet unit-month from `first` (VIEWS) on whose outcome is known, refitted each year.

    Raises:
        BadInput: no forecast can be made: the panel begins too late, or no outcome is known.
    """
    every = cases(panel, target, around)
    known = ~np.isnan(every.returned)
    made: list[tuple[NDArray[np.intp], Floats, Floats]] = []
    for begin in range(first - panel.first, panel.length, _YEAR):
        past = known & (every.month + target.within < begin)
        asked = np.flatnonzero(known & (every.month >= begin) & (every.month < begin + _YEAR))
        if past.any() and len(asked):
            made.append((asked, *risks(every, past, asked, seed)))
    if not made:
        raise BadInput(f"{target.name}: no quiet month with a known outcome after those learnt from")
    at = np.concatenate([each[0] for each in made])
    risk, base = (np.concatenate([each[part] for each in made]) for part in (1, 2))
    return Scored(target, risk, base, every.returned[at], every.unit[at], every.month[at])


def now(panel: Panel, target: Target, *, around: Around | None = None, seed: int = 0) -> list[Risk]:
    """The risk of each unit that is quiet in the last month of the panel, the highest first.

    Raises:
        BadInput: the panel holds no quiet month whose outcome is known.
    """
    every = cases(panel, target, around)
    known = ~np.isnan(every.returned)
    if not known.any():
        raise BadInput(f"{target.name}: no quiet month has a known outcome; give a longer panel")
    last = np.flatnonzero(every.month == panel.length - 1)
    if not len(last):
        return []
    risk, base = risks(every, known, last, seed)
    before = _sums(_all_deaths(panel), target.quiet)[every.unit[last], -1]
    found = zip(every.unit[last], risk, base, before, strict=True)
    listed = [Risk(panel.units[row], float(own), float(usual), float(of)) for row, own, usual, of in found]
    return sorted(listed, key=lambda each: (-each.risk, each.unit))


def targets(path: Path | None = None) -> tuple[Target, ...]:
    """The targets of a TOML file, one `[[target]]` each; without a file, those that come with Marsad.

    Raises:
        BadInput: it is no such file; says which part.
    """
    try:
        raw = (path or resources.files("marsad.forecast") / "resurgence.toml").read_bytes()
        return msgspec.toml.decode(raw, type=_Targets).target
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}; name a file of targets") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {error}; a target has name, quiet, under, reach and within") from error


class _Targets(msgspec.Struct, forbid_unknown_fields=True):
    target: tuple[Target, ...]


def risks(
    every: Cases, past: NDArray[np.bool_], asked: NDArray[np.intp], seed: int = 0
) -> tuple[Floats, Floats]:
    """The risk of each case that is asked for and the base rate beside it, from the outcomes of `past`."""
    x, y = every.features[past], every.returned[past]
    base = np.full(len(asked), y.mean())
    views = [base, _own_rate(every, past, asked, float(y.mean()))]
    if min(y.sum(), len(y) - y.sum()) >= _FEWEST:
        with threadpool_limits(1):  # small fits: threads cost more than they save
            views += [fitted(x, y, every.features[asked], seed) for fitted in (_logit, _trees)]
    return np.mean(views, axis=0), base


def _own_rate(every: Cases, past: NDArray[np.bool_], asked: NDArray[np.intp], base: float) -> Floats:
    """How often violence returned to the unit itself, drawn to the base rate where it was seldom quiet."""
    size = int(every.unit.max()) + 1
    held = np.bincount(every.unit[past], minlength=size)
    returned = np.bincount(every.unit[past], weights=every.returned[past], minlength=size)
    rate: Floats = (returned + _DRAWN * base) / (held + _DRAWN)
    return rate[every.unit[asked]]


def _logit(x: Floats, y: Floats, asked: Floats, seed: int) -> Floats:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000, random_state=seed))
    found: Floats = model.fit(x, y).predict_proba(asked)[:, 1]
    return found


def _trees(x: Floats, y: Floats, asked: Floats, seed: int) -> Floats:
    model = HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=60, max_leaf_nodes=6, min_samples_leaf=30, l2_regularization=5.0,
        early_stopping=False, random_state=seed,
    )  # fmt: skip
    found: Floats = model.fit(x, y).predict_proba(asked)[:, 1]
    return found


def _skill(risk: Floats, base: Floats, returned: Floats) -> float:
    of_base = float(((base - returned) ** 2).mean())
    return 1 - float(((risk - returned) ** 2).mean()) / of_base if of_base else float("nan")


# Sums over months


def _all_deaths(panel: Panel) -> Floats:
    """Deaths of every type together, (units, months)."""
    found: Floats = np.sum([panel.deaths(kind) for kind in KINDS if kind in panel.best], axis=0)
    return found


def _features(panel: Panel, deaths: Floats, around: Around | None) -> Iterator[Floats]:
    """(units, months) each: sums of the unit, of those around it, and of all units."""
    known = np.nan_to_num(deaths)
    groups = [known, np.broadcast_to(known.sum(axis=0), known.shape)]
    if around is not None:
        groups.append(_neighbours(panel, around) @ known)
    for deaths_of in groups:
        yield from (_sums(deaths_of, window, whole=False) for window in _WINDOWS)


def _neighbours(panel: Panel, around: Around) -> Floats:
    """(units, units): 1 where the second touches the first."""
    row = {unit: at for at, unit in enumerate(panel.units)}
    found = np.zeros((len(row), len(row)))
    for unit, at in row.items():
        found[at, [row[each] for each in around(unit) if each in row]] = 1
    return found


def _sums(deaths: Floats, window: int, *, whole: bool = True) -> Floats:
    """Deaths of the `window` months that end with each; NaN for the first ones, unless a part will do."""
    found = np.stack(
        [deaths[:, max(0, end - window) : end].sum(axis=1) for end in range(1, deaths.shape[1] + 1)], axis=1
    )
    if whole:
        found[:, : window - 1] = np.nan
    return found


def _following(deaths: Floats, window: int) -> Floats:
    """Deaths of the `window` months after each; NaN where not all of them are known."""
    found = np.full(deaths.shape, np.nan)
    for at in range(deaths.shape[1] - window):
        found[:, at] = deaths[:, at + 1 : at + 1 + window].sum(axis=1)
    return found
