"""An invented panel: some units at war, some now and then, most at peace."""

import numpy as np

from marsad.forecast.panel import Panel

FIRST = 121  # January 1990


def invented(units: int = 12, months: int = 110, seed: int = 3) -> Panel:
    """Deaths drawn around a level that wanders; a month is missing here and there."""
    draw = np.random.default_rng(seed)
    level = np.cumsum(draw.normal(0, 0.3, (units, months)), axis=1) + np.linspace(-6, 5, units)[:, None]

    def deaths(times: float) -> np.ndarray:
        found = draw.poisson(np.exp(np.minimum(level, 7.5)) * times).astype(float)
        found[draw.random(found.shape) < 0.02] = np.nan
        return found

    kinds = {"sb": deaths(1), "ns": deaths(0.2), "os": deaths(0.1)}
    return Panel(tuple(range(101, 101 + units)), FIRST, kinds, {}, {})
