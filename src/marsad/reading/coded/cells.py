"""The cells of a coded row: its frozen text is `column: value` lines, empty cells left out.

A cell of several lines is folded as in a header of mail: every further line begins with two spaces.
"""

from __future__ import annotations

from typing import NamedTuple

from marsad.records.spans import Span

_FOLD = "  "


class Cell(NamedTuple):
    """One cell, with its place in the text."""

    value: str
    line: int  # where its column's name begins
    begin: int
    end: int

    @property
    def span(self) -> Span:
        """Of the value alone."""
        return self.begin, self.end

    @property
    def whole(self) -> Span:
        """Of the value with its column."""
        return self.line, self.end


Cells = dict[str, Cell]


def cells(text: str) -> Cells:
    """The cells of a row by column. Of a column that comes twice the first counts."""
    found: Cells = {}
    at, last = 0, ""
    for line in text.split("\n"):
        end = at + len(line)
        if line.startswith(_FOLD):
            if last:
                before = found[last]
                found[last] = before._replace(end=end, value=f"{before.value}\n{line[len(_FOLD) :]}")
        else:
            column, colon, value = line.partition(": ")
            last = column if colon and value and column not in found else ""
            if last:
                found[column] = Cell(value, at, at + len(column) + 2, end)
        at = end + 1
    return found
