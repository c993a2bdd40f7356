"""The score of relations: what is right, what has a direction, and how a key's odd arguments count."""

from __future__ import annotations

import pytest

from marsad.evaluation.corpus import Mark
from marsad.evaluation.entities import Mention
from marsad.evaluation.relations import Prediction, Related, Row, key, score

TEXT = "The Red Front fought the Blue Brigade in Zenda."
RED, BLUE, ZENDA = (0, 13), (21, 37), (41, 46)


def row(*relations: Related) -> Row:
    spans = ((RED, "Organisation"), (BLUE, "Organisation"), (ZENDA, "Location"))
    return Row("d1", TEXT, tuple(Mention(*span, kind, 1.0) for span, kind in spans), relations)


def related(
    kind: str, source: tuple[int, int], target: tuple[int, int], sure: float | None = None
) -> Related:
    return Related(kind, Mark(*source), Mark(*target), sure)


def f1(gold: list[Related], found: list[Related]) -> float | None:
    result = score([(row(*gold), Prediction("d1", tuple(found)))])["f1"]
    assert result is None or isinstance(result, float)
    return result


def test_type_source_and_target_make_a_relation_right() -> None:
    gold = [related("BelongsTo", RED, BLUE)]
    assert f1(gold, [related("member_of", RED, BLUE)]) == 1
    assert f1(gold, [related("member_of", BLUE, RED)]) == 0
    assert f1(gold, [related("leads", RED, BLUE)]) == 0
    assert f1(gold, []) == 0


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("FightingAgainst", "fights"), ("AlliesOf", "allied_with"), ("CommWith", "communicates_with")],
)
def test_what_has_no_direction_is_right_in_either_order_and_counts_once(theirs: str, ours: str) -> None:
    gold = [related(theirs, RED, BLUE), related(theirs, BLUE, RED)]
    assert f1(gold, [related(ours, BLUE, RED)]) == 1
    assert f1(gold, [related(ours, BLUE, RED), related(ours, RED, BLUE)]) == 1


def test_who_is_where_has_a_direction() -> None:
    assert f1([related("CoLocated", RED, ZENDA)], [related("located_at", ZENDA, RED)]) == 0


def test_types_without_a_counterpart_and_unsure_relations_are_not_counted() -> None:
    gold = [related("IsSynonymOf", RED, BLUE), related("Likes", RED, BLUE, 0.3)]
    assert f1(gold, []) is None


def test_an_argument_that_is_no_entity_is_taken_for_the_one_it_shares_most_with() -> None:
    assert key(row(related("Likes", (4, 13), (25, 41))))[0] == {("supports", 0, 1)}


def test_a_relation_of_what_is_no_entity_is_missed_and_one_with_itself_is_none() -> None:
    assert key(row(related("Likes", (14, 20), BLUE))) == (frozenset(), 1)
    assert key(row(related("Likes", (0, 3), (4, 13)))) == (frozenset(), 0)


def test_scores_by_type() -> None:
    gold = [related("Likes", RED, BLUE), related("CoLocated", BLUE, ZENDA)]
    found = [related("supports", RED, BLUE), related("opposes", RED, BLUE)]
    by_type = score([(row(*gold), Prediction("d1", tuple(found)))])["by_type"]
    assert by_type == {"supports": 1.0, "opposes": 0.0, "located_at": 0.0}


def test_predictions_can_be_scored_again_as_a_key() -> None:
    found = [related("fights", RED, BLUE)]
    assert f1(found, found) == 1
