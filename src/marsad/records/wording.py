"""How a figure, a number and a stretch of time are put in words: nothing is rounded or left out."""

from __future__ import annotations

from calendar import monthrange

from marsad.records.reading import Figure, Interval, Number, Toll

_MILLION, _BILLION = 1_000_000, 1_000_000_000


def number(value: Number) -> str:
    """`18400` is `18,400` and `2500000` is `2.5 million`; the words always mean the same number."""
    for size, name in ((_BILLION, "billion"), (_MILLION, "million")):
        short = f"{value / size:g}"
        if abs(value) >= size and "e" not in short and round(float(short) * size, 6) == value:
            return f"{short} {name}"
    return f"{value:,}"


def amount(figure: Figure) -> str:
    """The value of a figure with its bound; as worded where it has no number."""
    said = ends(figure.low, figure.high)
    if said is None:
        return figure.text
    return f"about {said}" if figure.bound == "about" and figure.low == figure.high else said


def ends(low: Number | None, high: Number | None) -> str | None:
    """A range by its ends: `3`, `3 to 5`, `at least 3`, `at most 5`; `None` where neither is known."""
    if low is None:
        return None if high is None else f"at most {number(high)}"
    if high is None:
        return f"at least {number(low)}"
    return number(low) if low == high else _between(number(low), number(high))


def toll(counted: Toll) -> str | None:
    """A toll by its ends, with its best value where that is neither; `None` where no number is told."""
    said, best = ends(counted.low, counted.high), counted.best
    if said is None:
        return None if best is None else number(best)
    return said if best is None or best in (counted.low, counted.high) else f"{said}, best {number(best)}"


def _between(low: str, high: str) -> str:
    """`2 million` and `3 million` are `2 to 3 million`; other numbers are said in full."""
    size = f" {high.partition(' ')[2]}"
    return f"{low.removesuffix(size) if size.strip() else low} to {high}"


def counted(figure: Figure) -> str | None:
    """What the number counts: the noun as worded, for a lemma; else the unit (ISO 4217, UCUM)."""
    is_lemma = figure.unit is not None and figure.unit.isalpha() and figure.unit.islower()
    return figure.population if is_lemma and figure.population else figure.unit


def days(interval: Interval) -> str:
    """The days of an interval in ISO 8601, an open end in words."""
    if interval.earliest and interval.latest:
        if interval.earliest == interval.latest:
            return interval.earliest
        return f"{interval.earliest} to {interval.latest}"
    if interval.earliest:
        return f"from {interval.earliest}"
    if interval.latest:
        return f"until {interval.latest}"
    return interval.edtf or "unknown"


def words(name: str) -> str:
    """A term of the vocabulary without its underscores: `at_least` is `at least`."""
    return name.replace("_", " ")


def short_days(interval: Interval) -> str:
    """The days of an interval, a whole month or year by its number: `2019-02` for all of February."""
    first, last = interval.earliest, interval.latest
    if first and last and first != last:
        if first.endswith("-01-01") and last == f"{first[:4]}-12-31":
            return first[:4]
        if first.endswith("-01") and _is_month_end(last):
            return first[:7] if first[:7] == last[:7] else f"{first[:7]} to {last[:7]}"
    return days(interval)


def _is_month_end(day: str) -> bool:
    year, month, last = map(int, day.split("-"))
    return monthrange(year, month)[1] == last
