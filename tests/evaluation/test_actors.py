"""Actors are scored as clusters: pairs of mentions, within a document or over a whole file."""

from __future__ import annotations

import pytest

from marsad import models
from marsad.evaluation.actors import Cluster, Found, Mention, Prediction, Relation, Row, predict, score
from marsad.evaluation.corpus import Mark

TEXT = "Ana met Bo. Ana left. She and Bo slept. The boss woke."
ANA, SHE, BO, BOSS = ((0, 3), (12, 15)), ((22, 25),), ((8, 10), (30, 32)), (40, 48)


def found(key: str, *spans: tuple[int, int], forms: tuple[str, ...] = ()) -> Found:
    return Found(key, key, key, "organisation", tuple(spans), forms or (key,))


def keyed(identifier: str, **spans: tuple[tuple[int, int], ...]) -> Row:
    return Row(identifier, TEXT, actors=tuple(Cluster(key, where) for key, where in spans.items()))


def test_pairs_are_counted_over_the_whole_file() -> None:
    rows = [keyed("1", ana=(*ANA, *SHE)), keyed("2", ana=ANA, bo=BO)]
    right = [Prediction("1", (found("a", *ANA, *SHE),)), Prediction("2", (found("a", *ANA), found("b", *BO)))]
    assert score(zip(rows, right, strict=True))["pairwise_f1"] == 1
    # ten pairs of ana and one of bo; apart by document, four of them are found
    apart = [Prediction("1", (found("a", *ANA, *SHE),)), Prediction("2", (found("c", *ANA),))]
    scores = score(zip(rows, apart, strict=True))
    assert scores["precision"] == 1
    assert scores["recall"] == pytest.approx(4 / 11, abs=1e-6)
    assert scores["mentions_found"] == pytest.approx(5 / 7, abs=1e-6)


def test_what_the_linkage_joins_is_one() -> None:
    rows = [keyed("1", ana=ANA), keyed("2", ana=ANA)]
    predictions = [
        Prediction("1", (found("vale brigade", *ANA, forms=("vale brigade", "storm men")),)),
        Prediction("2", (found("storm men", *ANA),)),
    ]
    assert score(zip(rows, predictions, strict=True))["recall"] == 1


def test_what_the_key_does_not_mark_is_left_aside() -> None:
    scores = score([(keyed("1", ana=ANA), Prediction("1", (found("a", *ANA, *SHE, *BO),)))])
    assert (scores["precision"], scores["recall"]) == (1, 1)


def test_re3d_joins_synonyms_and_the_same_words_of_one_type_and_leaves_pronouns_out() -> None:
    entities = tuple(Mention(b, e, "Person", 0.9) for b, e in (*ANA, *SHE, *BO, BOSS))
    told = Relation("IsSynonymOf", Mark(0, 3), Mark(*BOSS), 1.0)
    unsure = Relation("IsSynonymOf", Mark(0, 3), Mark(8, 10), 0.2)
    row = Row("1", TEXT, (*entities, Mention(4, 7, "Weapon", 1.0)), (told, unsure))
    scores = score([(row, Prediction("1", (found("a", *ANA), found("b", BOSS), found("c", *BO, *SHE))))])
    assert scores["recall"] == 0.5  # of four pairs: Ana, Bo, and twice Ana with "the boss"
    assert scores["synonym_recall"] == 0
    assert scores["precision"] == 1


def test_pairs_of_re3d_are_within_a_document() -> None:
    rows = [Row(each, TEXT, tuple(Mention(b, e, "Person") for b, e in ANA)) for each in "12"]
    predictions = [Prediction(each, (found("a", *ANA),)) for each in "12"]
    assert score(zip(rows, predictions, strict=True))["pairwise_f1"] == 1


def test_an_empty_corpus_has_no_score() -> None:
    assert score([])["pairwise_f1"] is None


def test_the_reader_answers_with_what_its_actors_are_compared_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "load", lambda: None)
    (one,) = predict(Row("a", "Daesh left. The Islamic State said so.")).actors
    assert (one.name, one.kind, len(one.spans)) == ("ISIS", "armed_group", 2)
    assert "daesh" in one.forms
