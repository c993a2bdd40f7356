"""Rows of a table as CSV: the fields of the contract, parties and quotes by their words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from marsad.exports.cells import cell

AT_ONCE = 200  # rows of a stream that are sent together: each sending waits for a thread of the server
HANDS = " › "  # between those through whose hands a claim came
T = TypeVar("T")


def several(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows of a stream, as many as are sent together."""
    left = iter(rows)
    while part := list(islice(left, AT_ONCE)):
        yield part


def lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """RFC 4180, with a heading from the first row; nothing where there is no row."""
    heading: list[str] = []
    for part in several(rows):
        made = io.StringIO()
        writer = csv.writer(made)
        if not heading:
            heading = list(part[0])
            writer.writerow(heading)
        writer.writerows([cell(_flat(row.get(name))) for name in heading] for row in part)
        yield made.getvalue()


def _flat(value: object) -> object:
    """What has words of its own is its words, and several of them stand one after the other."""
    if isinstance(value, dict):
        return value["text"] if isinstance(value.get("text"), str) else value
    if isinstance(value, list) and value and all(isinstance(each, dict) and "kind" in each for each in value):
        texts = [each.get("text") for each in value]
        return HANDS.join(texts) if all(isinstance(each, str) for each in texts) else value
    return value
