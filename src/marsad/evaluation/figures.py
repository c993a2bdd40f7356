"""Figures, by the measures of NewsQuant (Almasian et al. 2023): value, and value with unit, F1.

A sentence's key says how many and of what, without where. What the reader finds is brought into that form:

- its figures and its lengths of time (TIMEX3 durations that a number measures) together are its quantities;
- a range, a vague count and "from A to B" have two ends, and both must be right: no mean is taken;
- the sign of a change is its direction, not its value;
- a fraction in words ("a third") is a fraction of one; a counted noun matches the key's phrase by its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import msgspec

from marsad.evaluation.corpus import document
from marsad.evaluation.matching import rates, share
from marsad.reading import pipeline
from marsad.records.reading import Figure, Reading, Time
from marsad.records.spans import Span, contains, hull

LABELS = {
    "value_f1": "value, F1",
    "value_precision": "value, precision",
    "value_recall": "value, recall",
    "value_unit_f1": "value and unit, F1",
    "both_bounds_recall": "ranges of which both ends are right",
}
NEAR = 1e-6  # relative: 66.666667 is two thirds
Ends = tuple[float, float]

_NUMBER = r"-?\d{1,40}(?:\.\d{1,40})?(?:[eE][-+]?\d{1,3})?"
_VALUE = re.compile(rf"\s{{0,9}}({_NUMBER})(?:\s{{0,9}}-\s{{0,9}}({_NUMBER}))?\s{{0,9}}")
_DURATION = re.compile(r"P(T?)(\d{1,9}(?:\.\d{1,9})?)([A-Z]{1,2})")
_NO_FRACTION = re.compile(r"[\d%]|per\s?cent")


class Quantity(msgspec.Struct, frozen=True):
    """One quantity of a sentence; `value` is "1" or, of a range, "10-25"."""

    value: str
    change: str = "="
    unit: str = "-"
    normalized_unit: str = "-"


class Row(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    quantities: tuple[Quantity, ...]

    def __post_init__(self) -> None:
        for quantity in self.quantities:
            ends(quantity.value)


class Found(Quantity, frozen=True):
    """A quantity of the reader, with where it stands."""

    b: int = 0
    e: int = 0
    names: tuple[str, ...] = ()  # other names of its unit that say the same


class Prediction(msgspec.Struct, frozen=True):
    id: str | int
    quantities: tuple[Found, ...]


def predict(row: Row) -> Prediction:
    """The quantities of the reader, in the form of the key."""
    reading = pipeline.read(document(row.text))
    return Prediction(row.id, tuple(sorted(_quantities(reading), key=lambda found: (found.b, found.e))))


def score(pairs: Iterable[tuple[Row, Prediction]]) -> dict[str, float | None]:
    right = whole = gold = found = ranges = bounds = 0
    for row, prediction in pairs:
        matched = _matches(row.quantities, prediction.quantities)
        right += len(matched)
        whole += sum(same_unit(row.quantities[i], prediction.quantities[j]) for i, j in matched)
        gold, found = gold + len(row.quantities), found + len(prediction.quantities)
        two = {i for i, quantity in enumerate(row.quantities) if len(set(ends(quantity.value))) == 2}
        ranges += len(two)
        bounds += sum(i in two for i, _ in matched)
    value = rates(right, gold, found)
    return {
        "value_f1": value.f1,
        "value_precision": value.precision,
        "value_recall": value.recall,
        "value_unit_f1": rates(whole, gold, found).f1,
        "both_bounds_recall": share(bounds, ranges),
    }


def _matches(gold: Sequence[Quantity], found: Sequence[Found]) -> list[tuple[int, int]]:
    """Pairs of indices of equal value, one to one; those of equal unit go first."""
    equal = [
        (not same_unit(key, ours), i, j)
        for i, key in enumerate(gold)
        for j, ours in enumerate(found)
        if _same_value(key, ours)
    ]
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(equal):
        if all(i != other and j != another for other, another in pairs):
            pairs.append((i, j))
    return pairs


def _same_value(key: Quantity, ours: Quantity) -> bool:
    return all(
        abs(a - b) <= NEAR * max(abs(a), abs(b))
        for a, b in zip(ends(key.value), ends(ours.value), strict=True)
    )


def ends(value: str) -> Ends:
    """Both ends of a value, without sign, the lower first; of a single number twice the same.

    Raises:
        ValueError: it is neither a number nor a range.
    """
    found = _VALUE.fullmatch(value)
    if found is None:
        raise ValueError(f"the value {value!r} is neither a number nor a range")
    low = abs(float(found[1]))
    high = abs(float(found[2])) if found[2] else low
    return min(low, high), max(low, high)


def same_unit(key: Quantity, ours: Found) -> bool:
    """Whether the names of the reader's unit hold the key's; a counted noun is compared by its head."""
    named = key.normalized_unit.casefold()
    return named in ours.names or ours.normalized_unit in named.split()


# --- the reader's records in the form of the key ---


def _quantities(reading: Reading) -> list[Found]:
    changes = [figure for figure in reading.figures if figure.aspect == "change"]
    held = {figure.id for change in changes for figure in _levels(change, reading.figures)}
    found = [
        _of_figure(figure, _levels(figure, reading.figures) if figure.aspect == "change" else [])
        for figure in reading.figures
        if figure.id not in held
    ]
    return found + [quantity for time in reading.times if (quantity := _of_time(time))]


def _levels(change: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """The two levels of a change "from A to B", which are figures of their own within its span."""
    outer = hull(change.spans)
    inside = [figure for figure in figures if figure.id != change.id and contains(outer, hull(figure.spans))]
    return inside if len(inside) == 2 else []


def _of_figure(figure: Figure, levels: Sequence[Figure]) -> Found:
    low, high = figure.low, figure.high
    if levels:
        low, high = (level.best if level.best is not None else level.low for level in levels)
    numbers = [number for number in (low, high) if number is not None] or [figure.best or 0]
    names = _names(figure)
    if figure.unit == "%" and not _NO_FRACTION.search(figure.text):
        numbers, names = [number / 100 for number in numbers], ("-",)
    return _found(numbers, hull(figure.spans), figure.text, names)


def _of_time(time: Time) -> Found | None:
    """A length of time that a number measures: "55 minutes", not "a month"."""
    if time.type != "DURATION" or not _is_counted(time.text):
        return None
    parts = [_DURATION.fullmatch(part) for part in time.value.split("/")]
    known = [part for part in parts if part]
    if not known or len(known) != len(parts):
        return None
    unit = _units().durations.get(known[-1][1] + known[-1][3])
    return _found([float(part[2]) for part in known], hull(time.spans), time.text, (unit,)) if unit else None


def _is_counted(words: str) -> bool:
    return any(char.isdigit() for char in words) or not _units().counting.isdisjoint(
        words.casefold().replace("-", " ").split()
    )


def _found(numbers: Sequence[float], span: Span, text: str, names: tuple[str, ...]) -> Found:
    value = "-".join(f"{abs(number):.12g}" for number in dict.fromkeys(numbers))
    return Found(value=value, unit=text, normalized_unit=names[0], b=span[0], e=span[1], names=names)


def _names(figure: Figure) -> tuple[str, ...]:
    """What the key may call the figure's unit: first ours, then its English names, with "per"."""
    if figure.unit is None:
        return ("-",)
    unit = figure.unit.casefold()
    names = (unit, *_units().names.get(figure.unit, ()))
    if figure.population:
        names = (*names, figure.population.casefold())
    if figure.per is None:
        return names
    per = (figure.per.casefold(), *_units().names.get(figure.per, ()))
    return tuple(f"{name} per {each}" for name in names for each in per)


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`units.toml`: what the key calls the units of our records."""

    counting: frozenset[str]
    durations: dict[str, str]
    names: dict[str, tuple[str, ...]]


@cache
def _units() -> Units:
    raw = resources.files("marsad.evaluation").joinpath("units.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(raw, type=Units)
