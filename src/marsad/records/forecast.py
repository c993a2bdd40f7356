"""A forecast as it was issued: what it says of deaths by unit and month, and what it was made from.

Samples are whole numbers of deaths. Their order within a unit and month says nothing, so they are kept in
order, as steps from one to the next: exactly what was drawn, in a hundredth of the space. Before them stands
a summary (`records.summary`) for pages to read alone; forecasts of earlier versions have none.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Literal, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from marsad.records import packing
from marsad.records.summary import Floats, Summary, parted, summarised
from marsad.records.summary import packed as packed_summary

Samples = NDArray[np.int64]
EPOCH = 1980  # its January is month 1 (VIEWS)
_MOST = 2**31 - 1  # deaths of one unit and month


# Why a unit lies outside what was learnt from: it has more deaths than any month there, or no month there
Outside = Literal["high", "new"]


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of a forecast but its samples."""

    model: str  # pool, conflictology, ...
    version: str  # of the program and the model: marsad@1.2/pool@3
    data: str  # what it was fitted to: UCDP GED 26.1
    data_sha256: str  # of its figures, as they were seen
    violence: str  # sb, ns, os: state-based, non-state, one-sided
    level: str  # country, admin1 or cell
    actor: str | None = None  # whose violence alone, as the data spells it
    cut: int  # the last month that was seen; January 1980 is 1 (VIEWS)
    months: tuple[int, ...]  # that are forecast
    units: tuple[int, ...]
    names: tuple[str, ...]  # of the units
    draws: int  # samples of each unit and month
    seed: int
    # What earlier records do not have
    source_sha256: str = ""  # of the files or the ledger that the figures were made from
    rates: tuple[tuple[float | None, ...], ...] = ()  # by unit: how often months reached 1, 25, 100 deaths
    thin: tuple[int, ...] = ()  # units of short history
    outside: tuple[tuple[int, Outside], ...] = ()  # units unlike all that was learnt from
    weights: tuple[tuple[str, float], ...] = ()  # of the members of a pool
    before: int = 0  # months to the cut whose deaths are kept, with a summary at the head of the bytes


_LATER = (
    "source_sha256",
    "rates",
    "thin",
    "outside",
    "weights",
    "before",
)  # without which records were made, and have their ids


class Forecast(NamedTuple):
    """A forecast with its samples."""

    about: About
    samples: Samples  # (units, months, draws), each row rising
    known: Floats  # deaths by unit in the last `about.before` months that were seen; NaN where missing

    @property
    def id(self) -> str:
        """32 hexadecimal digits of what it says and what it was made from."""
        return identifier(given(self.about), hashlib.sha256(self.body).hexdigest())

    @property
    def summary(self) -> Summary:
        return summarised(self.samples, self.known)

    @property
    def body(self) -> bytes:
        """It as it is stored."""
        head = packed_summary(self.summary) if self.about.before else b""
        return head + packed(self.samples)


def month_name(month: int) -> str:
    """A month by its number, January 1980 being 1, as `YYYY-MM`."""
    year, rest = divmod(month - 1, 12)
    return f"{year + EPOCH:04d}-{rest + 1:02d}"


def of(about: About, samples: NDArray[np.float64] | Samples, known: Floats | None = None) -> Forecast:
    """A forecast of samples in any order, deaths rounded to whole ones.

    Args:
        known: deaths in the months to the cut, (units, months), as they are kept with it; NaN where missing.

    Raises:
        ValueError: a shape is another than `about` says, or a sample is no number of deaths.
    """
    held = np.empty((len(about.units), 0)) if known is None else known
    if held.shape != (len(about.units), about.before):
        raise ValueError(f"deaths of shape {held.shape} before it, for {about.before} months")
    shape = (len(about.units), len(about.months), about.draws)
    if samples.shape != shape or len(about.names) != len(about.units):
        raise ValueError(f"samples of shape {samples.shape} for {shape}, {len(about.names)} names")
    if not ((samples >= 0) & (samples <= _MOST)).all():  # false for NaN too
        raise ValueError("a sample is no number of deaths")
    return Forecast(about, np.sort(np.rint(samples).astype(np.int64), axis=2), held)


def given(about: About) -> str:
    """What a forecast was made from, as JSON; what is empty of the later fields is not in it."""
    told = msgspec.to_builtins(about)
    return msgspec.json.encode({key: told[key] for key in told if told[key] or key not in _LATER}).decode()


def identifier(about: str, body_sha256: str) -> str:
    return hashlib.sha256(f"{about}\n{body_sha256}".encode()).hexdigest()[:32]


def packed(samples: Samples) -> bytes:
    """Rising samples, (units, months, draws), as they are stored."""
    steps = np.diff(samples, axis=2, prepend=0).astype("<u4")
    return zlib.compress(steps.tobytes(), level=6)


def opened(about: About, body: bytes) -> Forecast:
    """A forecast from its bytes.

    Raises:
        ValueError: the bytes are damaged, or not those of this forecast.
    """
    head = parted(body, len(about.units), len(about.months), about.before) if about.before else None
    if head is None:
        return Forecast(about, unpacked(about, body), np.empty((len(about.units), 0)))
    return Forecast(about, unpacked(about, head[1]), head[0].before)


def summary_of(about: About, body: bytes) -> Summary:
    """The summary of a forecast from its bytes; of one that was issued without it, from the samples.

    Raises:
        ValueError: the bytes are damaged, or not those of this forecast.
    """
    if about.before:
        return parted(body, len(about.units), len(about.months), about.before)[0]
    return opened(about, body).summary


def unpacked(about: About, body: bytes) -> Samples:
    """What `packed` made.

    Raises:
        ValueError: the bytes are damaged, or not those of this forecast.
    """
    shape = (len(about.units), len(about.months), about.draws)
    size = 4 * shape[0] * shape[1] * shape[2]
    raw, _ = packing.unpacked(body, size, "forecast")
    return np.cumsum(np.frombuffer(raw, dtype="<u4").reshape(shape), axis=2, dtype=np.int64)
