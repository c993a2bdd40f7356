"""Entities: what rules find, and how they are joined with those of a model."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import models
from marsad.evaluation.corpus import document
from marsad.reading import pipeline
from marsad.reading.entities import Entity, annotate, largest
from marsad.reading.entities.joining import joined
from marsad.records.reading import Reading


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "load", lambda: None)


def reading(text: str) -> Reading:
    return pipeline.read(document(text))


def found(text: str) -> list[tuple[str, str]]:
    return [(text[slice(*one.span)], one.type) for one in annotate(reading(text), None)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("They fled nearly three weeks ago.", [("They", "Organisation"), ("three weeks ago", "Temporal")]),
        ("The road is closed for now.", []),
        ("It cost more than $3 million.", [("$3 million", "Money")]),
        (
            "The camp lost 40 tanks.",
            [("The camp", "Location"), ("40", "Quantity"), ("tanks", "MilitaryPlatform")],
        ),
        ("Two gunmen shot the Syrian president.", [("Two", "Quantity"), ("gunmen", "Organisation")]),
        ("A terrorist attack closed the city of Aleppo.", [("the city of Aleppo", "Location")]),
        ("Fighting went on in Palmyra, Syria.", [("Palmyra, Syria", "Location")]),
        (
            "We’ve seen Syrian films here.",
            [("We", "Organisation"), ("Syrian", "Nationality"), ("here", "Location")],
        ),
    ],
)
def test_phrases_are_cut_as_the_corpus_cuts_them(text: str, entities: list[tuple[str, str]]) -> None:
    assert set(entities) <= set(found(text))


def test_one_person_and_several() -> None:
    assert ("a former minister", "Person") in found("They met a former minister.")
    assert ("former ministers", "Organisation") in found("They met former ministers.")


def test_a_noun_before_another_is_no_head() -> None:
    assert ("The group", "Organisation") in found("The group fled.")
    assert ("the militia", "Organisation") not in found("They saw the militia convoy.")


def test_a_number_is_cut_from_arms_and_kept_of_people() -> None:
    assert ("40 soldiers", "Organisation") in found("They held 40 soldiers.")


def entity(begin: int, end: int, kind: str, probability: float) -> models.Entity:
    return models.Entity((begin, end), kind, probability)


def test_a_sure_model_is_followed_for_names() -> None:
    rules = (Entity((0, 4), "Location"),)
    assert joined(rules, [entity(0, 9, "Organisation", 0.9)]) == (Entity((0, 9), "Organisation"),)


def test_an_unsure_model_needs_a_rule() -> None:
    rules = (Entity((0, 4), "Location"), Entity((20, 24), "Location"))
    tagged = [entity(0, 4, "Location", 0.2), entity(10, 14, "Location", 0.2), entity(18, 24, "Location", 0.3)]
    assert joined(rules, tagged) == rules


def test_rules_cut_times_and_sums() -> None:
    rules = (Entity((4, 9), "Temporal"),)
    assert joined(rules, [entity(0, 9, "Temporal", 0.95)]) == rules
    assert joined((), [entity(0, 9, "Temporal", 0.95)]) == (Entity((0, 9), "Temporal"),)
    assert joined((), [entity(0, 9, "Temporal", 0.6)]) == ()


mention = st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(["Person", "Location", "Money"]))
mentions = st.lists(mention.map(lambda one: Entity((one[0], one[0] + one[1]), one[2])), max_size=8).map(tuple)


@given(mentions)
def test_of_those_that_overlap_the_largest_stay(every: tuple[Entity, ...]) -> None:
    kept = largest(every)
    assert list(kept) == sorted(kept)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(kept))
    for one in every:
        meeting = [each for each in kept if each.span[0] < one.span[1] and one.span[0] < each.span[1]]
        assert max(each.span[1] - each.span[0] for each in meeting) >= one.span[1] - one.span[0]


@given(mentions, mentions, st.floats(0, 1))
def test_a_join_never_overlaps(rules: tuple[Entity, ...], tagged: tuple[Entity, ...], sure: float) -> None:
    result = joined(largest(rules), [models.Entity(*one, sure) for one in largest(tagged)])
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(result))


@given(st.text(max_size=200))
def test_any_text_has_entities_within_it(text: str) -> None:
    empty = Reading(document=document(text))
    assert all(0 <= one.span[0] < one.span[1] <= len(text) for one in annotate(empty, None))
