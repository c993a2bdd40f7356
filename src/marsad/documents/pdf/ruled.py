"""Tables that are drawn: rows of text between horizontal lines of one width.

The lines tell where a row of the table ends, which the blanks between its words cannot where a short
cell stands in the middle of a tall one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from marsad.documents.pdf.characters import Rule
from marsad.documents.pdf.segments import Row

_NEAR = 3.0  # points: lines that are one, and ends that are alike
_WIDE = 0.6  # of the table's width: several plain lines as wide are text between two tables
_MOST = 100  # widths of lines on one page
_FEWEST = 3  # lines of a table: above, between and below two rows


class Ruled(NamedTuple):
    """The rows of text from `begin` to `end`, by table row."""

    begin: int
    end: int
    bands: tuple[tuple[Row, ...], ...]


def ruled(rows: Sequence[Row], rules: Sequence[Rule]) -> list[Ruled]:
    """The drawn tables among `rows`, from the top down; a table has two cells in half of its rows."""
    feet = [row.y for row in rows]
    found: list[Ruled] = []
    for lines in _chains(_lines(rules)):
        limits = [bisect_right(feet, line.y) for line in lines]
        for begin, end in _tables([rows[a:b] for a, b in pairwise(limits)], lines[0]):
            bands = tuple(tuple(rows[a:b]) for a, b in pairwise(limits[begin : end + 1]) if a < b)
            tabular = sum(any(len(row.segments) > 1 for row in band) for band in bands)
            if len(bands) > 1 and 2 * tabular >= len(bands):
                found.append(Ruled(limits[begin], limits[end], bands))
    return _apart(found)


def _tables(bands: Sequence[Sequence[Row]], line: Rule) -> Iterator[tuple[int, int]]:
    """The stretches of bands without running text, and without what stands beside the lines."""
    begin = 0
    for at, band in enumerate([*bands, None]):
        if band is None or not _is_of_table(band, line):
            if begin < at:
                yield begin, at
            begin = at + 1


def _is_of_table(band: Sequence[Row], line: Rule) -> bool:
    if not all(line.x0 - _NEAR <= row.x0 and row.x1 <= line.x1 + _NEAR for row in band):
        return False
    is_plain = len(band) > 1 and all(len(row.segments) == 1 for row in band)
    return not is_plain or max(row.x1 - row.x0 for row in band) < _WIDE * (line.x1 - line.x0)


def _apart(tables: Sequence[Ruled]) -> list[Ruled]:
    """Tables from the top down, of two that overlap the upper."""
    found: list[Ruled] = []
    for table in sorted(tables, key=lambda table: (table.begin, -table.end)):
        if not found or found[-1].end <= table.begin:
            found.append(table)
    return found


def _lines(rules: Sequence[Rule]) -> list[Rule]:
    """Lines over a whole table: those of neighbouring cells put together, double ones as one."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.y):
        if levels and rule.y - levels[-1][0].y <= _NEAR:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    return [line for level in levels for line in _put_together(level)]


def _put_together(level: list[Rule]) -> list[Rule]:
    found: list[Rule] = []
    for rule in sorted(level, key=lambda rule: rule.x0):
        if found and rule.x0 - found[-1].x1 <= _NEAR:
            found[-1] = found[-1]._replace(x1=max(found[-1].x1, rule.x1))
        else:
            found.append(rule._replace(y=level[0].y))
    return found


def _chains(lines: Sequence[Rule]) -> list[list[Rule]]:
    """Lines one below another that begin and end together."""
    chains: list[list[Rule]] = []
    for line in lines:
        above = next((chain for chain in chains if _are_alike(chain[0], line)), None)
        if above:
            above.append(line)
        elif len(chains) < _MOST:
            chains.append([line])
    return [chain for chain in chains if len(chain) >= _FEWEST]


def _are_alike(one: Rule, other: Rule) -> bool:
    return abs(one.x0 - other.x0) <= _NEAR and abs(one.x1 - other.x1) <= _NEAR
