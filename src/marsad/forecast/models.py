"""The models by name: the benchmarks, those of this package, and the pool that is recommended."""

from __future__ import annotations

from typing import Final

from marsad.errors import NotFound
from marsad.forecast.benchmarks import BENCHMARKS
from marsad.forecast.boosting import BOOSTING
from marsad.forecast.forest import FOREST
from marsad.forecast.history import HISTORY
from marsad.forecast.hurdle import HURDLE
from marsad.forecast.model import Model
from marsad.forecast.pool import Pool

SINGLE: Final[tuple[Model, ...]] = (HISTORY, HURDLE, FOREST, BOOSTING)
POOL: Final = Pool("pool", SINGLE)
MODELS: Final[tuple[Model, ...]] = (*BENCHMARKS, *SINGLE, POOL)
VERSION: Final = "marsad.pool@3"  # changes with anything that changes a forecast


def named(name: str) -> Model:
    """The model of this name.

    Raises:
        NotFound: there is none.
    """
    found = next((model for model in MODELS if model.name == name), None)
    if found is None:
        known = ", ".join(model.name for model in MODELS)
        raise NotFound(f"no model {name!r}; there are {known}")
    return found
