"""How a figure, a number and a stretch of time are put in words: nothing is rounded or left out."""

from __future__ import annotations

from marsad.records.reading import Figure, Interval, Number

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
    low, high = figure.low, figure.high
    if low is None and high is None:
        return figure.text
    if low is None:
        return f"at most {number(high)}" if high is not None else figure.text
    if high is None:
        return f"at least {number(low)}"
    if low == high:
        return f"about {number(low)}" if figure.bound == "about" else number(low)
    return _between(number(low), number(high))


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
