"""Times are scored as in TempEval-3."""

from __future__ import annotations

from marsad.evaluation.times import Prediction, Row, Timex, predict, score

TEXT = "On 4 May 2019 the men left, and on Friday they came back for three days."


def timex(words: str, value: str) -> Timex:
    begin = TEXT.index(words)
    return Timex(begin, begin + len(words), "DATE", value)


def test_the_reader_answers_in_the_form_of_the_key() -> None:
    row = Row("a", "They met on 4 May 2019.", (), "2019-05-06T10:00:00")
    (found,) = predict(row).timex
    assert (row.text[found.b : found.e], found.type, found.value) == ("4 May 2019", "DATE", "2019-05-04")


def test_the_day_of_the_document_anchors() -> None:
    found = predict(Row("a", "They met on Friday.", (), "2019-05-06")).timex
    assert [each.value for each in found] == ["2019-05-03"]


def test_scores() -> None:
    key = (timex("4 May 2019", "2019-05-04"), timex("Friday", "2019-05-10"), timex("three days", "P3D"))
    found = (timex("4 May 2019", "2019-05-04"), timex("on Friday", "2019-05-10"), timex("men", "X"))
    scores = score([(Row("a", TEXT, key), Prediction("a", found))])
    assert scores["strict_f1"] == round(1 / 3, 6)
    assert scores["relaxed_f1"] == round(2 / 3, 6)
    assert scores["value_f1"] == round(2 / 3, 6)


def test_a_wrong_value_is_found_but_not_right() -> None:
    scores = score(
        [
            (
                Row("a", TEXT, (timex("Friday", "2019-05-10"),)),
                Prediction("a", (timex("Friday", "2019-05-03"),)),
            )
        ]
    )
    assert (scores["relaxed_f1"], scores["value_f1"]) == (1.0, 0.0)
