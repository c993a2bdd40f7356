"""Deaths in organised violence by unit and month: what every model is fitted to and every score taken from.

A unit is a country, a governorate or a cell, by its number. A month that nobody covered is missing, which is
not the same as a month without deaths: it is held as NaN, and every sum here and in the models leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Kind = Literal["sb", "ns", "os", "un"]
# state-based, non-state, one-sided: UCDP's three types; and where a report does not tell which, unknown
KINDS: tuple[Kind, ...] = ("sb", "ns", "os", "un")


@dataclass(frozen=True, eq=False)
class Panel:
    """Units × months.

    Attributes:
        units: the number of each unit, ascending.
        first: the number of the first month (see `months`); the others follow without a gap.
        best: deaths by type of violence, each of the shape (units, months), NaN where missing.
        low, high: the same, where the data has bounds; else empty.
    """

    units: tuple[int, ...]
    first: int
    best: Mapping[Kind, Floats]
    low: Mapping[Kind, Floats]
    high: Mapping[Kind, Floats]

    @property
    def length(self) -> int:
        return int(next(iter(self.best.values())).shape[1])

    @property
    def last(self) -> int:
        """The number of the last month."""
        return self.first + self.length - 1

    def deaths(self, kind: Kind) -> Floats:
        """The best estimates of one type; missing throughout where the panel has none of it."""
        found = self.best.get(kind)
        return np.full((len(self.units), self.length), np.nan) if found is None else found

    def at(self, kind: Kind, months: Iterable[int]) -> Floats:
        """The best estimates of these months, (units, months); NaN where missing or outside the panel."""
        wanted = np.fromiter(months, dtype=np.int64) - self.first
        held = (wanted >= 0) & (wanted < self.length)
        found = np.full((len(self.units), len(wanted)), np.nan)
        found[:, held] = self.deaths(kind)[:, wanted[held]]
        return found

    def until(self, month: int) -> Panel:
        """The panel as it stood at the end of `month`: what is later is not in it and cannot be used."""
        keep = max(0, min(self.length, month - self.first + 1))
        best, low, high = (_cut(held, keep) for held in (self.best, self.low, self.high))
        return replace(self, best=best, low=low, high=high)

    def fingerprint(self) -> str:
        """SHA-256 over units, months and every figure: which data a forecast was made from."""
        digest = sha256(repr((self.units, self.first, self.length)).encode())
        for name in ("best", "low", "high"):
            for kind, figures in sorted(getattr(self, name).items()):
                digest.update(f"{name} {kind}".encode())
                digest.update(np.ascontiguousarray(figures, dtype="<f8").tobytes())
        return digest.hexdigest()


def _cut(held: Mapping[Kind, Floats], keep: int) -> dict[Kind, Floats]:
    return {kind: figures[:, :keep] for kind, figures in held.items()}
