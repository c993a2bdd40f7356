"""Places: recognition on the reader's own mentions, resolution on those of the key."""

from __future__ import annotations

import pytest

from marsad.evaluation.places import Prediction, Row, Toponym, distance_km, predict, score

TEXT = "Fighters left Raqqa for Mosul. Syria closed the road."


def toponym(
    words: str, lat: float | None = None, lon: float | None = None, key: str | None = None
) -> Toponym:
    begin = TEXT.index(words)
    return Toponym(begin, begin + len(words), words, lat, lon, key)


def test_the_reader_answers_for_each_mention_of_the_key() -> None:
    key = (toponym("Raqqa"), toponym("left"), toponym("Syria"))
    found = predict(Row("a", TEXT, key))
    raqqa, left, syria = found.resolved
    assert distance_km((35.95, 39.01), (raqqa.lat, raqqa.lon)) == pytest.approx(0, abs=20)
    assert (left.lat, left.geonamesid) == (None, None)
    assert syria.geonamesid == "163843"
    assert distance_km((35.0, 38.0), (syria.lat, syria.lon)) == pytest.approx(0, abs=150)
    assert {each.phrase for each in found.toponyms} == {"Raqqa", "Mosul", "Syria"}


def test_a_degree_of_the_equator_is_some_111_km() -> None:
    assert distance_km((0, 0), (0, 1)) == pytest.approx(111.195, abs=0.01)
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015.1, abs=1)
    assert distance_km((0, 0), (None, None)) is None


def test_all_mentions_with_a_point_count() -> None:
    key = (toponym("Raqqa", 36, 39, "1"), toponym("Mosul", 36, 43, "2"), toponym("Syria"))
    answers = (toponym("Raqqa", 36.5, 39, "1"), toponym("Mosul"), toponym("Syria", 35, 38, "3"))
    scores = score([(Row("a", TEXT, key), Prediction("a", (toponym("Raqqa"), toponym("road")), answers))])
    assert scores["acc161"] == 0.5  # Mosul has no answer; Syria has no point in the key
    assert scores["answered_acc161"] == 1.0
    assert scores["coverage"] == 0.5
    assert scores["mean_error_km"] == pytest.approx(55.6, abs=0.1)
    assert scores["exact_id"] == 0.5
    assert scores["recognition_strict_f1"] == 0.4
    assert scores["recognition_strict_precision"] == 0.5


def test_a_key_without_points_has_no_resolution() -> None:
    scores = score([(Row("a", TEXT, (toponym("Raqqa"),)), Prediction("a", (), (toponym("Raqqa"),)))])
    assert (scores["acc161"], scores["exact_id"], scores["mean_error_km"]) == (None, None, None)
    assert scores["recognition_strict_f1"] == 0.0
