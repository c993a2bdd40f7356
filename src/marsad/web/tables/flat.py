"""Rows of a table as CSV: the fields of the contract, parties and quotes by their words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from marsad.exports.cells import cell

HANDS = " › "  # between those through whose hands a claim came


def lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """RFC 4180, with a heading from the first row; nothing where there is no row."""
    heading: list[str] = []
    for row in rows:
        if not heading:
            heading = list(row)
            yield _line(heading)
        yield _line([cell(_flat(row.get(name))) for name in heading])


def _flat(value: object) -> object:
    """What has words of its own is its words, and several of them stand one after the other."""
    if isinstance(value, dict):
        return value["text"] if isinstance(value.get("text"), str) else value
    if isinstance(value, list) and value and all(isinstance(each, dict) and "kind" in each for each in value):
        texts = [each.get("text") for each in value]
        return HANDS.join(texts) if all(isinstance(each, str) for each in texts) else value
    return value


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
