"""Reliability: of what was given a chance of so much, how often did it come?

A dot for each group of chances, with its interval; on the diagonal, chances were right. Bars below say how
many forecasts stand behind each dot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log1p
from typing import Protocol

from marsad.reports.svg import text_of

_SIZE, _LEFT, _TOP, _WIDE, _BARS = 366, 44.0, 10.0, 300.0, 50.0
_BOTTOM = _TOP + _WIDE
_HEIGHT = _BOTTOM + 34 + _BARS
_MARKS = (0.0, 0.25, 0.5, 0.75, 1.0)


class Group(Protocol):
    """Forecasts of about the same chance."""

    @property
    def chance(self) -> float: ...
    @property
    def share(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def number(self) -> int: ...


def reliability(groups: Sequence[Group], title: str, told: str) -> str:
    """The plot as SVG; colours are the page's."""
    parts = [*_frame(), *(part for group in groups for part in _group(group)), *_counts(groups)]
    return (
        f'<svg class="fan reliability" viewBox="0 0 {_SIZE} {_HEIGHT:g}" direction="ltr" role="img">'
        f"<title>{text_of(title)}</title><desc>{text_of(told)}</desc>{''.join(parts)}</svg>"
    )


def _x(share: float) -> float:
    return _LEFT + _WIDE * share


def _y(share: float) -> float:
    return _BOTTOM - _WIDE * share


def _frame() -> Iterator[str]:
    for mark in _MARKS:
        x, y, words = _x(mark), _y(mark), f"{100 * mark:.0f} %"
        yield f'<line class="grid" x1="{_LEFT:g}" x2="{_x(1):g}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 5:g}" y="{y + 3.5:.1f}" text-anchor="end">{words}</text>'
        yield f'<text x="{x:.1f}" y="{_BOTTOM + 16:g}" text-anchor="middle">{words}</text>'
    yield f'<line class="usual" x1="{_x(0):g}" y1="{_y(0):g}" x2="{_x(1):g}" y2="{_y(1):g}"/>'


def _group(group: Group) -> Iterator[str]:
    x = _x(group.chance)
    yield f'<line class="span" x1="{x:.1f}" x2="{x:.1f}" y1="{_y(group.low):.1f}" y2="{_y(group.high):.1f}"/>'
    yield f'<circle class="dot" cx="{x:.1f}" cy="{_y(group.share):.1f}" r="4.5"/>'


def _counts(groups: Sequence[Group]) -> Iterator[str]:
    """Bars as long as log(1 + count): most chances are small."""
    most = max((log1p(group.number) for group in groups), default=1.0)
    for group in groups:
        high = (_BARS - 4) * log1p(group.number) / most
        x, y = _x(group.chance) - 4, _BOTTOM + 30 + _BARS - high
        yield f'<rect class="half" x="{x:.1f}" y="{y:.1f}" width="8" height="{high:.1f}"/>'
