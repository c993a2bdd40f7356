from __future__ import annotations

from typing import Any

import pytest

from marsad.records.reading import Figure, Interval
from marsad.records.wording import amount, counted, days, number


def figure(**known: Any) -> Figure:
    return Figure(
        id="f1", claim="c1", spans=((0, 4),), text="some", measure="count.thing", reader="x@1", **known
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (18400, "18,400"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (2_500_000, "2.5 million"),
        (1_234_567, "1,234,567"),
        (3_000_000_000, "3 billion"),
        (22.7, "22.7"),
        (-2_000_000, "-2 million"),
    ],
)
def test_a_number_in_words_is_the_same_number(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"low": 900, "high": 1200, "bound": "range"}, "900 to 1,200"),
        ({"low": 2_000_000, "high": 3_500_000, "bound": "range"}, "2 to 3.5 million"),
        ({"low": 800_000, "high": 3_000_000, "bound": "range"}, "800,000 to 3 million"),
        ({"low": 900_000_000, "high": 1_000_000_000, "bound": "range"}, "900 million to 1 billion"),
        ({"low": 14, "bound": "at_least"}, "at least 14"),
        ({"high": 500, "bound": "at_most"}, "at most 500"),
        ({"low": 40, "high": 40, "best": 40, "bound": "about"}, "about 40"),
        ({"low": 40, "high": 40, "best": 40}, "40"),
        ({"bound": "vague"}, "some"),
    ],
)
def test_an_amount_keeps_its_bound(known: dict[str, Any], words: str) -> None:
    assert amount(figure(**known)) == words


def test_a_count_is_named_as_worded_and_a_unit_stays_a_unit() -> None:
    assert counted(figure(unit="militant", population="militants")) == "militants"
    assert counted(figure(unit="USD", population="dollars")) == "USD"
    assert counted(figure()) is None


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2023-05-01", "2023-08-31", "2023-05-01 to 2023-08-31"),
        ("2023-05-01", "2023-05-01", "2023-05-01"),
        ("2023-05-01", None, "from 2023-05-01"),
        (None, "2023-05-01", "until 2023-05-01"),
        (None, None, "unknown"),
    ],
)
def test_an_open_end_is_said(earliest: str | None, latest: str | None, words: str) -> None:
    assert days(Interval(earliest=earliest, latest=latest, edtf=None)) == words
