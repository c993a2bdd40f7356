"""Figures and lengths of time, brought into the form of NewsQuant and scored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluation.figures import Found, Prediction, Quantity, Row, ends, predict, same_unit, score


def found(value: str, *names: str) -> Found:
    return Found(value=value, normalized_unit=names[0], names=names)


@pytest.mark.parametrize(
    ("value", "both"),
    [
        ("6.0", (6, 6)),
        ("10-25", (10, 25)),
        ("3.0 - 4.0", (3, 4)),
        ("36040.0-34935.0", (34935, 36040)),
        ("-50800000000.0", (50.8e9, 50.8e9)),
        ("1.99E-29", (1.99e-29, 1.99e-29)),
    ],
)
def test_a_value_has_two_ends_in_order(value: str, both: tuple[float, float]) -> None:
    assert ends(value) == both


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_ends_are_those_that_were_written(a: float, b: float) -> None:
    assert ends(f"{a}-{b}") == (min(a, b), max(a, b))


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("The group has about 1,200 fighters.", ["1200"]),
        ("Between 300 and 500 fighters remain.", ["300-500"]),
        ("Prices rose from 40 to 55 dollars.", ["40-55"]),
        ("Tens of thousands of people fled.", ["10000-100000"]),
        ("The raid took 55 minutes and cost $3 million.", ["55", "3000000"]),
        ("The talks went on for a month.", []),
        ("A third of the fighters left.", ["0.333333333"]),
    ],
)
def test_the_reader_answers_in_the_form_of_the_key(sentence: str, values: list[str]) -> None:
    answer = predict(Row("a", sentence, ()))
    assert [ends(quantity.value) for quantity in answer.quantities] == [
        pytest.approx(ends(value), rel=1e-6) for value in values
    ]


def test_units_have_the_names_of_the_key() -> None:
    answer = predict(Row("a", "They marched 40 kilometres and paid 500 dollars.", ())).quantities
    keys = [Quantity("40", normalized_unit="kilometre"), Quantity("500", normalized_unit="dollar")]
    assert [same_unit(key, ours) for key, ours in zip(keys, answer, strict=True)] == [True, True]


def test_a_counted_noun_is_compared_by_its_head() -> None:
    assert same_unit(Quantity("20", normalized_unit="coal-fired power plant"), found("20", "plant"))
    assert not same_unit(Quantity("20", normalized_unit="coal-fired power plant"), found("20", "miner"))


def test_both_ends_of_a_range_must_be_right() -> None:
    key = (Quantity("10-25"), Quantity("7"))
    row = Row("a", "x", key)
    assert score([(row, Prediction("a", (found("17.5", "-"), found("7", "-"))))])["both_bounds_recall"] == 0
    right = score([(row, Prediction("a", (found("10-25", "-"), found("7", "km"))))])
    assert (right["both_bounds_recall"], right["value_f1"], right["value_unit_f1"]) == (1, 1, 0.5)


def test_each_quantity_is_matched_once() -> None:
    scores = score([(Row("a", "x", (Quantity("2"),)), Prediction("a", (found("2", "-"), found("2", "-"))))])
    assert (scores["value_precision"], scores["value_recall"]) == (0.5, 1.0)
