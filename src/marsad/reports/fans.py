"""Fans: what a forecast says of the months to come, month by month, with what came of them.

Each month is drawn by itself, for its draws are no path: the pale box holds nine draws in ten, the dark one
half of them, the line is the median. Months that were known stand before them, half as wide. Deaths stand on
an axis of log(1 + deaths), for one month may have ten thousand times those of another. Colours are the
page's; text and boxes scale with the width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import log1p
from typing import NamedTuple, Protocol

from marsad.records import wording
from marsad.records.reading import Number
from marsad.reports.axes import Mark, Values
from marsad.reports.svg import text_of

WIDTH, HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 50.0, 354.0, 8.0, 164.0
_ROUND = (0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000)  # deaths that the axis marks
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.25)  # between the marks of chances
_NAMED = 75.0  # between the months whose names stand below
_APART = 0.08  # share of the axis that words need

Place = Callable[[float], float]


class Told(Protocol):
    """What is said of one month."""

    @property
    def month(self) -> str: ...
    @property
    def low(self) -> float: ...
    @property
    def lower(self) -> float: ...
    @property
    def best(self) -> float: ...
    @property
    def upper(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def usual_high(self) -> float | None: ...
    @property
    def came(self) -> float | None: ...
    @property
    def is_void(self) -> bool: ...


class Known(Protocol):
    """A month before the forecast."""

    @property
    def month(self) -> str: ...
    @property
    def deaths(self) -> float | None: ...


class Chance(NamedTuple):
    """A chance of one month, beside the base rate."""

    month: str
    chance: float
    base: float | None
    reached: bool | None  # whether it came; None where it is not known


class Deaths(Values):
    """An axis of log(1 + deaths), which begins at zero."""

    def __init__(self, most: float) -> None:
        self.most = log1p(max(most, 1)) * 1.04

    def share(self, value: Number) -> float:
        return log1p(max(0, value)) / self.most

    def marks(self, language: wording.Language = wording.ENGLISH) -> Iterator[Mark]:
        """The powers of ten, from one on where it stands apart from zero."""
        shares = [Mark(self.share(value), wording.number(value, language)) for value in _ROUND]
        return (mark for mark in shares if mark.share <= 1 and not 0 < mark.share < _APART)


def fan(
    months: Sequence[Told],
    title: str,
    told: str,
    before: Sequence[Known] = (),
    language: wording.Language = wording.ENGLISH,
) -> str:
    """Deaths by month as SVG.

    Args:
        title: what it shows.
        told: the same in words, for who does not see it.
        before: the months that were known, up to the first of the forecast.
    """
    most = max(max(each.high, each.usual_high or 0, each.came or 0) for each in months)
    axis = Deaths(max([most, *(each.deaths or 0 for each in before)]))

    def at(deaths: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * axis.share(deaths)

    marks = [(_BOTTOM - (_BOTTOM - _TOP) * share, words) for share, words in axis.marks(language)]
    slots = [*_slots(len(months), len(before))]
    parts = [*_frame(marks, slots, [*(each.month for each in before), *(each.month for each in months)])]
    for (left, right), known in zip(slots, before, strict=False):
        if known.deaths is not None:
            parts.append(_dot("was", (left + right) / 2, at(known.deaths), 2.0))
    ahead = slots[len(before) :]
    if before:
        parts.append(f'<path class="cut" d="M{ahead[0][0] - 1.5:.1f} {_TOP:g}V{_BOTTOM:g}"/>')
    for (left, right), each in zip(ahead, months, strict=True):
        parts += _month(each, left, right, at)
    return _drawing(parts, title, told)


def chances(months: Sequence[Chance], title: str, told: str) -> str:
    """The chance of so many deaths by month as SVG, the base rate as a dashed line."""
    most = max(max(each.chance, each.base or 0) for each in months)
    step = next((step for step in _STEPS if most <= 4 * step), _STEPS[-1])
    top = min(1.0, step * max(1, -(-most // step)))

    def at(share: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * share / top

    number = int(top / step + 0.5)
    marks = [(at(step * k), f"{100 * step * k:.0f} %") for k in range(number + 1)]
    slots = [*_slots(len(months))]
    parts = [*_frame(marks, slots, [each.month for each in months])]
    for (left, right), each in zip(slots, months, strict=True):
        parts.append(_box("half", left, right, at(each.chance), _BOTTOM))
        if each.base is not None:
            parts.append(_line("usual", left - 1, right + 1, at(each.base)))
        if each.reached:
            parts.append(_dot("came", (left + right) / 2, _TOP + 4))
    return _drawing(parts, title, told)


def _month(each: Told, left: float, right: float, at: Place) -> Iterator[str]:
    yield _box("wide", left, right, at(each.high), at(each.low))
    yield _box("half", left, right, at(each.upper), at(each.lower))
    yield _line("median", left, right, at(each.best))
    if each.usual_high is not None:
        yield _line("usual", left - 1, right + 1, at(each.usual_high))
    middle = (left + right) / 2
    if each.is_void:
        yield f'<path class="void" d="M{middle - 3:.1f} {_BOTTOM - 8:g}l6 6m0 -6l-6 6"/>'
    elif each.came is not None:
        yield _dot("came", middle, at(each.came))


def _slots(number: int, before: int = 0) -> Iterator[tuple[float, float]]:
    """The sides of each month, a gap between two; those before the forecast are half as wide."""
    wide = (_RIGHT - _LEFT) / (number + before / 2)
    gap = min(3.0, wide * 0.12)
    left = _LEFT
    for width in [wide / 2] * before + [wide] * number:
        yield left + gap / 2, left + width - gap / 2
        left += width


def _frame(
    marks: Sequence[tuple[float, str]], slots: Sequence[tuple[float, float]], months: Sequence[str]
) -> Iterator[str]:
    for y, words in marks:
        yield _line("grid", _LEFT, _RIGHT, y)
        yield f'<text x="{_LEFT - 5:g}" y="{y + 3.5:.1f}" text-anchor="end">{text_of(words)}</text>'
    free = 0.0  # from where on a name stands apart from the last
    for (left, right), month in zip(slots, months, strict=True):
        middle = max((left + right) / 2, _LEFT + 18)
        if free <= middle <= _RIGHT - 14:
            yield f'<text x="{middle:.1f}" y="{_BOTTOM + 16:g}" text-anchor="middle">{text_of(month)}</text>'
            free = middle + _NAMED


def _box(kind: str, left: float, right: float, top: float, bottom: float) -> str:
    """A box; a flat one is still seen."""
    high = max(bottom - top, 1.5)
    return (
        f'<rect class="{kind}" x="{left:.1f}" y="{min(top, bottom - high):.1f}" '
        f'width="{right - left:.1f}" height="{high:.1f}"/>'
    )


def _line(kind: str, left: float, right: float, y: float) -> str:
    return f'<line class="{kind}" x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _dot(kind: str, x: float, y: float, radius: float = 3.6) -> str:
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def _drawing(parts: Sequence[str], title: str, told: str) -> str:
    return (
        f'<svg class="fan" viewBox="0 0 {WIDTH} {HEIGHT}" direction="ltr" role="img">'
        f"<title>{text_of(title)}</title><desc>{text_of(told)}</desc>{''.join(parts)}</svg>"
    )
