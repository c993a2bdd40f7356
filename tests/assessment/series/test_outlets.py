"""Series of forty-one invented reports by five outlets, against the key that their writer made.

What is put together must belong together; much is left apart, most often because the reader found no place
or no day for a number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from marsad.assessment.series import Point, Series, series
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records.spans import overlaps

FOLDER = Path(__file__).parents[1]
KEY = json.loads((FOLDER / "outlets_key.json").read_text("utf-8"))["figures"]
LINES = (FOLDER / "outlets.jsonl").read_text("utf-8").splitlines()
Label = dict[str, Any]


class Met(NamedTuple):
    series: Series
    point: Point


@pytest.fixture(scope="module")
def found(outlets: Path) -> dict[str, Met]:
    """The figures of the key, by their ids, where the reader found them."""
    numbers = {
        hashlib.sha256(json.loads(line)["text"].encode()).hexdigest(): n for n, line in enumerate(LINES, 1)
    }
    with Store.open(outlets) as ledger:
        several = series(ledger.gather([Query.of("claims")]))
    told = [
        (numbers[figure.found_in.document.text_sha256], figure.record.spans, Met(each, point))
        for each in several
        for point in each.points
        for figure in (point.figure, *point.echoes)
    ]
    return {
        label["id"]: met
        for label in KEY
        for number, spans, met in told
        if number == label["line"] and any(overlaps(span, tuple(label["span"])) for span in spans)
    }


def pairs(
    found: dict[str, Met], wanted: Callable[[Label], str], given: Callable[[Met], str]
) -> tuple[float, float]:
    """Precision and recall of pairs of figures that are together; recall over those that were found."""
    right = together = asked = 0
    for a, b in combinations([label for label in KEY if label["id"] in found], 2):
        is_wanted, is_given = wanted(a) == wanted(b), given(found[a["id"]]) == given(found[b["id"]])
        right, together, asked = right + (is_wanted and is_given), together + is_given, asked + is_wanted
    return right / together, right / asked


def estimate(label: Label) -> str:
    """The first figure that is the same estimate."""
    by_id = {each["id"]: each for each in KEY}
    while label["same_as"]:
        label = by_id[label["same_as"]]
    return str(label["id"])


def test_what_stands_in_one_series_belongs_together(found: dict[str, Met]) -> None:
    precision, recall = pairs(found, lambda label: str(label["series"]), lambda met: met.series.id)
    assert precision > 0.97
    assert recall > 0.4


def test_what_is_one_point_is_one_estimate(found: dict[str, Met]) -> None:
    precision, recall = pairs(found, estimate, lambda met: met.point.figure.id)
    assert precision > 0.97
    assert recall > 0.35


def test_the_wire_and_its_copies_are_one_point(found: dict[str, Met]) -> None:
    twelve = [
        found[label["id"]] for label in KEY if label["label"] == "t12" and label["line"] in range(6, 11)
    ]
    assert len(twelve) == 5
    assert len({met.point.figure.id for met in twelve}) == 1


def test_the_plan_for_more_troops_is_in_no_range_of_fighters(found: dict[str, Met]) -> None:
    for label in KEY:
        if label["status"] in ("planned", "demanded") and label["id"] in found:
            met = found[label["id"]]
            current = met.series.current
            is_observed = met.point.figure.record.status in ("observed", "estimated")
            assert is_observed or current is None or met.point not in current.points
