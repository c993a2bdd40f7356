"""Charts of what a forecast says of one unit or area, with their words in the language in force."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from marsad.records.verdict import LEVELS
from marsad.reports import fans
from marsad.web import spoken
from marsad.web.foretold import Area, Before, Row
from marsad.web.standing import Standing


def fan_of(rows: Sequence[Row], before: Sequence[Before], standing: Standing) -> Markup:
    """The months of one unit as a fan, after those that were known."""
    say = standing.messages.say
    known = ", ".join(f"{each.month}: {each.deaths:g}" for each in before if each.deaths is not None)
    ends = ", ".join(f"{row.month}: {row.low:g}–{row.high:g}{_came(row)}" for row in rows)
    told = f"{say('forecast.before')} {known}; {ends}" if known else ends
    title, words = say("forecast.fan", name=rows[0].name), spoken.language(standing.language)
    return Markup(fans.fan(rows, title, told, before, words))  # noqa: S704 - it escapes


def chance_chart(rows: Sequence[Row] | Sequence[Area], level: int, standing: Standing) -> Markup:
    """The chance of LEVELS[level] deaths by month, beside the base rate."""
    title = standing.messages.say("forecast.chart", LEVELS[level], name=rows[0].name)
    months = [_chance(row, level) for row in rows]
    told = ", ".join(f"{each.month}: {100 * each.chance:.1f} %" for each in months)
    return Markup(fans.chances(months, title, told))  # noqa: S704 - it escapes


def _chance(row: Row | Area, level: int) -> fans.Chance:
    base = row.base[level] if row.base else None
    return fans.Chance(row.month, row.chances[level], base, _reached(row, level))


def _reached(row: Row | Area, level: int) -> bool | None:
    if isinstance(row, Area):
        return row.reached[level] if row.reached else None
    return None if row.came is None else row.came >= LEVELS[level]


def _came(row: Row) -> str:
    return "" if row.came is None else f" ({row.came:g})"
