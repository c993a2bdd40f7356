"""The weights of a pool as a file: what `fit` learns and `predict` may use again.

To learn them, every model is fitted three times more than to forecast. They change slowly, so a forecast of
the next month may take those of this one: it is a quarter of the work, and the file says what they rest on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from marsad.errors import BadInput
from marsad.forecast.models import POOL, VERSION
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past
from marsad.forecast.pool import Pool

_ROUNDED = 1e-3  # how far weights may be from one together: somebody may have rounded them


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The weights of the members of the pool, with what they were learnt from."""

    model: str  # marsad.pool@3
    weights: dict[str, float]  # by member; they sum to 1
    data: str
    panel_sha256: str
    last: str  # the last month that was seen, YYYY-MM
    seed: int


@dataclass(frozen=True)
class Given(Pool):
    """The pool with weights that were learnt before."""

    given: tuple[float, ...] = ()
    last: str = ""  # the last month that they know, YYYY-MM

    def check(self, last: str) -> None:
        """
        Raises:
            BadInput: the weights were learnt from months after `last`, which nobody knew then.
        """
        if self.last > last:
            raise BadInput(f"weights learnt to {self.last} know what came after {last}; leave them out")

    def weights(self, past: Past) -> Floats:
        return np.array(self.given)

    def pasts(self, past: Past) -> tuple[Past, ...]:
        return ()


def named(weights: Floats) -> dict[str, float]:
    """Weights of the pool by its members' names."""
    return {model.name: float(weight) for model, weight in zip(POOL.members, weights, strict=True)}


def packed(weights: Weights) -> bytes:
    """Weights as they stand in a file."""
    return msgspec.json.format(msgspec.json.encode(weights)) + b"\n"


def read(path: Path) -> Given:
    """The pool with the weights of a file.

    Raises:
        BadInput: it is no such file, or its weights are of another version of the models.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Weights)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}; name a file of `marsad forecast fit`") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: no weights: {error}; name a file of `marsad forecast fit`") from error
    members = [model.name for model in POOL.members]
    if found.model != VERSION or sorted(found.weights) != sorted(members):
        raise BadInput(f"{path}: weights of {found.model}, not of {VERSION}; fit again")
    given = tuple(found.weights[name] for name in members)
    if min(given) < 0 or not math.isclose(sum(given), 1, abs_tol=_ROUNDED):
        raise BadInput(f"{path}: weights are not shares of one; fit again")
    return Given(POOL.name, POOL.members, tuple(each / sum(given) for each in given), found.last)
